"""Rights: nobody gives more than they have, in place or in time; what has ended counts no more."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from config.errors import UserError
from config.schedule import Role
from engine.accounts.person_state import deactivate
from engine.actors import SYSTEM, Actor, Grant, actor_of
from engine.drafts import PersonDraft
from engine.owed import coordinators_of_units
from engine.person_edit import PersonValues, edit_person
from engine.rights import NewRight, delegate, grant, may_grant, require_over, revoke
from engine.roster import save_people
from engine.tables import history, ledger, message, person, right
from tests.engine.world import ADMIN, LEAD, LI, NOW, WANG, World, at

WEEK = timedelta(days=7)
REGIONS = ("000000", "350000", "350500", "350502", "350503", "350100", "110000", "110101")
MOMENTS = (None, NOW + WEEK, NOW + 2 * WEEK)


def held(world: World, email: str, now: datetime = NOW) -> tuple[Grant, ...]:
    with world.database.read() as conn:
        person_id = world.person(email).person_id
        assert person_id is not None
        return actor_of(conn, person_id, now=now).grants


def give(world: World, person_id: int, actor: Actor, **wanted: Any) -> int:
    with world.database.write() as conn:
        return grant(conn, person_id, NewRight(**wanted), actor=actor, now=NOW)


def take(world: World, right_id: int, actor: Actor, now: datetime = NOW) -> None:
    with world.database.write() as conn:
        revoke(conn, right_id, reason="职务调整", actor=actor, now=now)


def told(world: World, person_id: int) -> list[tuple[str, dict[str, Any], str | None]]:
    rows = world.rows(history, subject=f"person:{person_id}")
    return [(row.trigger, json.loads(row.details), row.reason) for row in rows[2:]]


def test_an_admin_gives_a_right_in_their_region_and_history_tells(world: World) -> None:
    give(world, 1, world.person(ADMIN), role=Role.LEAD, region="350502")

    assert held(world, WANG)[1] == Grant(role=Role.LEAD, region="350502")
    rights = [{"role": "lead", "region": "350502", "unit_id": None}]
    assert told(world, 1) == [("grant", {"rights": rights}, None)]


@pytest.mark.parametrize(
    "wanted",
    [
        {"role": Role.ADMIN, "region": "350000"},
        {"role": Role.AUDITOR, "region": "000000"},
        {"role": Role.LEAD, "region": "350100"},
        {"role": Role.COORDINATOR, "region": "110101"},
    ],
)
def test_an_admin_gives_nothing_beyond_their_region(world: World, wanted: dict[str, Any]) -> None:
    for person_id in (1, 4):  # the admin's own account is no way round
        with pytest.raises(UserError) as refused:
            give(world, person_id, world.person(ADMIN), **wanted)

        assert refused.value.code == "rights.beyond"
    assert len(world.rows(right)) == 4


@pytest.mark.parametrize("who", [WANG, LI, LEAD])
def test_who_is_no_admin_gives_nothing_not_even_what_they_have(world: World, who: str) -> None:
    actor = world.person(who)
    mine = actor.grants[0]

    with pytest.raises(UserError) as refused:
        give(world, 4, actor, role=mine.role, region=mine.region, unit_id=mine.unit_id)

    assert refused.value.code == "rights.beyond"


def test_a_unit_of_elsewhere_is_no_way_round_the_region(world: World) -> None:
    county = Actor(name="person:9", grants=(Grant(role=Role.ADMIN, region="350502"),))

    with pytest.raises(UserError) as refused:
        give(world, 1, county, role=Role.COORDINATOR, region="350502", unit_id=2)

    assert refused.value.code == "unit.unknown"


def test_an_admin_for_a_time_gives_nothing_that_outlasts_it(world: World) -> None:
    deputy = Actor(name="person:9", grants=(Grant(role=Role.ADMIN, region="350500", until=NOW + WEEK),))

    for until in (None, NOW + WEEK + timedelta(seconds=1)):
        with pytest.raises(UserError) as refused:
            give(world, 1, deputy, role=Role.ADMIN, region="350500", until=until)
        assert refused.value.code == "rights.beyond"
    give(world, 1, deputy, role=Role.LEAD, region="350502", until=NOW + WEEK)


GRANTS = st.builds(
    Grant,
    role=st.sampled_from(Role),
    region=st.sampled_from(REGIONS),
    unit_id=st.sampled_from((None, 1, 2)),
    until=st.sampled_from(MOMENTS),
)
WANTED = st.builds(
    NewRight,
    role=st.sampled_from(Role),
    region=st.sampled_from(REGIONS),
    unit_id=st.sampled_from((None, 1, 2)),
    until=st.sampled_from(MOMENTS),
)
UNITS = {1: "350502", 2: "350503"}


def reach(grants: tuple[Grant | NewRight, ...], now: datetime) -> set[tuple[str, int]]:
    """Return the places (region, unit) where some rights reach at a moment."""
    live = [one for one in grants if one.until is None or one.until > now]
    plain = [Grant(role=one.role, region=one.region, unit_id=one.unit_id) for one in live]
    places = [(region, unit) for region in REGIONS for unit in (0, 1, 2) if UNITS.get(unit, region) == region]
    return {place for place in places for one in plain if one.covers(*place)}


@given(grants=st.lists(GRANTS, max_size=3).map(tuple), wanted=WANTED)
def test_a_right_given_never_reaches_where_its_giver_is_no_admin(
    grants: tuple[Grant, ...], wanted: NewRight
) -> None:
    giver = Actor(name="person:9", person_id=9, grants=grants)
    if not may_grant(giver, wanted) or UNITS.get(wanted.unit_id or 0, wanted.region) != wanted.region:
        return

    admin = tuple(one for one in grants if one.role is Role.ADMIN)
    for now in (NOW, NOW + 1.5 * WEEK, NOW + 3 * WEEK):
        assert reach((wanted,), now) <= reach(admin, now)


@given(first=WANTED, second=WANTED, grants=st.lists(GRANTS, max_size=2).map(tuple))
def test_no_chain_of_givers_reaches_further_than_its_first(
    first: NewRight, second: NewRight, grants: tuple[Grant, ...]
) -> None:
    giver = Actor(name="person:9", grants=grants)
    given_on = Grant(role=first.role, region=first.region, unit_id=first.unit_id, until=first.until)
    receiver = Actor(name="person:8", grants=(given_on,))

    if may_grant(giver, first) and may_grant(receiver, second):
        assert may_grant(giver, second)


def test_a_right_counts_until_its_end_and_not_at_it(world: World) -> None:
    give(world, 1, SYSTEM, role=Role.LEAD, region="350502", until=NOW + WEEK)

    moments = (NOW, NOW + WEEK - timedelta(seconds=1), NOW + WEEK)
    assert [len(held(world, WANG, now)) for now in moments] == [2, 2, 1]


def test_without_a_moment_only_rights_that_stay_count(world: World) -> None:
    give(world, 1, SYSTEM, role=Role.LEAD, region="350502", until=NOW + WEEK)

    assert [one.role for one in world.person(WANG).grants] == [Role.COORDINATOR]


def test_an_admins_right_is_for_the_region_even_where_a_unit_is_named(world: World) -> None:
    give(world, 1, SYSTEM, role=Role.AUDITOR, region="350502", unit_id=1)

    assert held(world, WANG)[1] == Grant(role=Role.AUDITOR, region="350502")


def test_the_same_right_again_gets_a_new_end_and_stays_one_row(world: World) -> None:
    wanted = {"role": Role.LEAD, "region": "350502"}
    numbers = [give(world, 1, SYSTEM, **wanted, until=until) for until in (NOW + WEEK, NOW + 2 * WEEK, None)]

    assert len(set(numbers)) == 1
    assert held(world, WANG, NOW + 9 * WEEK)[1] == Grant(role=Role.LEAD, region="350502")
    assert [trigger for trigger, _, _ in told(world, 1)] == ["delegate", "delegate", "grant"]


@pytest.mark.parametrize(
    ("until", "reason", "code"),
    [
        (None, "休假", "rights.delegation"),
        (NOW + WEEK, None, "rights.delegation"),
        (NOW + WEEK, "  ", "rights.delegation"),
        (NOW, "休假", "right.over"),
    ],
)
def test_a_delegation_has_an_end_to_come_and_a_reason(
    world: World, until: datetime | None, reason: str | None, code: str
) -> None:
    wanted = NewRight(role=Role.ADMIN, region="350500", until=until, reason=reason)

    with world.database.write() as conn, pytest.raises(UserError) as refused:
        delegate(conn, 3, wanted, actor=SYSTEM, now=NOW)

    assert refused.value.code == code


def test_a_delegation_is_told_with_its_end_and_reason(world: World) -> None:
    wanted = NewRight(role=Role.ADMIN, region="350500", until=NOW + WEEK, reason="休假")
    with world.database.write() as conn:
        delegate(conn, 3, wanted, actor=world.person(ADMIN), now=NOW)

    right_told = {
        "role": "admin",
        "region": "350500",
        "unit_id": None,
        "until": "2023-08-22T01:00:00.000000Z",
    }
    assert told(world, 3) == [("delegate", {"rights": [right_told]}, "休假")]


def test_a_right_taken_counts_no_more_and_its_row_stays(world: World) -> None:
    for _ in range(2):
        take(world, 1, world.person(ADMIN))

    assert held(world, WANG) == ()
    assert [row.until for row in world.rows(right)] == [NOW, None, None, None]
    rights = [{"role": "coordinator", "region": "350502", "unit_id": 1}]
    assert told(world, 1) == [("revoke", {"rights": rights}, "职务调整")]


def test_a_right_taken_can_be_given_again(world: World) -> None:
    take(world, 1, SYSTEM)
    give(world, 1, SYSTEM, role=Role.COORDINATOR, region="350502", unit_id=1)

    assert held(world, WANG) == (Grant(role=Role.COORDINATOR, region="350502", unit_id=1),)


def test_nobody_takes_what_they_may_not_give(world: World) -> None:
    county = Actor(name="person:9", grants=(Grant(role=Role.ADMIN, region="350502"),))

    for actor in (county, world.person(LEAD), world.person(LI)):
        with pytest.raises(UserError) as refused:
            take(world, 4, actor)
        assert refused.value.code == "rights.beyond"
    with pytest.raises(UserError) as unknown:
        take(world, 99, SYSTEM)
    assert unknown.value.code == "right.unknown"


def test_nobody_takes_their_own_right_as_admin(world: World) -> None:
    give(world, 4, SYSTEM, role=Role.LEAD, region="350502")
    admin = world.person(ADMIN)

    with pytest.raises(UserError) as refused:
        take(world, 4, admin)
    with pytest.raises(UserError) as shortened:
        give(world, 4, admin, role=Role.ADMIN, region="350500", until=NOW + WEEK)
    take(world, 5, admin)

    assert (refused.value.code, shortened.value.code) == ("rights.own", "rights.own")
    assert [one.role for one in held(world, ADMIN)] == [Role.ADMIN]


def test_an_admin_for_a_time_takes_no_right_from_others(world: World) -> None:
    deputy = Actor(
        name="person:9",
        person_id=9,
        grants=(Grant(role=Role.ADMIN, region="350500", until=NOW + 2 * WEEK),),
    )
    refusals = []

    for right_id in (1, 4):
        with pytest.raises(UserError) as refused:
            take(world, right_id, deputy)
        refusals.append(refused.value.code)
    with pytest.raises(UserError) as shortened:
        give(world, 4, deputy, role=Role.ADMIN, region="350500", until=NOW + WEEK)
    with pytest.raises(UserError) as closed, world.database.write() as conn:
        deactivate(conn, 4, reason="x", actor=deputy, now=NOW)

    assert [*refusals, shortened.value.code, closed.value.code] == ["rights.stand_in"] * 4
    assert [row.until for row in world.rows(right)] == [None] * 4


def test_an_admin_for_a_time_changes_the_addresses_of_coordinators_alone(world: World) -> None:
    grants = (Grant(role=Role.ADMIN, region="350500", until=NOW + WEEK),)
    deputy = Actor(name="person:9", person_id=9, grants=grants)
    refusals = []

    for number, name in ((3, "赵组长"), (4, "周管理员")):
        with pytest.raises(UserError) as refused, world.database.write() as conn:
            edit_person(conn, number, PersonValues(name=name, email="x@example.cn"), actor=deputy, now=NOW)
        refusals.append(refused.value.code)
    with world.database.write() as conn:
        edit_person(conn, 4, PersonValues(name="周处长", email=ADMIN), actor=deputy, now=NOW)
        edit_person(conn, 1, PersonValues(name="王敏", email="new@example.cn"), actor=deputy, now=NOW)

    assert refusals == ["rights.stand_in"] * 2
    kept = [(row.name, row.email) for row in world.rows(person)]
    assert kept == [
        ("王敏", "new@example.cn"),
        ("李强", LI),
        ("赵组长", LEAD),
        ("周处长", ADMIN),
    ]


def test_an_admin_for_a_time_changes_their_own_address(world: World) -> None:
    grants = (Grant(role=Role.ADMIN, region="350500", until=NOW + WEEK),)
    lead = Actor(name="person:3", person_id=3, grants=grants)

    with world.database.write() as conn:
        edit_person(conn, 3, PersonValues(name="赵组长", email="new@example.cn"), actor=lead, now=NOW)

    assert world.rows(person)[2].email == "new@example.cn"


def test_the_last_admin_who_stays_is_taken_by_an_admin_above(world: World) -> None:
    take(world, 4, Actor(name="person:9", person_id=9, grants=(Grant(role=Role.ADMIN, region="350000"),)))

    assert held(world, ADMIN) == ()


def test_somebody_unknown_or_not_active_is_given_nothing(world: World) -> None:
    with world.database.write() as conn:
        conn.execute(update(person).where(person.c.id == 2).values(active=False))

    codes = []
    for person_id in (2, 99):
        with pytest.raises(UserError) as refused:
            give(world, person_id, SYSTEM, role=Role.LEAD, region="350503")
        codes.append(refused.value.code)
    assert codes == ["person.inactive", "person.unknown"]


def test_people_whose_rights_have_ended_belong_where_those_were(world: World) -> None:
    take(world, 4, SYSTEM)
    elsewhere = Actor(name="person:9", grants=(Grant(role=Role.ADMIN, region="350502"),))

    with world.database.read() as conn, pytest.raises(UserError):
        require_over(conn, elsewhere, [4], now=NOW)


def test_somebody_without_any_right_is_any_admins(world: World) -> None:
    with world.database.write() as conn:
        save_people(conn, [PersonDraft(name="何新", email="he@example.cn")], actor=SYSTEM, now=NOW)

        require_over(conn, world.person(ADMIN), [5], now=NOW)
        with pytest.raises(UserError) as refused:
            require_over(conn, world.person(LEAD), [5], now=NOW)

    assert refused.value.code == "rights.beyond"


def test_a_lead_whose_right_has_ended_is_not_told_of_late_cases(world: World) -> None:
    world.enter()
    give(world, 2, SYSTEM, role=Role.LEAD, region="350502", until=at(10, 20))
    take(world, 3, SYSTEM, now=at(8, 16))

    for day in (at(8, 21), at(9, 27), at(9, 29), at(10, 9)):
        world.sweep(day)

    told_of = {row.person_id for row in world.rows(ledger, role="lead")}
    assert told_of == {2}


def test_an_admin_whose_right_has_ended_gets_no_summary(world: World) -> None:
    world.enter()
    give(world, 3, SYSTEM, role=Role.ADMIN, region="350500", until=at(12, 1))
    take(world, 4, SYSTEM, now=at(8, 16))

    for day in range(21, 32):
        world.sweep(at(8, day))

    readers = {row.person_id for row in world.rows(message)}
    assert (3 in readers, 4 in readers) == (True, False)


def test_who_coordinates_no_more_or_is_not_active_gets_no_new_reports(world: World) -> None:
    with world.database.write() as conn:
        conn.execute(update(person).where(person.c.id == 2).values(active=False))
        before = coordinators_of_units(conn, now=NOW)
    take(world, 1, SYSTEM)

    with world.database.read() as conn:
        assert (before, coordinators_of_units(conn, now=NOW)) == ({1: 1}, {})
