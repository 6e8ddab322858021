"""A sheet taken in: activities entered, or changed where the sheet says otherwise; all of it or nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import select

from config.schedule import Role
from engine.actors import Actor, Grant
from engine.official.marking import write_marked_sheet
from engine.official.problems import HeadingsAsked, OfficialRefused
from engine.tables import case, form_draft, history, material, person
from tests.engine.official.making import table
from tests.engine.official.town import APPLICATION, LIST, hand_in, history_length, read, taken, written
from tests.engine.world import ADMIN, UNIT, WANG, World

ROW = (1, "讲堂", "9月18日至19日", "社区", UNIT, "王敏", "0595-22222222")


def changed(path: Path, **cells: object) -> Path:
    """Change cells of a table, as somebody would in Excel."""
    book = load_workbook(path)
    for place, value in cells.items():
        book.active[place] = value
    book.save(path)
    return path


def told(work: Callable[[], Any]) -> list[str]:
    """Return what a refusal tells."""
    with pytest.raises(OfficialRefused) as refused:
        work()
    return [one.zh for one in refused.value.problems]


def test_a_new_row_is_entered_with_its_coordinator(world: World, tmp_path: Path) -> None:
    found = taken(world, table(tmp_path / "表.xlsx", ROW), tmp_path)

    [row] = world.rows(case, kind="activity")
    [wang] = world.rows(person, email=WANG)
    assert found.saved.created == (row.ref,)
    assert (row.title, row.place, row.state, row.coordinator_id) == ("讲堂", "社区", "planned", wang.id)
    assert [str(row.starts_on), str(row.ends_on)] == ["2023-09-18", "2023-09-19"]


def test_a_row_without_number_is_known_by_unit_and_title(world: World, tmp_path: Path) -> None:
    path = table(tmp_path / "表.xlsx", ROW)
    taken(world, path, tmp_path)
    before = history_length(world)

    again = taken(world, path, tmp_path)

    assert (len(again.saved.unchanged), history_length(world)) == (1, before)


def test_only_what_was_changed_gets_a_history_row(world: World, tmp_path: Path) -> None:
    refs = world.enter(3)
    path = changed(written(world, LIST, refs, tmp_path / "表.xlsx", tmp_path), D6="体育馆")
    before = history_length(world)

    found = taken(world, path, tmp_path)

    assert found.saved.updated == (refs[1],)
    assert [(one.heading, one.before, one.after) for one in found.changes] == [
        ("活动地点", "文化广场", "体育馆")
    ]
    assert history_length(world) == before + 1


def test_what_somebody_else_changed_meanwhile_is_not_undone(world: World, tmp_path: Path) -> None:
    [ref] = world.enter(1)
    path = changed(written(world, LIST, [ref], tmp_path / "表.xlsx", tmp_path), D5="体育馆")
    world.do("edit", ref, changes={"title": "新名称"})

    found = taken(world, path, tmp_path)

    assert [one.heading for one in found.changes] == ["活动地点"]
    assert [(row.title, row.place) for row in world.rows(case, kind="activity")] == [("新名称", "体育馆")]


def test_what_both_changed_is_refused_with_both(world: World, tmp_path: Path) -> None:
    [ref] = world.enter(1)
    path = changed(written(world, LIST, [ref], tmp_path / "表.xlsx", tmp_path), D5="体育馆")
    world.do("edit", ref, changes={"place": "图书馆"})

    [problem] = told(lambda: taken(world, path, tmp_path))

    assert "导出这份表之后已被改为“图书馆”" in problem


def test_what_a_sheet_says_is_no_conflict_where_it_is_so_already(world: World, tmp_path: Path) -> None:
    [ref] = world.enter(1)
    path = changed(written(world, LIST, [ref], tmp_path / "表.xlsx", tmp_path), C5="9.19", D5="体育馆")
    taken(world, path, tmp_path)
    before = history_length(world)

    again = taken(world, path, tmp_path)

    assert (again.saved.unchanged, again.changes, history_length(world)) == ((ref,), (), before)


def test_a_contact_made_empty_stays_empty(world: World, tmp_path: Path) -> None:
    [ref] = world.enter(1)
    path = changed(written(world, LIST, [ref], tmp_path / "表.xlsx", tmp_path), F5=None)

    first = taken(world, path, tmp_path)
    again = taken(world, path, tmp_path)

    page = load_workbook(written(world, LIST, [ref], tmp_path / "再.xlsx", tmp_path)).active
    assert (first.saved.updated, again.saved.unchanged) == ((ref,), (ref,))
    assert page["F5"].value is None


def test_an_answer_that_a_sheet_changes_is_in_the_history(world: World, tmp_path: Path) -> None:
    [ref] = world.enter(1)
    path = changed(
        written(world, LIST, [ref], tmp_path / "表.xlsx", tmp_path), E5="鲤城区科技馆", G5="0595-22333333"
    )

    taken(world, path, tmp_path)

    last = world.rows(history, subject=f"case:{ref}")[-1]
    assert (last.trigger, last.reason) == (
        "note",
        f"按导入的表格修改申报表：主办单位由“{UNIT}”改为“鲤城区科技馆”；联系电话",
    )


def test_a_cell_made_empty_empties_the_value_where_the_row_has_its_number(
    world: World, tmp_path: Path
) -> None:
    [ref] = world.enter(1)
    path = changed(written(world, LIST, [ref], tmp_path / "表.xlsx", tmp_path), D5=None)

    taken(world, path, tmp_path)

    assert [row.place for row in world.rows(case, kind="activity")] == [None]


def test_every_problem_is_told_and_nothing_is_saved(world: World, tmp_path: Path) -> None:
    wrong = (2, None, "9月31日", "公园", "没有的学会", "王敏", "电话")
    path = table(tmp_path / "表.xlsx", ROW, wrong, (3, "展览", "9月31日", "", "没有的学会", "", ""), ROW)

    problems = told(lambda: taken(world, path, tmp_path))

    assert [one.partition("；")[0] for one in problems] == [
        "第 4 行 “主（承）办单位” 是 “没有的学会”，没有这个单位",
        "第 4 行 “活动时间” 是 “9月31日”，没有这一天",
        "第 4 行 “联系电话” 是 “电话”，不是电话号码",
        "第 4 行 “活动名称” 没有填写",
        "第 5 行 “主（承）办单位” 是 “没有的学会”，没有这个单位",
        "第 5 行 “活动时间” 是 “9月31日”，没有这一天",
        "第 6 行 “活动名称” 是 “讲堂”，与第 3 行是同一项活动",
    ]
    assert world.rows(case, kind="activity") == []


def test_what_cannot_be_changed_is_told_beside_wrong_cells_and_far_dates(
    world: World, tmp_path: Path
) -> None:
    refs = world.enter(2)
    path = written(world, LIST, refs, tmp_path / "表.xlsx", tmp_path)
    far = {"B7": "新的", "C7": "2032年9月18日", "D7": "社区", "E7": UNIT, "F7": "王敏", "G7": "0595-22222222"}
    path = changed(path, D5="甲", C6="9月31日", **far)
    world.do("cancel", refs[0], reason="台风")

    problems = told(lambda: taken(world, path, tmp_path))

    assert [one.partition("，")[0] for one in problems] == [
        "第 5 行 “活动名称” 是 “科学课 1”",
        "第 6 行 “活动时间” 是 “9月31日”",
        "第 7 行 “活动时间” 是 “2032年9月18日”",
    ]


def test_a_failure_in_the_middle_leaves_nothing_of_a_sheet(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refs = world.enter(2)
    path = written(world, LIST, refs, tmp_path / "表.xlsx", tmp_path)
    path = changed(path, D5="甲", G5="0595-22333333", D6="乙", G6="0595-22444444")
    path = changed(path, B7="新的", C7="9月18日", D7="社区", E7=UNIT, F7="王敏", G7="0595-22222222")
    before = history_length(world), world.rows(case)

    monkeypatch.setattr("engine.official.taking.finish", broken)
    with pytest.raises(OSError, match="in the middle"):
        taken(world, path, tmp_path)

    assert (history_length(world), world.rows(case)) == before
    assert world.rows(form_draft) == []


def broken(*_: object) -> None:
    """Fail when the activities are written, and the answers of their forms are not yet."""
    raise OSError("in the middle")


def test_a_marked_table_taken_in_again_passes_the_marks_over(world: World, tmp_path: Path) -> None:
    refs = world.enter(2)
    path = changed(written(world, LIST, refs, tmp_path / "表.xlsx", tmp_path), C5="9月31日")
    with pytest.raises(OfficialRefused) as refused:
        taken(world, path, tmp_path)
    write_marked_sheet(path, read(path), path, refused.value.problems, lang="zh")

    page = load_workbook(path).active
    found = taken(world, changed(path, C5="9月30日"), tmp_path)

    assert (page["I4"].value, "没有这一天" in page["I5"].value, page["I6"].value) == ("需要修改", True, None)
    assert page["C5"].comment.author == "duban" and page.merged_cells.ranges
    assert (found.saved.updated, found.saved.unchanged) == ((refs[0],), (refs[1],))


def test_a_marked_document_taken_in_again_passes_the_marks_over(world: World, tmp_path: Path) -> None:
    refs = hand_in(world, tmp_path / "store")
    path = written(world, APPLICATION, refs, tmp_path / "表.docx", tmp_path / "store")
    fill_in(path, 5, "9月31日")
    with pytest.raises(OfficialRefused) as refused:
        taken(world, path, tmp_path / "store")
    for _ in range(2):
        write_marked_sheet(path, read(path), path, refused.value.problems, lang="zh")
    marked = Document(path).tables[0].cell(5, 1).text
    before = len(world.rows(material))

    fill_in(path, 5, "9月30日")
    found = taken(world, path, tmp_path / "store")

    assert marked.count("【需要修改】第 1 份 “活动时间” 是 “9月31日”") == 1
    assert (found.saved.updated, len(world.rows(material))) == (tuple(refs), before + 1)


def fill_in(path: Path, row: int, text: str) -> None:
    """Write into a value's cell of a document."""
    document = Document(path)
    document.tables[0].cell(row, 1).paragraphs[0].runs[0].text = text
    document.save(path)


