"""The parts of a lifecycle's picture: states as boxes, steps as links. Lengths are SVG pixels."""

from collections.abc import Mapping
from dataclasses import dataclass
from unicodedata import east_asian_width

from workflows.lifecycle import Lifecycle, Step

LABEL = 13
STATE = 15

# Column and row of the states beside the path; the path itself has the columns from 0 in row 0.
PLACES: Mapping[str, Mapping[str, tuple[float, int]]] = {
    "activity": {"cancelled": (0.5, 1), "commended": (5, 0), "closed": (5, 1)},
    "report": {"waived": (0.5, 1)},
    "notice": {"superseded": (2, 1)},
    "message": {"held": (0.5, 1), "uncertain": (1.5, 1), "dead": (2.5, 1), "obsolete": (3, 1)},
}

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One state: its middle and its size."""

    state: str
    x: float
    y: float
    width: float
    height: float

    @property
    def top(self) -> float:
        """Return the upper edge."""
        return self.y - self.height / 2

    @property
    def bottom(self) -> float:
        """Return the lower edge."""
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Steps drawn as one connection: any number of sources, one end, one label."""

    steps: tuple[Step, ...]
    words: str

    @property
    def dest(self) -> str:
        """Return where they lead."""
        return self.steps[0].dest

    @property
    def sources(self) -> tuple[str, ...]:
        """Return where they come from."""
        return tuple(dict.fromkeys(step.source for step in self.steps))

    @property
    def width(self) -> float:
        """Return the estimated width of the label."""
        return text_width(self.words, LABEL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A bundle as drawn: the corners from each source to the end, and the label's middle."""

    bundle: Bundle
    lines: tuple[tuple[Point, ...], ...]
    at: Point
    main: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Which column and row each state has, how wide it is, and where the columns are."""

    places: Mapping[str, tuple[float, int]]
    widths: Mapping[str, float]
    columns: tuple[float, ...]

    def x(self, state: str) -> float:
        """Return a state's middle; half a column is half-way."""
        column = self.places[state][0]
        left = min(int(column), max(len(self.columns) - 2, 0))
        step = self.columns[left + 1] - self.columns[left] if len(self.columns) > 1 else 0
        return self.columns[left] + (column - left) * step

    def row(self, state: str) -> int:
        """Return 0 on the line, 1 beneath."""
        return self.places[state][1]


def text_width(text: str, size: float) -> float:
    """Return about how wide ``text`` is at a font size: a Chinese character is square."""
    return sum(size if east_asian_width(char) in "WFA" else size * 0.58 for char in text)


def places_of(lifecycle: Lifecycle) -> Mapping[str, tuple[float, int]]:
    """Return column and row of each state; where nothing is laid by hand, side by side beneath."""
    known = PLACES.get(lifecycle.name, {})
    beside = [state for state in lifecycle.labels if state not in lifecycle.path]
    laid = {str(state): known.get(state, (index + 0.5, 1)) for index, state in enumerate(beside)}
    return {str(state): (float(index), 0) for index, state in enumerate(lifecycle.path)} | laid


def bundles_of(lifecycle: Lifecycle, places: Mapping[str, tuple[float, int]], lang: str) -> list[Bundle]:
    """Return the steps that change the state, gathered into what is drawn as one."""

    def together(step: Step) -> tuple[object, ...]:
        source, dest = places[step.source], places[step.dest]
        if source[1] == dest[1] == 0:
            return (step.dest, step.source)
        return (step.dest, source[1], step.trigger)

    groups: dict[object, tuple[Step, ...]] = {}
    for step in lifecycle.steps:
        if step.source != step.dest:
            groups[together(step)] = (*groups.get(together(step), ()), step)
    merged: dict[object, tuple[Step, ...]] = {}
    for group in groups.values():
        ends = (group[0].dest, frozenset(step.source for step in group))
        merged[ends] = (*merged.get(ends, ()), *group)
    return [Bundle(steps=steps, words=_words(lifecycle, steps, lang)) for steps in merged.values()]


def _words(lifecycle: Lifecycle, steps: tuple[Step, ...], lang: str) -> str:
    triggers = dict.fromkeys(step.trigger for step in steps)
    return ("/" if lang != "en" else " / ").join(lifecycle.triggers[each].in_(lang) for each in triggers)
