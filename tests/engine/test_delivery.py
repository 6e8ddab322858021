"""Delivery: three answers, never two; claims fenced by tokens; promises 1 and 2 of DESIGN 10."""

from dataclasses import replace
from datetime import timedelta

import pytest

from config.catalogue import catalogue
from config.errors import UserError
from engine.delivery import Claimed, Policy, claim_next, deliver_all, mark, reap
from engine.history import digest
from engine.outbox import LEASE, Move, message_row, move, wait_after
from engine.pace import wait_for_slot
from engine.tables import history, message, person
from tests.engine.post import ACCEPTED, LATER, REFUSED, UNKNOWN, Post
from tests.engine.world import OFFICE, WANG, World, at

WHEN = at(8, 21)


@pytest.fixture
def queued(world: World) -> World:
    """Give a world with one mail queued, to the coordinator."""
    world.enter()
    world.sweep(WHEN)
    return world


def steps(world: World) -> list[str]:
    """Return the steps of the only mail."""
    return [row.trigger for row in world.rows(history, subject="mail:1")]


def test_an_accepted_mail_is_sent_once(queued: World) -> None:
    post = Post()

    queued.deliver(post, WHEN)
    queued.deliver(post, WHEN + timedelta(days=1))

    assert len(post.seen) == 1
    assert steps(queued) == ["enter", "claim", "accept"]
    assert queued.rows(message)[0].state == "sent"


def test_a_refused_mail_is_dead_at_once_and_its_address_marked(queued: World) -> None:
    queued.deliver(Post([REFUSED]), WHEN)

    assert steps(queued) == ["enter", "claim", "refuse"]
    assert queued.rows(person, email=WANG)[0].address_bad


def test_a_mail_not_accepted_waits_and_is_tried_again_with_the_same_message_id(queued: World) -> None:
    post = Post([LATER])

    queued.deliver(post, WHEN)
    assert queued.deliver(post, WHEN + timedelta(seconds=5)) == []
    queued.deliver(post, WHEN + timedelta(minutes=2))

    first, second = post.seen
    assert (first["Message-ID"], first["Date"]) == (second["Message-ID"], second["Date"])
    assert steps(queued) == ["enter", "claim", "requeue", "claim", "accept"]


def test_after_twelve_tries_a_mail_is_given_up(queued: World) -> None:
    post, now = Post([LATER] * 20), WHEN
    for _ in range(20):
        queued.deliver(post, now)
        now += timedelta(hours=7)

    assert len(post.seen) == 12
    assert queued.rows(message)[0].state == "dead"


def test_an_unknown_answer_is_tried_once_more_and_then_held_for_a_person(queued: World) -> None:
    post, now = Post([UNKNOWN, UNKNOWN, UNKNOWN]), WHEN
    for _ in range(4):
        queued.deliver(post, now)
        now += timedelta(hours=1)

    assert len(post.seen) == 2
    assert steps(queued) == ["enter", "claim", "lose", "resend", "claim", "lose", "hold"]
    assert queued.rows(message)[0].doubts == 2


def test_with_policy_hold_an_unknown_answer_is_never_sent_again_by_machine(queued: World) -> None:
    post = Post([UNKNOWN])

    queued.deliver(post, WHEN, policy=Policy.HOLD)
    queued.deliver(post, WHEN + timedelta(days=2), policy=Policy.HOLD)

    assert len(post.seen) == 1
    assert queued.rows(message)[0].state == "held"


def claim(world: World) -> Claimed:
    """Claim the only mail."""
    with world.database.write() as conn:
        taken = claim_next(conn, OFFICE, now=WHEN)
    assert isinstance(taken, Claimed)
    return taken


def test_a_claimed_mail_is_nobody_elses(queued: World) -> None:
    claim(queued)

    with queued.database.write() as conn:
        assert claim_next(conn, OFFICE, now=WHEN + timedelta(minutes=1)) is None


