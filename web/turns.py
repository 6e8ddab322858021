"""Whose turn it is to be answered: Python lets one thread think at a time, so few are let in at once.

Threads that all want the interpreter take it from each other in the middle of their work: fifty people at
once were served at a third of the speed, and some of them waited for many seconds. In a queue each waits
for those who came before; who changes something goes before who looks: it is kept sooner, and takes less.
"""

from asyncio import CancelledError, Future, get_running_loop
from collections import deque
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

FAIR = 2.0
"""Seconds of waiting after which one who looks goes before some of those who change something."""

BETWEEN = 4
"""So many changes go before each who waited too long to look."""


_Line = deque[tuple[Future[None], float]]
"""Who waits, and since when, the first in front."""


class _Queue:
    """Those who wait till one of the turns is free."""

    def __init__(self, turns: int) -> None:
        self._free = turns
        self._changing: _Line = deque()
        self._looking: _Line = deque()
        self._overtaken = 0  # changes since somebody who waited too long was let in

    async def wait(self, *, changes: bool) -> None:
        """Wait for a turn."""
        if self._free:
            self._free -= 1
            return
        loop = get_running_loop()
        turn: Future[None] = loop.create_future()
        (self._changing if changes else self._looking).append((turn, loop.time()))
        try:
            await turn
        except CancelledError:
            if not turn.cancelled():  # it was given, and nobody is there to take it
                self.pass_on()
            raise

    def pass_on(self) -> None:
        """Give a turn to who is next."""
        while line := self._next_line():
            turn, _ = line.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1

    def _next_line(self) -> _Line:
        """Return who is next; of those who waited too long to look, one goes after some changes."""
        if not (self._changing and self._looking):
            return self._changing or self._looking
        overdue = self._looking[0][1] < get_running_loop().time() - FAIR
        if overdue and self._overtaken >= BETWEEN:
            self._overtaken = 0
            return self._looking
        self._overtaken += 1
        return self._changing


class _Turn:
    """One turn; it ends once, by itself after ``patience`` seconds (None: never)."""

    def __init__(self, queue: _Queue, patience: float | None) -> None:
        self._queue: _Queue | None = queue
        self._timer = None if patience is None else get_running_loop().call_later(patience, self.end)

    def end(self) -> None:
        """Let the next one begin."""
        if self._queue is None:
            return
        queue, self._queue = self._queue, None
        if self._timer is not None:
            self._timer.cancel()
        queue.pass_on()


_quick: RunVar[_Queue] = RunVar("quick")
_slow: RunVar[_Queue] = RunVar("slow")


async def in_turn(work: Callable[[], T], *, slow: bool = False, changes: bool = False) -> T:
    """Do some work in a thread when it is its turn.

    ``slow``: it is known to take seconds; ``changes``: it may change something.
    """
    queue = _queue(_slow, SLOW) if slow else _queue(_quick, QUICK)
    await queue.wait(changes=changes)
    turn = _Turn(queue, None if slow else LONG)
    try:
        return await run_in_threadpool(work)
    finally:
        turn.end()


def _queue(kept: RunVar[_Queue], turns: int) -> _Queue:
    """Return a queue of the server that runs now."""
    queue = kept.get(None)
    if queue is None:
        queue = _Queue(turns)
        kept.set(queue)
    return queue
