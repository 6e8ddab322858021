"""What a new version of a notice asks for no more is not owed for ever."""

import re

from config.catalogue import catalogue
from engine.apply import apply_notice
from engine.excused import DROPPED, Excused
from engine.tables import case, history
from tests.engine.world import ADMIN, NOTICE, NOW, World, at, link

QUANZHOU = catalogue()[NOTICE]
WITHOUT = re.sub(r"(?m)^  summary_report:\n(?:    .*\n)+", "", QUANZHOU)
NARROWED = QUANZHOU.replace("[county/association, city/department, city/society]", "[city/society]")


def states(world: World) -> dict[str, str]:
    return {row.milestone: row.state for row in world.rows(case, kind="report")}


def summary_report(world: World) -> str:
    [row] = world.rows(case, kind="report", milestone="summary_report")
    return str(row.ref)


def test_the_reports_of_a_milestone_that_is_gone_are_waived_with_the_reason(world: World) -> None:
    ref = summary_report(world)

    applied = world.apply(WITHOUT, now=at(9, 1))

    last = world.rows(history, subject=f"case:{ref}")[-1]
    assert applied.excused == Excused(waived=(ref,))
    assert states(world) == {"filing": "due", "summary_report": "waived"}
    assert (last.trigger, last.reason, last.schedule) == ("waive", DROPPED, "quanzhou-2023@2")


def test_the_plan_names_them_and_changes_nothing(world: World) -> None:
    with world.database.rehearse() as conn:
        planned = apply_notice(conn, NOTICE, WITHOUT, actor=world.person(ADMIN), now=NOW)

    assert planned.excused.waived == (summary_report(world),)
    assert states(world) == {"filing": "due", "summary_report": "due"}


def test_one_that_was_begun_is_left_to_a_person(world: World) -> None:
    ref = summary_report(world)
    world.do("attach", ref, materials=(link("report"),))

    applied = world.apply(WITHOUT, now=at(9, 1))

    assert (applied.excused, states(world)["summary_report"]) == (Excused(begun=(ref,)), "due")


def test_a_unit_that_is_no_longer_meant_owes_no_more(world: World) -> None:
    world.apply(NARROWED, now=at(9, 1))

    assert states(world) == {"filing": "due", "summary_report": "waived"}


def test_asked_for_again_they_are_due_again(world: World) -> None:
    ref = summary_report(world)
    world.apply(WITHOUT, now=at(9, 1))

    applied = world.apply(QUANZHOU, now=at(9, 2))

    assert (applied.owed, states(world)["summary_report"]) == ((ref,), "due")


def test_what_an_admin_waived_stays_waived(world: World) -> None:
    world.do("waive", summary_report(world), reason="今年不设县区总结")
    world.apply(WITHOUT, now=at(9, 1))

    world.apply(QUANZHOU, now=at(9, 2))

    assert states(world)["summary_report"] == "waived"
