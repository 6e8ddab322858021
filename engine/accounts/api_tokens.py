"""Tokens of programs: shown once, for looking or for changing as well, always with an end."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, bindparam, insert, or_, select, update

from config.errors import UserError
from engine.accounts.secrets import hashed, new_token
from engine.accounts.tables import api_token
from engine.actors import Actor
from engine.ids import reserve
from engine.person_record import Deed, record_people
from engine.prepared import Prepared
from engine.tables import person

PREFIX = "duban_"
LONGEST = timedelta(days=400)
"""No token is good for longer."""

TOUCH = timedelta(minutes=5)
_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """The person of a token, and whether it may change things."""

    id: int
    person_id: int
    name: str
    email: str | None
    lang: str
    writes: bool
    used_at: datetime | None
    expires_at: datetime

    def is_stale(self, now: datetime) -> bool:
        """Return whether its use is to be noted again (``touch_token``)."""
        return self.used_at is None or now - self.used_at >= TOUCH


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenLine:
    """One token in its owner's list."""

    id: int
    name: str
    writes: bool
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None


def make(
    conn: Connection, person_id: int, *, name: str, writes: bool, expires_at: datetime, now: datetime
) -> str:
    """Make a token and return it, the only time that it is seen; UserError for a bad name or end."""
    _require_name(name)
    _require_end(expires_at, now)
    token = PREFIX + new_token()
    [number] = reserve(conn, api_token, 1)
    row = {"id": number, "token_hash": hashed(token), "person_id": person_id, "name": name.strip()}
    row |= {"writes": writes, "created_at": now, "expires_at": expires_at}
    conn.execute(insert(api_token).values(row))
    _record(conn, person_id, Deed("make_token", {"token": number, "writes": writes}), now=now)
    return token


def token_person(conn: Connection, token: str, *, now: datetime) -> Bearer | None:
    """Return whose token it is; None where it is over, revoked, unknown or the person not active."""
    found = _OF_TOKEN.rows(conn, {"token": hashed(token), "now": now})
    return Bearer(**found[0]._asdict()) if found else None


_OF_TOKEN = Prepared(
    select(
        *(api_token.c[name] for name in ("id", "person_id", "writes", "used_at", "expires_at")),
        *(person.c[name] for name in ("name", "email", "lang")),
    )
    .join(person, person.c.id == api_token.c.person_id)
    .where(
        api_token.c.token_hash == bindparam("token"),
        api_token.c.revoked_at.is_(None),
        api_token.c.expires_at > bindparam("now"),
        person.c.active,
    )
)
"""Asked at every call."""


def touch_token(conn: Connection, token_id: int, *, now: datetime) -> None:
    """Note that a token is in use, if that was not noted a moment ago."""
    stale = or_(api_token.c.used_at.is_(None), api_token.c.used_at <= now - TOUCH)
    conn.execute(update(api_token).where(api_token.c.id == token_id, stale).values(used_at=now))


def tokens_of(conn: Connection, person_id: int, *, now: datetime) -> list[TokenLine]:
    """Return the tokens of a person that are good, the newest first."""
    names = ("id", "name", "writes", "created_at", "expires_at", "used_at")
    mine = select(*(api_token.c[name] for name in names)).where(api_token.c.person_id == person_id)
    rows = conn.execute(mine.where(_alive(now)).order_by(api_token.c.id.desc()))
    return [TokenLine(**row._mapping) for row in rows]


def revoke(conn: Connection, token_id: int, *, person_id: int, now: datetime) -> bool:
    """End one of a person's tokens; return whether it was theirs and good."""
    mine = (api_token.c.id == token_id) & (api_token.c.person_id == person_id)
    done = conn.execute(update(api_token).where(mine, _alive(now)).values(revoked_at=now)).rowcount == 1
    if done:
        _record(conn, person_id, Deed("revoke_token", {"token": token_id}), now=now)
    return done


def revoke_all(conn: Connection, person_id: int, *, now: datetime) -> int:
    """End all tokens of a person; return how many."""
    mine = update(api_token).where(api_token.c.person_id == person_id, _alive(now))
    return conn.execute(mine.values(revoked_at=now)).rowcount


def _record(conn: Connection, person_id: int, deed: Deed, *, now: datetime) -> None:
    me = Actor(name=f"person:{person_id}", person_id=person_id)
    record_people(conn, {person_id: deed}, actor=me, now=now)


def _alive(now: datetime) -> ColumnElement[bool]:
    return and_(api_token.c.revoked_at.is_(None), api_token.c.expires_at > now)


def _require_name(name: str) -> None:
    if not 0 < len(name.strip()) <= _NAME or not name.isprintable():
        raise UserError(
            zh=f"请给令牌起一个 1 到 {_NAME} 个字的名称，写明用在哪里，例如“市平台每日同步”。",
            en=f"give the token a name of 1 to {_NAME} characters that says where it is used",
            code="token.name",
        )


def _require_end(expires_at: datetime, now: datetime) -> None:
    if not now < expires_at <= now + LONGEST:
        raise UserError(
            zh=f"令牌的截止时间要在今天之后、{LONGEST.days} 天之内。请改一个日期。",
            en=f"a token ends after today and within {LONGEST.days} days; choose another date",
            code="token.end",
        )
