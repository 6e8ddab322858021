from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.errors import UserError
from config.schedule import Role
from engine.drafts import ActivityDraft, PersonDraft, Rejected, RightDraft, UnitDraft
from engine.sheets.drafts_from import Drafts, Located, read_activities, read_people, read_units
from engine.sheets.problems import SheetRefused
from engine.sheets.writing import write_table
from tests.engine.sheets.making import MakeBook, MakeSheet

D = TypeVar("D", UnitDraft, PersonDraft, ActivityDraft)

UNIT = ("单位名称", "地区", "类型", "级别")
PERSON = ("姓名", "邮箱", "电话", "语言", "角色", "地区", "单位")
ACTIVITY = (
    *("编号", "活动名称", "主办单位", "地区", "联系人邮箱", "开始日期"),
    *("结束日期", "地点", "线上", "线上地址", "参与人数"),
)
LECTURE = ("", "科普讲座", "鲤城区科协", "鲤城区", "wang@example.cn", "9月17日", "", "文化馆", "否", "", "")


@pytest.fixture
def sheet(tmp_path: Path) -> MakeSheet:
    """Return a factory: ``sheet(headings, row, row)`` saves 表.csv."""

    def make(headings: Sequence[str], *rows: Sequence[str], name: str = "表.csv") -> Path:
        write_table(tmp_path / name, headings, rows)
        return tmp_path / name

    return make


def sound(read: Drafts[D]) -> Sequence[Located[D]]:
    """Return the drafts of a sheet, unless a cell is wrong."""
    if read.gathered.problems:
        raise read.refused()
    return read.located


def units_from(path: Path) -> Sequence[Located[UnitDraft]]:
    return sound(read_units(path))


def people_from(path: Path) -> Sequence[Located[PersonDraft]]:
    return sound(read_people(path))


def activities_from(path: Path) -> Sequence[Located[ActivityDraft]]:
    return sound(read_activities(path, year=2023))


def activities(path: Path) -> list[ActivityDraft]:
    return [one.draft for one in activities_from(path)]


def refusal(path: Path, read: Callable[[Path], object] = activities) -> SheetRefused:
    with pytest.raises(SheetRefused) as caught:
        read(path)
    return caught.value


def replaced(row: Sequence[str], **changes: str) -> tuple[str, ...]:
    return tuple(changes.get(heading, value) for heading, value in zip(ACTIVITY, row, strict=True))


def test_units_take_the_level_of_their_region_by_default(sheet: MakeSheet) -> None:
    path = sheet(UNIT, ("泉州市科协", "泉州市", "科协", ""), ("福建省化学会", "350500", "学会", "省"))

    assert [(one.draft, one.row, one.place) for one in units_from(path)] == [
        (UnitDraft(name="泉州市科协", region="350500", level="city", kind="association"), 2, "表.csv"),
        (UnitDraft(name="福建省化学会", region="350500", level="province", kind="society"), 3, "表.csv"),
    ]


def test_several_rows_of_one_address_are_one_person_with_several_rights(sheet: MakeSheet) -> None:
    path = sheet(
        PERSON,
        ("王敏", "wang@example.cn", "0595-22222222", "", "管理员", "泉州市", ""),
        ("李强", "li@example.cn", "", "英文", "", "", ""),
        ("王敏", "Wang@example.cn", "", "中文", "联系人", "鲤城区", "鲤城区科协"),
    )

    assert [(one.row, one.draft) for one in people_from(path)] == [
        (
            2,
            PersonDraft(
                name="王敏",
                email="wang@example.cn",
                phone="0595-22222222",
                rights=(
                    RightDraft(role=Role.ADMIN, region="350500"),
                    RightDraft(role=Role.COORDINATOR, region="350502", unit="鲤城区科协"),
                ),
            ),
        ),
        (3, PersonDraft(name="李强", email="li@example.cn", lang="en")),
    ]


def test_an_activity_is_read_whole(sheet: MakeSheet) -> None:
    row = ("QZ-2023-0042", "科普讲座", "鲤城区科协", "350502", "wang@example.cn", "2023/9/17", "9月23日")
    path = sheet(ACTIVITY, (*row, "文化馆", "是", "https://live.example.cn/1", "1,200人"))

    assert activities(path) == [
        ActivityDraft(
            ref="QZ-2023-0042",
            title="科普讲座",
            unit="鲤城区科协",
            region="350502",
            coordinator="wang@example.cn",
            starts_on=date(2023, 9, 17),
            ends_on=date(2023, 9, 23),
            place="文化馆",
            online=True,
            online_url="https://live.example.cn/1",
            participants=1200,
        )
    ]


def test_an_activity_lasts_one_day_by_default(sheet: MakeSheet) -> None:
    (read,) = activities(sheet(ACTIVITY, LECTURE))

    assert (read.starts_on, read.ends_on) == (date(2023, 9, 17), date(2023, 9, 17))


