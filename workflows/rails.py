"""The connections that run between and beneath the rows of a lifecycle's picture.

Each has its own height (track) and its own place (port) on the states it joins, so that no
two lie on each other. Lines cross at right angles and join with a curve.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

from workflows.stations import Box, Bundle, Grid, Link, Point

TRACK = 28
PORT = 20
PAD = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Rail:
    """A bundle with its track, counted from the top of its channel: between the rows, or beneath."""

    bundle: Bundle
    upper: bool
    track: int

    @property
    def ends(self) -> tuple[str, ...]:
        """Return every state it touches."""
        return (*self.bundle.sources, self.bundle.dest)


def rails_of(bundles: Iterable[Bundle], grid: Grid) -> tuple[Rail, ...]:
    """Give each bundle a track: the longest on top, and short ones side by side where they fit."""
    taken: dict[tuple[bool, int], list[tuple[float, float]]] = {}
    rails = []
    for bundle in sorted(bundles, key=lambda each: -_length(each, grid)):
        upper = any(grid.row(state) == 0 for state in (*bundle.sources, bundle.dest))
        left, right = _span(bundle, grid)
        track = 0
        # Two that only touch at a state leave it to different sides.
        while any(left < end and start < right for start, end in taken.get((upper, track), [])):
            track += 1
        taken.setdefault((upper, track), []).append((left, right))
        rails.append(Rail(bundle=bundle, upper=upper, track=track))
    return tuple(rails)


def channel(rails: Sequence[Rail], *, upper: bool) -> float:
    """Return the height that a channel needs."""
    tracks = [rail.track for rail in rails if rail.upper is upper]
    if not tracks:
        return 0
    return (max(tracks) + (2 if upper else 1)) * TRACK


def links_of(rails: Sequence[Rail], grid: Grid, boxes: Mapping[str, Box]) -> tuple[Link, ...]:
    """Draw every rail: down or up from each source, along the track, into the end."""
    ports = _ports(rails, grid)
    lines = {rail: _lines(rail, ports, boxes) for rail in rails}
    uprights = [(x, min(a, b), max(a, b)) for each in lines.values() for x, a, b in _uprights(each)]
    return tuple(
        Link(bundle=rail.bundle, lines=each, at=_label(rail, each, uprights)) for rail, each in lines.items()
    )


Ports = Mapping[tuple[Rail, str], float]
Lines = tuple[tuple[Point, ...], ...]


def _length(bundle: Bundle, grid: Grid) -> float:
    left, right = _span(bundle, grid)
    return right - left


def _span(bundle: Bundle, grid: Grid) -> tuple[float, float]:
    xs = [grid.x(state) for state in (*bundle.sources, bundle.dest)]
    return min(xs), max(xs)


def _ports(rails: Sequence[Rail], grid: Grid) -> Ports:
    sides: dict[tuple[str, bool], list[Rail]] = {}
    for rail in rails:
        for state in rail.ends:
            sides.setdefault((state, rail.upper), []).append(rail)
    found = {}
    for (state, upper), touching in sides.items():
        above = upper and grid.row(state) == 1  # the line leaves the state upwards
        order = sorted(touching, key=lambda rail: _outwards(rail, state, grid, above=above))
        for index, rail in enumerate(order):
            found[rail, state] = grid.x(state) + (index - (len(order) - 1) / 2) * PORT
    return found


def _outwards(rail: Rail, state: str, grid: Grid, *, above: bool) -> tuple[int, int]:
    """Order lines at one edge so that those to the same side do not cross each other."""
    others = [grid.x(end) for end in rail.ends if end != state]
    side = 1 if fmean(others) >= grid.x(state) else -1
    nearness = rail.track if above else -rail.track
    return side, side * nearness


def _lines(rail: Rail, ports: Ports, boxes: Mapping[str, Box]) -> Lines:
    end = boxes[rail.bundle.dest]
    height = _height(rail, boxes)
    finish = ports[rail, end.state]
    return tuple(
        (
            (ports[rail, source], _edge(boxes[source], height)),
            (ports[rail, source], height),
            (finish, height),
            (finish, _edge(end, height)),
        )
        for source in rail.bundle.sources
    )


def _height(rail: Rail, boxes: Mapping[str, Box]) -> float:
    touched = [boxes[state] for state in rail.ends]
    if rail.upper:
        return min(box.bottom for box in touched) + (rail.track + 1) * TRACK
    return max(box.bottom for box in touched) + (rail.track + 1) * TRACK


def _edge(box: Box, height: float) -> float:
    return box.bottom if height > box.y else box.top


def _uprights(lines: Lines) -> list[tuple[float, float, float]]:
    return [(a[0], a[1], b[1]) for line in lines for a, b in (line[:2], line[2:])]


def _label(rail: Rail, lines: Lines, uprights: Iterable[tuple[float, float, float]]) -> Point:
    """Return the middle of the widest stretch of the track that no other line crosses."""
    height = lines[0][1][1]
    left, right = (
        min(line[i][0] for line in lines for i in (1, 2)),
        max(line[i][0] for line in lines for i in (1, 2)),
    )
    crossing = {x for x, top, bottom in uprights if left < x < right and top - PAD < height < bottom + PAD}
    marks = sorted({left, right, *crossing})
    gaps = [(b - a, (a + b) / 2) for a, b in pairwise(marks)]
    return max(gaps, default=(0, left))[1], height
