"""Proving a history: every hash, every chain, every step, every table; beside hashing alone."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from sqlite3 import connect
from time import perf_counter

import orjson

from bench.city import workplace
from bench.history_rows import make
from bench.measure import Cost, Figure, Scale, in_turn
from engine.history import FIELDS
from engine.verifier import verify_file

GOAL = 250_000 / 1_300_000
"""Rows a second where bare hashing does 1.3 million: a share, for machines differ."""

_BATCH = 50_000


def run(scale: Scale) -> Iterator[Figure]:
    """Measure the verification of a million rows."""
    with workplace() as folder:
        path = folder / "history.db"
        make(path, scale.pick(1_000_000, 3_000))
        rows = _count(path)
        times = in_turn(
            scale.pick(3, 1),
            {
                "floor": lambda _: Cost(bare(path) / rows),
                "ours": lambda _: Cost(_verified(path, rows) / rows),
            },
        )
    ratio = times.ratio("floor", "ours")
    yield Figure(
        name=f"verify {rows:,} rows",
        measures="hashes, chains, each case replayed against its lifecycle, the tables against the fold",
        floor=times.rate("floor"),
        ours=times.rate("ours"),
        ratio=ratio,
        goal=f"≥ {GOAL:.2f}",
        met=ratio >= GOAL,
        notes=(
            "Floor: SHA-256 of ready bodies, already in memory: no database, no JSON, no comparison."
            " The goal is 250,000/s where this does 1,300,000. The verifier uses a second process"
            " from 200,000 rows on.",
        ),
        values=times.values() | {"rows": rows},
    )


def _count(path: Path) -> int:
    with closing(connect(path)) as raw:
        count: int = raw.execute("SELECT count(*) FROM history").fetchone()[0]
    return count


def _verified(path: Path, rows: int) -> float:
    begun = perf_counter()
    verdict = verify_file(path)
    seconds = perf_counter() - begun
    if not verdict.sound or verdict.rows != rows:
        raise AssertionError(f"the history made for this is not sound: {verdict}")
    return seconds


def bare(path: Path) -> float:
    """Return the seconds that hashing the bodies of all rows takes, and only that."""
    seconds = 0.0
    with closing(connect(path)) as raw:
        rows = raw.execute(f"SELECT {', '.join(FIELDS)} FROM history")
        while batch := rows.fetchmany(_BATCH):
            seconds += _hashed([b"\0" + orjson.dumps(dict(zip(FIELDS, row, strict=True))) for row in batch])
    return seconds


def _hashed(bodies: Sequence[bytes]) -> float:
    begun = perf_counter()
    for body in bodies:
        sha256(body).hexdigest()
    return perf_counter() - begun
