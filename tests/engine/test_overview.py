"""The overview: every number of it is the length of the list it leads to."""

from datetime import date, datetime

import pytest
from sqlalchemy import Connection

from config.schedule import CaseKind
from engine.actors import Actor
from engine.case_filter import CaseFilter
from engine.coverage import Gap, silent_units
from engine.listing import count_cases
from engine.overview import Cell, Overview, overview
from engine.recent import Recent
from engine.standing import OFF, Mark
from tests.engine.crowd import ACTORS, CITY, EVERYBODY, OTHER, counted_queries, crowd, two_notices
from tests.engine.world import FORMS, NOTICE, World, at

MOMENTS = [at(8, 31), at(9, 18), at(9, 26), at(10, 1), at(10, 12)]


def assert_numbers_are_lists(conn: Connection, found: Overview, wanted: CaseFilter, now: datetime) -> None:
    def count(**more: object) -> int:
        asked = {name: getattr(wanted, name) for name in ("actor", "notice")}
        return count_cases(conn, CaseFilter(**asked, **more), now=now)  # type: ignore[arg-type]

    numbers = found.numbers
    assert (numbers.on_time, numbers.soon, numbers.late, numbers.not_filed) == (
        count(on_time=True),
        count(soon=True),
        count(late=True),
        count(not_filed=True),
    )
    assert found.cases == count(in_force=True)
    off = count(in_force=True, states=OFF)
    assert numbers.on_time + numbers.soon + numbers.late == found.cases - off
    for state in found.states:
        assert state.cases == count(in_force=True, kind=CaseKind(state.kind), state=state.state)
    for one in found.regions:
        assert one.cases == count(in_force=True, at_region=one.region)
        assert one.late == count(late=True, at_region=one.region)
    for cell in found.cells:
        of_notice = CaseFilter(
            actor=wanted.actor, notice=cell.notice, milestone=cell.milestone, at_region=cell.region
        )
        assert cell.late + cell.soon + cell.open + cell.done == count_cases(conn, of_notice, now=now)
    for cell in found.cells[:4]:
        by_mark = {mark: count_cell(conn, cell, mark, actor=wanted.actor, now=now) for mark in Mark}
        assert {mark: getattr(cell, mark) for mark in Mark} == by_mark
    for mark in Mark:
        cells = sum(getattr(cell, mark) for cell in found.cells if cell.milestone == "information")
        assert cells == count(milestone="information", standing=mark)


def count_cell(conn: Connection, cell: Cell, mark: Mark, *, actor: Actor, now: datetime) -> int:
    wanted = CaseFilter(
        actor=actor, notice=cell.notice, milestone=cell.milestone, standing=mark, at_region=cell.region
    )
    return count_cases(conn, wanted, now=now)


@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: actor.name)
@pytest.mark.parametrize("now", MOMENTS)
def test_each_number_is_the_length_of_its_list(world: World, actor: Actor, now: datetime) -> None:
    two_notices(world)
    with world.database.rehearse() as conn:
        crowd(conn, seed=now.toordinal())

        for notice in (None, NOTICE, OTHER):
            found = overview(conn, actor, now=now, notice=notice)
            assert_numbers_are_lists(conn, found, CaseFilter(actor=actor, notice=notice), now)


def test_an_overview_takes_at_most_twelve_queries(world: World) -> None:
    two_notices(world).enter(3)
    with world.database.read() as conn:
        overview(conn, EVERYBODY, now=at(9, 20))
    with world.database.read() as conn, counted_queries(world.database) as asked:
        overview(conn, EVERYBODY, now=at(9, 20))

    assert 0 < len(asked) <= 12


def test_the_next_days_tell_what_comes_and_for_how_many(world: World) -> None:
    first, *_ = world.enter(3)
    world.do("attach", first, materials=FORMS)
    with world.database.read() as conn:
        found = overview(conn, CITY, now=at(8, 25, 8))

    due = {one.milestone: (day.day, one.cases) for day in found.coming for one in day.due}
    assert due == {"activity_form": (date(2023, 8, 30), 2), "filing": (date(2023, 8, 30), 1)}
    opening = [one for day in found.coming for one in day.reminders if one.milestone == "activity_form"]
    assert {(one.rung, one.cases) for one in opening} >= {("-3", 2), ("-1", 2), ("0", 2), ("+1", 2)}


def test_a_date_counted_from_each_last_day_is_told_on_its_days(world: World) -> None:
    two_notices(world)
    with world.database.rehearse() as conn:
        crowd(conn, seed=5)
        found = overview(conn, EVERYBODY, now=at(9, 18), notice=OTHER)
        soon = count_cases(
            conn, CaseFilter(notice=OTHER, milestone="information", standing=Mark.SOON), now=at(9, 18)
        )

    days = {day.day: one.cases for day in found.coming for one in day.due if one.milestone == "information"}
    # three working days from Monday: what is due by then and already held is soon
    assert sum(cases for day, cases in days.items() if day <= date(2023, 9, 21)) == soon > 0


def test_a_kept_overview_is_told_again_until_something_changes(world: World) -> None:
    world.enter()
    recent = Recent()
    with world.database.read() as conn:
        first = overview(conn, CITY, now=at(9, 20), recent=recent)
        again = overview(conn, CITY, now=at(9, 20, 9, 0).replace(second=30), recent=recent)
    world.enter(2)
    with world.database.read() as conn:
        later = overview(conn, CITY, now=at(9, 20), recent=recent)

    assert again is first
    assert (first.cases, later.cases) == (first.cases, first.cases + 1)


def test_units_without_an_activity_are_counted_and_named(world: World) -> None:
    world.enter()
    with world.database.read() as conn:
        found = overview(conn, CITY, now=at(9, 20))
        whole = silent_units(conn, CITY, gap=Gap.NO_ACTIVITY)

    assert (found.silent_count, [one.name for one in found.silent]) == (1, ["丰泽实验小学"])
    assert found.silent == whole.items