def test_a_period_may_stand_in_one_column(sheet: MakeSheet) -> None:
    path = sheet(
        ("活动名称", "主办单位", "地区", "活动时间"), ("讲座", "鲤城区科协", "鲤城区", "9月17日至23日")
    )

    (read,) = activities(path)

    assert (read.starts_on, read.ends_on) == (date(2023, 9, 17), date(2023, 9, 23))


def test_a_sheet_as_offices_make_it_is_read(make_book: MakeBook) -> None:
    book = make_book(
        {
            "填表说明": [["一、请逐项填写", "二、请勿改动表头"]],
            "汇总表": [
                ["2023年全国科普日活动汇总表"],
                [
                    "序号",
                    "活动主题*",
                    "举办\n单位",
                    "县（市、区）",
                    "活动日期（必填）",
                    "地点",
                    "参加人数",
                    "备注",
                ],
                ["=ROW()-2", "科普讲座", "鲤城区科协", 350502, date(2023, 9, 17), "文化馆", 120, "=A1"],
            ],
        }
    )

    assert [(one.row, one.place, one.draft) for one in activities_from(book)] == [
        (
            3,
            "book.xlsx（汇总表）",
            ActivityDraft(
                title="科普讲座",
                unit="鲤城区科协",
                region="350502",
                starts_on=date(2023, 9, 17),
                ends_on=date(2023, 9, 17),
                place="文化馆",
                participants=120,
            ),
        )
    ]


def test_one_mistake_is_told_with_row_column_value_and_way_out(sheet: MakeSheet) -> None:
    rows = [replaced(LECTURE, 活动名称=f"讲座{n}") for n in range(87)]
    rows[12] = replaced(rows[12], 开始日期="9月31日")

    error = refusal(sheet(ACTIVITY, *rows))

    assert (error.in_("zh"), error.code) == (
        "表.csv：第 14 行 “开始日期” 是 “9月31日”，没有这一天；"
        "请改为 9月1日 至 9月30日 之间的日期。其余 86 行没有导入。",
        "sheet.rows",
    )
    assert error.in_("en") == (
        "表.csv: row 14: “开始日期” is “9月31日”: there is no such day; "
        "write one from 2023-09-01 to 2023-09-30. The other 86 rows were not imported."
    )


def test_all_mistakes_of_a_sheet_are_told_at_once(sheet: MakeSheet) -> None:
    wrong = replaced(LECTURE, 活动名称="", 联系人邮箱="wang", 线上="也许", 参与人数="很多")

    error = refusal(sheet(ACTIVITY, LECTURE, wrong, replaced(LECTURE, 主办单位=" ")))

    assert [(one.row, one.column, one.value) for one in error.problems] == [
        (3, "活动名称", ""),
        (3, "联系人邮箱", "wang"),
        (3, "线上", "也许"),
        (3, "参与人数", "很多"),
        (4, "主办单位", " "),
    ]
    assert error.in_("zh").splitlines()[:2] == [
        "表.csv：有 5 处要修改，全部 3 行都没有导入。",
        "第 3 行 “活动名称” 没有填写；请填写。",
    ]


def test_fifty_mistakes_are_listed_and_the_others_counted(sheet: MakeSheet) -> None:
    rows = [replaced(LECTURE, 活动名称=f"讲座{n}", 参与人数="很多") for n in range(60)]

    error = refusal(sheet(ACTIVITY, *rows))

    lines = error.in_("zh").splitlines()
    assert (len(error.problems), len(lines), lines[-1]) == (60, 52, "另有 10 处没有列出。")


def test_a_sheet_with_no_end_of_mistakes_is_not_read_to_its_end(sheet: MakeSheet) -> None:
    rows = [replaced(LECTURE, 活动名称=f"讲座{n}", 参与人数="很多") for n in range(1100)]

    error = refusal(sheet(ACTIVITY, *rows))

    last = error.in_("zh").splitlines()[-1]
    assert (len(error.problems), last) == (1000, "只检查到第 1001 行；改好以上各处后，请再导入一次。")


def test_many_unknown_regions_are_told_without_looking_for_more(sheet: MakeSheet) -> None:
    rows = [(f"单位{n}", f"没有的地方{n}", "其他", "") for n in range(40)]

    error = refusal(sheet(UNIT, *rows), units_from)

    assert len(error.problems) == 21


def test_a_formula_is_refused_with_its_place(make_book: MakeBook) -> None:
    book = make_book({"人员": [["姓名", "邮箱"], ["王敏", '="wang@"&"example.cn"']]})

    assert refusal(book, people_from).in_("zh") == (
        'book.xlsx（人员）：第 2 行 “邮箱” 是 “="wang@"&"example.cn"”，这是公式，不是值；'
        "请复制这一列，再“选择性粘贴 → 值”。这一行没有导入。"
    )


def test_rows_that_repeat_another_are_merged(sheet: MakeSheet) -> None:
    path = sheet(ACTIVITY, LECTURE, LECTURE, replaced(LECTURE, 参与人数="120"))

    (read,) = activities_from(path)

    assert (read.row, sorted(read.cells), read.draft.participants) == (2, [2, 3, 4], 120)


