"""The first page of every desk in a city of 100,000 cases: how soon, in how many queries, of what weight.

The program serves in its own process; a browser asks on one connection. The floor is a FastAPI in that
same process whose only handler renders the same template from the values of its last making.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from threading import Event, Thread
from time import perf_counter
from typing import NamedTuple

from bench.city import workplace
from bench.crowd import cases_of
from bench.desks_data import ADMIN, AUDITOR, Size
from bench.measure import Cost, Figure, Scale, in_turn
from bench.serving import FLOOR
from bench.spread import Spread
from bench.visitors import Answer, Pass, Visitor, found, let_in, serving

MEDIAN, LATE, QUERIES = 50.0, 150.0, 12
WEIGHT = 100.0
"""Kilobytes, packed."""

SHARE = 0.25
COORDINATOR, OTHER = "wang7@example.cn", "wang9@example.cn"
_WARM = 10
_ASSET = re.compile(r'(?:href|src)="(/static/[^"]+)"')


class Place(NamedTuple):
    """A page, and who looks at it."""

    who: str
    path: str


class Look(NamedTuple):
    """One page looked at again and again: times on the server, quiet and while cases change; its cost."""

    quiet: Spread
    changing: Spread
    client: Spread
    floor: Spread
    cpu: float


def run(scale: Scale) -> Iterator[Figure]:
    """Measure each page alone and while cases change, its weight, and how many lists a second."""
    size = Size(cases=400, people=40) if scale.quick else Size()
    with workplace() as folder:
        home = folder / "home"
        settings = found(home, size)
        passes = let_in(settings, (ADMIN, AUDITOR, COORDINATOR, OTHER))
        places = _places(home)
        with serving(home, "--watch", "--count") as port:
            queries = {one: _queries(port, passes, one) for one in places}
            weights = {one: _weight(Visitor(port, passes[one.who]), one.path) for one in places}
        with serving(home, "--watch") as port:
            for one in places:
                yield _page(one, _looked(port, passes, one, scale), queries[one])
            yield _heaviest(weights)
            yield _lists(port, passes[ADMIN], scale)


def _places(home: Path) -> list[Place]:
    mine = cases_of(home)[COORDINATOR]
    case = next((ref for ref, state in mine if state == "held"), mine[0][0])
    return [
        Place(COORDINATOR, "/my"),
        Place(ADMIN, "/overview"),
        Place(AUDITOR, "/history"),
        Place(ADMIN, "/cases"),
        Place(COORDINATOR, f"/cases/{case}"),
    ]


def _got(visitor: Visitor, path: str) -> Answer:
    answer = visitor.get(path)
    if answer.status != 200:
        raise AssertionError(f"{path}: {answer.status}")
    return answer


def _queries(port: int, passes: Mapping[str, Pass], place: Place) -> int:
    """Return how many queries a page takes right after a change, when nothing kept holds any more."""
    visitor, other = Visitor(port, passes[place.who]), Visitor(port, passes[OTHER])
    counts = []
    for _ in range(2):
        _change(other)
        counts.append(_got(visitor, place.path).cost[2])
    return max(counts)


def _change(other: Visitor) -> None:
    """Change a case."""
    ref = re.findall(r"/cases/([A-Z0-9-]+)", _got(other, "/cases").text)[0]
    body = {"trigger": "note", "reason": token_hex(8)}
    answer = other.call(f"/api/v1/cases/{ref}/steps", body, {})
    if answer.status != 200:
        raise AssertionError(f"a note on {ref}: {answer.status} {answer.text[:500]}")


def _weight(visitor: Visitor, path: str) -> float:
    """Return the kilobytes of a page and of all it names, as they are sent."""
    page = _got(visitor, path)
    assets = (_got(visitor, asset) for asset in sorted(set(_ASSET.findall(page.text))))
    return (len(page.body) + sum(len(asset.body) for asset in assets)) / 1000


def _looked(port: int, passes: Mapping[str, Pass], place: Place, scale: Scale) -> Look:
    visitor, times = Visitor(port, passes[place.who]), scale.pick(300, 5)
    for _ in range(_WARM):
        _got(visitor, place.path)
    quiet = [_got(visitor, place.path) for _ in range(times)]
    with _changes(Visitor(port, passes[OTHER])):
        changing = [_got(visitor, place.path) for _ in range(times)]
    floor = [_got(visitor, FLOOR + place.path) for _ in range(times)]
    return Look(
        quiet=Spread([one.cost[0] for one in quiet]),
        changing=Spread([one.cost[0] for one in changing]),
        client=Spread([1e3 * one.seconds for one in quiet]),
        floor=Spread([one.cost[0] for one in floor]),
        cpu=Spread([one.cost[1] for one in quiet]).middle,
    )


@contextmanager
def _changes(other: Visitor) -> Iterator[None]:
    """Let somebody else change a case once a second for as long as the block runs."""
    over = Event()

    def work() -> None:
        while True:
            _change(other)
            if over.wait(1.0):
                return

    thread = Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _page(place: Place, look: Look, queries: int) -> Figure:
    quiet, changing = look.quiet, look.changing
    middle, slow = max(quiet.middle, changing.middle), max(quiet.late, changing.late)
    return Figure(
        name=re.sub(r"[A-Z0-9-]{6,}", "…", place.path),
        measures=f"the page, made for {place.who.partition('@')[0]}, on the server",
        floor=f"{look.floor.middle:.1f} ms",
        ours=f"{middle:.1f} / {slow:.1f} ms, {queries} queries",
        ratio=look.floor.middle / quiet.middle,
        goal=f"≤ {MEDIAN:.0f} / {LATE:.0f} ms, ≤ {QUERIES}",
        met=middle <= MEDIAN and slow <= LATE and queries <= QUERIES,
        notes=(
            f"Nothing else: {quiet}. While somebody changes a case each second: {changing}."
            f" Until the browser has it all: {look.client}. Processor time, quiet: {look.cpu:.1f} ms.",
        ),
        values={
            "quiet_ms": quiet.middle,
            "quiet_p99_ms": quiet.late,
            "changing_ms": changing.middle,
            "changing_p99_ms": changing.late,
            "cpu_ms": look.cpu,
            "queries": queries,
        },
    )


def _heaviest(weights: Mapping[Place, float]) -> Figure:
    place = max(weights, key=lambda one: weights[one])
    lightest = min(weights.values())
    told = ", ".join(f"{one.path} {weight:.1f}" for one, weight in weights.items())
    return Figure(
        name="page weight",
        measures="a page with its styles, scripts and pictures, packed, on a first visit",
        floor=f"{lightest:.1f} kB",
        ours=f"{weights[place]:.1f} kB",
        ratio=lightest / weights[place],
        goal=f"≤ {WEIGHT:.0f} kB",
        met=weights[place] <= WEIGHT,
        notes=(f"Floor: the lightest of them, ours: the heaviest. Kilobytes: {told}.",),
        values={"heaviest_kb": weights[place]},
    )


def _lists(port: int, known: Pass, scale: Scale) -> Figure:
    """Measure lists of 50 rows a second, several browsers at a time, in turn with the floor."""
    visitors = [Visitor(port, known) for _ in range(4)]
    times = in_turn(
        scale.pick(9, 2),
        {
            "floor": lambda _: _crowded(visitors, f"{FLOOR}/cases", scale.pick(50, 2)),
            "ours": lambda _: _crowded(visitors, "/cases", scale.pick(50, 2)),
        },
    )
    ratio = times.ratio("floor", "ours")
    return Figure(
        name="list of 50 rows",
        measures="the list of cases, its page again and again for 4 browsers at once",
        floor=times.rate("floor"),
        ours=times.rate("ours"),
        ratio=ratio,
        goal=f"≥ {SHARE}",
        met=ratio >= SHARE,
        notes=(
            "Floor: the same template from recorded values; no sign-in, no query, no middleware, not packed.",
        ),
        values=times.values(),
    )


def _crowded(visitors: list[Visitor], path: str, times: int) -> Cost:
    """Return what one page costs when several browsers ask for it so many times each."""
    threads = [Thread(target=_again, args=(one, path, times)) for one in visitors]
    begun = perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Cost((perf_counter() - begun) / times / len(visitors))


def _again(visitor: Visitor, path: str, times: int) -> None:
    for _ in range(times):
        _got(visitor, path)