def test_a_whole_application_is_handed_in(world: World, tmp_path: Path) -> None:
    refs = hand_in(world, tmp_path / "store")
    path = written(world, APPLICATION, refs, tmp_path / "表.docx", tmp_path / "store")
    fill_in(path, 0, "改了名称")

    taken(world, path, tmp_path / "store")

    kept = [row for row in world.rows(material) if row.removed_at is None]
    assert [row.title for row in world.rows(case, kind="activity")] == ["改了名称"]
    assert len(kept) == 1 and "改了名称" in (tmp_path / "store" / kept[0].sha256).read_text("utf-8")


def test_answers_that_are_no_whole_form_yet_are_kept_as_a_draft(world: World, tmp_path: Path) -> None:
    taken(world, table(tmp_path / "表.xlsx", ROW), tmp_path)

    [draft] = world.rows(form_draft)
    assert draft.answers["phone"] == "0595-22222222"


def test_headings_never_seen_are_asked_about_before_anything_is_imported(
    world: World, tmp_path: Path
) -> None:
    path = table(tmp_path / "表.xlsx", ROW, headings=("序号", "活动的名字", *"日地单人电"))
    path = changed(path, C2="活动时间", D2="活动地点", E2="主办单位", F2="联系人", G2="联系电话")

    with pytest.raises(HeadingsAsked):
        taken(world, path, tmp_path)
    found = taken(world, path, tmp_path, meanings={"活动的名字": "活动名称"})

    assert len(found.saved.created) == 1


