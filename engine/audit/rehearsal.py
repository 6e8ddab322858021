"""A place to play what is to come: whatever is done there is thrown away and holds up nobody."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from sqlalchemy import Connection, Table, select

from engine.database import Database
from engine.entry import RUNG as ENTERED
from engine.tables import (
    case,
    firing,
    history,
    ledger,
    message,
    meta,
    metadata,
    notice,
    person,
    right,
    schedule,
    sweep,
    unit,
)

_READ = (meta, unit, person, right, notice, schedule, case, sweep, firing)
"""What a sweep and its letters read, in the order in which the tables refer to each other."""

_WRITTEN = (history, message, ledger)


@contextmanager
def rehearsal(database: Database) -> Iterator[Connection]:
    """Give a connection on which coming sweeps can be played; nothing of it stays.

    An SQLite file is copied as far as sweeps read it, so that its writers do not wait; elsewhere it is a
    transaction that is undone.
    """
    if database.path is None:
        with database.rehearse() as conn:
            yield conn
        return
    with TemporaryDirectory(prefix="duban-rehearsal-") as folder:
        copy = Database(f"sqlite:///{Path(folder) / 'copy.db'}", durable=False)
        try:
            _fill(copy, database)
            with copy.rehearse() as conn:
                yield conn
        finally:
            copy.close()


def has_late_entries(conn: Connection) -> bool:
    """Return whether a firing for late entries is to come: it alone asks who was told before."""
    coming = select(firing.c.id).where(firing.c.rung == ENTERED, firing.c.settled_at.is_(None)).limit(1)
    return conn.scalar(coming) is not None


def _fill(copy: Database, database: Database) -> None:
    with database.read() as conn:
        tables = (*_READ, ledger) if has_late_entries(conn) else _READ
    with copy.write() as conn:
        metadata.create_all(conn, tables=[*_READ, *_WRITTEN])
    with closing(sqlite3.connect(str(copy.path), uri=True, isolation_level=None)) as raw:
        raw.execute("PRAGMA synchronous = OFF")
        raw.execute("ATTACH ? AS source", (f"file:{quote(str(Path(str(database.path)).resolve()))}?mode=ro",))
        raw.execute("BEGIN")
        for table in tables:
            raw.execute(_copying(table))
        raw.execute("COMMIT")


def _copying(table: Table) -> str:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    return f"INSERT INTO main.{table.name} ({columns}) SELECT {columns} FROM source.{table.name}"  # noqa: S608 - our own names
