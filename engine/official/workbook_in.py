"""A workbook with all that its look says: merged cells, hidden rows, formulas with their kept results."""

import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from engine.sheets.cells import Raw, Unreadable, checked
from engine.sheets.package import check_package, damaged
from engine.sheets.problems import Wrong, refused, shown
from engine.sheets.reading import old_office
from engine.sheets.workbook_file import plain_value

MOST_COLUMNS = 100
_MOST_MERGED = 200_000  # openpyxl makes an object for every cell of a merged range

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(officeDocument/relationships|spreadsheetml/main)")
_USUAL = {
    b"officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
}
_NO_RESULT = Wrong(
    zh="这是公式，文件里没有它的结果；请在 Excel 或 WPS 中打开后保存，或粘贴为值",
    en="it is a formula without a kept result; open and save the file in Excel, or paste it as a value",
)
_ERROR = Wrong(
    zh="这是 Excel 的出错提示；请填写正确的值", en="it is an error of Excel's; fill in the right value"
)

Place = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One sheet of a workbook, rows and columns counted from 1.

    ``merged`` leads from each covered cell to the first of its range; ``formulas`` are where results stand
    in for formulas.
    """

    name: str
    cells: Mapping[Place, Raw | Unreadable]
    merged: Mapping[Place, Place]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    formulas: frozenset[Place]
    pictures: int

    def at(self, row: int, column: int) -> Raw | Unreadable:
        """Return what a cell shows; a covered one shows what its range does."""
        place = self.merged.get((row, column), (row, column))
        return self.cells.get(place, "")

    @property
    def rows(self) -> list[int]:
        """Return the rows that hold anything."""
        return sorted({row for row, _ in self.cells})


def load_book(handle: BinaryIO, place: str, *, results: bool = False) -> Any:  # openpyxl has no types
    """Check a workbook and load it; with ``results`` formulas are replaced by what they came to."""
    from openpyxl import load_workbook  # noqa: PLC0415 - 0.3 s that only this needs

    start = handle.read(8)
    handle.seek(0)
    if start == _OLE:
        raise old_office(place, handle)
    check_package(handle, place)
    _check_merged(handle, place)
    warnings.filterwarnings("ignore", module=r"openpyxl\b")  # it warns of whatever it leaves out
    try:
        return load_workbook(_usual(handle), data_only=results, keep_links=False)
    except Exception as error:  # its parsers raise anything on a damaged part
        raise damaged(place) from error


def pages_of(handle: BinaryIO, place: str) -> Iterator[Page]:
    """Yield the sheets of a workbook that are shown."""
    book = load_book(handle, place)
    results: Any = None
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        formulas = _formulas(sheet)
        if formulas and results is None:
            handle.seek(0)
            results = load_book(handle, place, results=True)
        yield _page(sheet, formulas, results)


def _formulas(sheet: Any) -> frozenset[Place]:
    return frozenset(place for place, cell in sheet._cells.items() if cell.data_type == "f")


def _page(sheet: Any, formulas: frozenset[Place], results: Any) -> Page:
    cells: dict[Place, Raw | Unreadable] = {}
    for place, cell in sheet._cells.items():
        if place[1] > MOST_COLUMNS or cell.value is None:
            continue
        value = _result(results[sheet.title], place, cell) if place in formulas else _value(cell)
        if value != "":
            cells[place] = value
    return Page(
        name=sheet.title,
        cells=cells,
        merged=_merged(sheet),
        hidden_rows=frozenset(number for number, row in sheet.row_dimensions.items() if row.hidden),
        hidden_columns=frozenset(_hidden_columns(sheet)),
        formulas=formulas & set(cells),
        pictures=len(sheet._images),
    )


def _value(cell: Any) -> Raw | Unreadable:
    value = cell.value
    if cell.data_type == "e":
        return Unreadable(str(value), _ERROR)
    if isinstance(value, str):
        return checked(value.replace("_x000D_\n", "\n"))
    return plain_value(value)


def _result(sheet: Any, place: Place, cell: Any) -> Raw | Unreadable:
    kept = sheet.cell(*place)
    if kept.value is None:
        return Unreadable(shown(str(getattr(cell.value, "text", cell.value))), _NO_RESULT)
    return _value(kept)


def _merged(sheet: Any) -> dict[Place, Place]:
    found: dict[Place, Place] = {}
    for area in sheet.merged_cells.ranges:
        first = (area.min_row, area.min_col)
        for row in range(area.min_row, area.max_row + 1):
            for column in range(area.min_col, min(area.max_col, MOST_COLUMNS) + 1):
                found[row, column] = first
    return found


def _hidden_columns(sheet: Any) -> Iterator[int]:
    from openpyxl.utils import column_index_from_string  # noqa: PLC0415 - as above

    for letter, column in sheet.column_dimensions.items():
        if column.hidden:
            first = column.min or column_index_from_string(letter)
            yield from range(first, min(column.max or first, MOST_COLUMNS) + 1)


def _check_merged(handle: BinaryIO, place: str) -> None:
    """Refuse a workbook whose merged ranges cover more cells than anybody could fill."""
    covered = 0
    with ZipFile(handle) as package:
        for entry in package.namelist():
            if "worksheets/" in entry:
                covered += sum(_area(found) for found in _MERGE.findall(package.read(entry)))
    handle.seek(0)
    if covered > _MOST_MERGED:
        raise refused(
            "too_many_cells",
            place,
            zh="合并的单元格太大。请取消表格外的合并，或把表格复制到新的工作簿再导入。",
            en="its merged cells are too large; copy the table into a new workbook and import that",
        )


def _area(found: tuple[bytes, bytes, bytes, bytes]) -> int:
    left, top, right, bottom = found
    return (abs(int(bottom) - int(top)) + 1) * (abs(_number(right) - _number(left)) + 1)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _usual(handle: BinaryIO) -> BinaryIO:
    """Return the workbook with the names that openpyxl knows, where it was saved as “strict”."""
    with ZipFile(handle) as package:
        if not _STRICT.search(package.read("xl/workbook.xml")):
            handle.seek(0)
            return handle
        out = BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED) as made:
            for entry in package.infolist():
                made.writestr(entry.filename, _STRICT.sub(_known, package.read(entry)))
    out.seek(0)
    return out


def _known(found: re.Match[bytes]) -> bytes:
    return _USUAL[found[1]]
