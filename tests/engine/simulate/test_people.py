from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from config.regions import region
from engine.simulate.agenda import Agenda, Deed, VirtualClock, hour_after, local_day
from engine.simulate.cast import cast
from engine.simulate.invent import Inventor, titles
from engine.simulate.plot import plot, shares
from engine.simulate.script import issue_days, schedules_of

NOON = datetime(2023, 9, 17, 4, tzinfo=UTC)
SCHEDULES = schedules_of(2023)
DAYS = issue_days(SCHEDULES, None)


@given(st.integers(1, 5_000))
def test_every_activity_belongs_to_one_notice(activities: int) -> None:
    given_out = shares(SCHEDULES, activities)

    assert sum(given_out.values()) == activities
    assert min(given_out.values()) >= 0


def test_notices_go_out_as_issued_and_none_before_its_parent() -> None:
    assert {name: day.isoformat() for name, day in DAYS.items()} == {
        "national-2023": "2023-07-24",
        "chengdu-2023": "2023-07-24",
        "quanzhou-2023": "2023-08-01",
        "xinxiang-2023": "2023-09-14",
    }


@given(st.integers(0, 3), st.integers(1, 120), st.integers(0, 1_000))
def test_activities_lie_within_their_notice(which: int, count: int, seed: int) -> None:
    schedule = SCHEDULES[which]
    troupe = cast(schedule, count, Inventor(Random(seed)))
    planned = plot(schedule, troupe, count, applied=DAYS[schedule.id], random=Random(seed))

    assert len(planned) == count
    assert all(one.entered > DAYS[schedule.id] for one in planned)
    assert all(one.draft.starts_on and one.draft.ends_on for one in planned)
    assert all(
        one.draft.starts_on <= one.draft.ends_on
        for one in planned
        if one.draft.starts_on and one.draft.ends_on
    )
    assert all(one.draft.place or one.draft.online for one in planned)


def test_no_two_people_share_an_address_and_none_is_real() -> None:
    addresses = _everybody(Random(1))

    assert len(set(addresses)) == len(addresses)
    assert {address.partition("@")[2] for address in addresses} == {"example.cn", "example.com"}


def _everybody(random: Random) -> list[str]:
    inventor = Inventor(random)
    troupes = [cast(schedule, 500, inventor) for schedule in SCHEDULES]
    return [
        draft.email
        for troupe, schedule in zip(troupes, SCHEDULES, strict=True)
        for draft in troupe.person_drafts(schedule.region)
    ]


def test_counties_are_those_of_the_notice() -> None:
    quanzhou = next(one for one in SCHEDULES if one.id == "quanzhou-2023")
    troupe = cast(quanzhou, 500, Inventor(Random(1)))
    counties = {unit.draft.region for unit in troupe.units if unit.draft.level == "county"}

    assert {region(code).name for code in counties} == {
        *("鲤城区", "丰泽区", "洛江区", "泉港区", "惠安县", "安溪县", "永春县", "德化县"),
        *("石狮市", "晋江市", "南安市"),
    }


@given(st.integers())
def test_a_unit_never_gives_two_activities_one_title(seed: int) -> None:
    found = titles(Random(seed), "鲤城区实验小学")
    first = [next(found)[0] for _ in range(200)]

    assert len(set(first)) == 200


@given(st.lists(st.integers(-50, 50)))
def test_the_clock_never_goes_back(moves: list[int]) -> None:
    clock = VirtualClock(NOON)
    seen = [NOON]
    for hours in moves:
        clock.move_to(NOON + timedelta(hours=hours))
        seen.append(clock())

    assert seen == sorted(seen)


@given(st.integers(-5, 5), st.integers(0, 9), st.integers(0, 23))
def test_people_act_later_and_not_before_their_day(days: int, pick: int, hour: int) -> None:
    now = NOON.replace(hour=hour)
    day = local_day(now) + timedelta(days=days)

    at = hour_after(now, day, pick)

    assert at > now
    assert local_day(at) >= day


def test_deeds_come_in_time_and_each_once() -> None:
    agenda = Agenda()
    early, late = Deed("reach", "A", "held"), Deed("cancel", "B")
    agenda.put(NOON, late)
    agenda.put(NOON - timedelta(hours=1), early)
    agenda.put(NOON, early)

    assert (agenda.next_at(), agenda.take(NOON), agenda.next_at()) == (
        NOON - timedelta(hours=1),
        [early, late],
        None,
    )
