"""How long cases stay in their states."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.schedule import CaseKind, Role
from engine.actors import SYSTEM, Actor, Grant
from engine.audit.durations import Scope, StateDurations, durations, percentile
from tests.engine.world import FORMS, LI, NOTICE, SCHOOL, World, at

DAY = timedelta(days=1)


@pytest.fixture
def season(world: World) -> World:
    """Give three activities registered after 6, 7 and 10 days, the last told late, and one not at all."""
    refs = world.enter(3)
    world.enter(1, title="船模比赛", region="350503", unit=SCHOOL, coordinator=LI)
    world.do("register", refs[0], materials=FORMS, now=at(8, 21))
    world.do("register", refs[1], materials=FORMS, now=at(8, 22))
    world.do("register", refs[2], materials=FORMS, occurred_at=at(8, 25), now=at(8, 28))
    world.do("cancel", refs[0], reason="台风", now=at(8, 26))
    return world


def look(world: World, actor: Actor = SYSTEM, **wanted: object) -> dict[str, StateDurations]:
    with world.database.read() as conn:
        scope = Scope(kind=CaseKind.ACTIVITY, **wanted)  # type: ignore[arg-type]
        return {one.state: one for one in durations(conn, actor, scope, now=at(9, 4))}


def test_each_state_is_counted_from_when_things_happened(season: World) -> None:
    planned = look(season)["planned"]

    assert (planned.count, planned.ongoing) == (4, 1)
    assert (planned.median, planned.ninetieth, planned.longest) == (7 * DAY, 20 * DAY, 20 * DAY)


def test_what_goes_on_counts_until_now_and_final_states_do_not_count(season: World) -> None:
    found = look(season)

    assert list(found) == ["planned", "registered"]
    registered = found["registered"]
    assert (registered.count, registered.ongoing, registered.longest) == (3, 2, 13 * DAY)


def test_the_longest_are_named_with_whose_they_are(season: World) -> None:
    first, *_ = look(season)["planned"].slowest

    assert (first.title, first.unit, first.coordinator, first.stay.until) == (
        "船模比赛",
        SCHOOL,
        "李强",
        None,
    )
    assert (first.stay.ref, first.stay.length) == ("QZ-2023-0004", 20 * DAY)


def test_a_region_or_notice_narrows_it_and_rights_do_too(season: World) -> None:
    stranger = Actor(name="person:9", person_id=9, grants=(Grant(role=Role.AUDITOR, region="510100"),))

    assert look(season, region="丰泽区")["planned"].count == 1
    assert look(season, notice=NOTICE)["planned"].count == 4
    assert look(season, notice="another") == {}
    assert look(season, season.person(LI))["planned"].count == 1
    assert look(season, stranger) == {}


@given(st.lists(st.integers(0, 1000), min_size=1), st.sampled_from([0.5, 0.9, 1.0]))
def test_a_share_of_the_values_lies_at_or_below_its_percentile(values: list[int], share: float) -> None:
    ordered = sorted(timedelta(seconds=value) for value in values)

    found = percentile(ordered, share)

    assert found in ordered
    assert sum(one <= found for one in ordered) >= share * len(ordered)
    assert sum(one < found for one in ordered) < share * len(ordered)
