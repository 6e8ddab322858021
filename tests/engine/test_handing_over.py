"""A case is handed over within its unit: to a colleague, or to somebody who joins."""

import pytest
from sqlalchemy import select

from config.errors import UserError
from config.schedule import Role
from engine.actors import SYSTEM, actor_of
from engine.do import StepsBlocked
from engine.drafts import PersonDraft, RightDraft
from engine.field_problems import FieldProblems
from engine.handing_over import colleagues, hand_over, hand_over_to_new
from engine.proof import verify
from engine.roster import save_people
from engine.tables import case, history, message, person, right, unit
from tests.engine.world import ADMIN, LI, NOW, UNIT, WANG, World, at

CHEN = "chen@example.cn"
NEW = {"name": "陈新", "email": "New@Example.cn", "phone": "0595-22222222"}


def join(world: World, email: str = CHEN, name: str = "陈洁") -> int:
    grants = (RightDraft(role=Role.COORDINATOR, region="350502", unit=UNIT),)
    with world.database.write() as conn:
        save_people(conn, [PersonDraft(name=name, email=email, rights=grants)], actor=SYSTEM, now=NOW)
    return int(world.rows(person, email=email)[0].id)


def names(world: World, ref: str) -> list[str]:
    with world.database.read() as conn:
        return [one.name for one in colleagues(conn, ref, now=NOW)]


def test_colleagues_are_the_other_coordinators_of_the_unit_who_can_be_reached(world: World) -> None:
    [ref] = world.enter()
    alone = names(world, ref)
    numbers = [join(world, f"p{n}@example.cn", f"同事{n}") for n in range(4)]
    with world.database.write() as conn:
        conn.execute(person.update().where(person.c.id == numbers[1]).values(active=False))
        conn.execute(person.update().where(person.c.id == numbers[2]).values(address_bad=True))
        conn.execute(right.update().where(right.c.person_id == numbers[3]).values(until=NOW))

    assert (alone, names(world, ref)) == ([], ["同事0"])


def test_a_case_goes_to_a_colleague_and_history_tells_it(world: World) -> None:
    [ref] = world.enter()
    chen = join(world)

    with world.database.write() as conn:
        done = hand_over(conn, ref, chen, actor=world.person(WANG), now=at(8, 22), expect=1)

    assert (done.version, world.rows(case, ref=ref)[0].coordinator_id) == (2, chen)
    assert world.rows(history, subject=f"case:{ref}")[-1].trigger == "hand_over"
    assert verify(world.database).sound is True


def test_a_case_does_not_go_to_another_unit(world: World) -> None:
    [ref] = world.enter()
    li = world.rows(person, email=LI)[0].id

    with world.database.write() as conn, pytest.raises(UserError, match="only to a coordinator of its unit"):
        hand_over(conn, ref, li, actor=world.person(WANG), now=NOW)


def test_a_case_changed_meanwhile_stays(world: World) -> None:
    [ref] = world.enter()
    chen = join(world)
    world.do("note", ref, reason="x")

    with world.database.write() as conn, pytest.raises(StepsBlocked):
        hand_over(conn, ref, chen, actor=world.person(WANG), now=NOW, expect=1)


def test_somebody_new_is_entered_given_the_right_and_invited(world: World) -> None:
    [ref] = world.enter()

    with world.database.write() as conn:
        number = hand_over_to_new(conn, ref, NEW, actor=world.person(WANG), now=NOW)

    [row] = world.rows(person, id=number)
    assert (row.name, row.email, row.phone) == ("陈新", "New@example.cn", "0595-22222222")
    [held] = world.rows(right, person_id=number)
    assert (held.role, held.region, held.unit_id) == (
        "coordinator",
        "350502",
        world.rows(unit, name=UNIT)[0].id,
    )
    assert world.rows(case, ref=ref)[0].coordinator_id == number
    assert len(world.rows(message, person_id=number)) == 1
    wang = world.person(WANG).name
    assert {one.actor for one in world.rows(history, subject=f"person:{number}")} == {wang}
    assert verify(world.database).sound is True


def test_somebody_known_elsewhere_keeps_name_and_address_and_gets_the_right(world: World) -> None:
    [ref] = world.enter()

    with world.database.write() as conn:
        number = hand_over_to_new(
            conn, ref, {"name": "随便", "email": LI.upper()}, actor=world.person(WANG), now=NOW
        )
        roles = actor_of(conn, number).grants
        told = conn.execute(select(person.c.name, person.c.email).where(person.c.id == number)).one()

    assert tuple(told) == ("李强", LI)
    assert {one.region for one in roles} == {"350502", "350503"}
    assert world.rows(message, person_id=number) == []


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"name": "", "email": "x", "phone": "没有"}, {"name", "email", "phone"}),
        ({"name": "陈新"}, {"email"}),
        ({"name": "陈" * 51, "email": CHEN}, {"name"}),
        ({"name": "王敏", "email": WANG}, {"email"}),
        ({"name": "陈\n新", "email": "a@example.cn\r\nBcc: b@example.cn"}, {"email"}),
    ],
)
def test_what_is_wrong_with_somebody_new_is_told_by_field(
    world: World, given: dict[str, str], fields: set[str]
) -> None:
    [ref] = world.enter()

    with world.database.write() as conn, pytest.raises(FieldProblems) as refused:
        hand_over_to_new(conn, ref, given, actor=world.person(WANG), now=NOW)

    assert set(refused.value.by_field) == fields


def test_only_the_own_unit_gets_new_people(world: World) -> None:
    [ref] = world.enter()

    with world.database.write() as conn, pytest.raises(UserError, match="only to one's own unit"):
        hand_over_to_new(conn, ref, NEW, actor=world.person(LI), now=NOW)
    with world.database.write() as conn:
        hand_over_to_new(conn, ref, NEW, actor=world.person(ADMIN), now=NOW)

    assert len(world.rows(person, name="陈新")) == 1


def test_nobody_is_entered_where_the_case_cannot_be_handed_over(world: World) -> None:
    [ref] = world.enter()
    world.do("cancel", ref, reason="下雨")

    with pytest.raises(StepsBlocked), world.database.write() as conn:
        hand_over_to_new(conn, ref, NEW, actor=world.person(WANG), now=NOW)

    assert world.rows(person, name="陈新") == []
