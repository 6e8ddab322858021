"""The summary sheet of a region without one of its own: a table that can be printed as it is."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from engine.actors import SYSTEM
from engine.rollup.gathering import gather
from engine.rollup.subject import subject_of
from engine.rollup.summary import plain_table
from tests.engine.rollup.season import END, held
from tests.engine.world import NOTICE, World


@pytest.fixture
def sheet(world: World, tmp_path: Path) -> Any:
    """Give the sheet of a city with one activity that took place."""
    [ref] = world.enter()
    held(world, ref, tmp_path, people=120)
    with world.database.read() as conn:
        gathered = gather(conn, subject_of(conn, NOTICE, actor=SYSTEM), store=tmp_path, now=END)
    plain_table(gathered, tmp_path / "a.xlsx")
    return load_workbook(tmp_path / "a.xlsx").active


def values(sheet: Any, number: int) -> list[Any]:
    return [cell.value for cell in sheet[number] if cell.value is not None]


def test_it_says_whose_it_is_and_of_which_year(sheet: Any) -> None:
    assert (values(sheet, 1), values(sheet, 2)[0].split()[:2]) == (
        ["泉州市2023年全国科普日活动汇总表"],
        ["填报单位：泉州市全民科学素质工作领导小组", "共1项"],
    )


def test_it_has_the_columns_that_somebody_filled(sheet: Any) -> None:
    assert dict(zip(values(sheet, 3), values(sheet, 4), strict=True)) == {
        "序号": 1,
        "活动名称": "科学课 1",
        "活动时间": "2023年9月17日至18日",
        "活动地点": "文化广场",
        "主办单位": "鲤城区科协",
        "所在地区": "鲤城区",
        "活动形式": "展览展示",
        "面向人群": "青少年",
        "参与人次": 120,
        "联系人": "王敏",
        "进展": "已总结",
        "编号": "QZ-2023-0001",
    }


def test_it_is_laid_out_for_paper(sheet: Any) -> None:
    page = sheet.page_setup

    assert (page.orientation, page.paperSize, page.fitToWidth, page.fitToHeight) == ("landscape", 9, 1, 0)
    assert sheet.print_title_rows == "$3:$3"
    assert {cell.border.left.style for row in sheet["A3:K4"] for cell in row} == {"thin"}
