"""Why did somebody (not) get a mail: every reason, once."""

from datetime import date

import pytest
from sqlalchemy import delete, update

from config.catalogue import catalogue
from config.errors import UserError
from engine.tables import firing, person, right
from engine.why import Answer, Reason, why
from tests.engine.post import Post
from tests.engine.world import ADMIN, FORMS, LEAD, LI, SCHOOL, WANG, World, at, link

TEXT = catalogue()["quanzhou-2023"]


def answers(world: World, asked: str) -> list[Answer]:
    with world.database.read() as conn:
        return why(conn, asked)


def answer(world: World, ref: str, milestone: str, rung: str) -> Answer:
    """Return the only answer of a case for one rung."""
    [found] = [one for one in answers(world, ref) if (one.milestone, one.rung) == (milestone, rung)]
    return found


def reason(world: World, ref: str, milestone: str, rung: str) -> Reason:
    return answer(world, ref, milestone, rung).reason


def test_mailed_names_the_mail_the_person_and_what_became_of_it(world: World) -> None:
    [ref] = world.enter()
    world.sweep(at(8, 21))
    world.deliver(Post(), at(8, 21, 10))

    assert answer(world, ref, "register", "opening") == Answer(
        ref=ref,
        milestone="register",
        rung="opening",
        at=at(8, 21),
        due=None,
        reason=Reason.MAILED,
        role="coordinator",
        person=WANG,
        mail=1,
        mail_state="sent",
        sent_at=at(8, 21, 10),
    )


def test_no_address(world: World) -> None:
    [ref] = world.enter(coordinator=None)
    world.sweep(at(8, 21))

    assert reason(world, ref, "register", "opening") is Reason.NO_ADDRESS


def test_muted(world: World) -> None:
    [ref] = world.enter()
    with world.database.write() as conn:
        conn.execute(update(person).values(muted_until=at(9, 1)))
    world.sweep(at(8, 21))

    assert reason(world, ref, "register", "opening") is Reason.MUTED


def test_stale(world: World) -> None:
    [ref] = world.enter()
    world.sweep(at(12, 20))

    assert reason(world, ref, "register", "opening") is Reason.STALE


def test_already_done_says_since_when(world: World) -> None:
    [ref] = world.enter()
    world.do("register", ref, materials=FORMS, now=at(8, 22))
    world.sweep(at(9, 20))

    found = answer(world, ref, "register", "-7")

    assert (found.reason, found.done_at, found.mail) == (Reason.ALREADY_DONE, at(8, 22), None)


def test_materials_already_handed_in_are_done_too(world: World) -> None:
    [ref] = world.enter()
    world.do("attach", ref, materials=(link("application_form"),))
    world.sweep(at(8, 25))

    assert reason(world, ref, "activity_form", "-3") is Reason.ALREADY_DONE


def test_done_and_sent_back_and_done_again_counts_from_the_last_time(world: World) -> None:
    [ref] = world.enter()
    world.do("register", ref, materials=FORMS, now=at(8, 22))
    world.do("return", ref, reason="不清楚", now=at(8, 23))
    world.do("register", ref, now=at(8, 24))
    world.sweep(at(9, 20))

    assert answer(world, ref, "register", "-7").done_at == at(8, 24)


def test_cancelled_says_since_when(world: World) -> None:
    [ref] = world.enter()
    world.do("cancel", ref, reason="高温", now=at(8, 20))
    world.sweep(at(8, 21))

    found = answer(world, ref, "register", "opening")

    assert (found.reason, found.done_at) == (Reason.CANCELLED, at(8, 20))


def test_entered_later(world: World) -> None:
    world.sweep(at(8, 21))
    [ref] = world.enter(now=at(8, 22))

    assert reason(world, ref, "register", "opening") is Reason.ENTERED_LATER


def test_not_yet_open(world: World) -> None:
    world.apply(TEXT.replace("opens: 2023-08-21", "opens: 2023-09-28"))
    [ref] = world.enter()
    world.sweep(at(9, 20))

    found = [one.reason for one in answers(world, ref) if (one.milestone, one.rung) == ("register", "-7")]

    assert found == [Reason.DROPPED, Reason.NOT_YET_OPEN]


def test_held_later(world: World) -> None:
    [ref] = world.enter(starts_on=date(2023, 10, 5), ends_on=date(2023, 10, 6))
    world.sweep(at(9, 20))

    assert reason(world, ref, "summary", "-7") is Reason.HELD_LATER


def test_nobody_in_that_role_is_concerned(world: World) -> None:
    with world.database.write() as conn:
        conn.execute(delete(right).where(right.c.role == "admin"))
    [ref] = world.enter()
    [closing] = world.rows(firing, milestone="register", rung="closing")
    world.sweep(closing.at)

    assert reason(world, ref, "register", "closing") is Reason.NOT_CONCERNED


def test_past_when_applied(world: World) -> None:
    world.apply(TEXT.replace("due: 2023-08-30", "due: 2023-08-31"), now=at(8, 29))
    [ref] = world.enter()

    found = [
        one.reason for one in answers(world, ref) if (one.milestone, one.rung) == ("activity_form", "-7")
    ]

    assert Reason.PAST_WHEN_APPLIED in found


def test_dropped(world: World) -> None:
    [ref] = world.enter()
    world.apply(TEXT.replace("due: 2023-08-30", "due: 2023-09-05"), now=at(8, 16))

    found = [
        one.reason for one in answers(world, ref) if (one.milestone, one.rung) == ("activity_form", "-3")
    ]

    assert found == [Reason.DROPPED, Reason.PLANNED]


def test_planned(world: World) -> None:
    [ref] = world.enter()

    assert {one.reason for one in answers(world, ref)} == {Reason.PLANNED}


def test_a_person_is_told_of_every_case_of_theirs_and_of_no_other(world: World) -> None:
    [mine] = world.enter()
    world.enter(1, title="别人的", unit=SCHOOL, region="350503", coordinator=LI)
    world.sweep(at(8, 21))

    found = [one for one in answers(world, WANG) if one.reason is Reason.MAILED]

    assert {(one.ref, one.person) for one in found} == {(mine, WANG), ("QZ-2023-R001", WANG)}


def test_a_lead_and_an_admin_find_the_mails_they_got_for_others(world: World) -> None:
    [ref] = world.enter()
    world.sweep(at(10, 8))
    world.sweep(at(10, 9))

    for who, role in ((LEAD, "lead"), (ADMIN, "admin")):
        assert (ref, role) in {(one.ref, one.role) for one in answers(world, who) if one.person == who}


def test_an_address_is_found_however_it_is_written(world: World) -> None:
    world.enter()

    assert answers(world, WANG.upper()) == answers(world, WANG)


@pytest.mark.parametrize(
    ("asked", "code"), [("QZ-2023-9999", "case.unknown"), ("no@example.cn", "person.unknown")]
)
def test_who_or_what_is_unknown_is_told(world: World, asked: str, code: str) -> None:
    with pytest.raises(UserError) as refused:
        answers(world, asked)

    assert refused.value.code == code


def test_a_reminder_to_come_of_what_is_done_says_so(world: World) -> None:
    [ref] = world.enter()
    world.do("register", ref, materials=FORMS, now=at(8, 22))

    with world.database.read() as conn:
        answers = [one for one in why(conn, ref) if one.milestone == "register" and one.rung == "-7"]

    assert [one.reason for one in answers] == [Reason.ALREADY_DONE]
