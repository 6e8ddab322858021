"""The secret address of a person's calendar: a new one makes the old one worthless."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from engine.accounts.secrets import hashed, new_token
from engine.accounts.tables import feed
from engine.tables import person


def renew(conn: Connection, person_id: int, *, now: datetime) -> str:
    """Give a person's calendar a new secret and return it, the only time that it is seen."""
    token = new_token()
    values = {"token_hash": hashed(token), "created_at": now}
    if conn.execute(update(feed).where(feed.c.person_id == person_id).values(values)).rowcount == 0:
        conn.execute(insert(feed).values(person_id=person_id, **values))
    return token


def since(conn: Connection, person_id: int) -> datetime | None:
    """Return when the present address was made, None if there is none."""
    return conn.scalar(select(feed.c.created_at).where(feed.c.person_id == person_id))


def person_of_feed(conn: Connection, token: str) -> int | None:
    """Return whose calendar it is; None where the address is old, unknown or the person not active."""
    query = select(feed.c.person_id).join(person, person.c.id == feed.c.person_id)
    return conn.scalar(query.where(feed.c.token_hash == hashed(token), person.c.active))


def end_feed(conn: Connection, person_id: int) -> None:
    """Take a person's calendar off its address."""
    conn.execute(delete(feed).where(feed.c.person_id == person_id))
