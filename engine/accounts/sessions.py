"""Sessions: who has signed in, where, and until when. Kept as hashes of what the browser holds."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, insert, not_, select, update

from engine.accounts.devices import device_of
from engine.accounts.secrets import hashed, new_token
from engine.accounts.tables import session
from engine.prepared import Prepared
from engine.tables import person

IDLE = timedelta(hours=12)
"""A session that nobody used for so long is over."""

LONGEST = timedelta(days=14)
"""A session is over then, however much it was used."""

TOUCH = timedelta(minutes=5)
"""Use is noted at most that often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session with its person. It is over at ``expires_at``, unless it is used before then."""

    id: int
    person_id: int
    name: str
    email: str | None
    lang: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime

    def is_stale(self, now: datetime) -> bool:
        """Return whether its use is to be noted again (``touch``)."""
        return now - self.seen_at >= TOUCH


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """One session in its owner's list. ``device`` is empty where the browser did not say."""

    id: int
    device: str
    created_at: datetime
    seen_at: datetime


def open_session(conn: Connection, person_id: int, *, device: str, now: datetime) -> str:
    """Begin a session and return the token that proves it; ``device`` is what the browser calls itself."""
    token = new_token()
    conn.execute(delete(session).where(session.c.person_id == person_id, not_(_alive(now))))
    conn.execute(
        insert(session).values(
            token_hash=hashed(token),
            person_id=person_id,
            device=device_of(device),
            created_at=now,
            seen_at=now,
            expires_at=now + LONGEST,
        )
    )
    return token


def session_of(conn: Connection, token: str, *, now: datetime) -> Session | None:
    """Return the session that a token proves; None where it is over or its person is not active."""
    found = _OF_TOKEN.rows(conn, {"token": hashed(token), "now": now, "idle": now - IDLE})
    return _session(found[0]) if found else None


_OF_TOKEN = Prepared(
    select(session, person.c.name, person.c.email, person.c.lang)
    .join(person, person.c.id == session.c.person_id)
    .where(
        session.c.token_hash == bindparam("token"),
        session.c.expires_at > bindparam("now"),
        session.c.seen_at > bindparam("idle"),
        person.c.active,
    )
)
"""Asked at every request."""


def touch(conn: Connection, session_id: int, *, now: datetime) -> None:
    """Note that a session is in use, if that was not noted a moment ago."""
    stale = (session.c.id == session_id) & (session.c.seen_at <= now - TOUCH)
    conn.execute(update(session).where(stale).values(seen_at=now))


def end_session(conn: Connection, session_id: int, *, person_id: int) -> bool:
    """End one of a person's sessions; return whether it was theirs."""
    mine = (session.c.id == session_id) & (session.c.person_id == person_id)
    return conn.execute(delete(session).where(mine)).rowcount == 1


def end_others(conn: Connection, person_id: int, *, keep: int | None) -> int:
    """End all of a person's sessions but ``keep``; return how many."""
    mine = delete(session).where(session.c.person_id == person_id)
    return conn.execute(mine if keep is None else mine.where(session.c.id != keep)).rowcount


def sessions_of(conn: Connection, person_id: int, *, now: datetime) -> list[SessionLine]:
    """Return a person's sessions, the one used last first."""
    columns = (session.c.id, session.c.device, session.c.created_at, session.c.seen_at)
    mine = select(*columns).where(session.c.person_id == person_id, _alive(now))
    rows = conn.execute(mine.order_by(session.c.seen_at.desc(), session.c.id.desc()))
    return [SessionLine(**row._mapping) for row in rows]


def forget_sessions(conn: Connection, *, now: datetime) -> int:
    """Take out the rows of sessions that are over; return how many."""
    return conn.execute(delete(session).where(not_(_alive(now)))).rowcount


def _alive(now: datetime) -> ColumnElement[bool]:
    return and_(session.c.expires_at > now, session.c.seen_at > now - IDLE)


def _session(row: Any) -> Session:
    return Session(
        id=row.id,
        person_id=row.person_id,
        name=row.name,
        email=row.email,
        lang=row.lang,
        created_at=row.created_at,
        seen_at=row.seen_at,
        expires_at=min(row.expires_at, row.seen_at + IDLE),
    )
