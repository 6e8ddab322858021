"""Writes sheets: CSV that Excel opens as it is, and XLSX. No text in them ever becomes a live formula.

Read back with ``read_table`` the texts are the same, but for line ends (LF) and control
characters (U+FFFD).
"""

import csv
import errno
import io
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import chain, islice
from math import isfinite
from pathlib import Path
from secrets import token_hex
from typing import Any, BinaryIO
from unicodedata import east_asian_width

from config.errors import UserError
from engine.sheets.cells import guard, is_live, unix_lines, without_controls
from engine.sheets.problems import refused

Value = str | int | float | date | datetime | None
"""What a cell may be given. Days and moments without an offset are dates in a workbook, else text."""

Rows = Iterable[Sequence[Value]]

MAX_ROWS = 1_048_575  # an .xlsx sheet has one more, for the headings
MAX_TEXT = 32_767  # openpyxl would cut it off there

_A4 = 9
_DAY, _MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
_FIRST_YEAR = 1900  # a workbook knows none before

_MEASURED = 100
_NARROWEST, _WIDEST = 8, 60
_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})

_Cell = str | int | float | date
_Write = Callable[[BinaryIO, Sequence[str], Rows, str], None]


def write_table(path: Path, headings: Sequence[str], rows: Rows) -> None:
    """Write a sheet, as .csv or .xlsx by the path's ending; the file appears whole or not at all.

    Raises ``UserError`` (``sheet.*``) for an unknown ending, a folder that cannot be written
    and a full disk; the file that was there stays.
    """
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise refused(
            "ending",
            path.name,
            zh=f"不能写“{path.suffix or '（无扩展名）'}”文件。请用 .xlsx 或 .csv 结尾的文件名。",
            en=f"cannot write '{path.suffix or 'no ending'}' files; use a name that ends in .xlsx or .csv",
        )
    with _replacing(path) as handle:
        write(handle, headings, rows, path.name)


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """Give a new file beside ``path``; put it in its place when all went well."""
    target = path.resolve()
    draft = target.with_name(f".{token_hex(6)}.tmp")
    try:
        try:
            with draft.open("xb") as handle:
                yield handle
                handle.flush()
                os.fsync(handle.fileno())
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> UserError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return refused(
            "disk_full",
            str(path),
            zh="磁盘空间不足，没有写出文件。请腾出空间后再试。",
            en="the disk is full, nothing was written; free some space and try again",
        )
    return refused(
        "unwritable",
        str(path),
        zh=f"写不了这个文件（{error.strerror}）。请检查文件夹是否存在、是否可写，文件是否正被打开。",
        en=f"cannot be written ({error.strerror}); check that its folder is there and that nothing holds it",
    )


def _write_csv(handle: BinaryIO, headings: Sequence[str], rows: Rows, _: str) -> None:
    text = io.TextIOWrapper(handle, encoding="utf-8-sig", newline="")
    # every cell quoted: a program that splits at another sign must not find =… after it
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    for row in chain([headings], rows):
        writer.writerow([_csv_cell(value) for value in row])
    text.flush()
    text.detach()


def _csv_cell(value: Value) -> str | int | float:
    plain = _plain(value)
    return guard(plain) if isinstance(plain, str) else plain


def _plain(value: Value) -> str | int | float:
    """Return a text or a number that every program keeps exactly."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return value if isfinite(value) and abs(value) < 10**15 else str(value)
    text = value if isinstance(value, str) else _day_text(value)
    return without_controls(unix_lines(text))


def _kept(value: Value) -> _Cell:
    """Return what a workbook's cell is given: a day or a moment as such, where a workbook has them."""
    if isinstance(value, date) and value.year >= _FIRST_YEAR:
        aware = isinstance(value, datetime) and value.utcoffset() is not None
        return _plain(value) if aware else value
    return _plain(value)


def _day_text(value: date | datetime) -> str:
    return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()


def _write_xlsx(
    handle: BinaryIO, headings: Sequence[str], rows: Iterable[Sequence[Value]], place: str
) -> None:
    from openpyxl import Workbook  # noqa: PLC0415 - 0.3 s that a CSV does not need

    book = Workbook(write_only=True)
    book.properties.creator = "duban"
    sheet = book.create_sheet("Sheet1")
    kept = ([_kept(value) for value in row] for row in rows)
    first = list(islice(kept, _MEASURED))
    _set_up(sheet, [headings, *first])
    number = 0
    try:
        sheet.append([_xlsx_cell(sheet, _plain(heading), place, bold=True) for heading in headings])
        for number, row in enumerate(chain(first, kept), start=1):
            if number > MAX_ROWS:
                raise _too_long(place)
            sheet.append([_xlsx_cell(sheet, value, place) for value in row])
        sheet.auto_filter.ref = f"A1:{_letter(len(headings))}{number + 1}"
    finally:
        sheet.close()
    book.save(handle)


def _set_up(sheet: Any, first: Sequence[Sequence[_Cell]]) -> None:  # openpyxl has no types
    sheet.freeze_panes = "A2"
    # on paper: each page has the headings, and what the row is about
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.print_title_rows, sheet.print_title_cols = "1:1", "A:A"
    for at in range(len(first[0])):
        widest = max(_width(str(row[at])) for row in first if at < len(row))
        sheet.column_dimensions[_letter(at + 1)].width = min(max(widest + 2, _NARROWEST), _WIDEST)


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

    return str(get_column_letter(column))


def _width(text: str) -> int:
    lines = text[: _WIDEST * 4].split("\n")
    return max(sum(2 if east_asian_width(c) in "WF" else 1 for c in line) for line in lines)


def _xlsx_cell(sheet: Any, value: _Cell, place: str, *, bold: bool = False) -> Any:
    """Return the value, in a cell of its own where openpyxl would take the text for something else."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - as above
    from openpyxl.styles import Font  # noqa: PLC0415 - as above

    if isinstance(value, str) and len(value) > MAX_TEXT:
        raise _too_wide(place)
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet, value=value)
        cell.number_format = _MOMENT if isinstance(value, datetime) else _DAY
        return cell
    live = isinstance(value, str) and (is_live(value) or value in _ERRORS)
    if not live and not bold:
        return value
    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"
    cell.quotePrefix = live
    if bold:
        cell.font = Font(bold=True)
    return cell


def _too_long(place: str) -> UserError:
    return refused(
        "too_many_rows",
        place,
        zh=f"超过 {MAX_ROWS} 行，.xlsx 装不下。请缩小范围，或导出为 .csv。",
        en=f"more than {MAX_ROWS} rows do not fit an .xlsx sheet; choose fewer or export as .csv",
    )


def _too_wide(place: str) -> UserError:
    return refused(
        "too_much_text",
        place,
        zh=f"有一格超过 {MAX_TEXT} 个字，.xlsx 装不下。请导出为 .csv。",
        en=f"a cell has more than {MAX_TEXT} characters, which .xlsx cannot hold; export as .csv",
    )


_WRITERS: dict[str, _Write] = {".csv": _write_csv, ".xlsx": _write_xlsx}