@pytest.mark.parametrize(
    ("read", "rows", "column"),
    [
        (units_from, (UNIT, ("甲", "泉州市", "学会", ""), ("甲", "350500", "学校", "")), "类型"),
        (people_from, (PERSON[:2], ("王敏", "w@example.cn"), ("王明", "W@example.cn")), "姓名"),
        (activities, (ACTIVITY, LECTURE, replaced(LECTURE, 地点="图书馆")), "地点"),
    ],
)
def test_rows_that_contradict_another_are_told(
    read: Callable[[Path], object], rows: tuple[tuple[str, ...], ...], column: str, sheet: MakeSheet
) -> None:
    error = refusal(sheet(*rows), read)

    assert [(one.row, one.column) for one in error.problems] == [(3, column)]
    assert "与第 2 行不同" in error.in_("zh")


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"结束日期": "9月16日"}, "结束日期"),
        ({"开始日期": "9月17日至23日", "结束日期": "9月24日"}, "结束日期"),
        ({"开始日期": "9月17日至9月16日"}, "开始日期"),
        ({"开始日期": "", "结束日期": "9月16日"}, "开始日期"),
    ],
)
def test_days_that_do_not_agree_are_told(changes: dict[str, str], column: str, sheet: MakeSheet) -> None:
    error = refusal(sheet(ACTIVITY, replaced(LECTURE, **changes)))

    assert [one.column for one in error.problems] == [column]


@pytest.mark.parametrize(
    ("right", "column"),
    [(("管理员", "", ""), "地区"), (("", "泉州市", ""), "角色"), (("", "", "甲"), "角色")],
)
def test_a_right_needs_a_role_and_a_region(right: tuple[str, ...], column: str, sheet: MakeSheet) -> None:
    error = refusal(sheet(PERSON, ("王敏", "w@example.cn", "", "", *right)), people_from)

    assert [one.column for one in error.problems] == [column]


def test_wrong_headings_are_told_all_at_once_with_the_nearest(sheet: MakeSheet) -> None:
    path = sheet(("单位名秤", "地区", "所在地区", "星座", "备注"), ("甲", "泉州市", "", "", ""))

    with pytest.raises(UserError) as caught:
        units_from(path)

    assert (caught.value.code, caught.value.in_("zh")) == (
        "sheet.headings",
        "表.csv：缺少列：单位名称、类型。意思重复的列：所在地区。认不出的列：单位名秤（是否指“单位名称”？）、星座。"
        "找到的列：单位名秤、地区、所在地区、星座、备注。必须有的列：单位名称、地区、类型；可以有的列：级别。请改正列名，删除其他列"
        "（duban unit template 文件名.xlsx 可写出一张空表）。",
    )


def test_headings_without_rows_are_refused(sheet: MakeSheet) -> None:
    with pytest.raises(UserError) as caught:
        units_from(sheet(UNIT))

    assert caught.value.in_("zh") == "表.csv：只有表头，没有数据行。请填写后再导入。"


def test_what_the_engine_rejects_is_told_with_its_row(sheet: MakeSheet) -> None:
    rows = [
        ("王敏", "wang@example.cn", "", "", "管理员", "泉州市", ""),
        ("李强", "li@example.cn", "", "", "联系人", "鲤城区", "甲"),
        ("李强", "li@example.cn", "", "", "联系人", "鲤城区", "乙"),
    ]
    read = read_people(sheet(PERSON, *rows))
    why = Rejected(index=1, field="unit", zh="没有单位“乙”；请先导入单位。", en="there is no unit 乙")

    error = read.refused([why])

    assert [(one.row, one.column, one.value) for one in error.problems] == [(4, "单位", "乙")]
    assert (
        error.in_("zh") == "表.csv：第 4 行 “单位” 是 “乙”，没有单位“乙”；请先导入单位。其余 2 行没有导入。"
    )


def test_what_the_engine_rejects_without_a_column_keeps_its_field(sheet: MakeSheet) -> None:
    read = read_units(sheet(UNIT, ("甲", "泉州市", "学会", "")))

    error = read.refused([Rejected(index=0, field="head", zh="不行", en="no")])

    assert [(one.row, one.column, one.zh) for one in error.problems] == [
        (2, "head", "第 2 行 “head” 没有填写；不行。")
    ]


names = st.text(st.characters(categories=["Lu", "Ll", "Lo", "Nd"]), min_size=1, max_size=8)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=st.lists(names, min_size=1, max_size=8), ending=st.sampled_from(["csv", "xlsx"]))
def test_a_unit_for_each_name_whatever_repeats(found: list[str], ending: str, sheet: MakeSheet) -> None:
    path = sheet(UNIT, *((name, "泉州市", "其他", "") for name in found), name=f"表.{ending}")

    once = [one.draft.name for one in units_from(path)]

    assert len(once) == len(set(once)) <= len(found)
    assert {one.draft.region for one in units_from(path)} == {"350500"}
