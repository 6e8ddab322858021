"""States by day from history: as they stood at the end of each local day, and as they stand now."""

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from engine.actors import Actor
from engine.asof import counts_as_of
from engine.burnup import burnup
from engine.recent import Recent
from engine.scope import seen
from engine.tables import case
from tests.engine.crowd import CITY, COUNTY, EVERYBODY, NOBODY
from tests.engine.world import FORMS, NOTICE, World, at

SINCE, UNTIL = date(2023, 8, 14), date(2023, 9, 20)


@pytest.fixture
def busy(world: World) -> World:
    """Give a city in which things happened on several days, some of them after midnight by UTC."""
    first, second, third = world.enter(3)
    world.do("register", first, materials=FORMS, now=at(8, 25, 7))
    world.do("register", second, materials=FORMS, now=at(8, 25, 23, 59))
    world.do("cancel", third, reason="停电", now=at(8, 26, 9))
    world.do("hold", first, now=at(9, 19))
    world.do("note", first, reason="看过", now=at(9, 19))
    world.do("return", first, reason="日期不对", now=at(9, 20))
    return world


def test_each_day_is_what_history_says_of_its_end(busy: World) -> None:
    with busy.database.read() as conn:
        days = burnup(conn, CITY, NOTICE, since=SINCE, until=UNTIL)
        expected = [
            counts_as_of(conn, at(8, 15, 8) - timedelta(seconds=1), notice=NOTICE),
            *(
                counts_as_of(conn, at(8, 15, 23, 59) + timedelta(days=n, seconds=59), notice=NOTICE)
                for n in range((UNTIL - SINCE).days)
            ),
        ]

    assert [day.day for day in days] == [SINCE + timedelta(days=n) for n in range(len(expected))]
    assert [dict(day.states) for day in days] == expected


def test_the_last_day_is_the_present_of_what_the_actor_sees(busy: World) -> None:
    for actor in (EVERYBODY, CITY, COUNTY, NOBODY):
        with busy.database.read() as conn:
            states = conn.scalars(select(case.c.state).where(seen(actor))).all()
            days = burnup(conn, actor, NOTICE, since=UNTIL, until=UNTIL)

        assert [dict(day.states) for day in days] == [Counter(states)]


def test_dates_of_the_notice_stand_on_their_days(busy: World) -> None:
    with busy.database.read() as conn:
        days = burnup(conn, CITY, NOTICE, since=SINCE, until=UNTIL)

    due = {day.day: [name.en for name in day.due] for day in days if day.due}
    assert due == {
        date(2023, 8, 30): ["File registration forms and summary sheet", "File the activity's form"]
    }


@pytest.mark.parametrize("actor", [CITY, COUNTY], ids=lambda actor: actor.name)
def test_days_that_are_over_are_read_once_and_what_is_new_is_still_told(busy: World, actor: Actor) -> None:
    recent = Recent()
    with busy.database.read() as conn:
        burnup(conn, actor, NOTICE, since=SINCE, until=UNTIL, recent=recent)
    busy.enter(5, now=at(9, 20, 12))
    with busy.database.read() as conn:
        kept = burnup(conn, actor, NOTICE, since=SINCE, until=UNTIL, recent=recent)
        fresh = burnup(conn, actor, NOTICE, since=SINCE, until=UNTIL)

    assert kept == fresh
