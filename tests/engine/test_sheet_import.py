"""Sheets taken in within an admin's rights, on both databases, and sheets that wait."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest

from config.errors import UserError
from config.schedule import Role
from engine.actors import SYSTEM
from engine.drafts import PersonDraft, RightDraft, Saved
from engine.roster import save_people
from engine.sheet_import import SheetKind, SheetOrder, take_in
from engine.sheets.problems import SheetRefused
from engine.sheets.writing import write_table
from engine.tables import case, history, person
from engine.waiting_sheets import LASTS, WaitingRoom
from tests.engine.world import ADMIN, FORMS, NOTICE, NOW, UNIT, World, at

PEOPLE = ("姓名", "邮箱", "角色", "地区", "单位")
ACTIVITIES = ("编号", "活动名称", "主办单位", "地区", "开始日期")


def sheet(folder: Path, headings: Sequence[str], *rows: Sequence[str]) -> Path:
    """Write a sheet."""
    path = folder / "名单.xlsx"
    write_table(path, headings, rows)
    return path


def taken(world: World, kind: SheetKind, path: Path, *, notice: str | None = None) -> Saved:
    """Take a sheet in as the city's admin."""
    with world.database.write() as conn:
        order = SheetOrder(kind=kind, path=path, notice=notice)
        return take_in(conn, order, actor=world.person(ADMIN), now=NOW)


def test_people_come_in(world: World, tmp_path: Path) -> None:
    path = sheet(tmp_path, PEOPLE, ("陈新", "chen@example.cn", "联系人", "鲤城区", UNIT))

    saved = taken(world, SheetKind.PERSON, path)

    assert saved.created == ("chen@example.cn",)


def test_somebody_of_another_region_keeps_name_and_phone(world: World, tmp_path: Path) -> None:
    far = PersonDraft(
        name="外地人", email="far@example.cn", rights=(RightDraft(role=Role.ADMIN, region="410700"),)
    )
    with world.database.write() as conn:
        save_people(conn, [far], actor=SYSTEM, now=NOW)
    path = sheet(tmp_path, PEOPLE, ("改名", "far@example.cn", "联系人", "鲤城区", UNIT))

    with pytest.raises(SheetRefused) as refused:
        taken(world, SheetKind.PERSON, path)

    assert [(one.row, one.column) for one in refused.value.problems] == [(2, "邮箱")]
    assert world.rows(person, email="far@example.cn")[0].name == "外地人"


def test_an_activity_that_cannot_be_changed_stops_the_whole_sheet(world: World, tmp_path: Path) -> None:
    [ref] = world.enter(1)
    world.do("cancel", ref, reason="台风")
    path = sheet(
        tmp_path,
        ACTIVITIES,
        ("", "新的", UNIT, "鲤城区", "2023-09-20"),
        (ref, "改名", UNIT, "鲤城区", "2023-09-17"),
    )

    with pytest.raises(SheetRefused) as refused:
        taken(world, SheetKind.ACTIVITY, path, notice=NOTICE)

    assert [(one.row, one.column) for one in refused.value.problems] == [(3, "活动名称")]
    assert f"{ref} 现在不能改" in refused.value.text.zh
    assert len(world.rows(case, kind="activity")) == 1


def test_an_activity_comes_in_and_is_changed(world: World, tmp_path: Path) -> None:
    [ref] = world.enter(1)
    world.do("attach", ref, materials=FORMS)
    path = sheet(tmp_path, ACTIVITIES, (ref, "改名", UNIT, "鲤城区", "9月17日"))

    saved = taken(world, SheetKind.ACTIVITY, path, notice=NOTICE)

    assert (saved.updated, world.rows(case, ref=ref)[0].title) == ((ref,), "改名")


def test_wrong_cells_and_broken_rules_of_all_rows_are_told_at_once(world: World, tmp_path: Path) -> None:
    [ref, other] = world.enter(2)
    world.do("cancel", other, reason="台风")
    path = sheet(
        tmp_path,
        ACTIVITIES,
        ("", "新的", "没有的学会", "鲤城区", "9月31日"),
        ("", "", UNIT, "新乡市", "2023-09-20"),
        ("", "太远", UNIT, "鲤城区", "2032-09-20"),
        (ref, "改名", UNIT, "鲤城区", "2023-09-17"),
        (other, "改名", UNIT, "没有的区", "9月17日"),
        ("QZ-2023-9999", "新的", UNIT, "鲤城区", "明天"),
    )

    with pytest.raises(SheetRefused) as refused:
        taken(world, SheetKind.ACTIVITY, path, notice=NOTICE)

    assert [(one.row, one.column) for one in refused.value.problems] == [
        *((2, "开始日期"), (2, "主办单位")),
        *((3, "活动名称"), (3, "地区"), (3, "主办单位")),
        (4, "开始日期"),
        *((6, "地区"), (6, "活动名称")),
        *((7, "开始日期"), (7, "编号")),
    ]
    assert len(world.rows(case, kind="activity")) == 2


def test_broken_rules_of_all_rows_are_told_at_once_where_no_cell_is_wrong(
    world: World, tmp_path: Path
) -> None:
    [ref] = world.enter(1)
    world.do("cancel", ref, reason="台风")
    path = sheet(
        tmp_path,
        ACTIVITIES,
        (ref, "改名", UNIT, "鲤城区", "9月17日"),
        ("", "新的", "没有的学会", "鲤城区", "9月20日"),
        ("", "太远", UNIT, "鲤城区", "2032-09-20"),
    )

    with pytest.raises(SheetRefused) as refused:
        taken(world, SheetKind.ACTIVITY, path, notice=NOTICE)

    assert [(one.row, one.column) for one in refused.value.problems] == [
        (2, "活动名称"),
        (3, "主办单位"),
        (4, "开始日期"),
    ]


