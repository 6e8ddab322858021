"""How a number of times are spread: the middle, and what 99 of 100 do not exceed."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Spread:
    """Times in milliseconds, at least one."""

    values: Sequence[float]

    @property
    def middle(self) -> float:
        """Return the median."""
        return median(self.values)

    @property
    def late(self) -> float:
        """Return the time that 99 of 100 do not exceed."""
        return sorted(self.values)[-(-len(self.values) * 99 // 100) - 1]

    @property
    def longest(self) -> float:
        """Return the longest time."""
        return max(self.values)

    def __str__(self) -> str:
        """Return the three in words."""
        return f"median {self.middle:,.1f} ms, 99 % {self.late:,.1f} ms, longest {self.longest:,.1f} ms"
