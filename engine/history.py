"""The append-only record: one chain a subject, each row sealed with the hash of the one before.

A row's hash is SHA-256(0x00 ‖ canonical JSON, RFC 8785) over all its columns but ``id`` and ``hash``;
``details`` enters as the text it is. The first row of a subject has version 1 and an empty ``prev``.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, insert, select

from engine.clock import stamp
from engine.prepared import Prepared
from engine.tables import history

# the type of one row's values as SQLAlchemy takes them
Row = dict[str, Any]

FIELDS = (
    "actor",
    "dest",
    "details",
    "forced",
    "occurred_at",
    "prev",
    "reason",
    "recorded_at",
    "schedule",
    "source",
    "subject",
    "trigger",
    "version",
)
"""The hashed columns in the order of the canonical form."""

_INSERT = Prepared(insert(history), [*FIELDS, "hash"])


class Head(NamedTuple):
    """The end of a subject's chain."""

    version: int
    hash: str


GENESIS = Head(0, "")


class Change(NamedTuple):
    """What happened to one subject, before it is chained."""

    subject: str
    trigger: str
    source: str
    dest: str
    actor: str
    details: Mapping[str, Any]
    occurred_at: datetime
    recorded_at: datetime
    reason: str | None = None
    schedule: str | None = None
    forced: bool = False


def canonical(value: object) -> bytes:
    """Return a JSON value in canonical form (RFC 8785; our values hold no floats)."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def digest(row: Mapping[str, object]) -> str:
    """Return the hash of one row, from its hashed columns."""
    return sha256(b"\0" + orjson.dumps({name: row[name] for name in FIELDS})).hexdigest()


def link(head: Head, change: Change) -> Row:
    """Return the row that follows ``head``."""
    row: Row = {
        "actor": change.actor,
        "dest": change.dest,
        "details": canonical(change.details).decode() if change.details else "{}",
        "forced": int(change.forced),
        "occurred_at": stamp(change.occurred_at),
        "prev": head.hash,
        "reason": change.reason,
        "recorded_at": stamp(change.recorded_at),
        "schedule": change.schedule,
        "source": change.source,
        "subject": change.subject,
        "trigger": change.trigger,
        "version": head.version + 1,
    }
    row["hash"] = sha256(b"\0" + orjson.dumps(row)).hexdigest()
    return row


def append(conn: Connection, rows: Sequence[Row]) -> None:
    """Add chained rows in the caller's transaction."""
    if rows:
        _INSERT.run(conn, rows)


def head_of(conn: Connection, subject: str) -> Head:
    """Return the end of a subject's chain, GENESIS where it has none."""
    latest = (
        select(history.c.version, history.c.hash)
        .where(history.c.subject == subject)
        .order_by(history.c.version.desc())
        .limit(1)
    )
    row = conn.execute(latest).first()
    return Head(row.version, row.hash) if row else GENESIS
