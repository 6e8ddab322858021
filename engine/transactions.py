"""Transactions on SQLite, begun and ended on the driver itself.

SQLAlchemy's own checkout, begin, commit and check-in cost three times what SQLite's do, at every
durable step. One connection is kept open for all writers of a process: SQLite lets one write at a time
anyway, and whoever waits here is woken when it is their turn; in SQLite they would sleep and look again.
Readers have as many as there are of them at once.
"""

from collections import deque
from collections.abc import Callable
from sqlite3 import OperationalError
from threading import Lock
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, Engine

DRIVER = "driver"
"""The execution option by which a kept connection carries the driver's own (``engine.prepared``)."""

KEPT = 16
"""Readers' connections that stay open between two uses."""

PATIENCE = 30.0
"""Seconds that a writer waits for its turn, as SQLite waits for another process."""

Explain = Callable[[BaseException], BaseException]


class Writers:
    """Those who write through one SQLite engine: one connection, which one of them has at a time.

    ``engine`` must not begin by itself: its connections are in autocommit. ``explain`` turns an
    error into the one to be raised.
    """

    def __init__(self, engine: Engine, explain: Explain) -> None:
        self.explain = explain
        self._engine = engine
        self._turn = Lock()
        self._kept: Connection | None = None

    def take(self) -> Connection:
        """Wait for one's turn and return the connection, outside any transaction."""
        if not self._turn.acquire(timeout=PATIENCE):
            raise OperationalError("database is locked")
        try:
            return self._kept or self._open()
        except BaseException:
            self._turn.release()
            raise

    def _open(self) -> Connection:
        self._kept = _opened(self._engine)
        return self._kept

    def give_back(self) -> None:
        """Let the next writer have the connection."""
        self._turn.release()

    def drop(self) -> None:
        """Close the connection, which undoes what is open on it; the next writer gets another."""
        kept, self._kept = self._kept, None
        if kept is not None:
            kept.close()
        self._turn.release()

    def close(self) -> None:
        """Close the connection unless somebody is writing."""
        if self._turn.acquire(blocking=False):
            self.drop()
        self._engine.dispose()


class Readers:
    """Those who read through one SQLite engine, each on a connection of their own; see ``Writers``."""

    def __init__(self, engine: Engine, explain: Explain) -> None:
        self.explain = explain
        self._engine = engine
        self._idle: deque[Connection] = deque()  # what one thread takes out, no other gets
        self._closed = False

    def take(self) -> Connection:
        """Return a connection outside any transaction."""
        try:
            return self._idle.pop()
        except IndexError:
            return _opened(self._engine)

    def give_back(self, conn: Connection) -> None:
        """Keep a connection that is outside any transaction for the next reader."""
        if self._closed or len(self._idle) >= KEPT:
            conn.close()
        else:
            self._idle.append(conn)

    def close(self) -> None:
        """Close what nobody uses; what is in use is closed after it."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()


def _opened(engine: Engine) -> Connection:
    conn = engine.connect()
    return conn.execution_options(**{DRIVER: conn.connection.driver_connection})


class Reading:
    """One transaction that only looks; whatever it does is undone."""

    __slots__ = ("_conn", "_readers")
    _conn: Connection

    def __init__(self, readers: Readers) -> None:
        self._readers = readers

    def __enter__(self) -> Connection:
        try:
            self._conn = self._readers.take()
        except Exception as error:
            raise self._readers.explain(error) from error
        self._do("BEGIN")
        return self._conn

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if _driver(self._conn).in_transaction:
            self._do("ROLLBACK")
        self._readers.give_back(self._conn)
        if error is not None:
            told = self._readers.explain(error)
            if told is not error:
                raise told from error

    def _do(self, command: str) -> None:
        try:
            _driver(self._conn).execute(command)
        except BaseException as error:
            self._conn.close()
            raise self._readers.explain(error) from error


def _driver(conn: Connection) -> Any:
    return conn.get_execution_options()[DRIVER]


class Writing:
    """One transaction that may change rows: all of it, or nothing; always nothing unless ``keep``."""

    __slots__ = ("_driver", "_keep", "_writers")
    _driver: Any

    def __init__(self, writers: Writers, *, keep: bool = True) -> None:
        self._writers = writers
        self._keep = keep

    def __enter__(self) -> Connection:
        try:
            conn = self._writers.take()
        except Exception as error:
            raise self._writers.explain(error) from error
        self._driver = _driver(conn)
        self._do("BEGIN IMMEDIATE")
        return conn

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and self._keep:
            self._do("COMMIT")
        elif self._driver.in_transaction:  # some errors have undone it already
            self._do("ROLLBACK")
        self._writers.give_back()
        if error is not None:
            told = self._writers.explain(error)
            if told is not error:
                raise told from error

    def _do(self, command: str) -> None:
        try:
            self._driver.execute(command)
        except BaseException as error:
            # a failed COMMIT (a full disk) leaves the transaction open; closing undoes it
            self._writers.drop()
            raise self._writers.explain(error) from error
