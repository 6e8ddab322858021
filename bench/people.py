"""Fifty people at once, each changing cases through HTTP: nothing lost, nothing broken, how soon answered.

``python -m bench.people [--seconds N]`` does it for longer or shorter than ``python -m bench people``.
"""

import shutil
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from sqlite3 import connect
from threading import Event, Thread
from time import perf_counter
from typing import NamedTuple

from bench.busy import Busy, Tries, marks_in
from bench.city import workplace
from bench.crowd import Crowd, jobs
from bench.desks_data import Size
from bench.measure import Figure, Scale
from bench.spread import Spread
from bench.table import told, whole
from bench.visitors import Pass, Visitor, found, let_in, serving
from engine.verifier import verify_file

GOAL = 500.0
"""Milliseconds in which 99 of 100 changes are answered."""

_CHANGES = "SELECT coalesce(reason, '') || details FROM history WHERE id > ? AND subject LIKE 'case:%'"


class Seen(NamedTuple):
    """What came of a crowd at work: the time of each change, and of each page looked at."""

    changes: Spread
    looks: Spread
    done: int
    overtaken: int
    seconds: float

    @property
    def rate(self) -> float:
        """Return the changes done in a second."""
        return self.done / self.seconds


def run(scale: Scale) -> Iterator[Figure]:
    """Measure people who change one case after another, and people who think and look in between."""
    size = Size(cases=1200, people=60) if scale.quick else Size()
    crowd = Crowd(leads=scale.pick(12, 3), coordinators=scale.pick(38, 9), seconds=scale.pick(60, 1))
    yield from measured(size, crowd, pause=0.1 if scale.quick else 1.0)


def measured(size: Size, crowd: Crowd, *, pause: float = 1.0) -> Iterator[Figure]:
    """Yield the figures of a crowd in a city of some size: without a pause, and with one."""
    with workplace() as folder:
        settings = found(folder / "home", size)
        passes = let_in(settings, crowd.addresses)
        for think in (0.0, pause):
            copy = folder / f"home-{think}"
            shutil.copytree(folder / "home", copy)
            yield _figure(copy, passes, replace(crowd, think=think))
            shutil.rmtree(copy)


def _figure(folder: Path, passes: Mapping[str, Pass], crowd: Crowd) -> Figure:
    before = _newest(folder)
    alone = Crowd(leads=0, coordinators=1, seconds=max(crowd.seconds / 6, 1.0), think=crowd.think)
    with serving(folder) as port:
        one = _at_work(folder, passes, port, alone)
        many = _at_work(folder, passes, port, crowd)
    _require_whole(folder, [*one[0], *many[0]], before)
    return _told(_seen(*one), _seen(*many), crowd)


def _newest(folder: Path) -> int:
    with closing(connect(folder / "duban.db")) as raw:
        newest: int = raw.execute("SELECT max(id) FROM history").fetchone()[0]
    return newest


def _at_work(folder: Path, passes: Mapping[str, Pass], port: int, crowd: Crowd) -> tuple[list[Tries], float]:
    """Let a crowd work; return what became of it, and the seconds that it took."""
    everybody = [
        Busy(job, Visitor(port, passes[job.address]), think=crowd.think) for job in jobs(folder, crowd)
    ]
    over, begun = Event(), perf_counter()
    threads = [Thread(target=one.work, args=(over,)) for one in everybody]
    for thread in threads:
        thread.start()
    over.wait(crowd.seconds)
    over.set()
    for thread in threads:
        thread.join()
    return [one.tries for one in everybody], perf_counter() - begun


def _require_whole(folder: Path, tries: Sequence[Tries], before: int) -> None:
    """Make sure that every change answered with yes is in history once, nothing else is, and all is sound."""
    odd = [text for one in tries for text in one.odd]
    if odd:
        raise AssertionError(f"{len(odd)} answers were neither yes nor a conflict, such as {odd[0]}")
    with closing(connect(folder / "duban.db")) as raw:
        rows = [row[0] for row in raw.execute(_CHANGES, [before])]
    written = Counter(mark for row in rows for mark in marks_in(row))
    done = Counter(mark for one in tries for mark in one.done)
    if written != done or len(rows) != done.total():
        raise AssertionError(f"{done.total()} changes answered with yes, {len(rows)} in history")
    verdict = verify_file(folder / "duban.db")
    if not verdict.sound:
        raise AssertionError(f"the history is not sound: {verdict}")


def _seen(tries: Sequence[Tries], seconds: float) -> Seen:
    return Seen(
        changes=Spread([1e3 * taken for one in tries for taken in one.seconds]),
        looks=Spread([1e3 * taken for one in tries for taken in one.looked]),
        done=sum(len(one.done) for one in tries),
        overtaken=sum(one.overtaken for one in tries),
        seconds=seconds,
    )


def _told(alone: Seen, seen: Seen, crowd: Crowd) -> Figure:
    people = crowd.leads + crowd.coordinators
    return Figure(
        name=f"{people} people, {'with' if crowd.think else 'no'} pause",
        measures=f"{people} people at once for {crowd.seconds:.0f} s, each changing case after case"
        " on the pages and through the API, at most twenty a second, SQLite with synchronous=FULL"
        + (f", {crowd.think} s of thought and a look at the case in between" if crowd.think else ""),
        floor=_rate(alone),
        ours=_rate(seen),
        ratio=seen.rate / alone.rate,
        goal=f"99 % ≤ {GOAL:.0f} ms",
        met=seen.changes.late <= GOAL,
        notes=_notes(alone, seen),
        values={
            "median_ms": round(seen.changes.middle, 1),
            "p99_ms": round(seen.changes.late, 1),
            "longest_ms": round(seen.changes.longest, 1),
            "changes": seen.done,
            "overtaken": seen.overtaken,
            "a_second": round(seen.rate, 1),
        },
    )


def _notes(alone: Seen, seen: Seen) -> tuple[str, ...]:
    return (
        f"{seen.done:,} changes; {seen.overtaken:,} times somebody was overtaken, was told (409, 412) and"
        " asked again; no other answer came. Nothing was lost: each change answered with yes is in history"
        " once, nothing else is, and the verifier found every chain and every table sound.",
        f"A change alone: {alone.changes}; among all: {seen.changes}. A case looked at meanwhile:"
        f" {seen.looks}. Floor: one of them alone.",
    )


def _rate(seen: Seen) -> str:
    return f"{seen.rate:,.1f}/s"


def main() -> int:
    """Measure for so many seconds."""
    parser = ArgumentParser(prog="python -m bench.people", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    crowd = Crowd(leads=12, coordinators=38, seconds=parser.parse_args().seconds)
    figures = []
    for figure in measured(Size(), crowd):
        print(told(figure), flush=True)
        figures.append(figure)
    print(whole(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
