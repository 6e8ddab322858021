"""Reads a CSV file as Excel, WPS or a database writes it: UTF-8 or GB18030; comma, tab or semicolon."""

import csv
import io
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterator
from itertools import islice

from config.errors import UserError
from engine.sheets.cells import Line, checked, unguard
from engine.sheets.problems import refused

_SEPARATORS = (",", "\t", ";")
_TRIED = 10


def text_lines(data: bytes, place: str, *, known: Callable[[str], bool]) -> Iterator[Line]:
    """Yield the rows of a CSV file; ``known`` tells headings, by which the separator is found."""
    text = decode(data, place)
    separator = max(_SEPARATORS, key=lambda one: _fits(text, one, known))
    return _lines(text, separator, place)


def decode(data: bytes, place: str) -> str:
    """Return the text of a file: by its byte order mark, else strict UTF-8, else GB18030."""
    marks = {BOM_UTF8: "utf-8-sig", BOM_UTF16_LE: "utf-16", BOM_UTF16_BE: "utf-16"}
    marked = [code for mark, code in marks.items() if data.startswith(mark)]
    for code in marked or ("utf-8", "gb18030"):
        try:
            return data.decode(code)
        except UnicodeDecodeError:
            continue
    raise refused(
        "encoding",
        place,
        zh="认不出文字编码。请在 Excel 或 WPS 中另存为“CSV UTF-8（逗号分隔）”后再试。",
        en="the encoding cannot be recognised; save the file as “CSV UTF-8 (comma delimited)” and try again",
    )


def _fits(text: str, separator: str, known: Callable[[str], bool]) -> tuple[int, int]:
    """Return how well a separator fits: the known headings, then the cells, of its best row."""
    try:
        rows = list(islice(_records(text, separator), _TRIED))
    except csv.Error:
        return -1, -1
    named = max((sum(known(unguard(cell)) for cell in row) for row in rows), default=0)
    return named, max((len(row) for row in rows), default=0)


def _records(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def _lines(text: str, separator: str, place: str) -> Iterator[Line]:
    number = 0
    try:
        for number, record in enumerate(_records(text, separator), start=1):
            yield Line(number, [checked(unguard(cell)) for cell in record])
    except csv.Error as error:
        raise _broken(place, number + 1) from error


def _broken(place: str, number: int) -> UserError:
    return refused(
        "quotes",
        place,
        zh=f"第 {number} 行的引号不成对，或一格过长。请检查这一行的英文双引号；格内的双引号要写成两个。",
        en=f"row {number} has a quote without its pair, or a cell too long; write a quote in a cell twice",
    )
