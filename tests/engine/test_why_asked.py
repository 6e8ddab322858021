"""Why on one screen: with names, as far as the asker may know, the newest first."""

import pytest

from config.errors import UserError
from config.schedule import Role
from engine.actors import Actor, Grant
from engine.why import Reason
from engine.why_asked import Asker, WhyFile, why_case, why_person
from tests.engine.post import Post
from tests.engine.world import ADMIN, LEAD, LI, SCHOOL, WANG, World, at

NOW = at(8, 25, 12)
FAR = Actor(name="person:99", person_id=99, grants=(Grant(role=Role.ADMIN, region="410700"),))


@pytest.fixture
def told(world: World) -> World:
    """Give a world in which reminders have gone to two counties."""
    world.enter(1)
    world.enter(1, title="船模比赛", unit=SCHOOL, region="350503", coordinator=LI)
    for day in (at(8, 21), at(8, 25)):
        world.sweep(day)
        world.deliver(Post(), day)
    return world


def of_case(world: World, ref: str, actor: Actor, milestone: str | None = None) -> WhyFile:
    with world.database.read() as conn:
        return why_case(conn, ref, Asker(actor=actor, now=NOW, milestone=milestone))


def of_person(world: World, number: int | None, actor: Actor) -> WhyFile:
    with world.database.read() as conn:
        return why_person(conn, number or 0, Asker(actor=actor, now=NOW))


def test_a_case_tells_what_was_mailed_to_whom_and_what_is_to_come(told: World) -> None:
    file = of_case(told, "QZ-2023-0001", told.person(ADMIN), "activity_form")

    newest = file.past[0]
    assert (file.name, newest.title, newest.milestone.zh) == ("科学课 1", "科学课 1", "活动登记表备案")
    assert (newest.answer.at, newest.answer.reason) == (at(8, 25), Reason.MAILED)
    assert (newest.who, newest.person_id, newest.mail) == ("王敏", told.person(WANG).person_id, 3)
    assert (newest.rung.on, newest.rung.offset) == ("due", -3)
    assert {one.answer.reason for one in file.coming} == {Reason.PLANNED}
    assert [one.answer.at for one in file.coming] == sorted(one.answer.at for one in file.coming)


def test_nothing_that_is_still_ahead_counts_as_past(told: World) -> None:
    file = of_case(told, "QZ-2023-0001", told.person(ADMIN))

    assert all(one.answer.at <= NOW for one in file.past)
    assert {one.key for one in file.milestones} >= {"register", "activity_form", "summary"}


def test_a_person_is_told_of_with_their_own_cases(told: World) -> None:
    file = of_person(told, told.person(LI).person_id, told.person(ADMIN))

    assert file.name == "李强"
    assert {one.answer.ref for one in file.past} == {"QZ-2023-0002"}


def test_a_mail_that_the_asker_may_not_open_has_no_number(told: World) -> None:
    told.sweep(at(8, 31))
    asker = Asker(actor=told.person(WANG), now=at(8, 31, 12), milestone="activity_form")

    with told.database.read() as conn:
        file = why_case(conn, "QZ-2023-0001", asker)

    opened = {one.who: one.mail is not None for one in file.past if one.answer.at == at(8, 31)}
    assert opened == {"王敏": True, "赵组长": False}


def test_cases_and_people_elsewhere_are_as_unknown_as_none(told: World) -> None:
    with pytest.raises(UserError) as case:
        of_case(told, "QZ-2023-0001", FAR)
    with pytest.raises(UserError) as somebody:
        of_person(told, told.person(WANG).person_id, FAR)

    assert (case.value.code, somebody.value.code) == ("case.unknown", "person.unknown")


def test_a_lead_is_told_of_the_county_alone(told: World) -> None:
    with pytest.raises(UserError, match="nobody of that number"):
        of_person(told, told.person(LI).person_id, told.person(LEAD))


def test_somebody_without_an_address_is_answered_for_too(world: World) -> None:
    world.enter(1)
    world.sweep(at(8, 21))
    number = world.person(WANG).person_id
    with world.database.write() as conn:
        conn.exec_driver_sql("UPDATE person SET email = NULL WHERE email = 'wang@example.cn'")

    file = of_person(world, number, world.person(ADMIN))

    assert file.name == "王敏"
    assert file.coming