def test_a_new_activity_beyond_the_actors_region_is_refused(world: World, tmp_path: Path) -> None:
    with world.database.read() as conn:
        number = conn.scalars(select(person.c.id).where(person.c.email == ADMIN)).one()
    foreign = Actor(name="person:9", person_id=number, grants=(Grant(role=Role.ADMIN, region="350503"),))

    [problem] = told(lambda: taken(world, table(tmp_path / "表.xlsx", ROW), tmp_path, actor=foreign))

    assert "不在您管理的地区内" in problem


def test_an_activity_that_cannot_be_changed_is_told_in_its_row(world: World, tmp_path: Path) -> None:
    refs = world.enter(2)
    path = changed(written(world, LIST, refs, tmp_path / "表.xlsx", tmp_path), D5="甲", D6="乙")
    world.do("cancel", refs[1], reason="台风")

    problems = told(lambda: taken(world, path, tmp_path))

    assert [one.startswith("第 6 行 “活动名称”") for one in problems] == [True]
    assert {row.place for row in world.rows(case, kind="activity")} == {"文化广场"}


def test_a_form_that_cannot_be_handed_in_again_is_told_in_its_row(world: World, tmp_path: Path) -> None:
    [ref] = hand_in(world, tmp_path / "store")
    path = written(world, LIST, [ref], tmp_path / "表.xlsx", tmp_path / "store")
    path = changed(path, G5="0595-22333333")
    world.do("cancel", ref, reason="台风")

    [problem] = told(lambda: taken(world, path, tmp_path / "store"))

    assert problem.startswith("第 5 行 “活动名称” 是 “科学课 1”，现在不能改：“已取消”时不能“补充材料”")


def test_answers_for_an_activity_of_elsewhere_are_told_in_their_row(world: World, tmp_path: Path) -> None:
    [ref] = world.enter(1)
    path = changed(written(world, LIST, [ref], tmp_path / "表.xlsx", tmp_path), G5="0595-22333333")
    other = Actor(name="person:9", person_id=9, grants=(Grant(role=Role.ADMIN, region="350503"),))

    [problem] = told(lambda: taken(world, path, tmp_path, actor=other))

    assert problem.startswith("第 5 行 “活动名称” 是 “科学课 1”，现在不能改：您对这一项没有办理权限")
    assert world.rows(form_draft) == []


def test_rows_of_a_unit_that_nobody_knows_are_told_by_their_place(world: World, tmp_path: Path) -> None:
    rows = [(number, title, *ROW[2:4], "无名协会", *ROW[5:]) for number, title in ((1, "讲堂"), (2, "展览"))]
    path = table(tmp_path / "表.xlsx", *rows)

    found = told(lambda: taken(world, path, tmp_path))

    assert len(found) == 2
    assert all("无名协会" in one for one in found)
    assert world.rows(case, kind="activity") == []


def test_a_unit_named_as_host_and_as_organiser_is_one_unit(world: World, tmp_path: Path) -> None:
    both = f"主办单位：{UNIT}\n承办单位：{UNIT}"

    found = taken(world, table(tmp_path / "表.xlsx", (*ROW[:4], both, *ROW[5:])), tmp_path)

    assert len(found.saved.created) == 1
