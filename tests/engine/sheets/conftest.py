"""Sheets made for one test: real workbooks, and packages put together by hand."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from tests.engine.sheets.making import MAIN, PARTS, MakeBook, MakePackage


@pytest.fixture
def make_book(tmp_path: Path) -> MakeBook:
    """Return a factory: ``make_book({"单位": [["单位名称"], ["甲"]]})`` saves a workbook."""

    def make(sheets: Mapping[str, Sequence[Sequence[object]]], name: str = "book.xlsx") -> Path:
        book = Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
        book.save(tmp_path / name)
        return tmp_path / name

    return make


@pytest.fixture
def make_package(tmp_path: Path) -> MakePackage:
    """Return a factory: ``make_package(rows)`` saves a workbook whose one sheet has these XML pieces."""

    def make(rows: Iterable[bytes] = (), extra: Mapping[str, bytes] | None = None) -> Path:
        with ZipFile(tmp_path / "package.xlsx", "w", ZIP_DEFLATED, compresslevel=1) as package:
            for name, text in PARTS.items():
                package.writestr(name, text)
            with package.open("xl/worksheets/sheet1.xml", "w") as sheet:
                sheet.write(f'<worksheet xmlns="{MAIN}"><sheetData>'.encode())
                for piece in rows:
                    sheet.write(piece)
                sheet.write(b"</sheetData></worksheet>")
            for name, data in (extra or {}).items():
                package.writestr(name, data)
        return tmp_path / "package.xlsx"

    return make
