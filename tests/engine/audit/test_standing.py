"""Anything as of any moment, and what differs since; only for those who may look at it."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

from config.catalogue import catalogue
from config.errors import UserError
from config.schedule import Role
from engine.actors import SYSTEM, Actor, Grant
from engine.asof import By
from engine.audit.differences import Difference
from engine.audit.standing import Stood, rights_then, schedule_then, stood, template_then
from engine.rights import NewRight, delegate, grant, revoke
from engine.tables import template_text
from notifications.sources import shipped
from tests.engine.world import FORMS, NOTICE, NOW, WANG, World, at

ELSEWHERE = Actor(name="person:9", person_id=9, grants=(Grant(role=Role.AUDITOR, region="510100"),))
SUBJECT = "zh/reminder/subject.txt"


@pytest.fixture
def ref(world: World) -> str:
    """Give an activity that was registered, and moved to another place since."""
    (ref,) = world.enter()
    world.do("register", ref, materials=FORMS, occurred_at=at(8, 21), now=at(8, 22))
    world.do("edit", ref, changes={"place": "二层"}, now=at(8, 25))
    return ref


def look(world: World, subject: str, day: int, by: By = By.RECORDED) -> Stood:
    with world.database.read() as conn:
        return stood(conn, SYSTEM, subject, at(8, day), by=by)


def test_a_case_is_shown_as_it_stood_with_what_is_other_now(world: World, ref: str) -> None:
    told = look(world, f"case:{ref}", 23)

    assert told.then is not None
    assert (told.then.state, told.now.state, told.then.version, told.now.version) == (
        "registered",
        "registered",
        2,
        3,
    )
    assert told.differences == (Difference(field="place", before="文化广场", after="二层"),)
    assert set(told.names.values()) == {"王敏", "鲤城区科协"}


def test_materials_handed_in_since_are_a_difference(world: World, ref: str) -> None:
    (place, materials) = look(world, f"case:{ref}", 20).differences

    assert place.field == "place"
    assert (materials.before, materials.after) == (
        {},
        {"application_form": 1, "platform_listing": 1, "registration_form": 1},
    )


def test_what_was_entered_late_stood_by_when_it_happened(world: World, ref: str) -> None:
    known, happened = look(world, f"case:{ref}", 21), look(world, f"case:{ref}", 21, By.OCCURRED)

    assert known.then and happened.then
    assert (known.then.state, happened.then.state) == ("planned", "registered")


def test_before_it_was_entered_there_was_nothing(world: World, ref: str) -> None:
    assert look(world, f"case:{ref}", 1).then is None


def test_what_is_of_another_city_is_not_told(world: World, ref: str) -> None:
    with world.database.read() as conn:
        for subject in (f"case:{ref}", f"notice:{NOTICE}", "case:QZ-2023-9999"):
            with pytest.raises(UserError) as refused:
                stood(conn, ELSEWHERE, subject, NOW)
            assert refused.value.code == "history.unknown"


def test_rights_are_those_granted_and_not_revoked_or_ended_by_then(world: World) -> None:
    wang = world.person(WANG).person_id
    assert wang is not None
    watching = NewRight(role=Role.AUDITOR, region="350500")
    for_a_time = NewRight(role=Role.LEAD, region="350502", until=at(8, 24), reason="出差")
    with world.database.write() as conn:
        number = grant(conn, wang, watching, actor=SYSTEM, now=at(8, 20))
        delegate(conn, wang, for_a_time, actor=SYSTEM, now=at(8, 21))
        revoke(conn, number, reason="调离", actor=SYSTEM, now=at(8, 23))

    with world.database.read() as conn:
        held = [rights_then(conn, SYSTEM, wang, at(8, day)) for day in (19, 22, 23, 25)]

    mine, watch, lead = Role.COORDINATOR, Role.AUDITOR, Role.LEAD
    assert [[one.role for one in rights] for rights in held] == [
        [mine],
        [mine, watch, lead],
        [mine, lead],
        [mine],
    ]
    assert held[1][1].since == at(8, 20)
    assert held[1][2].until == at(8, 24)


def test_the_schedule_is_the_one_in_force_then_with_its_text(world: World) -> None:
    first = catalogue()[NOTICE]
    world.apply(first.replace("2023-08-30", "2023-08-31"), now=at(8, 20))

    with world.database.read() as conn:
        before, then, now = (
            schedule_then(conn, SYSTEM, NOTICE, when)
            for when in (NOW - timedelta(days=1), at(8, 19), at(8, 21))
        )

    assert before is None
    assert then is not None and now is not None
    assert (then.version, then.latest, then.source, then.applied_at) == (1, 2, first, NOW)
    assert {(one.before, one.after) for one in then.differences} == {("2023-08-30", "2023-08-31")}
    assert (now.version, now.differences) == (2, ())


def test_a_template_is_the_text_used_then(world: World) -> None:
    own = {"name": SUBJECT, "version": 1, "text": "一封信", "at": at(8, 20), "actor": "person:4"}
    back = own | {"version": 2, "text": None, "at": at(8, 25)}
    with world.database.write() as conn:
        conn.execute(insert(template_text), [own, back])

    with world.database.read() as conn:
        told = [template_then(conn, SUBJECT, at(8, day)) for day in (19, 21, 26)]
        with pytest.raises(UserError):
            template_then(conn, "zh/nothing/body.txt", NOW)

    carried = shipped()[SUBJECT]
    assert [(one.version, one.text, one.actor) for one in told] == [
        (0, carried, None),
        (1, "一封信", "person:4"),
        (2, carried, "person:4"),
    ]
    assert {(one.latest, one.text_now) for one in told} == {(2, carried)}
