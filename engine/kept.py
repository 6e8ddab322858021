"""The checkpoints kept in the database, to verify with; and how much of history is proven outside."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import batched

from sqlalchemy import Connection, func, select

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
    """The last checkpoint of each day, the oldest first, as ``notes`` to verify with.

    ``count`` and ``rows`` (those under the newest) are theirs; ``since`` and ``until`` are None
    without any. ``pubkey`` is None where there is no usable key; ``foreign`` counts those that
    another key signed, which are left out.
    """

    notes: tuple[str, ...]
    pubkey: str | None
    since: datetime | None
    until: datetime | None
    rows: int
    foreign: int
    outside: Outside | None

    @property
    def count(self) -> int:
        """Return how many checkpoints there are to verify with."""
        return len(self.notes)


def kept_checkpoints(conn: Connection, key: Callable[[], SealKey]) -> Kept:
    """Return what ``duban history verify`` goes by when it is given nothing from outside."""
    pubkey = public_key(key)
    daily = _daily(conn)
    mine = {size: note for size, note in daily.items() if pubkey is None or signed_by(note, pubkey)}
    ends = sorted(mine)[:1] + sorted(mine)[-1:]
    times = dict(conn.execute(select(checkpoint.c.size, checkpoint.c.at).where(checkpoint.c.size.in_(ends))).tuples())
    return Kept(
        notes=tuple(mine.values()),
        pubkey=pubkey,
        since=times[ends[0]] if ends else None,
        until=times[ends[-1]] if ends else None,
        rows=ends[-1] if ends else 0,
        foreign=len(daily) - len(mine),
        outside=_outside(conn),
    )
