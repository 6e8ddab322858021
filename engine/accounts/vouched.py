"""Signing in on the word of an organisation's own sign-in: by the mail address that it has verified."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from engine.accounts.limits import Limit, admit
from engine.accounts.sessions import open_session
from engine.tables import person

LASTS = timedelta(minutes=10)
"""So long may the way there and back take."""

_ONCE = Limit(name="vouched", burst=1, per=LASTS)


def use_once(conn: Connection, proof: str, *, now: datetime) -> None:
    """Use up a proof that is good for ``LASTS``; TooOften where it was used before."""
    admit(conn, _ONCE, proof, now=now)


def sign_in_vouched(conn: Connection, address: str, *, device: str, now: datetime) -> str | None:
    """Return the token of a new session; None where the address is no active person's."""
    mine = select(person.c.id).where(func.lower(person.c.email) == address.strip().lower(), person.c.active)
    number = conn.scalar(mine.order_by(person.c.id).limit(1))
    return None if number is None else open_session(conn, number, device=device, now=now)
