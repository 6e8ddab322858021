"""Sealing: one Merkle log over all rows of history, and signed checkpoints of it to be kept outside.

A chain alone shows clumsy changes only: who can write the database can write it anew, hashes and all. A
checkpoint that left the house cannot be rewritten. It is a C2SP signed note (origin, size, root, signature).

The log's order: on SQLite that of the rows' numbers, as there is one writer. On PostgreSQL numbers become
visible out of order, so a row gets its place in ``leaf`` at the first sealing that sees it, whatever its
number: none is ever left out by a transaction that took long.
"""

from base64 import b64encode
from dataclasses import dataclass, field
from datetime import datetime

import orjson
from sqlalchemy import Connection, insert, select, text

from config.errors import UserError
from engine.clock import stamp
from engine.merkle import Edge, leaf_hash
from engine.meta import get_meta, set_meta
from engine.seal_key import SealKey
from engine.tables import checkpoint, history
from engine.verifier import read_note

_BATCH = 2_000
_META = "log"
_LOCK = 0x647562616E  # "duban"
# READ COMMITTED sees whatever is committed by now, and the lock lets one sealing at a time see it
_TAKE_IN = text(
    "INSERT INTO leaf (position, history_id)"
    " SELECT :size - 1 + row_number() OVER (ORDER BY h.id), h.id FROM history h"
    " WHERE NOT EXISTS (SELECT 1 FROM leaf l WHERE l.history_id = h.id)"
)
_ORDERED = (
    "SELECT h.hash FROM leaf l JOIN history h ON h.id = l.history_id"
    " WHERE l.position >= :size ORDER BY l.position"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A signed statement of how the log stood: ``note`` is its whole text, to be kept outside."""

    size: int
    root: bytes
    at: datetime
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Log:
    """Where the log ends: its right edge and, on SQLite, the number of its last row."""

    edge: Edge = field(default_factory=Edge)
    last: int = 0


def seal(conn: Connection, *, now: datetime, key: SealKey) -> Checkpoint | None:
    """Take every row not yet in the log into it and sign how it stands; None if there was none.

    In the caller's writing transaction. Costs what is new, not what is there. Raises UserError where the
    log no longer fits its last checkpoint: an altered history is not signed.
    """
    alone(conn)
    log = _kept(conn)
    grown = _grown(conn, log)
    if grown.edge.size == log.edge.size:
        return None
    sealed = _signed(grown.edge, now, key)
    conn.execute(insert(checkpoint).values(size=sealed.size, at=now, note=sealed.note))
    _keep(conn, grown)
    return sealed


def seal_now(conn: Connection, *, now: datetime, key: SealKey) -> Checkpoint:
    """Seal what is new and return the last checkpoint, be it of now or older; UserError without any row."""
    sealed = seal(conn, now=now, key=key) or latest(conn)
    if sealed is None:
        raise UserError(
            zh="历史还是空的，没有可签的内容。请先运行 duban init。",
            en="history is still empty, there is nothing to sign; run duban init first",
            code="seal.empty",
        )
    return sealed


def alone(conn: Connection) -> None:
    """Wait until no other process seals; on SQLite a writer is alone anyway."""
    if conn.dialect.name == "postgresql":
        conn.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def latest(conn: Connection) -> Checkpoint | None:
    """Return the last checkpoint, None before the first."""
    row = conn.execute(select(checkpoint).order_by(checkpoint.c.size.desc()).limit(1)).first()
    if row is None:
        return None
    return Checkpoint(size=row.size, root=read_note(row.note).root, at=row.at, note=row.note)


def notes_of(conn: Connection) -> list[str]:
    """Return the texts of all checkpoints, the smallest first."""
    return list(conn.scalars(select(checkpoint.c.note).order_by(checkpoint.c.size)))


def _signed(edge: Edge, now: datetime, key: SealKey) -> Checkpoint:
    root = b64encode(edge.root).decode()
    told = f"{key.name}\n{edge.size}\n{root}\nat {stamp(now)}\n"
    note = f"{told}\n{key.signature_line(told)}"
    return Checkpoint(size=edge.size, root=edge.root, at=now, note=note)


def _grown(conn: Connection, log: _Log) -> _Log:
    """Return the log with all rows that it did not have."""
    if conn.dialect.name == "postgresql":
        conn.execute(_TAKE_IN, {"size": log.edge.size})
        fresh = conn.execute(text(_ORDERED), {"size": log.edge.size}, execution_options={"yield_per": _BATCH})
        return _Log(edge=log.edge.grown(_leaf(row[0]) for row in fresh))
    query = select(history.c.id, history.c.hash).where(history.c.id > log.last).order_by(history.c.id)
    edge, last = log.edge, log.last
    for rows in conn.execute(query.execution_options(yield_per=_BATCH)).partitions():
        edge, last = edge.grown(_leaf(row.hash) for row in rows), rows[-1].id
    return _Log(edge=edge, last=last)


def _leaf(sealed: str) -> bytes:
    try:
        return leaf_hash(bytes.fromhex(sealed))
    except ValueError:
        raise _altered() from None


def _keep(conn: Connection, log: _Log) -> None:
    peaks = [peak.hex() for peak in log.edge.peaks]
    told = {"size": log.edge.size, "last": log.last, "peaks": peaks}
    set_meta(conn, _META, orjson.dumps(told).decode())


def _kept(conn: Connection) -> _Log:
    """Return the log as it was last sealed, counted anew if what was kept is not what was signed."""
    last = latest(conn)
    if last is None:
        return _Log()
    told = orjson.loads(get_meta(conn, _META) or '{"size":0,"last":0,"peaks":[]}')
    log = _Log(
        edge=Edge(told["size"], tuple(bytes.fromhex(peak) for peak in told["peaks"])), last=told["last"]
    )
    if not _is(log, last):
        log = _counted(conn, last.size)
    if not _is(log, last):
        raise _altered()
    return log


def _is(log: _Log, sealed: Checkpoint) -> bool:
    return (log.edge.size, log.edge.root) == (sealed.size, sealed.root)


def _counted(conn: Connection, size: int) -> _Log:
    """Return the log of the first ``size`` rows, from the rows themselves."""
    if conn.dialect.name == "postgresql":
        rows = conn.execute(text(_ORDERED + " LIMIT :first"), {"size": 0, "first": size}).all()
        return _Log(edge=Edge().grown(_leaf(row[0]) for row in rows))
    found = conn.execute(select(history.c.id, history.c.hash).order_by(history.c.id).limit(size)).all()
    return _Log(edge=Edge().grown(_leaf(row.hash) for row in found), last=found[-1].id if found else 0)


def _altered() -> UserError:
    return UserError(
        zh="历史与最近的检查点不符，没有签新的检查点。请用 duban history verify 核对，并通知审计员。",
        en="history does not fit its last checkpoint, no new one was signed;"
        " run duban history verify and tell the auditors",
        code="seal.altered",
    )
