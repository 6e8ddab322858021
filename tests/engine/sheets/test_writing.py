import errno
import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from config.errors import UserError
from engine.sheets.reading import Table, read_table
from engine.sheets.writing import write_table

BEGINNINGS = [
    "",
    "=",
    "+",
    "-",
    "@",
    "\t",
    "＝",
    "＋",
    "－",
    "＠",
    " =",
    "\n@",
    "　-",
    "'",
    "'=",
    "''+",
    "' @",
]
LIVE = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1", "  =1", "　=1", "\n=1", "＝1", "＋1", "－1", "＠1"]

letters = st.characters(
    exclude_categories=["Cs", "Cc"],
    exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff",
) | st.sampled_from("\n\t,;'\"=")
# Excel's own sign for a carriage return is read as one, whoever wrote it
texts = st.builds(str.__add__, st.sampled_from(BEGINNINGS), st.text(letters, max_size=12)).filter(
    lambda text: "_x000D_" not in text
)
records = st.lists(texts, min_size=3, max_size=3).filter(lambda row: any(cell.strip() for cell in row))


def cells_of(table: Table) -> list[list[object]]:
    return [list(row.cells.values()) for row in table.rows]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(records, max_size=6))
def test_what_is_written_reads_back_exactly(ending: str, rows: list[list[str]], tmp_path: Path) -> None:
    path = tmp_path / f"out.{ending}"

    write_table(path, ["甲", "=乙", "丙;丁"], rows)
    table = read_table(path)

    assert (table.headings, cells_of(table)) == (("甲", "=乙", "丙;丁"), rows)
    assert [row.problems for row in table.rows] == [()] * len(rows)


@pytest.mark.parametrize("text", LIVE)
def test_no_text_is_live_in_a_csv_file(text: str, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"

    write_table(path, ["a", "b"], [[text, f"x;{text}"]])

    line = path.read_bytes().decode("utf-8-sig").partition("\r\n")[2]
    assert line.startswith("\"'")
    assert line.count('","') == 1


@pytest.mark.parametrize("text", [*LIVE, "#N/A"])
def test_no_text_is_live_in_a_workbook(text: str, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"

    write_table(path, ["a"], [[text]])

    cell = load_workbook(path).active["A2"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", text.replace("\r", "\n"), True)


def test_a_workbook_has_a_bold_frozen_heading_and_fitting_columns(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"

    write_table(path, ["编号", "活动名称"], [["1", "科技馆里的一天" * 2], ["2", "长" * 100]])

    sheet = load_workbook(path).active
    widths = [sheet.column_dimensions[column].width for column in "AB"]
    assert (sheet.freeze_panes, sheet["A1"].font.b, sheet["A2"].font.b) == ("A2", True, False)
    assert widths == [8, 60]


def test_a_csv_file_begins_with_the_mark_that_excel_looks_for(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"

    write_table(path, ["单位", "人数"], [["甲", 12]])

    assert path.read_bytes() == '\ufeff"单位","人数"\r\n"甲","12"\r\n'.encode()


@pytest.mark.parametrize(
    ("ending", "read"),
    [
        ("csv", ["2023-09-17", "2023-09-17 09:30:00", "1875-01-01"]),
        ("xlsx", [date(2023, 9, 17), datetime(2023, 9, 17, 9, 30), "1875-01-01"]),
    ],
)
def test_days_are_dates_where_a_sheet_has_dates(ending: str, read: list[object], tmp_path: Path) -> None:
    path = tmp_path / f"out.{ending}"

    write_table(path, list("abc"), [[date(2023, 9, 17), datetime(2023, 9, 17, 9, 30), date(1875, 1, 1)]])

    assert cells_of(read_table(path)) == [read]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_exact_moments_and_answers_become_text(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"out.{ending}"
    moment = datetime(2023, 9, 17, 1, 0, tzinfo=UTC)

    write_table(path, list("abcd"), [[moment, True, None, 10**16]])

    assert cells_of(read_table(path)) == [["2023-09-17 01:00:00+00:00", "是", "", str(10**16)]]


def test_numbers_stay_numbers_in_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"

    write_table(path, ["a", "b"], [[-5, 1.5]])

    assert cells_of(read_table(path)) == [[-5, 1.5]]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_characters_that_a_sheet_cannot_hold_are_replaced(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"out.{ending}"

    write_table(path, ["a"], [["x\x00y\ud800z\uffff"]])

    assert cells_of(read_table(path)) == [["x\ufffdy\ufffdz\ufffd"]]


def test_a_text_too_long_for_a_workbook_is_refused_not_cut(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        write_table(tmp_path / "out.xlsx", ["a"], [["x" * 32_768]])

    assert (caught.value.code, list(tmp_path.iterdir())) == ("sheet.too_much_text", [])


@pytest.mark.parametrize("name", ["out.pdf", "out"])
def test_an_unknown_ending_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        write_table(tmp_path / name, ["a"], [])

    assert (caught.value.code, list(tmp_path.iterdir())) == ("sheet.ending", [])


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_folder_that_is_not_there_is_told(ending: str, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        write_table(tmp_path / "no" / f"out.{ending}", ["a"], [])

    assert caught.value.code == "sheet.unwritable"


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "out.csv").mkdir()

    with pytest.raises(UserError) as caught:
        write_table(tmp_path / "out.csv", ["a"], [])

    assert (caught.value.code, [each.name for each in tmp_path.iterdir()]) == (
        "sheet.unwritable",
        ["out.csv"],
    )


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "sheet.disk_full"), (errno.EROFS, "sheet.unwritable")]
)
def test_a_full_disk_leaves_the_old_file(
    number: int, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number))

    path = tmp_path / "out.csv"
    path.write_text("old")
    monkeypatch.setattr(os, "fsync", fail)

    with pytest.raises(UserError) as caught:
        write_table(path, ["a"], [["new"]])

    assert (caught.value.code, path.read_text(), len(list(tmp_path.iterdir()))) == (code, "old", 1)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_rows_that_break_off_leave_the_old_file(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"out.{ending}"
    path.write_text("old")

    with pytest.raises(ZeroDivisionError):
        write_table(path, ["a"], ([1 // (200 - n)] for n in range(300)))

    assert (path.read_text(), len(list(tmp_path.iterdir()))) == ("old", 1)


def test_a_written_workbook_names_nobody_but_the_program(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"

    write_table(path, ["a"], [])

    assert load_workbook(path).properties.creator == "duban"
