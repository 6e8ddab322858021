"""Whose turn it is to be answered: Python lets one thread think at a time, so few are let in at once.

Threads that all want the interpreter take it from each other in the middle of their work: fifty people at
once were served at a third of the speed, and some of them waited for many seconds. In a queue each waits
for those who came before, and for nobody else.
"""

from asyncio import Semaphore, get_running_loop
from collections.abc import Callable
from typing import TypeVar

from anyio.lowlevel import RunVar
from starlette.concurrency import run_in_threadpool

T = TypeVar("T")

QUICK = 1
"""So many answers are worked out at once."""

LONG = 0.1
"""Seconds after which the next one begins beside an answer that is not ready: it may wait for something."""

SLOW = 2
"""So many answers that are known to take seconds are worked out at once, beside the others."""


class _Turn:
    """One turn; it ends once, by itself after ``patience`` seconds (None: never)."""

    def __init__(self, free: Semaphore, patience: float | None) -> None:
        self._free: Semaphore | None = free
        self._timer = None if patience is None else get_running_loop().call_later(patience, self.end)

    def end(self) -> None:
        """Let the next one begin."""
        if self._free is None:
            return
        free, self._free = self._free, None
        if self._timer is not None:
            self._timer.cancel()
        free.release()


_quick: RunVar[Semaphore] = RunVar("quick")
_slow: RunVar[Semaphore] = RunVar("slow")


async def in_turn(work: Callable[[], T], *, slow: bool = False) -> T:
    """Do some work in a thread when it is its turn; ``slow``: it is known to take seconds."""
    turn = await (_next(_slow, SLOW, None) if slow else _next(_quick, QUICK, LONG))
    try:
        return await run_in_threadpool(work)
    finally:
        turn.end()


async def _next(queue: RunVar[Semaphore], at_once: int, patience: float | None) -> _Turn:
    """Wait in a queue of the server that runs now."""
    free = queue.get(None)
    if free is None:
        free = Semaphore(at_once)
        queue.set(free)
    await free.acquire()
    return _Turn(free, patience)
