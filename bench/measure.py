"""Timing ways of doing the same work side by side: round after round in turn, so that noise hits all alike."""

import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

Cell = Callable[[int], float]
"""One way of doing the work: takes the number of the round, returns seconds for one unit of work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How much to measure. ``quick`` only shows that everything runs; ``large`` adds the slow sizes."""

    quick: bool = False
    large: bool = False

    def pick(self, full: int, quick: int) -> int:
        """Return the size that applies."""
        return quick if self.quick else full


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the table. ``ratio`` is of the floor's speed; ``met`` is None where there is no goal.

    ``values`` are the bare numbers behind the texts, for machines.
    """

    name: str
    measures: str
    floor: str
    ours: str
    ratio: float | None
    goal: str
    met: bool | None
    notes: tuple[str, ...] = ()
    values: Mapping[str, float] = field(default_factory=dict)


class Times:
    """Seconds for one unit of work, by cell, one for each round."""

    def __init__(self, rounds: Mapping[str, Sequence[float]]) -> None:
        self._rounds = rounds

    def of(self, name: str) -> float:
        """Return the median of one cell."""
        return median(self._rounds[name])

    def rate(self, name: str) -> str:
        """Return one cell's units a second as text."""
        return f"{1 / self.of(name):,.0f}/s"

    def ratio(self, floor: str, ours: str) -> float:
        """Return the speed of ``ours`` as a share of the floor's: the median of the rounds' own ratios."""
        pairs = zip(self._rounds[floor], self._rounds[ours], strict=True)
        return median(low / own for low, own in pairs)

    def values(self) -> dict[str, float]:
        """Return the medians in microseconds."""
        return {f"{name}_us": round(self.of(name) * 1e6, 3) for name in self._rounds}


def in_turn(rounds: int, cells: Mapping[str, Cell]) -> Times:
    """Run every cell once a round, A B A B …, each with a swept house."""
    times: dict[str, list[float]] = {name: [] for name in cells}
    for number in range(rounds):
        for name, cell in cells.items():
            gc.collect()
            times[name].append(cell(number))
    return Times(times)
