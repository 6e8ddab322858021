"""The runner, with a real scheduler: what is due leaves at its instant, not at the next heartbeat."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from threading import Event, Thread, current_thread, main_thread

import pytest
from sqlalchemy import Connection, update
from structlog.testing import capture_logs

from engine.clock import Clock, utc_now
from engine.database import Database
from engine.delivery import Claimed, claim_next
from engine.runner import HEARTBEAT, Runner
from engine.sweep import Swept, sweep_due
from engine.tables import firing, history, ledger, message
from notifications.outcome import Outcome
from tests.engine.post import Post
from tests.engine.world import OFFICE, World, at

PATIENCE = HEARTBEAT.total_seconds() / 2
"""Seconds a test waits for what must not wait for a heartbeat."""


class Counter(Post):
    """A mail server whose customers can be waited for; ``open`` lets it answer."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.open, self.closed = Event(), Event(), Event()
        self.open.set()

    def send(self, message: EmailMessage) -> Outcome:
        """Take a mail, say so, and answer once open."""
        self.asked.set()
        assert self.open.wait(PATIENCE)
        return super().send(message)

    def close(self) -> None:
        """Say that the connection was let go."""
        self.closed.set()


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Give an SQLite database: only there one process is alone."""
    return sqlite


@pytest.fixture
def post() -> Counter:
    return Counter()


Make = Callable[..., Runner]


@pytest.fixture
def make(world: World, post: Counter) -> Iterator[Make]:
    """Return what makes a runner of the world; all are stopped at the end."""
    made: list[Runner] = []

    def runner(clock: Clock = utc_now) -> Runner:
        made.append(Runner(database=world.database, office=OFFICE, transport=lambda: post, clock=clock))
        return made[-1]

    with capture_logs():
        yield runner
        post.open.set()
        for one in made:
            one.stop()


def move_firings(world: World, *instants: datetime) -> None:
    """Leave only the first firings to come, one at each instant."""
    with world.database.write() as conn:
        conn.execute(update(firing).values(settled_at=at(8, 15), outcome="past"))
        opening = [row.id for row in world.rows(firing) if row.rung == "opening"]
        others = [row.id for row in world.rows(firing, milestone="summary") if row.rung != "opening"]
        for number, instant in zip(opening + others, instants, strict=False):
            values = {"at": instant, "settled_at": None, "outcome": None}
            conn.execute(update(firing).where(firing.c.id == number).values(values))


def states(world: World) -> list[tuple[str, int]]:
    return [(row.state, row.doubts) for row in world.rows(message)]


def test_a_firing_leaves_at_its_instant_without_a_heartbeat(world: World, make: Make, post: Counter) -> None:
    world.enter()
    move_firings(world, utc_now() + timedelta(seconds=1))

    make().start()

    assert post.asked.wait(PATIENCE)


def test_what_became_due_while_nobody_ran_leaves_at_the_start(
    world: World, make: Make, post: Counter
) -> None:
    world.enter()
    move_firings(world, utc_now() - timedelta(hours=5))

    make().start()

    assert post.asked.wait(PATIENCE)
    assert len(world.rows(message)) == 1


def test_the_start_takes_back_what_a_dead_process_held(world: World, make: Make) -> None:
    world.enter()
    now = utc_now()
    move_firings(world, now)
    world.sweep(now)
    with world.database.write() as conn:
        assert isinstance(claim_next(conn, OFFICE, now=now), Claimed)

    make().start()

    assert states(world) == [("queued", 1)]
    assert [row.trigger for row in world.rows(history, subject="mail:1")] == [
        "enter",
        "claim",
        "lose",
        "resend",
    ]


def test_stopping_finishes_the_mail_in_hand(world: World, make: Make, post: Counter) -> None:
    world.enter()
    move_firings(world, utc_now())
    post.open.clear()
    runner = make()
    runner.start()
    assert post.asked.wait(PATIENCE)

    stopping = Thread(target=runner.stop, daemon=True)
    stopping.start()
    post.open.set()
    stopping.join(PATIENCE)

    assert not stopping.is_alive()
    assert states(world) == [("sent", 0)]
    assert post.closed.is_set()


def test_stopping_twice_or_before_the_start_is_harmless(make: Make) -> None:
    runner, never_started = make(), make()
    runner.start()

    for one in (runner, runner, never_started):
        one.stop()

    assert all(one._stop.is_set() for one in (runner, never_started))


def test_after_a_stop_no_further_mail_is_begun(world: World, make: Make, post: Counter) -> None:
    world.enter()
    world.enter(1, unit="丰泽实验小学", region="350503", coordinator="li@example.cn")
    move_firings(world, utc_now())
    post.open.clear()
    runner = make()
    runner.start()
    assert post.asked.wait(PATIENCE)

    stopping = Thread(target=runner.stop, daemon=True)
    stopping.start()
    runner.wait()
    post.open.set()
    stopping.join(PATIENCE)

    assert states(world) == [("sent", 0), ("queued", 0)]


class Watch:
    """A clock that can be set: the real one and an offset."""

    def __init__(self) -> None:
        self.offset = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.offset


def test_stopping_waits_for_a_sweep_at_work(
    world: World, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.enter()
    move_firings(world, utc_now() + timedelta(seconds=1))  # the start finds nothing due, the scheduler does
    begun, go_on = Event(), Event()

    def slow(conn: Connection, *, now: datetime) -> Swept | None:
        if current_thread() is not main_thread():
            begun.set()
            assert go_on.wait(PATIENCE)
        return sweep_due(conn, now=now)

    monkeypatch.setattr("engine.runner.sweep_due", slow)
    runner = make()
    runner.start()
    assert begun.wait(PATIENCE)
    stopping = Thread(target=runner.stop, daemon=True)
    stopping.start()
    runner.wait()
    go_on.set()
    stopping.join(PATIENCE)

    assert not stopping.is_alive()
    assert len(world.rows(message)) == 1


def test_a_clock_that_jumps_ahead_brings_everybody_one_mail(world: World, make: Make, post: Counter) -> None:
    world.enter(2)
    now, watch = utc_now(), Watch()
    move_firings(world, *(now + timedelta(days=days) for days in range(1, 5)))
    runner = make(watch)
    runner.start()

    watch.offset = timedelta(days=6)
    runner.tick()

    assert post.asked.wait(PATIENCE)
    assert len(world.rows(message)) == 1
    assert len({row.firing_id for row in world.rows(ledger)}) == 4


def test_a_clock_set_back_fires_nothing_twice(world: World, make: Make, post: Counter) -> None:
    world.enter()
    watch = Watch()
    move_firings(world, utc_now())
    runner = make(watch)
    runner.start()
    assert post.asked.wait(PATIENCE)
    before = world.rows(ledger)

    watch.offset = timedelta(days=-1)
    runner.tick()
    runner.tick()

    assert world.rows(ledger) == before
    assert len(world.rows(message)) == 1


def test_two_runners_of_one_home_send_nothing_twice(world: World, make: Make, post: Counter) -> None:
    world.enter()
    move_firings(world, utc_now() + timedelta(seconds=0.3))
    one, other = make(), make()
    one.start()
    other.start()

    assert post.asked.wait(PATIENCE)
    one.stop()
    other.stop()
    assert (len(world.rows(message)), len(post.seen)) == (1, 1)


def test_a_sweep_that_fails_is_tried_again(
    world: World, make: Make, post: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.enter()
    move_firings(world, utc_now())
    with monkeypatch.context() as patched:
        patched.setattr("engine.runner.sweep_due", lambda _conn, now: [][now.year])
        runner = make()
        runner.start()
        assert world.rows(message) == []

    runner.tick()

    assert post.asked.wait(PATIENCE)


def test_a_clock_of_another_year_does_not_make_the_runner_restless(world: World, make: Make) -> None:
    world.enter()
    runner = make(clock=lambda: at(9, 27))

    runner.start()

    waiting = [job for job in runner._scheduler.get_jobs() if job.id != "heartbeat"]
    assert waiting
    assert all(job.next_run_time > utc_now() for job in waiting)
