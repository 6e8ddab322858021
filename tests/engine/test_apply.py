"""Putting schedules in force: what moves, what stays fired, who owes what."""

import pytest
from sqlalchemy import update

from config.catalogue import catalogue
from config.errors import UserError
from config.moved import moved_note
from config.schedule import Name
from engine.actors import SYSTEM
from engine.apply import apply_notice
from engine.case_view import case_view
from engine.schedules import _kept, schedule_of
from engine.tables import case, firing, history, ledger, message, schedule
from tests.engine.post import Post
from tests.engine.world import NOTICE, NOW, World, at

QUANZHOU = catalogue()["quanzhou-2023"]
TITLE = "泉州市全民科学素质工作领导小组关于举办2023年全国科普日活动的通知"
NATIONAL = catalogue()["national-2023"]
LATER = QUANZHOU.replace("due: {at: 2023-09-30, cite", "due: {at: 2023-10-20, cite")


def test_the_same_file_again_changes_nothing(world: World) -> None:
    again = world.apply(QUANZHOU)

    assert again.changes_nothing
    assert len(world.rows(schedule)) == 1


def test_a_plan_tells_what_apply_does_and_leaves_no_trace(world: World) -> None:
    before = world.rows(firing)
    with world.database.rehearse() as conn:
        planned = apply_notice(conn, "quanzhou-2023", LATER, actor=SYSTEM, now=NOW)
    assert world.rows(firing) == before

    applied = world.apply(LATER)

    assert [(c.what, c.milestone, c.rung) for c in planned.firings] == [
        (c.what, c.milestone, c.rung) for c in applied.firings
    ]
    assert [(c.place, c.before, c.after) for c in applied.fields] == [
        ("milestones.summary.due", "2023-09-30", "2023-10-20")
    ]


def test_a_moved_date_moves_its_reminders_and_only_those(world: World) -> None:
    applied = world.apply(LATER)

    assert {(c.what, c.milestone) for c in applied.firings} == {("move", "summary")}


def test_a_mail_quotes_no_clause_for_a_moved_date_but_names_the_date_first_set(world: World) -> None:
    world.enter()
    world.apply(LATER)
    world.sweep(at(10, 19))
    post = Post()

    world.deliver(post, at(10, 19))

    [body] = [one for one in post.bodies() if "提交活动总结的依据" in one]
    [basis] = [line for line in body.splitlines() if line.startswith("提交活动总结的依据")]
    assert basis == f"提交活动总结的依据：《{TITLE}》，日期已改，原定 9月30日（六（二））。"


def test_a_page_quotes_no_clause_for_a_moved_date_but_names_the_date_first_set(world: World) -> None:
    [ref] = world.enter()

    world.apply(LATER)

    with world.database.read() as conn:
        found = case_view(conn, ref, actor=SYSTEM, now=at(10, 19)).milestones
    lines = {one.key: one for one in found}
    assert (lines["summary"].cite, lines["summary"].moved) == (
        None,
        Name(zh="日期已改，原定 9月30日（六（二））", en="date changed, first set for 30 Sep (六（二）)"),
    )
    assert (lines["information"].cite, lines["information"].moved) == (
        "请各活动举办单位于2023年9月30日前",
        None,
    )


@pytest.mark.parametrize(
    ("texts", "note"),
    [
        ([LATER, LATER], "日期已改，原定 9月30日（六（二））"),
        ([LATER, LATER.replace("10-20", "10-25")], "日期已改，原定 9月30日（六（二））"),
        ([LATER, QUANZHOU], None),
        (
            [LATER, LATER.replace("请各活动举办单位于2023年9月30日前}", "延至10月20日, clause: 补充通知}")],
            None,
        ),
        ([QUANZHOU.replace("{at: 2023-09-30, cite", "{at: 2023-09-03, cite"), QUANZHOU], None),
    ],
    ids=["applied again", "moved again", "moved back", "words of its own", "taken down wrong at first"],
)
def test_what_is_said_of_a_moved_date_follows_what_its_notice_says(
    world: World, texts: list[str], note: str | None
) -> None:
    for text in texts:
        world.apply(text)

    with world.database.read() as conn:
        found = schedule_of(conn, NOTICE).milestone("summary")
    said = moved_note(found) if found else None
    assert (said.zh if said else None) == note
    assert world.apply(texts[-1]).changes_nothing


def test_nothing_that_has_fired_fires_again(world: World) -> None:
    world.enter()
    world.sweep(at(9, 26))
    told = world.rows(ledger)
    world.apply(QUANZHOU.replace("2023-08-30", "2023-08-29"), now=at(9, 26, 10))

    assert world.sweep(at(9, 26, 11)) is None
    assert world.rows(ledger) == told


def test_instants_already_past_never_burst(world: World) -> None:
    world.enter()

    world.apply(catalogue()["xinxiang-2023"], notice="xinxiang-2023", now=at(9, 29))

    assert world.rows(firing, notice="xinxiang-2023", outcome="past")
    swept = world.sweep(at(9, 29))
    assert swept is None or not world.rows(message, template="opening")


def test_a_parents_change_reaches_the_children_in_force(world: World) -> None:
    moved = NATIONAL.replace("2023-10-10", "2023-10-13")

    applied = world.apply(moved, notice="national-2023")

    assert [child.notice for child in applied.children] == ["quanzhou-2023"]
    with world.database.read() as conn:
        due = schedule_of(conn, "quanzhou-2023").milestone("report")
    assert due is not None and due.due.text == "2023-10-13"


def test_each_owing_unit_gets_its_report_case_once(world: World) -> None:
    reports = world.rows(case, kind="report")

    world.apply(LATER)

    assert [(row.milestone, row.region) for row in reports] == [
        ("filing", "350502"),
        ("summary_report", "350502"),
    ]
    assert len(world.rows(case, kind="report")) == 2


def test_the_history_names_the_version_in_force(world: World) -> None:
    world.apply(LATER)
    [ref] = world.enter()

    assert world.rows(history, subject=f"case:{ref}")[0].schedule == "quanzhou-2023@2"
    assert [row.trigger for row in world.rows(history, subject="notice:quanzhou-2023")] == [
        "enter",
        "apply",
        "revise",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2023-08-30", "2023-04-31"),
        ("extends: national-2023", "extends: quanzhou-2023"),
        ("title:", "titel:"),
    ],
)
def test_a_wrong_file_is_refused_whole(world: World, old: str, new: str) -> None:
    before = world.rows(firing), world.rows(history)

    with pytest.raises(UserError):
        world.apply(QUANZHOU.replace(old, new))

    assert (world.rows(firing), world.rows(history)) == before


def test_a_schedule_altered_behind_our_back_is_not_gone_by(world: World) -> None:
    with world.database.write() as conn:
        conn.execute(update(schedule).values(effective=schedule.c.effective + " "))

    with world.database.read() as conn, pytest.raises(UserError, match="gone or altered"):
        _kept.clear()
        schedule_of(conn, "quanzhou-2023")
