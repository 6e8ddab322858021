"""A sweep: who lags behind one milestone, one message each, every digest rendered; beside one streamed query.

Each run is a fresh process on a fresh copy of the database, so that memory can be told.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import orjson

from bench import city
from bench.measure import Figure, Scale, Times, in_turn

RATIO, GROWTH = 0.75, 20.0
MILESTONE, RUNG = "information", "-3"
AT = datetime(2023, 9, 26, 1, tzinfo=UTC)
PEOPLE = 1_000

Report = dict[str, float]


def run(scale: Scale) -> Iterator[Figure]:
    """Measure a hundred thousand activities, and a million where asked."""
    people = scale.pick(PEOPLE, 20)
    yield _figure(scale.pick(100_000, 400), people, rounds=scale.pick(3, 1))
    if scale.large:
        yield _figure(scale.pick(1_000_000, 800), people, rounds=1)


def _figure(count: int, people: int, *, rounds: int) -> Figure:
    reports: dict[str, list[Report]] = {"floor": [], "plain": [], "ours": []}
    with city.workplace() as folder:
        seeded = folder / "seeded.db"
        seed(seeded, count, people=people)
        cells = {
            name: lambda _, name=name: _one(name, seeded, count, people, reports[name]) for name in reports
        }
        times = in_turn(rounds, cells)
    return _told(times, reports, count, people)


def seed(path: Path, count: int, *, people: int) -> None:
    """Make a city in which every activity lags behind one milestone, and only that milestone fires."""
    city.found(path, people=people)
    rows = (
        city.activity(n, people=people, state="held", materials={"application_form": 1, "platform_listing": 1})
        for n in range(1, count + 1)
    )
    others = "UPDATE firing SET outcome = 'past', settled_at = ? WHERE milestone <> ? OR rung <> ?"
    with city.driver(path) as raw:
        city.add(raw, rows)
        raw.execute(others, (f"{AT:%Y-%m-%d %H:%M:%S.%f}", MILESTONE, RUNG))
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _one(name: str, seeded: Path, count: int, people: int, reports: list[Report]) -> float:
    """Run one way of doing it in a fresh process; return seconds for one activity."""
    path = seeded.with_name("run.db")
    shutil.copyfile(seeded, path)
    command = [sys.executable, "-m", "bench.sweep_runs", name, str(path)]
    told: Report = orjson.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    for left in path.parent.glob("run.db*"):
        left.unlink()
    if (told["letters"], told["items"]) != (people, count):
        raise AssertionError(f"{name}: {told}, expected {people} letters about {count} activities")
    reports.append(told)
    return told["seconds"] / count


def _told(times: Times, reports: dict[str, list[Report]], count: int, people: int) -> Figure:
    ratio = times.ratio("floor", "ours")
    own = sorted(reports["ours"], key=lambda one: one["seconds"])[len(reports["ours"]) // 2]
    growth = max(one["growth_mb"] for one in reports["ours"])
    parts = {part: own[f"{part}_s"] for part in ("sweep", "letters", "render")}
    return Figure(
        name=f"sweep of {count:,}",
        measures=f"{count:,} activities behind one milestone, {people:,} coordinators: settle, write the outbox,"
        " stream the letters, render each (subject, text, HTML, calendar)",
        floor=times.rate("floor"),
        ours=times.rate("ours"),
        ratio=ratio,
        goal=f"≥ {RATIO}, ≤ {GROWTH:.0f} MB",
        met=ratio >= RATIO and growth <= GROWTH,
        notes=(
            f"Memory grew by {growth:.1f} MB (floor: {max(one['growth_mb'] for one in reports['floor']):.1f}). Of"
            f" {own['seconds']:.1f} s: sweep {parts['sweep']:.2f}, letters {parts['letters']:.2f}, rendering"
            f" {parts['render']:.2f}.",
            "Floor: one streamed sqlite3 query of the same columns in the order of people, each person's rows rendered"
            " by the same compiled templates. It writes nothing (no ledger, no message, no history) and judges nothing"
            " (no facts, no blockers, no working days).",
            f"Against a floor that renders in plain Jinja2, without sandbox, limits and calendar:"
            f" {times.ratio('plain', 'ours'):.2f} ({times.rate('plain')}).",
        ),
        values=times.values() | {f"{part}_s": round(value, 3) for part, value in parts.items()} | {"growth_mb": growth},
    )
