"""Reads a sheet (.csv or .xlsx) into a table: its headings, and its rows by heading."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from config.errors import UserError
from engine.sheets.cells import Line, Raw, Unreadable, as_text, is_blank
from engine.sheets.package import MAX_ROWS, encrypted, too_many_rows
from engine.sheets.problems import Problem, Wrong, problem, refused
from engine.sheets.text_file import text_lines
from engine.sheets.workbook_file import MAX_COLUMNS, Sheet, open_workbook

MAX_BYTES = 20 * 2**20

_HEADING_WITHIN = 10
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_STRAY = Wrong(
    zh="但这一列没有列名；请补上列名或清空这一格，CSV 中含逗号的值要用英文双引号括起来",
    en="but its column has no heading; give it one or clear the cell, and quote a CSV value that has a comma",
)

Known = Callable[[str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of data. ``number`` counts from 1 as Excel does; ``cells`` has every heading.

    A cell that cannot be used (formula, error, control character) is empty and in ``problems``.
    """

    number: int
    cells: Mapping[str, Raw]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One sheet: where it is, its headings as written, its rows that are not blank."""

    place: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(path: Path, *, known: Known | None = None, sheet: str | None = None) -> Table:
    """Read a sheet: the one named, else the first with two known headings, else the first with anything.

    The headings are the first row within ten that has two known ones (titles may stand above);
    without ``known``, the first row that is not blank. Raises ``UserError`` (``sheet.*``) for
    a file that is no sheet, too large, unsafe or damaged; the limits are checked before parsing.
    """
    kind = _kind(path)
    with opened(path) as handle:
        start = handle.read(8)
        handle.seek(0)
        if start == _OLE:
            raise old_office(path.name, handle)
        if kind == ".csv":
            return _from_text(path.name, handle, known)
        with open_workbook(handle, path.name) as sheets:
            return _from_workbook(path.name, _chosen(sheets, sheet, path.name), known)


def _kind(path: Path) -> str:
    kind = path.suffix.lower()
    if kind in (".csv", ".xlsx"):
        return kind
    if kind == ".xls":
        raise _legacy(path.name)
    raise refused(
        "ending",
        path.name,
        zh=f"不认识的文件类型“{kind or '（无扩展名）'}”。请另存为 .xlsx 或 .csv 后再导入。",
        en=f"unknown file type '{kind or 'none'}'; save it as .xlsx or .csv and try again",
    )


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file to be read; UserError where it is missing, unreadable or too large."""
    try:
        if not path.is_file():
            raise refused(
                "not_found", path.name, zh="没有这个文件。请检查路径。", en="no such file; check the path"
            )
        with path.open("rb") as handle:
            if (size := os.fstat(handle.fileno()).st_size) > MAX_BYTES:
                raise _too_large(path.name, size)
            yield handle
    except OSError as error:
        raise refused(
            "unreadable",
            path.name,
            zh=f"文件读不出来（{error.strerror}）。请检查权限，并关闭占用它的程序。",
            en=f"the file cannot be read ({error.strerror}); check its rights and close what holds it",
        ) from error


def _too_large(place: str, size: int) -> UserError:
    return refused(
        "too_large",
        place,
        zh=f"文件有 {size / 2**20:.1f} MB，最多 {MAX_BYTES // 2**20} MB。请删去图片，或分成几个文件导入。",
        en=f"the file has {size / 2**20:.1f} MB, at most {MAX_BYTES // 2**20} are taken; split it",
    )


def old_office(place: str, handle: BinaryIO) -> UserError:
    """Tell the two kinds of file apart that begin as an OLE container."""
    return encrypted(place) if "EncryptedPackage".encode("utf-16-le") in handle.read() else _legacy(place)


def _legacy(place: str) -> UserError:
    return refused(
        "old_xls",
        place,
        zh="这是旧版 Excel（.xls）文件。请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后再导入。",
        en="this is a legacy .xls file; open it in Excel or WPS, save it as .xlsx and try again",
    )


def _from_text(place: str, handle: BinaryIO, known: Known | None) -> Table:
    data = handle.read()
    if data.startswith(_ZIP):
        raise refused(
            "not_text",
            place,
            zh="这是 Excel 工作簿，不是 CSV。请把扩展名改为 .xlsx 后再导入。",
            en="this is a workbook, not a CSV file; change its ending to .xlsx and try again",
        )
    return _table(place, text_lines(data, place, known=known or (lambda _: False)), known)


