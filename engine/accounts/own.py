"""A person's own account: what its page shows, and the password changed by its owner."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from config.errors import UserError
from config.schedule import Role
from engine.accounts.api_tokens import TokenLine, tokens_of
from engine.accounts.feeds import since
from engine.accounts.limits import SIGN_IN_ADDRESS, SIGN_IN_NETWORK, admit
from engine.accounts.passwords import has_password, set_password, verify
from engine.accounts.sessions import SessionLine, sessions_of
from engine.accounts.tables import session, ticket
from engine.actors import in_force
from engine.database import Database
from engine.tables import person, right, unit

FRESH = timedelta(minutes=15)
"""For so long a session begun by a mail link proves as much as the old password."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Somebody at their own account: in which session, from where."""

    person_id: int
    session_id: int
    network: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRight:
    """One right as its holder reads it; ``until`` is None where it stays."""

    role: Role
    region: str
    unit: str | None
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAccount:
    """Everything that a person's own page shows. ``asks_old``: a new password needs the old one."""

    name: str
    email: str | None
    phone: str | None
    lang: str
    address_bad: bool
    muted_until: datetime | None
    has_password: bool
    asks_old: bool
    rights: tuple[OwnRight, ...]
    sessions: tuple[SessionLine, ...]
    tokens: tuple[TokenLine, ...]
    feed_since: datetime | None


def own_account(conn: Connection, owner: Owner, *, now: datetime) -> OwnAccount:
    """Return how a person's account stands; a silence that is over is none."""
    number = owner.person_id
    row = conn.execute(select(person).where(person.c.id == number)).one()
    return OwnAccount(
        name=row.name,
        email=row.email,
        phone=row.phone,
        lang=row.lang,
        address_bad=row.address_bad,
        muted_until=row.muted_until if row.muted_until and row.muted_until > now else None,
        has_password=has_password(conn, number),
        asks_old=asks_old(conn, owner, now=now),
        rights=_rights(conn, number, now),
        sessions=tuple(sessions_of(conn, number, now=now)),
        tokens=tuple(tokens_of(conn, number, now=now)),
        feed_since=since(conn, number),
    )


def asks_old(conn: Connection, owner: Owner, *, now: datetime) -> bool:
    """Return whether a new password needs the old one: it does, unless a mail link has just proved who it is.

    So whoever has forgotten it signs in by a link and sets another.
    """
    by_mail = (
        select(session.c.id)
        .join(
            ticket, (ticket.c.person_id == session.c.person_id) & (ticket.c.used_at == session.c.created_at)
        )
        .where(session.c.id == owner.session_id, session.c.created_at > now - FRESH)
    )
    return has_password(conn, owner.person_id) and conn.execute(by_mail).first() is None


def change_password(database: Database, owner: Owner, *, old: str, new: str, now: datetime) -> None:
    """Give the owner a new password and end all their other sessions.

    Raises TooOften after too many tries, UserError for a wrong old or a bad new password. It opens its
    transactions itself: nothing is locked while passwords are compared.
    """
    with database.write() as conn:
        mine = select(person.c.email).where(person.c.id == owner.person_id)
        admit(conn, SIGN_IN_ADDRESS, conn.scalar(mine) or f"person:{owner.person_id}", now=now)
        admit(conn, SIGN_IN_NETWORK, owner.network, now=now)
    with database.read() as conn:
        asked = asks_old(conn, owner, now=now)
        right_one = not asked or verify(conn, owner.person_id, old)
    if not right_one:
        raise UserError(
            zh="现在的密码不对，没有改动。忘记了的话，请先退出，"
            "用邮件里的链接登录，15 分钟内可以直接设新密码。",
            en="that is not your present password and nothing was changed; if you have forgotten it,"
            " sign out, sign in by a mail link and set a new one within 15 minutes",
            code="password.wrong",
        )
    with database.write() as conn:
        set_password(conn, owner.person_id, new, keep_session=owner.session_id, now=now)


def _rights(conn: Connection, number: int, now: datetime) -> tuple[OwnRight, ...]:
    columns = (right.c.role, right.c.region, unit.c.name, right.c.until)
    mine = select(*columns).outerjoin(unit, unit.c.id == right.c.unit_id)
    rows = conn.execute(mine.where(right.c.person_id == number, in_force(now)).order_by(right.c.id))
    return tuple(
        OwnRight(role=Role(row.role), region=row.region, unit=row.name, until=row.until) for row in rows
    )
