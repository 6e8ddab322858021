"""Which notices somebody is shown, with what comes next, and what an admin can put in force."""

from datetime import date

from config.catalogue import catalogue
from config.resolve import resolve
from config.schedule import Role
from engine.actors import SYSTEM, Actor, Grant
from engine.notice_list import notices_for, shipped_for
from engine.season_dates import Occasion, next_dates, season_dates
from tests.engine.world import NOTICE, NOW, WANG, World, at

QUANZHOU = resolve(NOTICE, catalogue())


def admin_of(region: str) -> Actor:
    """Return an admin."""
    return Actor(name="person:99", grants=(Grant(role=Role.ADMIN, region=region),))


def test_the_list_has_what_comes_next_and_counts_what_may_be_seen(world: World) -> None:
    world.enter(2)
    world.do("cancel", "QZ-2023-0002", reason="下雨")

    with world.database.read() as conn:
        (mine,) = notices_for(conn, world.person(WANG), now=NOW)
        far = notices_for(conn, admin_of("410700"), now=NOW)

    assert (mine.schedule.id, mine.in_force, mine.cases) == (NOTICE, True, 1 + 2)
    assert {(one.day, one.occasion) for one in mine.next} == {(date(2023, 8, 21), Occasion.OPENS)}
    assert far == ()


def test_once_all_is_over_nothing_comes_next(world: World) -> None:
    with world.database.read() as conn:
        (mine,) = notices_for(conn, world.person(WANG), now=at(12, 31))

    assert mine.next == ()


def test_what_falls_due_on_one_day_comes_together() -> None:
    found = next_dates(QUANZHOU, today=date(2023, 9, 24))

    assert {(one.day, one.occasion) for one in found} == {(date(2023, 9, 30), Occasion.DUE)}
    assert len(found) == 4


def test_days_stand_in_the_order_of_time() -> None:
    days = [one.day for one in season_dates(QUANZHOU)]

    assert days == sorted(days)


def test_only_an_admin_of_its_region_is_offered_a_shipped_notice(world: World) -> None:
    with world.database.read() as conn:
        found = {name: shipped_for(conn, admin_of(name)) for name in ("410700", "350500", "000000")}
        all_of = shipped_for(conn, SYSTEM)

    assert [one.id for one in found["410700"]] == ["xinxiang-2023"]
    assert found["350500"] == ()
    assert {one.id for one in found["000000"]} == set(catalogue()) - {NOTICE}
    assert found["000000"] == all_of
