"""Timing ways of doing the same work side by side: round after round in turn, so that noise hits all."""

import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter, process_time
from typing import NamedTuple


class Cost(NamedTuple):
    """Seconds for one unit of work: by the clock, and of this process's own processor time (0: not told)."""

    seconds: float
    cpu: float = 0.0


Cell = Callable[[int], Cost]
"""One way of doing the work: takes the number of the round."""


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
    """What one unit of work cost, by cell, one for each round."""

    def __init__(self, rounds: Mapping[str, Sequence[Cost]]) -> None:
        self._rounds = rounds

    def of(self, name: str) -> float:
        """Return the median seconds of one cell."""
        return median(cost.seconds for cost in self._rounds[name])

    def best(self, name: str) -> float:
        """Return the least seconds of one cell: what it costs when nobody else wants the processor."""
        return min(cost.seconds for cost in self._rounds[name])

    def rate(self, name: str) -> str:
        """Return one cell's units a second as text."""
        return f"{1 / self.of(name):,.0f}/s"

    def ratio(self, floor: str, ours: str) -> float:
        """Return the speed of ``ours`` as a share of the floor's: the median of the rounds' own ratios."""
        pairs = zip(self._rounds[floor], self._rounds[ours], strict=True)
        return median(low.seconds / own.seconds for low, own in pairs)

    def cpu_ratio(self, floor: str, ours: str) -> float:
        """Return the same of processor time alone: no disk, no neighbours."""
        pairs = zip(self._rounds[floor], self._rounds[ours], strict=True)
        return median(low.cpu / own.cpu for low, own in pairs)

    def values(self) -> dict[str, float]:
        """Return the medians in microseconds."""
        told = {f"{name}_us": self.of(name) for name in self._rounds}
        told |= {f"{name}_cpu_us": median(cost.cpu for cost in costs) for name, costs in self._rounds.items()}
        return {name: round(value * 1e6, 3) for name, value in told.items() if value}


def timed(work: Callable[[], object], units: int) -> Cost:
    """Do the work once; return what one of its units cost."""
    clock, cpu = perf_counter(), process_time()
    work()
    return Cost((perf_counter() - clock) / units, (process_time() - cpu) / units)


def in_turn(rounds: int, cells: Mapping[str, Cell]) -> Times:
    """Run every cell once a round, A B A B …, each with a swept house."""
    costs: dict[str, list[Cost]] = {name: [] for name in cells}
    for number in range(rounds):
        for name, cell in cells.items():
            gc.collect()
            costs[name].append(cell(number))
    return Times(costs)
