"""Late, forced and undone steps: each is found, and whose it was."""

from datetime import date

import pytest

from config.catalogue import catalogue
from config.schedule import Role
from engine.actors import SYSTEM, Actor, Grant
from engine.audit.durations import Scope
from engine.audit.steps import Irregular, PlaceCount, irregular_steps
from tests.engine.world import ADMIN, FORMS, LI, NOTICE, PROOF, SCHOOL, WANG, World, at, link

DUE = date(2023, 9, 30)


@pytest.fixture
def season(world: World) -> World:
    """Give activities registered in time and late, one forced, one sent back, one reinstated."""
    refs = world.enter(3)
    refs += world.enter(1, title="船模比赛", region="350503", unit=SCHOOL, coordinator=LI)
    admin, wang = world.person(ADMIN), world.person(WANG)
    world.do("attach", *refs, materials=FORMS, now=at(8, 21))
    world.do("register", refs[0], materials=FORMS, now=at(8, 22), actor=wang)
    world.do("register", refs[1], materials=FORMS, now=at(10, 12), actor=wang)
    world.do("register", refs[2], force=True, reason="平台故障", now=at(8, 24), actor=admin)
    world.do("return", refs[2], reason="没有盖章", now=at(8, 25), actor=admin)
    world.do("cancel", refs[3], reason="台风", now=at(8, 26), actor=admin)
    world.do("reinstate", refs[3], reason="天气好转", now=at(8, 27), actor=admin)
    return world


def look(world: World, actor: Actor = SYSTEM, **wanted: str) -> Irregular:
    with world.database.read() as conn:
        return irregular_steps(conn, actor, Scope(**wanted))


def test_a_step_after_its_last_day_is_late_by_so_many_days(season: World) -> None:
    (late,) = look(season).late

    assert (late.step.ref, late.step.trigger, late.step.who) == ("QZ-2023-0002", "register", "王敏")
    assert (late.milestone, late.due, late.days) == ("register", DUE, 12)


def test_a_step_on_its_last_day_is_not_late_even_if_entered_later(world: World) -> None:
    refs = world.enter(2)
    world.do("attach", *refs, materials=FORMS, now=at(8, 21))
    world.do("register", refs[0], materials=FORMS, now=at(9, 30, 23, 59))
    world.do("register", refs[1], materials=FORMS, occurred_at=at(9, 30, 23), now=at(10, 20))

    assert look(world).late == ()


def test_a_step_is_judged_by_the_schedule_of_its_time(world: World) -> None:
    refs = world.enter(2)
    world.do("attach", *refs, materials=FORMS, now=at(8, 21))
    world.do("register", refs[0], materials=FORMS, now=at(9, 12))
    world.apply(catalogue()[NOTICE].replace("due: late 2023-09", "due: 2023-09-10"), now=at(9, 20))
    world.do("register", refs[1], materials=FORMS, now=at(9, 21))

    assert [(one.step.ref, one.due, one.days) for one in look(world).late] == [
        (refs[1], date(2023, 9, 10), 11)
    ]


def test_a_date_counted_from_the_last_day_is_that_of_each_case(world: World) -> None:
    counted = "due: held + 3 working days\n    reaches: info_completed"
    text = catalogue()[NOTICE].replace("due: 2023-09-30\n    reaches: info_completed", counted)
    world.apply(text, now=at(8, 16))
    refs = world.enter(1)
    refs += world.enter(1, title="后来的", starts_on=date(2023, 9, 20), ends_on=date(2023, 9, 21))
    world.do("register", *refs, materials=FORMS, now=at(8, 22))
    world.do("hold", *refs, now=at(9, 22))
    world.do("complete_info", *refs, materials=PROOF, now=at(9, 23))

    assert [(one.step.ref, one.milestone, one.due) for one in look(world).late] == [
        (refs[0], "information", date(2023, 9, 21))
    ]


def test_forced_and_undone_steps_are_listed_the_newest_first(season: World) -> None:
    found = look(season)

    assert [(one.ref, one.reason) for one in found.forced] == [("QZ-2023-0003", "平台故障")]
    assert [(one.ref, one.trigger) for one in found.undone] == [
        ("QZ-2023-0004", "reinstate"),
        ("QZ-2023-0003", "return"),
    ]
    assert (found.late_count, found.forced_count, found.undone_count) == (1, 1, 2)


def test_they_are_counted_by_notice_and_county(season: World) -> None:
    assert look(season).places == (
        PlaceCount(notice=NOTICE, region="350502", late=1, forced=1, undone=1),
        PlaceCount(notice=NOTICE, region="350503", late=0, forced=0, undone=1),
    )


def test_only_what_may_be_seen_counts(season: World) -> None:
    stranger = Actor(name="person:9", person_id=9, grants=(Grant(role=Role.AUDITOR, region="510100"),))

    assert look(season, stranger).places == ()
    assert [place.region for place in look(season, season.person(LI)).places] == ["350503"]
    assert [place.region for place in look(season, region="丰泽区").places] == ["350503"]


def test_a_form_that_was_due_before_is_late_by_the_day_it_came(world: World) -> None:
    (ref,) = world.enter()
    world.do("attach", ref, materials=[link("platform_listing")], now=at(8, 22))
    world.do("register", ref, materials=[link("application_form")], now=at(9, 5))
    world.do("attach", ref, materials=[link("application_form", 2)], now=at(9, 6))

    assert [(one.step.ref, one.milestone, one.due, one.days) for one in look(world).late] == [
        (ref, "activity_form", date(2023, 8, 30), 6)
    ]
