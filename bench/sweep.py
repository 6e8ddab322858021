"""A sweep: who lags behind one milestone, one message each, every digest rendered; beside one streamed query.

Each run is a fresh process on a fresh copy of the database, so that memory can be told.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

import orjson

from bench import city
from bench.measure import Cost, Figure, Scale, Times, in_turn

RATIO, GROWTH = 0.75, 20.0
MILESTONE, RUNG = "information", "-3"
AT = datetime(2023, 9, 26, 1, tzinfo=UTC)
PEOPLE = 1_000

Report = dict[str, float]


class City(NamedTuple):
    """How large: activities, coordinators."""

    cases: int
    people: int


def run(scale: Scale) -> Iterator[Figure]:
    """Measure a hundred thousand activities, and a million where asked."""
    people = scale.pick(PEOPLE, 20)
    yield _figure(City(scale.pick(100_000, 400), people), ("floor", "ours", "plain"), rounds=scale.pick(3, 1))
    if scale.large:
        yield _figure(City(scale.pick(1_000_000, 800), people), ("floor", "ours"), rounds=1)


def _figure(size: City, ways: Sequence[str], *, rounds: int) -> Figure:
    reports: dict[str, list[Report]] = {name: [] for name in ways}
    with city.workplace() as folder:
        seeded = folder / "seeded.db"
        seed(seeded, size.cases, people=size.people)
        times = in_turn(rounds, {name: partial(_one, name, seeded, size, reports[name]) for name in ways})
    return _told(times, reports, size)


def seed(path: Path, count: int, *, people: int) -> None:
    """Make a city in which every activity lags behind one milestone, and only that milestone fires."""
    city.found(path, people=people)
    rows = (
        city.activity(
            n, people=people, state="held", materials={"application_form": 1, "platform_listing": 1}
        )
        for n in range(1, count + 1)
    )
    others = "UPDATE firing SET outcome = 'past', settled_at = ? WHERE milestone <> ? OR rung <> ?"
    with city.driver(path) as raw:
        city.add(raw, rows)
        raw.execute(others, (f"{AT:%Y-%m-%d %H:%M:%S.%f}", MILESTONE, RUNG))
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _one(name: str, seeded: Path, size: City, reports: list[Report], _number: int) -> Cost:
    """Run one way of doing it in a fresh process on a fresh copy; return what one activity cost."""
    path = seeded.with_name("run.db")
    shutil.copyfile(seeded, path)
    command = [sys.executable, "-m", "bench.sweep_runs", name, str(path)]
    told: Report = orjson.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    for left in path.parent.glob("run.db*"):
        left.unlink()
    if (told["letters"], told["items"]) != (size.people, size.cases):
        raise AssertionError(f"{name}: {told}, expected {size}")
    reports.append(told)
    return Cost(told["seconds"] / size.cases, told["cpu"] / size.cases)


def _told(times: Times, reports: dict[str, list[Report]], size: City) -> Figure:
    ratio = times.ratio("floor", "ours")
    growth = {name: max(one["growth_mb"] for one in told) for name, told in reports.items()}
    parts = {
        part: median(one[f"{part}_s"] for one in reports["ours"]) for part in ("sweep", "letters", "render")
    }
    return Figure(
        name=f"sweep of {size.cases:,}",
        measures=f"{size.cases:,} activities behind one milestone, {size.people:,} coordinators: settle,"
        " write the outbox, stream the letters, render each (subject, text, HTML, calendar)",
        floor=times.rate("floor"),
        ours=times.rate("ours"),
        ratio=ratio,
        goal=f"≥ {RATIO}, ≤ {GROWTH:.0f} MB",
        met=ratio >= RATIO and growth["ours"] <= GROWTH,
        notes=(
            f"Seconds: {', '.join(f'{part} {seconds:.2f}' for part, seconds in parts.items())}."
            f" Memory grew by {growth['ours']:.1f} MB (floor: {growth['floor']:.1f})."
            f" Processor time alone: {times.cpu_ratio('floor', 'ours'):.2f}.",
            "Floor: one streamed sqlite3 query of the same columns in the order of people, each person's"
            " rows rendered by the same compiled templates. It writes nothing (no ledger, no message, no"
            " history) and judges nothing (no facts, no blockers, no working days).",
            *_plainly(times, reports),
        ),
        values=times.values()
        | {f"{name}_s": round(value, 3) for name, value in parts.items()}
        | {"growth_mb": growth["ours"]},
    )


def _plainly(times: Times, reports: dict[str, list[Report]]) -> Iterator[str]:
    if "plain" in reports:
        share, rate = times.ratio("plain", "ours"), times.rate("plain")
        yield f"Against a floor in plain Jinja2, without sandbox, limits and calendar: {share:.2f} ({rate})."