def test_a_claim_whose_lease_is_over_is_uncertain_not_lost(queued: World) -> None:
    claim(queued)

    with queued.database.write() as conn:
        taken_back = reap(conn, policy=Policy.RESEND, now=WHEN + LEASE + timedelta(seconds=1))

    assert taken_back == 1
    assert (queued.rows(message)[0].state, queued.rows(message)[0].doubts) == ("queued", 1)


def test_a_live_lease_is_left_alone(queued: World) -> None:
    claim(queued)

    with queued.database.write() as conn:
        assert reap(conn, policy=Policy.RESEND, now=WHEN + timedelta(minutes=5)) == 0


def test_a_late_worker_changes_nothing_and_leaves_a_note(queued: World) -> None:
    late = claim(queued)
    with queued.database.write() as conn:
        reap(conn, policy=Policy.RESEND, now=WHEN + LEASE * 2)
        mark(conn, late, ACCEPTED, policy=Policy.RESEND, now=WHEN + LEASE * 2)

    assert queued.rows(message)[0].state == "queued"
    assert steps(queued)[-1] == "late_result"


def test_a_mail_of_a_notice_under_review_waits_for_release(world: World) -> None:
    world.apply(catalogue()["quanzhou-2023"] + "\nreview: true\n")
    world.enter()
    world.sweep(WHEN)
    post = Post()
    assert world.deliver(post, WHEN) == []

    with world.database.write() as conn:
        move(conn, message_row(conn, 1), [Move("release", {}, {})], now=WHEN, actor="operator")
    world.deliver(post, WHEN)

    assert len(post.seen) == 1


def test_a_step_that_is_not_open_is_refused_in_words(queued: World) -> None:
    with (
        pytest.raises(UserError, match="mail 1 is queued"),
        queued.database.write() as conn,
    ):
        move(conn, message_row(conn, 1), [Move("release", {}, {})], now=WHEN)


def test_waits_grow_to_six_hours_and_repeat_exactly(queued: World) -> None:
    class Try:
        message_id = "<x@y>"

        def __init__(self, attempts: int) -> None:
            self.attempts = attempts

    waits = [wait_after(Try(n)).total_seconds() for n in range(1, 16)]

    assert waits == [wait_after(Try(n)).total_seconds() for n in range(1, 16)]
    assert all(15 <= wait <= 6 * 3600 for wait in waits)
    assert max(waits) > 3 * 3600


def test_the_history_of_a_mail_is_chained(queued: World) -> None:
    queued.deliver(Post(), WHEN)

    rows = queued.rows(history, subject="mail:1")
    assert [digest(row._asdict()) for row in rows] == [row.hash for row in rows]
    assert [row.prev for row in rows[1:]] == [row.hash for row in rows[:-1]]


def test_mails_leave_no_faster_than_the_pace_allows(world: World) -> None:
    world.enter()
    world.sweep(WHEN)
    world.sweep(at(10, 9))
    clock, waits = [at(10, 9)], []

    def pause(seconds: float) -> None:
        waits.append(round(seconds, 3))
        clock[0] += timedelta(seconds=seconds)

    office = replace(OFFICE, per_second=0.5)
    sent = deliver_all(world.database, office, Post(), clock=lambda: clock[0], pause=pause)

    assert len(sent) >= 3
    assert waits == [2.0] * (len(sent) - 1)


def test_a_slot_kept_before_the_clock_was_set_back_holds_nothing_up(world: World) -> None:
    with world.database.write() as conn:
        wait_for_slot(conn, per_second=1, now=at(10, 9))

        assert wait_for_slot(conn, per_second=1, now=at(10, 8)) == 0


def test_an_address_that_takes_a_mail_again_is_usable_again(queued: World) -> None:
    queued.deliver(Post([REFUSED]), WHEN)
    with queued.database.write() as conn:
        move(conn, message_row(conn, 1), [Move("retry", {"attempts": 0}, {})], now=WHEN, actor="operator")

    queued.deliver(Post(), WHEN)

    assert not queued.rows(person, email=WANG)[0].address_bad
