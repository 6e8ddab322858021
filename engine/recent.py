"""Answers kept in memory while nothing changes: the newest row of history says whether anything has."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection, func, select

from engine.tables import history

_MOST = 512

T = TypeVar("T")


class Recent:
    """Keeps the latest answers of one process; the caller holds it as long as the database is open.

    An answer holds for the minute it was asked in, and only until the next change: on PostgreSQL,
    where a change may become visible after one with a greater number, it is at most that minute old.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def of(self, conn: Connection, question: Hashable, answer: Callable[[], T], *, now: datetime) -> T:
        """Return the answer kept for a question, else the one that ``answer`` works out."""
        newest = conn.scalar(select(func.max(history.c.id)))
        minute = now.replace(second=0, microsecond=0)
        return self._kept_or_made((str(conn.engine.url), newest, minute, question), answer)

    def for_good(self, conn: Connection, question: Hashable, answer: Callable[[], T]) -> T:
        """Return the answer kept for a question that no later change can answer otherwise."""
        return self._kept_or_made((str(conn.engine.url), question), answer)

    def _kept_or_made(self, key: Hashable, answer: Callable[[], T]) -> T:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                found: T = self._kept[key]
                return found
        made = answer()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return made
