"""What an actor may see, as SQL and of one case: nobody sees more than they may act on."""

from collections.abc import Sequence

import pytest
from sqlalchemy import ColumnElement, Table, select

from config.errors import UserError
from config.schedule import Role
from engine.actors import Actor, Grant
from engine.cases import cases_by_ref
from engine.scope import (
    mails_seen,
    notices_seen,
    people_seen,
    require_visible,
    seen,
    seen_apart,
    units_seen,
    visible,
)
from engine.tables import case, message, notice, person, unit
from tests.engine.crowd import ACTORS, COUNTY, EVERYBODY, NOBODY, OTHER, VENUE, crowd, two_notices
from tests.engine.world import ADMIN, LEAD, LI, NOTICE, SCHOOL, UNIT, WANG, World, at


@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: actor.name)
def test_a_case_is_seen_by_those_who_have_a_role_for_it(world: World, actor: Actor) -> None:
    two_notices(world)
    with world.database.rehearse() as conn:
        crowd(conn, seed=3)
        rows = conn.execute(select(case)).all()
        by_sql = set(conn.scalars(select(case.c.ref).where(seen(actor))))
        apart = [set(conn.scalars(select(case.c.ref).where(part))) for part in seen_apart(actor)]

    held = {
        row.ref
        for row in rows
        if actor.roles_for(region=row.region, unit_id=row.unit_id, coordinator_id=row.coordinator_id)
    }
    assert by_sql == held
    assert (apart[0] | apart[1], apart[0] & apart[1]) == (held, set())


def test_of_many_numbers_those_that_may_be_seen_are_told(world: World) -> None:
    refs = world.enter(2)
    with world.database.read() as conn:
        mine = visible(conn, COUNTY, [*refs, "QZ-2023-9999"])
        others = visible(conn, NOBODY, refs)

    assert (mine, others) == (frozenset(refs), frozenset())


def test_a_case_of_elsewhere_is_refused_like_one_that_is_not_there(world: World) -> None:
    (ref,) = world.enter()
    with world.database.read() as conn:
        require_visible(conn, COUNTY, ref)
        with pytest.raises(UserError) as hidden:
            require_visible(conn, NOBODY, ref)
        with pytest.raises(UserError) as absent:
            cases_by_ref(conn, ["QZ-2023-9999"])

    told = [text.replace("QZ-2023-9999", ref) for text in absent.value.args]
    assert (hidden.value.code, list(hidden.value.args)) == ("case.unknown", told)


def names(world: World, table: Table, condition: ColumnElement[bool]) -> Sequence[str]:
    column = table.c.email if table is person else table.c.id if table is notice else table.c.name
    with world.database.read() as conn:
        return sorted(conn.scalars(select(column).where(condition)))


def test_people_are_seen_by_their_rights_and_their_cases(world: World) -> None:
    world.enter(coordinator=LI)

    assert names(world, person, people_seen(world.person(ADMIN))) == sorted([ADMIN, LEAD, LI, WANG])
    assert names(world, person, people_seen(world.person(LEAD))) == sorted([LEAD, LI, WANG])
    assert names(world, person, people_seen(world.person(LI))) == [LI]
    assert names(world, person, people_seen(world.person(WANG))) == sorted([LI, WANG])
    assert len(names(world, person, people_seen(EVERYBODY))) == 4


def test_units_are_seen_in_a_region_or_as_the_host_of_ones_own_case(world: World) -> None:
    two_notices(world).enter(coordinator=LI)

    assert names(world, unit, units_seen(world.person(ADMIN))) == sorted([UNIT, SCHOOL])
    assert names(world, unit, units_seen(world.person(LEAD))) == [UNIT]
    assert names(world, unit, units_seen(world.person(LI))) == sorted([UNIT, SCHOOL])
    assert names(world, unit, units_seen(world.person(WANG))) == [UNIT]
    assert VENUE in names(world, unit, units_seen(EVERYBODY))


@pytest.mark.parametrize(
    ("region", "expected"),
    [("350502", [NOTICE]), ("350000", [NOTICE]), ("000000", [NOTICE, OTHER]), ("440700", [])],
)
def test_a_notice_is_seen_within_its_region_and_above(world: World, region: str, expected: list[str]) -> None:
    two_notices(world)
    lead = Actor(name="lead", grants=(Grant(role=Role.LEAD, region=region),))

    assert names(world, notice, notices_seen(lead)) == expected


def test_a_mail_is_seen_by_its_reader_and_by_whoever_watches_over_their_region(world: World) -> None:
    world.enter()
    world.sweep(at(9, 28))
    with world.database.read() as conn:
        by = {
            who: set(conn.scalars(select(person.c.email).join(message).where(mails_seen(world.person(who)))))
            for who in (WANG, LI, LEAD, ADMIN)
        }
        everyone = set(conn.scalars(select(person.c.email).join(message).where(mails_seen(EVERYBODY))))

    assert WANG in by[WANG]
    assert by == {WANG: {WANG}, LI: {LI} & everyone, LEAD: {WANG, LEAD} & everyone, ADMIN: everyone}
