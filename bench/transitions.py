"""Durable transitions: guards, rights and chained history through ``engine.do``, beside the bare driver.

The floor writes the very same rows (the program's own verifier finds both databases sound) but asks nothing:
no guard, no right, no schedule, no lifecycle.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from bench import city
from bench.measure import Figure, Scale, Times, in_turn, timed
from config.schedule import Role
from engine.actors import Actor, Grant, actor_of
from engine.clock import stamp
from engine.database import Database
from engine.do import Order, do
from engine.tables import case
from engine.verifier import verify_file

NOW = datetime(2023, 10, 2, 1, tzinfo=UTC)
STEPS = (
    ("register", "planned", "registered"),
    ("hold", "registered", "held"),
    ("complete_info", "held", "info_completed"),
    ("summarize", "info_completed", "summarized"),
)
MATERIALS = ("application_form", "platform_listing", "registration_form", "photo", "video", "summary")
SINGLE, BULK = 0.65, 0.5
BATCH = 500
PEOPLE = 20
LEAD = Actor(name="person:1", grants=(Grant(role=Role.LEAD, region=city.REGION),))

_ALL = ", ".join(f"c.{column.name}" for column in case.columns)
_SELECT = (
    f"SELECT {_ALL}, n.schedule_version, n.schedule_hash, n.state, p.email, p.address_bad FROM case_ c"
    " JOIN notice n ON n.id = c.notice LEFT JOIN person p ON p.id = c.coordinator_id WHERE c.ref"
)
_ONE = f"{_SELECT} = ?"
_MANY = f"{_SELECT} IN ({', '.join('?' * BATCH)})"
_UPDATE = "UPDATE case_ SET state = ?, version = ?, head = ? WHERE id = ? AND version = ?"
_NAMES = tuple(column.name for column in case.columns)
_ID, _REF, _STATE, _VERSION, _HEAD = (_NAMES.index(n) for n in ("id", "ref", "state", "version", "head"))
_BARE = ("history_no_update", "history_no_delete", "history_no_replace", "history_no_second")


class Plan(NamedTuple):
    """How much: activities in a round, rounds."""

    cases: int
    rounds: int

    @property
    def steps(self) -> int:
        """Return how many steps a round takes."""
        return self.cases * len(STEPS)

    def refs(self, number: int) -> list[str]:
        """Return the activities of one round; no other round touches them."""
        first = number * self.cases + 1
        return [f"QZ-2023-{n:04d}" for n in range(first, first + self.cases)]


def run(scale: Scale) -> Iterator[Figure]:
    """Measure transitions one by one and in bulk."""
    yield _figure(
        "transitions, single",
        "one step, one durable commit each (SQLite file, WAL, synchronous=FULL), by its coordinator",
        Plan(scale.pick(100, 5), scale.pick(11, 2)),
        (raw_single, ours_single),
        SINGLE,
    )
    yield _figure(
        "transitions, bulk",
        f"one step of {BATCH} activities in one transaction",
        Plan(scale.pick(2 * BATCH, BATCH), scale.pick(7, 1)),
        (raw_bulk, ours_bulk),
        BULK,
    )


Raw = Callable[[sqlite3.Connection, Sequence[str]], None]
Ours = Callable[[Database, Sequence[Actor], Sequence[str]], None]


def _figure(name: str, measures: str, plan: Plan, ways: tuple[Raw, Ours], goal: float) -> Figure:
    raw, ours = ways
    with city.workplace() as folder:
        paths = _databases(folder, plan)
        with (
            city.driver(paths[0]) as same,
            city.driver(paths[1]) as bare,
            _opened(paths[2]) as (database, people),
        ):
            times = in_turn(
                plan.rounds,
                {
                    "floor": lambda n: timed(lambda: raw(same, plan.refs(n)), plan.steps),
                    "ours": lambda n: timed(lambda: ours(database, people, plan.refs(n)), plan.steps),
                    "bare": lambda n: timed(lambda: raw(bare, plan.refs(n)), plan.steps),
                },
            )
        for path in paths:
            _require_sound(path, plan)
    ratio = times.ratio("floor", "ours")
    return Figure(
        name=name,
        measures=measures,
        floor=times.rate("floor"),
        ours=times.rate("ours"),
        ratio=ratio,
        goal=f"≥ {goal}",
        met=ratio >= goal,
        notes=_notes(times),
        values=times.values(),
    )


def _notes(times: Times) -> tuple[str, ...]:
    return (
        "Floor: bare sqlite3 on the same tables: the same columns read, the row updated, the history row"
        " inserted with SHA-256 of the same orjson text. It asks nothing: no guard, no right, no schedule, no"
        " lifecycle.",
        f"Processor time alone: {times.cpu_ratio('floor', 'ours'):.2f}. Against a floor without the refusing"
        f" triggers and the index on time: {times.ratio('bare', 'ours'):.2f} ({times.rate('bare')}).",
        "Afterwards the verifier found every chain and every table of all three databases sound.",
    )


def _databases(folder: Path, plan: Plan) -> tuple[Path, Path, Path]:
    """Return three copies of one seeded database: for the floor, for a barer floor, for ourselves."""
    floor, bare, ours = (folder / f"{name}.db" for name in ("floor", "bare", "ours"))
    city.found(floor, people=PEOPLE)
    rows = [city.activity(n, people=PEOPLE, participants=80) for n in range(1, plan.cases * plan.rounds + 1)]
    with city.driver(floor) as raw:
        city.add_chained(raw, rows, MATERIALS)
    shutil.copyfile(floor, bare)
    shutil.copyfile(floor, ours)
    with closing(sqlite3.connect(bare)) as raw:
        for trigger in _BARE:
            raw.execute(f"DROP TRIGGER {trigger}")
        raw.execute("DROP INDEX ix_history_recorded_at")
    return floor, bare, ours


@contextmanager
def _opened(path: Path) -> Iterator[tuple[Database, list[Actor]]]:
    """Give the database and its coordinators, in the order of their activities."""
    with closing(Database(city.url(path))) as database:
        with database.read() as conn:
            coordinators = [actor_of(conn, number) for number in range(1, PEOPLE + 1)]
        yield database, coordinators


def _require_sound(path: Path, plan: Plan) -> None:
    """Make sure that every step was written and that every chain and every table holds."""
    verdict = verify_file(path)
    with city.driver(path) as raw:
        done = raw.execute(
            "SELECT count(*) FROM case_ WHERE state = 'summarized' AND version = 6"
        ).fetchone()[0]
    if not verdict.sound or done != plan.cases * plan.rounds:
        raise AssertionError(f"{path.name}: {done} activities done, {verdict}")


def ours_single(database: Database, coordinators: Sequence[Actor], refs: Sequence[str]) -> None:
    """Take each activity through all steps, one commit a step, as its coordinator."""
    for ref in refs:
        actor = coordinators[(int(ref[-4:]) - 1) % PEOPLE]
        for trigger, _, _ in STEPS:
            with database.write() as conn:
                do(conn, Order(trigger=trigger, refs=(ref,), actor=actor), now=NOW)


def raw_single(raw: sqlite3.Connection, refs: Sequence[str]) -> None:
    """Do the same with the bare driver."""
    at = stamp(NOW)
    for ref in refs:
        for trigger, source, dest in STEPS:
            raw.execute("BEGIN IMMEDIATE")
            row = raw.execute(_ONE, (ref,)).fetchone()
            change, entry = _sealed(row, (trigger, source, dest), at)
            raw.execute(_UPDATE, change)
            raw.execute(city.INSERT_HISTORY, entry)
            raw.execute("COMMIT")


def ours_bulk(database: Database, coordinators: Sequence[Actor], refs: Sequence[str]) -> None:
    """Take all activities through all steps, BATCH a transaction."""
    for trigger, _, _ in STEPS:
        for start in range(0, len(refs), BATCH):
            order = Order(trigger=trigger, refs=tuple(refs[start : start + BATCH]), actor=LEAD)
            with database.write() as conn:
                do(conn, order, now=NOW)


def raw_bulk(raw: sqlite3.Connection, refs: Sequence[str]) -> None:
    """Do the same with the bare driver."""
    at = stamp(NOW)
    for step in STEPS:
        for start in range(0, len(refs), BATCH):
            raw.execute("BEGIN IMMEDIATE")
            rows = raw.execute(_MANY, refs[start : start + BATCH]).fetchall()
            sealed = [_sealed(row, step, at) for row in rows]
            raw.executemany(_UPDATE, [change for change, _ in sealed])
            raw.executemany(city.INSERT_HISTORY, [entry for _, entry in sealed])
            raw.execute("COMMIT")


def _sealed(
    row: Sequence[Any], step: tuple[str, str, str], at: str
) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Return what to write of one step: the new values of the activity, and its history row."""
    trigger, source, dest = step
    if row[_STATE] != source:
        raise AssertionError(f"{row[_REF]} is {row[_STATE]}, not {source}")
    version = row[_VERSION] + 1
    entry = {
        "actor": "person:1",
        "dest": dest,
        "details": "{}",
        "forced": 0,
        "occurred_at": at,
        "prev": row[_HEAD],
        "reason": None,
        "recorded_at": at,
        "schedule": city.VERSION,
        "source": source,
        "subject": f"case:{row[_REF]}",
        "trigger": trigger,
        "version": version,
    }
    head = sha256(b"\0" + orjson.dumps(entry)).hexdigest()
    return (dest, version, head, row[_ID], row[_VERSION]), (*entry.values(), head)
