"""Writing transactions on SQLite, begun and ended on the driver itself.

SQLAlchemy's own checkout, begin, commit and check-in cost three times what SQLite's do, at every
durable step. Its connections are kept open and idle here; each is handed to one writer at a time.
"""

from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, Engine

DRIVER = "driver"
"""The execution option by which a kept connection carries the driver's own (``engine.prepared``)."""

Explain = Callable[[BaseException], BaseException]


class Writers:
    """The idle connections of one SQLite engine, each outside any transaction.

    ``engine`` must not begin by itself: its connections are in autocommit. ``explain`` turns an
    error into the one to be raised.
    """

    def __init__(self, engine: Engine, explain: Explain) -> None:
        self.explain = explain
        self._engine = engine
        self._idle: deque[Connection] = deque()

    def take(self) -> Connection:
        """Return a connection that nobody else has."""
        try:
            return self._idle.pop()
        except IndexError:
            conn = self._engine.connect()
            return conn.execution_options(**{DRIVER: conn.connection.driver_connection})

    def give_back(self, conn: Connection) -> None:
        """Keep a connection for the next writer."""
        self._idle.append(conn)

    def close(self) -> None:
        """Close every connection."""
        while self._idle:
            self._idle.pop().close()
        self._engine.dispose()


class Writing:
    """One transaction that may change rows: all of it, or nothing; always nothing unless ``keep``."""

    __slots__ = ("_conn", "_driver", "_keep", "_writers")
    _driver: Any

    def __init__(self, writers: Writers, *, keep: bool = True) -> None:
        self._writers = writers
        self._keep = keep

    def __enter__(self) -> Connection:
        try:
            self._conn = self._writers.take()
        except Exception as error:
            raise self._writers.explain(error) from error
        self._driver = self._conn.get_execution_options()[DRIVER]
        self._do("BEGIN IMMEDIATE")
        return self._conn

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and self._keep:
            self._do("COMMIT")
        elif self._driver.in_transaction:  # some errors have undone it already
            self._do("ROLLBACK")
        self._writers.give_back(self._conn)
        if error is not None:
            told = self._writers.explain(error)
            if told is not error:
                raise told from error

    def _do(self, command: str) -> None:
        try:
            self._driver.execute(command)
        except BaseException as error:
            # a failed COMMIT (a full disk) leaves the transaction open; closing undoes it
            self._conn.close()
            raise self._writers.explain(error) from error
