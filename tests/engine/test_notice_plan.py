"""A plan with its texts and schedules; what others changed meanwhile."""

from config.catalogue import catalogue
from engine.actors import SYSTEM
from engine.notice_plan import changed_meanwhile, id_in, planned_notice
from engine.planning import edit_schedule
from tests.engine.world import NOTICE, NOW, World

QUANZHOU, NATIONAL = catalogue()[NOTICE], catalogue()["national-2023"]
SOONER = edit_schedule(QUANZHOU, {"milestones.information.due": "2023-09-27"})


def test_a_plan_brings_both_texts_and_schedules_and_the_flaws_there_were(world: World) -> None:
    found = planned_notice(world.database, NOTICE, SOONER, actor=SYSTEM, now=NOW)

    assert (found.old_text, found.text) == (QUANZHOU, SOONER)
    before, after = (one[NOTICE].milestone("information") for one in (found.before, found.after))
    assert before and after
    assert (before.due.text, after.due.text) == ("2023-09-30", "2023-09-27")
    fresh = set(found.plan.findings) - set(found.findings)
    assert [one.place for one in fresh] == ["milestones.information.due"]


def test_a_plan_of_a_notice_above_brings_those_below_it(world: World) -> None:
    world.apply(NATIONAL, notice="national-2023")
    later = edit_schedule(NATIONAL, {"milestones.report.due": "2023-10-20"})

    found = planned_notice(world.database, "national-2023", later, actor=SYSTEM, now=NOW)

    assert [one.notice for one in found.changes] == ["national-2023", NOTICE]
    assert {*found.before} == {*found.after} == {"national-2023", NOTICE}


def test_a_plan_of_something_new_has_nothing_before(world: World) -> None:
    found = planned_notice(world.database, "national-2023", NATIONAL, actor=SYSTEM, now=NOW)

    assert (found.old_text, found.findings, "national-2023" in found.before) == ("", (), False)
    assert found.schedule.id == id_in(NATIONAL)


def test_what_others_changed_is_told_from_the_version_that_was_seen(world: World) -> None:
    world.apply(SOONER)

    with world.database.read() as conn:
        found = [changed_meanwhile(conn, NOTICE, seen) for seen in (1, 2)]

    assert found[0] is not None
    assert [(one.place, one.before, one.after) for one in found[0].fields] == [
        ("milestones.information.due", "2023-09-30", "2023-09-27")
    ]
    assert found[1] is None
