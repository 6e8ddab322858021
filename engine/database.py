"""The database: one place that opens it, begins and commits.

SQLite: a writer begins IMMEDIATE (pysqlite loses updates otherwise), a reader plainly; WAL,
``synchronous=FULL``, foreign keys on, 30 s of patience.
"""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import DBAPIError

from config.errors import UserError
from engine.faults import explain
from engine.tables import SCHEMA
from engine.transactions import KEPT, Readers, Reading, Writers, Writing

PRAGMAS = (
    "PRAGMA busy_timeout = 30000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
)
_MOST = 60
"""Connections at once: more than threads that could ask, for one that waits for another holds up all."""


def _dumps(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def _open(url: str, **options: Any) -> Engine:
    """Return an engine; its errors name no values, which may be people's names and addresses."""
    fixed = {
        "poolclass": QueuePool,
        "pool_size": KEPT,
        "max_overflow": _MOST - KEPT,
        "hide_parameters": True,
    }
    return create_engine(url, json_serializer=_dumps, json_deserializer=orjson.loads, **fixed, **options)


def _open_sqlite(url: str, *, durable: bool) -> Engine:
    """Return an engine that begins and ends nothing by itself: ``engine.transactions`` does."""
    engine = _open(url, isolation_level="AUTOCOMMIT")

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:  # the driver's own connection
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(pragma)
        if not durable:
            connection.execute("PRAGMA synchronous = NORMAL")

    return engine


class Database:
    """An open database. ``write`` and ``read`` are its only transactions.

    ``path`` is the file of an SQLite database, None for another. One that is not ``durable`` may
    forget its last commits in a power cut (a simulated season can be played again).
    """

    def __init__(self, url: str, *, durable: bool = True) -> None:
        self.url = url
        name = make_url(url)
        self.dialect = name.get_backend_name()
        self.path = Path(name.database) if self.dialect == "sqlite" and name.database else None
        self._writers: Writers | None = None
        self._readers: Readers | None = None
        if self.dialect == "sqlite":
            self._engine = _open_sqlite(url, durable=durable)
            self._writers = Writers(self._engine, self._explain)
            self._readers = Readers(self._engine, self._explain)
        else:
            # PostgreSQL would compile a desk's queries for a second to run them for 30 ms
            self._engine = _open(url, connect_args={"options": "-c jit=off"})

    def write(self) -> AbstractContextManager[Connection]:
        """Run one transaction that may change rows: all of it, or nothing."""
        return Writing(self._writers) if self._writers else self._write()

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with explained(self.path), self._engine.begin() as conn:
            yield conn

    def read(self) -> AbstractContextManager[Connection]:
        """Run one transaction that only looks."""
        return Reading(self._readers) if self._readers else self._read()

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with explained(self.path), self._engine.connect() as conn:
            yield conn

    def rehearse(self) -> AbstractContextManager[Connection]:
        """Run one transaction whose changes are always thrown away."""
        return Writing(self._writers, keep=False) if self._writers else self.read()

    def _explain(self, error: BaseException) -> BaseException:
        return (explain(error, self.path) or error) if isinstance(error, _errors()) else error

    def close(self) -> None:
        """Close every connection."""
        if self._readers:
            self._readers.close()
        if self._writers:
            self._writers.close()
        self._engine.dispose()


def _errors() -> tuple[type[Exception], ...]:
    """Return SQLAlchemy's errors and the drivers' own: the hot path runs without its wrapping."""
    psycopg = sys.modules.get("psycopg")
    return (DBAPIError, sqlite3.Error) + ((psycopg.Error,) if psycopg else ())


@contextmanager
def explained(path: Path | None) -> Iterator[None]:
    """Turn the driver's errors that a person can mend into such ones."""
    try:
        yield
    except _errors() as error:
        told = explain(error, path)
        if told is None:
            raise
        raise told from error


def schema_of(conn: Connection) -> str | None:
    """Return the migration a database stands at, None if it is empty."""
    if not inspect(conn).has_table("alembic_version"):
        return None
    return conn.execute(text("SELECT version_num FROM alembic_version")).scalar()


def open_database(url: str, *, durable: bool = True) -> Database:
    """Open a database that ``duban init`` has made; refuse an empty, older or newer one."""
    database = Database(url, durable=durable)
    path = database.path
    if path is not None and not path.exists():
        database.close()
        raise UserError(
            zh=f"还没有数据库（{path}）。请先运行 duban init。",
            en=f"there is no database yet ({path}); run duban init first",
            code="database.missing",
        )
    try:
        with database.read() as conn:
            found = schema_of(conn)
        _require_schema(found)
    except BaseException:
        database.close()
        raise
    return database


def _require_schema(found: str | None) -> None:
    if found == SCHEMA:
        return
    if found is not None and found > SCHEMA:
        raise UserError(
            zh=f"数据库的结构（{found}）比本程序（{SCHEMA}）新。请先升级 duban，数据没有改动。",
            en=f"the database's schema ({found}) is newer than this program's ({SCHEMA});"
            " upgrade duban first, nothing was changed",
            code="database.newer",
        )
    raise UserError(
        zh=f"数据库的结构（{found or '空'}）比本程序（{SCHEMA}）旧。请先备份，再运行 duban init 升级。",
        en=f"the database's schema ({found or 'empty'}) is older than this program's ({SCHEMA});"
        " back it up, then run duban init to upgrade it",
        code="database.older",
    )
