"""A verification beside the pages: it can be watched, says plainly what it found, ends with the program."""

from collections.abc import Iterator
from datetime import UTC, datetime
from threading import Event

import pytest
from sqlalchemy import text

from config.errors import UserError
from engine.audit import verify_job
from engine.audit.verify_job import Outcome, Verification, VerifyJobs
from engine.database import Database
from engine.seal import seal
from engine.verifier import Progress, Verdict
from tests.engine.auditors import KEY
from tests.engine.world import FORMS, NOW, World, at

WHEN = datetime(2023, 10, 1, tzinfo=UTC)


@pytest.fixture
def jobs(world: World) -> Iterator[VerifyJobs]:
    """Give the verifications of a city in which something happened."""
    (ref,) = world.enter()
    world.do("register", ref, force=True, reason="平台故障", materials=FORMS, now=at(8, 22))
    with world.database.write() as conn:
        seal(conn, now=NOW, key=KEY)
    made = VerifyJobs(world.database, pubkey=KEY.pubkey, clock=lambda: WHEN)
    yield made
    made.close()


def finished(jobs: VerifyJobs, number: str) -> Verification:
    assert jobs._thread is not None
    jobs._thread.join()
    return jobs.state(number)


def test_a_whole_history_is_told_to_be_sound(jobs: VerifyJobs) -> None:
    told = finished(jobs, jobs.start("person:4"))

    assert told.verdict is not None and told.kept is not None
    assert (told.outcome, told.fraction, told.by, told.ended_at) == (Outcome.SOUND, 1.0, "person:4", WHEN)
    assert told.words.zh == (
        f"完好：{told.verdict.rows} 行历史、{told.verdict.subjects} 个对象，没有一行被改过"
    )
    assert told.words.en.startswith("sound: ")
    assert told.kept.rows > 0


def test_the_row_that_was_altered_is_named(jobs: VerifyJobs, world: World) -> None:
    alter(world.database)

    told = finished(jobs, jobs.start("person:4"))

    assert told.outcome is Outcome.ALTERED
    assert (told.subject, told.version) == ("case:QZ-2023-0001", 2)
    assert told.words.zh.startswith(f"被改过：第 {told.row} 行（case:QZ-2023-0001 第 2 版）")
    assert told.words.en.startswith(f"altered: row {told.row}")


def alter(database: Database) -> None:
    """Do what the triggers would refuse, as the owner of the database can."""
    postgresql = database.dialect == "postgresql"
    with database.write() as conn:
        refusal = "ALTER TABLE history DISABLE TRIGGER history_no_change"
        conn.execute(text(refusal if postgresql else "DROP TRIGGER history_no_update"))
        conn.execute(text("UPDATE history SET reason = '另一个理由' WHERE forced = 1"))


class Slow:
    """A verification that waits at its first report until it is let go."""

    def __init__(self) -> None:
        self.reached, self.go = Event(), Event()

    def __call__(self, database: Database, *, progress: Progress, **_: object) -> Verdict:
        progress(1)
        self.reached.set()
        self.go.wait(20)
        progress(2)
        return Verdict(sound=True, rows=2, subjects=1)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    """Put a verification in place that can be held up."""
    made = Slow()
    monkeypatch.setattr(verify_job, "verify", made)
    return made


def test_one_runs_at_a_time_and_tells_how_far_it_is(jobs: VerifyJobs, slow: Slow) -> None:
    number = jobs.start("person:4")
    slow.reached.wait(20)

    told = jobs.state(number)
    assert jobs.start("person:1") == number
    slow.go.set()

    assert (told.outcome, told.ended_at) == (Outcome.RUNNING, None)
    assert 0 < told.fraction < 1
    assert told.words.zh.startswith("正在核验：已看 1 行")
    assert finished(jobs, number).outcome is Outcome.SOUND
    assert jobs.start("person:1") != number


def test_closing_ends_what_runs_and_says_so(jobs: VerifyJobs, slow: Slow) -> None:
    number = jobs.start("person:4")
    slow.reached.wait(20)
    jobs._ending.set()
    slow.go.set()

    jobs.close()

    assert jobs.state(number).words.zh == "无法判断：核验被中断，请重新开始"
    assert jobs._thread is not None and not jobs._thread.is_alive()
    with pytest.raises(UserError) as refused:
        jobs.start("person:4")
    assert refused.value.code == "verify.stopping"


def test_what_cannot_be_verified_says_why(jobs: VerifyJobs, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> Verdict:
        raise UserError(zh="数据库没有文件。", en="the database has no file", code="verify.no_file")

    monkeypatch.setattr(verify_job, "verify", refused)

    told = finished(jobs, jobs.start("person:4"))

    assert (told.outcome, told.words.zh) == (Outcome.UNSURE, "无法判断：数据库没有文件")
    assert told.words.en == "cannot tell: the database has no file"


def test_only_the_last_ones_are_remembered(jobs: VerifyJobs) -> None:
    numbers = []
    for _ in range(22):
        numbers.append(jobs.start("person:4"))
        finished(jobs, numbers[-1])

    with pytest.raises(UserError) as refused:
        jobs.state(numbers[0])

    latest = jobs.latest()
    assert refused.value.code == "verify.unknown"
    assert latest is not None and latest.id == numbers[-1]
