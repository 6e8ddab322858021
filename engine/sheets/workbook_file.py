"""Reads an .xlsx workbook with openpyxl, which is loaded only here and only when it is needed."""

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO

from engine.sheets.cells import Line, Raw, Unreadable, checked
from engine.sheets.package import MAX_ROWS, SPARE_ROWS, check_package, damaged, too_many_rows
from engine.sheets.problems import Wrong, shown

MAX_COLUMNS = 200

_FORMULA = Wrong(
    zh="这是公式，不是值；请复制这一列，再“选择性粘贴 → 值”",
    en="it is a formula, not a value; copy the column and paste it as values",
)
_ERROR = Wrong(
    zh="这是 Excel 的出错提示；请填写正确的值",
    en="it is an error of Excel's; fill in the right value",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet of an open workbook; ``lines`` starts reading it anew."""

    name: str
    lines: Callable[[], Iterator[Line]]


@contextmanager
def open_workbook(handle: BinaryIO, place: str) -> Iterator[Sequence[Sheet]]:
    """Check a workbook, open it and give its sheets in order."""
    check_package(handle, place)
    book = _load(handle, place)
    try:
        yield [_sheet(each, place) for each in book.worksheets]
    finally:
        book.close()


def _sheet(found: Any, place: str) -> Sheet:
    return Sheet(name=found.title, lines=_reader(found, f"{place}（{found.title}）"))


def _load(handle: BinaryIO, place: str) -> Any:  # openpyxl has no types
    from openpyxl import load_workbook  # noqa: PLC0415 - 0.3 s that a CSV does not need

    # it warns of whatever it leaves out: colours, rules, extensions
    warnings.filterwarnings("ignore", module=r"openpyxl\b")
    try:
        return load_workbook(handle, read_only=True, data_only=False, keep_links=False)
    except Exception as error:  # its parsers raise anything on a damaged part
        raise damaged(place) from error


def _reader(sheet: Any, place: str) -> Callable[[], Iterator[Line]]:
    def lines() -> Iterator[Line]:
        sheet.reset_dimensions()  # some programs write a wrong size
        rows = enumerate(sheet.iter_rows(min_row=1, min_col=1), start=1)
        while (line := _next(rows, place)) is not None:
            if line.number > MAX_ROWS + SPARE_ROWS:
                raise too_many_rows(place)
            yield line

    return lines


def _next(rows: Iterator[tuple[int, Any]], place: str) -> Line | None:
    try:
        found = next(rows, None)
        return Line(found[0], [_value(cell) for cell in found[1][: MAX_COLUMNS + 1]]) if found else None
    except Exception as error:  # as above: a part is parsed only now
        raise damaged(place) from error


def _value(cell: Any) -> Raw | Unreadable:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return Unreadable(shown(str(getattr(value, "text", value))), _FORMULA)
    if cell.data_type == "e":
        return Unreadable(str(value), _ERROR)
    if isinstance(value, str):
        return checked(value.replace("_x000D_\n", "\n"))  # how Excel writes CR LF
    return plain_value(value)


def plain_value(value: int | float | date | time | timedelta) -> Raw:
    """Return what is neither text nor nothing: a time as text, a midnight as its day."""
    if isinstance(value, time | timedelta):
        return str(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value
