"""A verification that runs beside the pages: started by somebody, watched as it goes on, one at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from secrets import token_hex
from threading import Event, Lock, Thread

from sqlalchemy import func, select

from config.errors import UserError
from config.schedule import Name
from engine.clock import Clock, utc_now
from engine.database import Database
from engine.kept import Kept, kept_checkpoints, named_by
from engine.proof import verify
from engine.tables import history
from engine.verifier import Verdict

_REMEMBERED = 20
_INTERRUPTED = Name(zh="核验被中断，请重新开始", en="it was interrupted; start another one")


class Outcome(StrEnum):
    """What a verification came to."""

    RUNNING = "running"
    SOUND = "sound"
    ALTERED = "altered"
    UNSURE = "unsure"


SAID = {
    Outcome.RUNNING: Name(zh="正在核验：已看 {done} 行，共 {rows} 行", en="verifying: {done} of {rows} rows"),
    Outcome.SOUND: Name(
        zh="完好：{rows} 行历史、{subjects} 个对象，没有一行被改过",
        en="sound: {rows} rows of history of {subjects} subjects, not one was altered",
    ),
    Outcome.ALTERED: Name(zh="被改过：{problem}", en="altered: {problem}"),
    Outcome.UNSURE: Name(zh="无法判断：{problem}", en="cannot tell: {problem}"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """How far a verification has come: ``fraction`` is 1 at its end, ``words`` say the verdict plainly.

    ``row``, ``subject`` and ``version`` name the first row that does not fit, where it is one row. ``kept``
    are the checkpoints it was compared with.
    """

    id: str
    by: str
    started_at: datetime
    ended_at: datetime | None
    fraction: float
    outcome: Outcome
    words: Name
    row: int | None = None
    subject: str | None = None
    version: int | None = None
    verdict: Verdict | None = None
    kept: Kept | None = None


class _Stopped(Exception):
    """The program ends: what was not finished says nothing."""


class VerifyJobs:
    """The verifications of one open database, the last ``20`` remembered; ``close`` ends them cleanly."""

    def __init__(self, database: Database, *, pubkey: str | None = None, clock: Clock = utc_now) -> None:
        self._database = database
        self._pubkey = pubkey
        self._clock = clock
        self._jobs: dict[str, Verification] = {}
        self._thread: Thread | None = None
        self._lock = Lock()
        self._ending = Event()

    def start(self, by: str) -> str:
        """Begin a verification and return its id; while one is running, that one's."""
        with self._lock:
            running = next((one.id for one in self._jobs.values() if one.ended_at is None), None)
            if running is not None:
                return running
            if self._ending.is_set():
                raise UserError(
                    zh="程序正在停止，不能开始核验。请在重新启动后再试。",
                    en="the program is stopping; start the verification once it runs again",
                    code="verify.stopping",
                )
            number = token_hex(8)
            self._remember(_begun(number, by, self._clock()))
            self._thread = Thread(target=self._run, args=(number,), name="verify")
            self._thread.start()
        return number

    def state(self, number: str) -> Verification:
        """Return how far a verification has come; UserError where none of that id is remembered."""
        with self._lock:
            found = self._jobs.get(number)
        if found is None:
            raise UserError(
                zh="没有这一次核验，或程序已经重新启动。请重新开始核验。",
                en="there is no such verification, or the program was started anew; start another one",
                code="verify.unknown",
            )
        return found

    def latest(self) -> Verification | None:
        """Return the verification begun last, None if there was none since the program began."""
        with self._lock:
            return next(reversed(self._jobs.values()), None)

    def close(self) -> None:
        """Stop what is running and wait for it."""
        self._ending.set()
        if self._thread is not None:
            self._thread.join()

    def _remember(self, job: Verification) -> None:
        self._jobs[job.id] = job
        while len(self._jobs) > _REMEMBERED:
            del self._jobs[next(iter(self._jobs))]

    def _run(self, number: str) -> None:
        try:
            with self._database.read() as conn:
                rows = conn.scalar(select(func.count()).select_from(history)) or 0
                kept = kept_checkpoints(conn, self._pubkey)
            found = self._verified(kept.notes, self._watched(number, rows))
        except _Stopped:
            self._change(number, _unsure(_INTERRUPTED))
        except UserError as error:
            self._change(number, _unsure(error.text))
        except Exception as error:  # the thread must leave an answer whatever happens
            failed = Name(zh=f"核验出错（{error}）", en=f"it failed ({error})")
            self._change(number, _unsure(failed))
            raise
        else:
            self._change(number, lambda job: _judged(job, found, kept))

    def _verified(self, notes: Sequence[str], progress: Callable[[int], None]) -> Verdict:
        """Verify with the kept checkpoints, by our own key where they say that it signed them."""
        own = self._pubkey if self._pubkey and named_by(notes, self._pubkey) else None
        return verify(self._database, checkpoints=notes, pubkey=own, progress=progress)

    def _watched(self, number: str, rows: int) -> Callable[[int], None]:
        """Return what is told now and then how many rows are done."""

        def progress(done: int) -> None:
            if self._ending.is_set():
                raise _Stopped
            words = _said(Outcome.RUNNING, done=f"{done:,}", rows=f"{rows:,}")
            fraction = min(done / rows, 0.99) if rows else 0.0
            self._change(number, lambda job: replace(job, fraction=fraction, words=words))

        return progress

    def _change(self, number: str, change: Callable[[Verification], Verification]) -> None:
        with self._lock:
            changed = change(self._jobs[number])
            ended = self._clock() if changed.outcome is not Outcome.RUNNING else None
            self._jobs[number] = replace(changed, ended_at=ended)


def _begun(number: str, by: str, now: datetime) -> Verification:
    return Verification(
        id=number,
        by=by,
        started_at=now,
        ended_at=None,
        fraction=0.0,
        outcome=Outcome.RUNNING,
        words=Name(zh="正在开始核验", en="beginning to verify"),
    )


def _said(outcome: Outcome, **values: str) -> Name:
    words = SAID[outcome]
    return Name(zh=words.zh.format(**values), en=words.en.format(**values))


def _unsure(problem: Name) -> Callable[[Verification], Verification]:
    form = SAID[Outcome.UNSURE]
    words = Name(zh=form.zh.format(problem=problem.zh.rstrip("。")), en=form.en.format(problem=problem.en))
    return lambda job: replace(job, fraction=1.0, outcome=Outcome.UNSURE, words=words)


def _judged(job: Verification, found: Verdict, kept: Kept) -> Verification:
    outcome = {True: Outcome.SOUND, False: Outcome.ALTERED, None: Outcome.UNSURE}[found.sound]
    problem = found.problem
    counts = {"rows": f"{found.rows:,}", "subjects": f"{found.subjects:,}"}
    form = SAID[outcome]
    words = Name(
        zh=form.zh.format(problem=problem.zh.rstrip("。") if problem else "", **counts),
        en=form.en.format(problem=problem.en if problem else "", **counts),
    )
    return replace(
        job,
        fraction=1.0,
        outcome=outcome,
        words=words,
        row=problem.row_id if problem else None,
        subject=problem.subject if problem else None,
        version=problem.version if problem else None,
        verdict=found,
        kept=kept,
    )
