"""How often one token may ask: counted in this process's memory, never in the database."""

from collections.abc import Callable
from math import ceil
from time import monotonic

_MOST = 10_000


class Pace:
    """At most ``burst`` requests at once for each name, and as many again over ``seconds`` (GCRA)."""

    def __init__(
        self, burst: int = 600, seconds: float = 60.0, *, clock: Callable[[], float] = monotonic
    ) -> None:
        self._step = seconds / burst
        self._whole = seconds
        self._clock = clock
        self._next: dict[int, float] = {}

    def wait(self, name: int) -> int:
        """Count one request; return 0, or the whole seconds to wait, and then nothing was counted."""
        here = self._clock()
        theirs = max(self._next.get(name, here), here)
        if theirs + self._step > here + self._whole:
            return ceil(theirs + self._step - here - self._whole)
        if len(self._next) >= _MOST:
            self._next = {one: at for one, at in self._next.items() if at > here}
        self._next[name] = theirs + self._step
        return 0
