"""The outbox as an admin sees it: boxes, whose mails, what each is about, one mail's history."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from config.catalogue import catalogue
from config.errors import UserError
from config.schedule import Role
from engine.actors import Actor, Grant
from engine.delivery import Policy
from engine.mail_actions import drop, release
from engine.mailbox import list_mails
from engine.mails_view import (
    Box,
    MailFilter,
    OutboxLine,
    box_counts,
    count_doubted,
    mail_file,
    mails_in,
    mails_named,
)
from tests.engine.post import REFUSED, UNKNOWN, Post
from tests.engine.world import ADMIN, LEAD, LI, NOTICE, SCHOOL, WANG, World, at

WHEN = at(8, 21)
LOCAL = ZoneInfo("Asia/Shanghai")
FAR = Actor(name="person:99", person_id=99, grants=(Grant(role=Role.ADMIN, region="410700"),))


@pytest.fixture
def sweep(world: World) -> World:
    """Give a world with a mail queued to each of two counties: about three cases, and about one."""
    world.enter(2)
    world.enter(1, title="船模比赛", unit=SCHOOL, region="350503", coordinator=LI)
    world.sweep(WHEN)
    return world


def counts(world: World, actor: Actor) -> dict[Box, int]:
    with world.database.read() as conn:
        return {box: count for box, count in box_counts(conn, actor).items() if count}


def box(
    world: World, which: Box, actor: Actor | None = None, now: datetime = WHEN, **wanted: object
) -> list[OutboxLine]:
    with world.database.read() as conn:
        asked = MailFilter(box=which, **wanted)  # type: ignore[arg-type]  # each test gives one of its fields
        return list(mails_in(conn, actor or world.person(ADMIN), asked, now=now).items)


def test_a_waiting_mail_says_to_whom_and_about_what(sweep: World) -> None:
    with sweep.database.read() as conn:
        found = mails_in(conn, sweep.person(ADMIN), MailFilter(box=Box.QUEUED), now=WHEN).items

    li, wang = found
    assert (li.to, li.cases, li.ref, li.title) == (LI, 1, "QZ-2023-0003", "船模比赛")
    assert (wang.to, wang.cases, wang.ref, wang.title) == (WANG, 3, None, None)
    assert (wang.subject, wang.in_hand, wang.state) == (None, True, "queued")


@pytest.mark.parametrize("later", [WHEN, at(9, 29)])
def test_a_mail_that_waits_for_review_has_the_subject_with_which_it_leaves(
    world: World, later: datetime
) -> None:
    world.apply(catalogue()[NOTICE] + "\nreview: true\n")
    world.enter(1, title="船模比赛", unit=SCHOOL, region="350503", coordinator=LI)
    world.sweep(WHEN)

    [made], [draft] = (box(world, Box.DRAFT, now=when, text=LI) for when in (WHEN, later))
    with world.database.read() as conn:
        listed = {one.to: one.subject for one in list_mails(conn, now=later, state="draft").items}
    with world.database.write() as conn:
        release(conn, [draft.number], actor=world.person(ADMIN), now=later)
    world.deliver(Post(), later)

    [sent] = box(world, Box.SENT)
    assert draft.subject == listed[LI] == sent.subject
    assert sent.subject is not None
    assert (draft.subject == made.subject) is (later == WHEN)  # the days that are left have changed


def test_each_mail_is_in_one_box(sweep: World) -> None:
    admin = sweep.person(ADMIN)
    assert counts(sweep, admin) == {Box.QUEUED: 2}

    sweep.deliver(Post([REFUSED]), WHEN)

    assert counts(sweep, admin) == {Box.DEAD: 1, Box.SENT: 1}


def test_an_admin_elsewhere_finds_none(sweep: World) -> None:
    assert counts(sweep, FAR) == {}
    assert box(sweep, Box.QUEUED, FAR) == []
    with sweep.database.read() as conn:
        assert mails_named(conn, FAR, [1, 2], now=WHEN) == ()


def test_mails_are_found_by_name_address_or_person(sweep: World) -> None:
    li = sweep.person(LI).person_id

    assert len(box(sweep, Box.QUEUED, text="李强")) == 1
    assert len(box(sweep, Box.QUEUED, text="WANG@")) == 1
    assert len(box(sweep, Box.QUEUED, text="100%")) == 0
    assert len(box(sweep, Box.QUEUED, person=li)) == 1


def test_a_mail_with_a_case_elsewhere_is_seen_but_not_in_hand(world: World) -> None:
    world.apply(catalogue()[NOTICE] + "\nreview: true\n")
    world.enter(1)
    world.enter(1, unit=SCHOOL, region="350503", coordinator=WANG)
    world.sweep(WHEN)
    county = Actor(name="person:9", person_id=9, grants=(Grant(role=Role.ADMIN, region="350502"),))

    with world.database.read() as conn:
        [mine] = mails_in(conn, county, MailFilter(box=Box.DRAFT), now=WHEN).items

    assert not mine.in_hand


def test_a_mail_without_an_answer_is_to_be_decided_or_noted_as_perhaps_twice(sweep: World) -> None:
    sweep.deliver(Post([UNKNOWN]), WHEN, policy=Policy.HOLD)
    admin = sweep.person(ADMIN)
    assert counts(sweep, admin) == {Box.DOUBTFUL: 1, Box.SENT: 1}

    with sweep.database.read() as conn:
        assert count_doubted(conn, admin) == 0


def test_a_mail_sent_after_a_doubt_is_counted(sweep: World) -> None:
    sweep.deliver(Post([UNKNOWN]), WHEN)
    sweep.deliver(Post(), WHEN + timedelta(hours=1))

    with sweep.database.read() as conn:
        assert count_doubted(conn, sweep.person(ADMIN)) == 1
    assert len(box(sweep, Box.SENT, doubted=True)) == 1


def test_one_mail_comes_with_its_history_in_words_and_the_reason_of_a_drop(sweep: World) -> None:
    admin = sweep.person(ADMIN)
    with sweep.database.write() as conn:
        drop(conn, [1], actor=admin, now=WHEN, reason="电话已经通知")

    with sweep.database.read() as conn:
        file = mail_file(conn, 1, actor=admin, now=WHEN, local=LOCAL)

    said = [one.sentence.in_("zh") for one in file.changes]
    assert (file.line.state, file.line.box) == ("obsolete", Box.OBSOLETE)
    assert "电话已经通知" in said[0]
    assert len(said) == 2


def test_whoever_is_no_admin_has_nothing_in_hand(sweep: World) -> None:
    with sweep.database.read() as conn:
        file = mail_file(conn, 1, actor=sweep.person(LEAD), now=WHEN, local=LOCAL)

    assert not file.line.in_hand


def test_there_is_no_mail_of_another_number(world: World) -> None:
    with world.database.read() as conn, pytest.raises(UserError, match="there is no mail 7"):
        mail_file(conn, 7, actor=world.person(ADMIN), now=WHEN, local=LOCAL)
