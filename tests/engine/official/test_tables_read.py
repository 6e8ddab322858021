"""Tables as people and programs make them are read, and what is not taken is told."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.drawing.image import Image
from PIL import Image as Picture

from config.errors import UserError
from engine.official.reading import Reading
from tests.engine.official.making import HEADINGS, bare, edited, shared, table
from tests.engine.official.town import read

ONE = (1, "讲堂", "9月18日", "社区", "鲤城区科协", "王敏", "0595-22222222")
TWO = (2, "展览", "9月19日", "公园", "鲤城区科协", "王敏", "0595-22222222")


def said(reading: Reading) -> list[dict[str, object]]:
    """Return what each line says by item."""
    return [{key: cell.raw for key, cell in reading.cells(line).items()} for line in reading.lines]


def titles(reading: Reading) -> list[object]:
    return [one["title"] for one in said(reading)]


def notes(reading: Reading) -> list[str]:
    return [one.zh for one in reading.notes]


def test_numbered_empty_rows_dots_sums_and_notes_are_no_activities(tmp_path: Path) -> None:
    path = table(
        tmp_path / "表.xlsx", ONE, (2,), (3, None), ("…",), ("合计", "1 项"), ("备注：请盖章后报送",)
    )

    reading = read(path)

    assert titles(reading) == ["讲堂"]
    assert notes(reading) == [
        "第 7 行“合计”是合计，没有当作活动。",
        "第 8 行“备注：请盖章后报送”是备注，没有当作活动。",
    ]


def test_two_lines_of_headings_with_merged_cells_are_understood(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    page.append(["2023年汇总表"])
    page.append(["序号", "活动名称", "活动时间", "活动地点", "主办单位", "联系人", None])
    page.append([None, None, None, None, None, "姓名", "电话"])
    page.append(ONE)
    page.merge_cells("A1:G1")
    for column in "ABCDE":
        page.merge_cells(f"{column}2:{column}3")
    page.merge_cells("F2:G2")
    book.save(tmp_path / "表.xlsx")

    reading = read(tmp_path / "表.xlsx")

    assert list(reading.columns.values()) == [
        *("number", "title", "period", "place", "organiser", "contact", "phone")
    ]
    assert [one["phone"] for one in said(reading)] == ["0595-22222222"]


def test_a_group_heading_is_the_heading_of_none_of_its_columns(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    page.append(["序号", "活动", None, None, "主办单位", "联系人信息", None])
    page.append([None, "名  称", "起止时间", "地 点", None, "姓名", "手机号码"])
    page.append(ONE)
    for area in ("B1:D1", "F1:G1", "A1:A2", "E1:E2"):
        page.merge_cells(area)
    book.save(tmp_path / "表.xlsx")

    reading = read(tmp_path / "表.xlsx")

    assert list(reading.columns.values()) == [
        *("number", "title", "period", "place", "organiser", "contact", "phone")
    ]


def test_a_merged_cell_holds_for_every_row_that_it_spans(tmp_path: Path) -> None:
    path = table(tmp_path / "表.xlsx", ONE, TWO)
    book = load_workbook(path)
    book.active.merge_cells("E3:E4")
    book.save(path)

    assert [one["organiser"] for one in said(read(path))] == ["鲤城区科协", "鲤城区科协"]


def test_hidden_rows_are_read_and_told(tmp_path: Path) -> None:
    path = table(tmp_path / "表.xlsx", ONE, TWO)
    book = load_workbook(path)
    book.active.row_dimensions[4].hidden = True
    book.save(path)

    reading = read(path)

    assert titles(reading) == ["讲堂", "展览"]
    assert notes(reading) == ["第 4 行是隐藏的行，也读取了；不要的请在表中删除。"]


def test_a_formula_gives_the_result_that_was_kept(tmp_path: Path) -> None:
    path = table(tmp_path / "表.xlsx", ONE)
    edited(
        path,
        {
            "xl/worksheets/sheet1.xml": lambda text: text.replace(
                '<c r="A3" t="n"><v>1</v></c>', '<c r="A3"><f>ROW()-2</f><v>1</v></c>'
            )
        },
    )

    reading = read(path)

    assert (titles(reading), notes(reading)) == (
        ["讲堂"],
        ["第 3 行有公式，读取的是文件里保存的结果。"],
    )


def test_pictures_and_further_sheets_are_told(tmp_path: Path) -> None:
    photo = BytesIO()
    Picture.new("RGB", (4, 4)).save(photo, "png")
    path = table(tmp_path / "表.xlsx", ONE)
    book = load_workbook(path)
    book.active.add_image(Image(photo), "J2")
    book.create_sheet("丰泽区").append(HEADINGS)
    book.create_sheet("说明").append(["怎样填写"])
    book.save(path)

    assert notes(read(path)) == [
        "只读取了工作表“Sheet”；还有同样的表：丰泽区，请另外导入。",
        "没有读取的工作表：说明。",
        "表中有 1 张图片，没有读取；照片请在活动页面上传。",
    ]


@pytest.mark.parametrize("change", [bare, shared])
def test_a_workbook_of_another_program_is_read(tmp_path: Path, change: Callable[[Path], Path]) -> None:
    path = change(table(tmp_path / "表.xlsx", ONE, TWO))

    assert titles(read(path)) == ["讲堂", "展览"]


def test_a_strict_workbook_is_read(tmp_path: Path) -> None:
    def strict(text: str) -> str:
        usual = "http://schemas.openxmlformats.org/"
        return text.replace(
            f"{usual}spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"
        ).replace(
            f"{usual}officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        )

    parts = (
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
    )
    path = edited(
        table(tmp_path / "表.xlsx", ONE), {**dict.fromkeys((*parts, "xl/styles.xml", "_rels/.rels"), strict)}
    )

    assert titles(read(path)) == ["讲堂"]


def test_headings_never_seen_are_guessed_and_asked_about(tmp_path: Path) -> None:
    headings = ("序号", "活动的名字", "活动时间", "地 点", "主办", "联系人", "经费")

    reading = read(table(tmp_path / "表.xlsx", ONE, headings=headings))

    assert [(one.heading, one.item) for one in reading.guesses] == [
        ("活动的名字", "title"),
        ("主办", "organiser"),
        ("经费", None),
    ]
    assert reading.missing == ("活动名称", "主（承）办单位")


def test_a_column_without_heading_is_asked_about(tmp_path: Path) -> None:
    reading = read(table(tmp_path / "表.xlsx", (*ONE, "带投影仪")))

    assert [(one.heading, one.item) for one in reading.guesses] == [("第H列", None)]


@pytest.mark.parametrize(
    ("name", "code"),
    [("表.xls", "ending"), ("表.pdf", "ending"), ("表.xlsx", "damaged"), ("表.docx", "damaged")],
)
def test_what_is_no_sheet_is_refused(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / name).write_bytes(b"PK\x03\x04 nothing")

    with pytest.raises(UserError) as refused:
        read(tmp_path / name)

    assert refused.value.code == f"sheet.{code}"


def test_a_merged_range_over_the_whole_sheet_is_refused_before_it_is_loaded(tmp_path: Path) -> None:
    path = table(tmp_path / "表.xlsx", ONE)
    merged = '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    edited(path, {"xl/worksheets/sheet1.xml": lambda text: text.replace("</sheetData>", merged)})

    with pytest.raises(UserError) as refused:
        read(path)

    assert refused.value.code == "sheet.too_many_cells"
