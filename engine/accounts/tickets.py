"""Tickets: links that sign somebody in once. Looking at one changes nothing; redeeming uses it up.

One that is mailed is not drawn at random but derived from the home's key when its mail is made, so that
every try of the mail has the same link and no row ever holds it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, insert, select, update

from engine.accounts.key import AccountsKey
from engine.accounts.secrets import hashed, new_token
from engine.accounts.tables import ticket
from engine.clock import stamp
from engine.ids import reserve
from engine.tables import person


class Purpose(StrEnum):
    """What a ticket is for."""

    SIGN_IN = "sign_in"
    INVITE = "invite"


LASTS = {Purpose.SIGN_IN: timedelta(minutes=15), Purpose.INVITE: timedelta(days=7)}
"""How long a ticket is good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A ticket that is still good, and whose it is."""

    id: int
    person_id: int
    name: str
    email: str | None
    lang: str
    purpose: Purpose
    created_at: datetime
    expires_at: datetime


def issue(conn: Connection, person_id: int, *, purpose: Purpose, now: datetime) -> str:
    """Make a ticket to be handed over at once and return its token; earlier ones of its kind end."""
    token = new_token()
    _add(conn, [person_id], [token], purpose=purpose, now=now)
    return token


def prepare(conn: Connection, people: Sequence[int], *, purpose: Purpose, now: datetime) -> dict[int, int]:
    """Make tickets to be mailed and return their numbers by person; earlier ones of their kind end.

    Nobody knows a token of theirs before ``arm``.
    """
    return _add(conn, people, [new_token() for _ in people], purpose=purpose, now=now)


def arm(conn: Connection, found: Ticket, key: AccountsKey) -> str:
    """Return the token of a ticket that is being mailed, from now on the only one it answers to."""
    token = key.derived("ticket", str(found.id), stamp(found.created_at))
    conn.execute(update(ticket).where(ticket.c.id == found.id).values(token_hash=hashed(token)))
    return token


def look(conn: Connection, token: str, *, now: datetime) -> Ticket | None:
    """Return the ticket of a token, None where it is used, over, unknown or its person not active."""
    row = conn.execute(_good(now).where(ticket.c.token_hash == hashed(token))).first()
    return None if row is None else _ticket(row)


def ticket_by_id(conn: Connection, number: int, *, now: datetime) -> Ticket | None:
    """Return a ticket that is still good by its number."""
    row = conn.execute(_good(now).where(ticket.c.id == number)).first()
    return None if row is None else _ticket(row)


def redeem(conn: Connection, token: str, *, now: datetime) -> int | None:
    """Use a ticket up and return whose it was; None if it is good no more."""
    active = select(person.c.id).where(person.c.active)
    mine = (ticket.c.token_hash == hashed(token)) & _open(now) & ticket.c.person_id.in_(active)
    used = update(ticket).where(mine).values(used_at=now).returning(ticket.c.person_id)
    return conn.execute(used).scalar_one_or_none()


def end_tickets(
    conn: Connection, people: Sequence[int], *, purpose: Purpose | None = None, now: datetime
) -> None:
    """End the tickets of some people that are still good."""
    mine = ticket.c.person_id.in_(people) & _open(now)
    if purpose is not None:
        mine &= ticket.c.purpose == str(purpose)
    conn.execute(update(ticket).where(mine).values(expires_at=now))


def _add(
    conn: Connection, people: Sequence[int], tokens: Sequence[str], *, purpose: Purpose, now: datetime
) -> dict[int, int]:
    if not people:
        return {}
    end_tickets(conn, people, purpose=purpose, now=now)
    numbers = reserve(conn, ticket, len(people))
    shared = {"purpose": str(purpose), "created_at": now, "expires_at": now + LASTS[purpose]}
    rows = [
        {"id": number, "person_id": person_id, "token_hash": hashed(token), **shared}
        for number, person_id, token in zip(numbers, people, tokens, strict=True)
    ]
    conn.execute(insert(ticket), rows)
    return dict(zip(people, numbers, strict=True))


def _open(now: datetime) -> ColumnElement[bool]:
    return and_(ticket.c.used_at.is_(None), ticket.c.expires_at > now)


def _good(now: datetime) -> Select[Any]:
    columns = (person.c.name, person.c.email, person.c.lang)
    joined = select(ticket, *columns).join(person, person.c.id == ticket.c.person_id)
    return joined.where(_open(now), person.c.active)


def _ticket(row: Any) -> Ticket:
    return Ticket(
        id=row.id,
        person_id=row.person_id,
        name=row.name,
        email=row.email,
        lang=row.lang,
        purpose=Purpose(row.purpose),
        created_at=row.created_at,
        expires_at=row.expires_at,
    )
