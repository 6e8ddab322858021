"""A table as people see it: every row tall enough for what stands, or will stand, in it."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from config.official import shipped_sheets
from engine.official.filling import blank
from engine.official.table_out import Around, Written, table_bytes

SHEET = shipped_sheets()["quanzhou_list"]
TWO_LINES = 36  # points


def heights(path: Path) -> list[float]:
    """Return the heights of the rows below the headings, in points."""
    page = load_workbook(path).active
    assert page is not None
    first = next(cell.row for cell in page["A"] if cell.value == SHEET.columns[0].heading) + 1
    return [page.row_dimensions[number].height or 0 for number in range(first, page.max_row + 1)]


def test_a_row_to_be_filled_in_has_room_for_two_lines(tmp_path: Path) -> None:
    blank(SHEET, tmp_path / "list.xlsx", year=2024)

    assert min(heights(tmp_path / "list.xlsx")) >= TWO_LINES


def test_a_long_text_makes_its_row_taller(tmp_path: Path) -> None:
    rows = [Written(["长" * length] * len(SHEET.columns), "QZ-2024-0001") for length in (1, 60)]
    path = tmp_path / "list.xlsx"
    path.write_bytes(table_bytes(SHEET, Around("汇总表", [], []), rows))

    short, long = heights(path)

    assert long > 2 * short


@pytest.mark.parametrize("key", ["chengdu_schedule", "jiangmen_list"])
def test_a_heading_has_room_in_its_cell(tmp_path: Path, key: str) -> None:
    blank(shipped_sheets()[key], tmp_path / "list.xlsx", year=2024)

    page = load_workbook(tmp_path / "list.xlsx").active
    row = next(cell.row for cell in page["A"] if cell.value == "序号")

    assert page.row_dimensions[row].height >= TWO_LINES
