"""The checkpoints kept in the database, to verify with; and how much of history is proven outside."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from config.errors import UserError
from engine.checkpoint_mail import CHECKPOINT, ZONE
from engine.rules import zone
from engine.seal_key import SealKey
from engine.tables import checkpoint, message
from engine.verifier import read_key, read_note


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What auditors were sent: from when to when, and how many rows the last one covers."""

    since: datetime
    until: datetime
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The last checkpoint of each day, the oldest first: ``notes`` to verify with by ``pubkey``.

    ``since`` and ``until`` are their times, ``rows`` are those under the newest. ``pubkey`` is None
    without a usable key; ``foreign`` counts those that another key signed, which are left out.
    """

    notes: tuple[str, ...]
    pubkey: str | None
    since: datetime | None
    until: datetime | None
    rows: int
    foreign: int
    outside: Outside | None


def kept_checkpoints(conn: Connection, pubkey: str | None) -> Kept:
    """Return what a history is verified by when nothing is given from outside."""
    daily = _daily(conn)
    mine = [row for row in daily if pubkey is None or named_by([row.note], pubkey)]
    return Kept(
        notes=tuple(row.note for row in mine),
        pubkey=pubkey,
        since=mine[0].at if mine else None,
        until=mine[-1].at if mine else None,
        rows=mine[-1].size if mine else 0,
        foreign=len(daily) - len(mine),
        outside=_outside(conn),
    )


def public_key(key: Callable[[], SealKey]) -> str | None:
    """Return the home's public key, None where its key is missing or unusable (the doctor says why)."""
    try:
        return key().pubkey
    except UserError:
        return None


def named_by(notes: Sequence[str], pubkey: str) -> bool:
    """Return whether every note says that this key signed it; whether that is true the verifier tells.

    So it does of a key that cannot be read.
    """
    try:
        name, number, _ = read_key(pubkey)
    except ValueError:
        return True
    return all((name, number) in _signers(note) for note in notes)


def _signers(note: str) -> set[tuple[str, bytes]]:
    try:
        return {(name, packed[:4]) for name, packed in read_note(note).signatures}
    except ValueError:
        return set()


def _daily(conn: Connection) -> Sequence[Any]:
    """Return the last checkpoint of each day: it covers those before it, and each costs 10 ms to check."""
    last: dict[date, int] = {}
    for size, at in conn.execute(select(checkpoint.c.size, checkpoint.c.at).order_by(checkpoint.c.size)):
        last[at.astimezone(zone(ZONE)).date()] = size
    query = select(checkpoint).where(checkpoint.c.size.in_(last.values())).order_by(checkpoint.c.size)
    return conn.execute(query).all()


def _outside(conn: Connection) -> Outside | None:
    sent = select(message.c.sent_at, message.c.note).where(
        message.c.template == CHECKPOINT, message.c.state == "sent"
    )
    rows = conn.execute(sent.order_by(message.c.sent_at)).all()
    if not rows:
        return None
    return Outside(since=rows[0].sent_at, until=rows[-1].sent_at, rows=read_note(rows[-1].note).size)
