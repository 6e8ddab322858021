import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from engine.sheets.fields import UNIT
from engine.sheets.headings import known_by
from engine.sheets.reading import Row, Table, read_table
from tests.engine.sheets.making import MakeBook, MakePackage

HEADINGS = ["单位名称", "地区"]
UNITS = [HEADINGS, ["泉州市科协", "泉州市"], ["鲤城区科协", "鲤城区"]]
TABLE = Table(
    place="单位.csv",
    headings=("单位名称", "地区"),
    rows=(
        Row(number=2, cells={"单位名称": "泉州市科协", "地区": "泉州市"}),
        Row(number=3, cells={"单位名称": "鲤城区科协", "地区": "鲤城区"}),
    ),
)


def as_csv(separator: str = ",") -> str:
    return "".join(separator.join(row) + "\r\n" for row in UNITS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_the_encoding_of_a_csv_file_is_recognised(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "单位.csv"
    path.write_bytes(as_csv().encode(encoding))

    assert read_table(path) == TABLE


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_the_separator_of_a_csv_file_is_recognised(separator: str, tmp_path: Path) -> None:
    path = tmp_path / "单位.csv"
    path.write_text(as_csv(separator), "utf-8")

    assert read_table(path) == TABLE


def test_known_headings_decide_on_the_separator(tmp_path: Path) -> None:
    path = tmp_path / "单位.csv"
    path.write_text("单位名称;地区\n甲,乙,丙,丁;泉州市\n", "utf-8")

    table = read_table(path, known=known_by(UNIT))

    assert table.rows == (Row(number=2, cells={"单位名称": "甲,乙,丙,丁", "地区": "泉州市"}),)


def test_a_quoted_cell_may_have_line_breaks_and_quotes(tmp_path: Path) -> None:
    path = tmp_path / "单位.csv"
    path.write_bytes('单位名称,地区\r\n"甲\r\n""乙""",泉州市\r\n丙,丁\r\n'.encode())

    assert read_table(path).rows == (
        Row(number=2, cells={"单位名称": '甲\n"乙"', "地区": "泉州市"}),
        Row(number=3, cells={"单位名称": "丙", "地区": "丁"}),
    )


def test_a_workbook_reads_as_the_same_table(make_book: MakeBook) -> None:
    table = read_table(make_book({"Sheet1": UNITS}))

    assert table == Table(place="book.xlsx（Sheet1）", headings=TABLE.headings, rows=TABLE.rows)


def test_numbers_days_and_moments_keep_their_kind(make_book: MakeBook) -> None:
    row = [350502, 1.5, True, date(2023, 9, 17), datetime(2023, 9, 17, 9, 30)]
    book = make_book({"Sheet1": [list("abcde"), row]})

    cells = dict(zip("abcde", row, strict=True))
    assert read_table(book).rows == (Row(number=2, cells=cells),)


def test_titles_may_stand_above_the_headings(make_book: MakeBook) -> None:
    book = make_book({"Sheet1": [["2023年单位汇总表"], [], ["填报单位：泉州市科协"], *UNITS]})

    table = read_table(book, known=known_by(UNIT))

    assert (table.headings, [row.number for row in table.rows]) == (("单位名称", "地区"), [5, 6])


def test_the_first_sheet_with_known_headings_is_taken(make_book: MakeBook) -> None:
    book = make_book({"说明": [["请先看说明", "联系人"]], "空": [], "单位": UNITS})

    assert read_table(book, known=known_by(UNIT)).place == "book.xlsx（单位）"


def test_a_sheet_can_be_named(make_book: MakeBook) -> None:
    book = make_book({"甲": UNITS, "乙": [HEADINGS, ["丙", "丁"]]})

    assert read_table(book, sheet="乙").rows == (Row(number=2, cells={"单位名称": "丙", "地区": "丁"}),)


def test_blank_rows_are_left_out_but_counted(make_book: MakeBook) -> None:
    book = make_book({"Sheet1": [HEADINGS, ["", ""], ["甲", "乙"], ["  ", None]]})

    assert read_table(book).rows == (Row(number=3, cells={"单位名称": "甲", "地区": "乙"}),)


def test_a_short_row_has_empty_cells(tmp_path: Path) -> None:
    path = tmp_path / "单位.csv"
    path.write_text("单位名称,地区\n甲\n", "utf-8")

    assert read_table(path).rows == (Row(number=2, cells={"单位名称": "甲", "地区": ""}),)


def test_a_wrong_size_in_the_sheet_hides_no_row(make_package: MakePackage) -> None:
    text = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>%s</t></is></c></row>'
    rows = [text % (n, n, name) for n, name in ((1, b"a"), (2, b"b"), (3, b"c"))]
    package = make_package([b"</sheetData>", b'<dimension ref="A1"/><sheetData>', *rows])

    assert [row.cells for row in read_table(package).rows] == [{"a": "b"}, {"a": "c"}]


@pytest.mark.parametrize(
    ("value", "shown", "reason"),
    [
        ("=1+1", "=1+1", "这是公式，不是值；请复制这一列，再“选择性粘贴 → 值”"),
        ("#N/A", "#N/A", "这是 Excel 的出错提示；请填写正确的值"),
    ],
)
def test_a_formula_or_error_is_refused_with_its_place(
    value: str, shown: str, reason: str, make_book: MakeBook
) -> None:
    (row,) = read_table(make_book({"Sheet1": [HEADINGS, [value, "泉州市"]]})).rows

    assert row.cells == {"单位名称": "", "地区": "泉州市"}
    assert [one.zh for one in row.problems] == [f"第 2 行 “单位名称” 是 “{shown}”，{reason}。"]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("甲\x00乙", "里面有看不见的控制字符（U+0000）；请清空这一格后重新输入"),
        ("甲\u202e乙", "里面有看不见的控制字符（U+202E）；请清空这一格后重新输入"),
        ("字" * 10_001, "一格里有 10001 个字，最多 10000 个；请缩短"),
    ],
)
def test_a_cell_with_control_characters_or_too_much_text_is_refused(
    value: str, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "单位.csv"
    path.write_text(f"单位名称,地区\n{value},泉州市\n", "utf-8")

    (row,) = read_table(path).rows

    assert [one.zh.partition("，")[2] for one in row.problems] == [f"{reason}。"]


def test_a_value_beyond_the_headings_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "单位.csv"
    path.write_text("单位名称,地区\n甲,乙,丙\n", "utf-8")

    (row,) = read_table(path).rows

    assert [(one.row, one.column, one.value) for one in row.problems] == [(2, "C", "丙")]


def test_a_csv_file_is_read_without_loading_openpyxl(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    program = (
        "import sys; from pathlib import Path; from engine.sheets import drafts_from, reading, writing;"
        "reading.read_table(Path(sys.argv[1])); sys.exit('openpyxl' in sys.modules)"
    )

    run = subprocess.run([sys.executable, "-c", program, str(tmp_path / "a.csv")], check=False)

    assert run.returncode == 0