def test_a_title_left_out_is_told_once(world: World, tmp_path: Path) -> None:
    [ref] = world.enter(1)
    path = sheet(tmp_path, ACTIVITIES, (ref, "", UNIT, "鲤城区", "9月20日"))

    with pytest.raises(SheetRefused) as refused:
        taken(world, SheetKind.ACTIVITY, path, notice=NOTICE)

    assert [one.zh for one in refused.value.problems] == ["第 2 行 “活动名称” 没有填写；请填写。"]


def test_what_a_wrong_cell_hides_is_not_guessed_at(world: World, tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        PEOPLE,
        ("陈新", "坏邮箱", "联系人", "没有的区", UNIT),
        ("李新", "li@example.cn", "联系人", "鲤城区", "没有的学会"),
        ("王新", "li@example.cn", "管理员", "福建省", ""),
    )

    with pytest.raises(SheetRefused) as refused:
        taken(world, SheetKind.PERSON, path)

    assert [(one.row, one.column) for one in refused.value.problems] == [
        *((2, "邮箱"), (2, "地区")),
        (3, "单位"),
        *((4, "姓名"), (4, "地区")),
    ]


def test_a_failure_in_the_middle_leaves_nothing_of_a_sheet(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [ref] = world.enter(1)
    path = sheet(
        tmp_path,
        ACTIVITIES,
        (ref, "改名", UNIT, "鲤城区", "2023-09-17"),
        ("", "新的", UNIT, "鲤城区", "9月18日"),
    )
    before = world.rows(case), world.rows(history)

    def broken(*_: object, **__: object) -> None:
        raise OSError("in the middle")

    monkeypatch.setattr("engine.cases.note_late_entry", broken)
    with pytest.raises(OSError, match="in the middle"):
        taken(world, SheetKind.ACTIVITY, path, notice=NOTICE)

    assert (world.rows(case), world.rows(history)) == before


def test_two_rows_about_one_activity_are_told(world: World, tmp_path: Path) -> None:
    [ref] = world.enter(1)
    [row] = world.rows(case, ref=ref)
    same = (row.title, UNIT, "鲤城区", row.starts_on.isoformat())
    path = sheet(tmp_path, ACTIVITIES, (ref, "改名", *same[1:]), ("", *same))

    with pytest.raises(SheetRefused) as refused:
        taken(world, SheetKind.ACTIVITY, path, notice=NOTICE)

    assert [one.zh for one in refused.value.problems] == [
        f"第 3 行 “活动名称” 是 “{row.title}”，与前面一行说的都是活动 {ref}；请删去一行。"
    ]


def test_a_notice_of_elsewhere_is_none_to_choose(world: World, tmp_path: Path) -> None:
    path = sheet(tmp_path, ACTIVITIES, ("", "新的", UNIT, "鲤城区", "2023-09-20"))

    with pytest.raises(UserError) as refused:
        taken(world, SheetKind.ACTIVITY, path, notice="xinxiang-2023")

    assert refused.value.code == "import.notice"


def test_a_sheet_waits_an_hour_for_its_owner(tmp_path: Path) -> None:
    mine, other = WaitingRoom(tmp_path, 1), WaitingRoom(tmp_path, 2)
    token = mine.take(BytesIO(b"x"), kind=SheetKind.UNIT, name="../单位 1.XLSX", notice=None, now=NOW)

    found = mine.find(token, now=NOW)

    assert found is not None
    assert (found.name, found.order.path.name, found.order.path.read_bytes()) == (
        "单位 1.XLSX",
        "单位 1.xlsx",
        b"x",
    )
    assert other.find(token, now=NOW) is None
    assert mine.find(token, now=NOW + LASTS) is None


def test_a_name_too_long_for_a_disk_is_cut_there_alone(tmp_path: Path) -> None:
    room = WaitingRoom(tmp_path, 1)
    token = room.take(BytesIO(b"x"), kind=SheetKind.UNIT, name=f"{'长' * 110}.xlsx", notice=None, now=NOW)

    found = room.find(token, now=NOW)

    assert found is not None
    assert (found.name, found.order.path.name) == (f"{'长' * 110}.xlsx", f"{'长' * 60}.xlsx")


def test_what_has_waited_too_long_goes_when_another_comes(tmp_path: Path) -> None:
    room = WaitingRoom(tmp_path, 1)
    room.take(BytesIO(b"x"), kind=SheetKind.UNIT, name="a.csv", notice=None, now=NOW)

    room.take(BytesIO(b"y"), kind=SheetKind.UNIT, name="b.csv", notice=None, now=at(8, 16))

    assert len(list((tmp_path / "tmp" / "sheets").iterdir())) == 1


def test_a_sheet_that_is_too_large_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.waiting_sheets.MAX_BYTES", 3)

    with pytest.raises(UserError) as refused:
        WaitingRoom(tmp_path, 1).take(
            BytesIO(b"1234"), kind=SheetKind.UNIT, name="a.csv", notice=None, now=NOW
        )

    assert refused.value.code == "sheet.too_large"
    assert list((tmp_path / "tmp" / "sheets").iterdir()) == []
