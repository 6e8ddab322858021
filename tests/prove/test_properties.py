"""Properties with many examples: lagging, lives of cases, and any order of answers and deaths."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from engine.database import Database
from engine.delivery import Claimed, Policy, claim_next, mark, reap
from engine.outbox import LEASE, MailDraft, queue
from engine.tables import message
from tests.engine.post import ACCEPTED, LATER, REFUSED, UNKNOWN
from tests.engine.test_history import TRIES as STEPS
from tests.engine.test_history import live_a_life
from tests.engine.test_lagging import assert_both_agree, cases, questions
from tests.engine.world import OFFICE, World, at
from tests.prove.soundness import problems

ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
FEW, MANY = 50, 1000


def examples(full: bool) -> settings:
    """Return how many examples are tried."""
    quiet = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    return settings(max_examples=MANY if full else FEW, deadline=None, suppress_health_check=quiet)


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_sql_and_row_agree_on_what_lags(full: bool, world: World) -> None:
    @examples(full)
    @given(asked=questions(), given_cases=st.lists(cases(), min_size=1, max_size=12))
    def holds(asked: Any, given_cases: list[dict[str, Any]]) -> None:
        assert_both_agree(world, asked, given_cases)

    holds()


@pytest.mark.timeout(1800)
@ON_SQLITE
def test_every_life_is_the_fold_of_its_history(full: bool, world: World, sqlite: Database) -> None:
    @settings(examples(full), max_examples=400 if full else FEW // 2)
    @given(tries=st.lists(STEPS, max_size=25))
    def holds(tries: list[Any]) -> None:
        live_a_life(world, tries)

    holds()
    assert sqlite.path is not None
    assert problems(sqlite.path) == []


TROUBLES = (
    "unknown",
    "dies after",
    "dies before",
    "restart",
    "wakes late",
    "lease over",
    "later",
    "clock back",
)
# most mails meet much before they come to an end
EVENTS = st.lists(st.sampled_from([*TROUBLES * 3, "accepted", "refused"]), min_size=6, max_size=40)
ANSWERS = {"accepted": ACCEPTED, "refused": REFUSED, "later": LATER, "unknown": UNKNOWN}
TAKEN = ("accepted", "unknown", "dies after")
"""In the worst case the server took a mail whose answer was lost."""


class Fate:
    """One mail, whatever happens to those who send it."""

    def __init__(self, conn: Connection, policy: Policy) -> None:
        self.conn, self.policy, self.now = conn, policy, at(9, 20)
        self.copies = 0
        self.dead: list[Claimed] = []
        draft = MailDraft(key="commendation:QZ-2023-0001:2", template="commendation", person_id=1, case_id=1)
        [self.number] = queue(conn, [draft], now=self.now)

    @property
    def row(self) -> Any:
        return self.conn.execute(select(message).where(message.c.id == self.number)).one()

    def meet(self, event: str) -> None:
        """Let one thing happen; time passes."""
        self.now += timedelta(hours=7) if event != "clock back" else timedelta(days=-1)
        if event == "restart":
            reap(self.conn, policy=self.policy, now=self.now, all_claims=True)
        elif event == "lease over":
            self.now += LEASE
            reap(self.conn, policy=self.policy, now=self.now)
        elif event == "wakes late" and self.dead:
            self._wake(self.dead.pop(0))
        elif event in ANSWERS or event.startswith("dies"):
            self._try(event)

    def _wake(self, late: Claimed) -> None:
        """Let a sender that was thought dead report; what is no longer its own it must leave alone."""
        before = self.row
        mark(self.conn, late, ACCEPTED, policy=self.policy, now=self.now)
        if before.token != late.token:
            assert self.row[:-2] == before[:-2]  # all but where its history ends

    def _try(self, event: str) -> None:
        taken = claim_next(self.conn, OFFICE, now=self.now)
        if not isinstance(taken, Claimed):
            return
        self.copies += event in TAKEN
        if event in ANSWERS:
            mark(self.conn, taken, ANSWERS[event], policy=self.policy, now=self.now)
        elif event == "dies after":
            self.dead.append(taken)

    def end(self) -> Any:
        """Let the troubles be over and return what became of the mail."""
        for event in ("restart", *["accepted"] * 14):
            self.meet(event)
        return self.row


def assert_promise_kept(row: Any, copies: int, *, most: int) -> None:
    assert copies <= most
    assert row.state in ("sent", "held", "dead")
    if copies > 1 or (copies and row.state != "sent"):
        assert row.doubts > 0
    if row.state == "sent":
        assert copies > 0
    if row.state == "held":
        assert row.doubts == most


@pytest.mark.timeout(1800)
@ON_SQLITE
@pytest.mark.parametrize(("policy", "most"), [(Policy.RESEND, 2), (Policy.HOLD, 1)])
def test_no_order_of_answers_and_deaths_breaks_the_promise(
    full: bool, world: World, policy: Policy, most: int
) -> None:
    world.enter()

    @examples(full)
    @given(events=EVENTS)
    @example(events=["dies after", "restart", "dies before", "wakes late"])
    def holds(events: list[str]) -> None:
        with world.database.rehearse() as conn:
            fate = Fate(conn, policy)
            for event in events:
                fate.meet(event)
            assert_promise_kept(fate.end(), fate.copies, most=most)

    holds()


def test_a_clock_far_back_does_not_stop_a_waiting_mail(world: World) -> None:
    world.enter()
    with world.database.rehearse() as conn:
        fate = Fate(conn, Policy.RESEND)
        fate.meet("later")
        fate.now -= timedelta(days=30)
        fate.meet("accepted")

        assert (fate.row.state, fate.copies) == ("sent", 1)