def _chosen(sheets: Sequence[Sheet], name: str | None, place: str) -> Sequence[Sheet]:
    if name is None:
        return sheets
    if chosen := [each for each in sheets if each.name.strip() == name.strip()]:
        return chosen
    names = [each.name for each in sheets]
    raise refused(
        "missing",
        place,
        zh=f"没有工作表“{name}”；现有：{'、'.join(names)}。请改正名称，或不指定工作表。",
        en=f"there is no sheet '{name}'; there are: {', '.join(names)}; mend the name or leave it out",
    )


def _from_workbook(place: str, sheets: Sequence[Sheet], known: Known | None) -> Table:
    filled = [(each, head) for each in sheets if (head := _head(each.lines()))]
    chosen = next((each for each, head in filled if _named(head, known) is not None), None)
    if chosen is None and filled:
        chosen = filled[0][0]
    if chosen is None:
        raise _empty(place)
    return _table(f"{place}（{chosen.name}）", chosen.lines(), known)


def _head(lines: Iterator[Line]) -> list[Line]:
    return list(islice((line for line in lines if not _is_blank(line)), _HEADING_WITHIN))


def _is_blank(line: Line) -> bool:
    return all(is_blank(raw) for raw in line.cells)


def _named(head: Sequence[Line], known: Known | None) -> int | None:
    """Return which of the first rows holds the headings, None if none has two that are known."""
    if known is None:
        return 0 if head else None
    return next((at for at, line in enumerate(head) if _count(line, known) >= 2), None)


def _count(line: Line, known: Known) -> int:
    return sum(known(_heading(raw)) for raw in line.cells)


def _guessed(head: Sequence[Line], known: Known | None) -> int:
    """Return which row is nearest to headings, so that the error can say what was found."""
    if (at := _named(head, known)) is not None:
        return at
    counts = [(_count(line, known) if known else 0, _filled(line) > 1) for line in head]
    return counts.index(max(counts))


def _filled(line: Line) -> int:
    return sum(not is_blank(raw) for raw in line.cells)


def _heading(raw: Raw | Unreadable) -> str:
    return (raw.text if isinstance(raw, Unreadable) else as_text(raw)).strip()


def _table(place: str, lines: Iterator[Line], known: Known | None) -> Table:
    lines = iter(lines)
    head = _head(lines)
    if not head:
        raise _empty(place)
    at = _guessed(head, known)
    columns = _columns(head[at], place)
    rows: list[Row] = []
    for line in chain(head[at + 1 :], lines):
        if (row := _row(line, columns, place)) is not None:
            rows.append(row)
        if len(rows) > MAX_ROWS:
            raise too_many_rows(place)
    return Table(place=place, headings=tuple(columns.values()), rows=tuple(rows))


def _columns(line: Line, place: str) -> dict[int, str]:
    """Return the headings by the place of their column."""
    _check_width(line, place)
    columns = {at: _heading(raw) for at, raw in enumerate(line.cells) if _heading(raw)}
    names = list(columns.values())
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise refused(
            "headings",
            place,
            zh=f"列名重复：{'、'.join(twice)}。请删除多余的列，或改成不同的列名。",
            en=f"headings that occur twice: {', '.join(twice)}; delete one column of each, or rename it",
        )
    return columns


def _check_width(line: Line, place: str) -> None:
    if any(not is_blank(raw) for raw in line.cells[MAX_COLUMNS:]):
        raise refused(
            "too_many_columns",
            place,
            zh=f"第 {line.number} 行超过 {MAX_COLUMNS} 列。请删除用不到的列。",
            en=f"row {line.number} has more than {MAX_COLUMNS} columns; delete those not needed",
        )


def _row(line: Line, columns: Mapping[int, str], place: str) -> Row | None:
    if _is_blank(line):
        return None
    _check_width(line, place)
    cells: dict[str, Raw] = dict.fromkeys(columns.values(), "")
    problems = []
    for at, raw in enumerate(line.cells):
        name = columns.get(at)
        if isinstance(raw, Unreadable):
            problems.append(problem(line.number, name or _letter(at), raw.text, raw.wrong))
        elif name is not None:
            cells[name] = raw
        elif not is_blank(raw):
            problems.append(problem(line.number, _letter(at), as_text(raw), _STRAY))
    return Row(number=line.number, cells=cells, problems=tuple(problems))


def _letter(at: int) -> str:
    """Return the name that a spreadsheet gives a column: A, Z, AA for 0, 25, 26."""
    return chr(65 + at) if at < 26 else _letter(at // 26 - 1) + chr(65 + at % 26)


def _empty(place: str) -> UserError:
    return refused(
        "empty",
        place,
        zh="没有内容。请从模板填写后再导入。",
        en="there is nothing in it; fill in the template and try again",
    )
