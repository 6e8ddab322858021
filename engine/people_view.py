"""People as those see them who watch over a region: in a list, and one by one with all that concerns them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, func, or_, select

from config.schedule import Role
from engine.actors import Actor, Grant, in_force
from engine.audit.search import ChangeFilter, find_changes
from engine.audit.telling import ToldChange, tell
from engine.listing import Page, paged, within
from engine.rights import may_manage
from engine.rights_taken import is_address_fixed, is_takeable
from engine.scope import people_seen
from engine.tables import case, message, person, right, unit

SHOWN = 10
"""So many mails and changes are shown with a person."""

_WATCHING = (Role.LEAD, Role.ADMIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFilter:
    """Which people are asked for; ``text`` is part of a name, an address or a phone number."""

    text: str = ""
    role: Role | None = None
    region: str | None = None
    refused: bool = False
    inactive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRight:
    """A right that somebody holds now; ``mine`` says that the viewer may take it away."""

    id: int
    role: Role
    region: str
    unit_id: int | None
    unit: str | None
    until: datetime | None
    mine: bool
    takeable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """One person in a list. ``address_bad``: a mail server refused the address for good."""

    id: int
    name: str
    email: str | None
    phone: str | None
    active: bool
    address_bad: bool
    rights: tuple[HeldRight, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMail:
    """A mail that somebody got or is to get; ``subject`` is None before it is made."""

    id: int
    subject: str | None
    template: str
    state: str
    date: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """One person with all that their page shows.

    ``elsewhere`` counts rights beyond the viewer's region; ``managed`` says that the viewer may change them,
    ``address_fixed`` that this does not go for their address.
    """

    id: int
    name: str
    email: str | None
    phone: str | None
    lang: str
    active: bool
    address_bad: bool
    muted_until: datetime | None
    rights: tuple[HeldRight, ...]
    elsewhere: int
    managed: bool
    address_fixed: bool
    cases: int
    mails: tuple[PersonMail, ...]
    history: tuple[ToldChange, ...]


def watcher(actor: Actor) -> Actor:
    """Return an actor with nothing but the rights by which they watch over regions, as lead or as admin."""
    grants = tuple(one for one in actor.grants if one.role in _WATCHING and one.unit_id is None)
    return replace(actor, person_id=None, grants=grants)


def people_of(
    conn: Connection,
    actor: Actor,
    wanted: PersonFilter,
    *,
    now: datetime,
    page: int = 1,
    per_page: int = 50,
) -> Page[PersonLine]:
    """Return one page of the people whom an actor watches over, by name."""
    query = select(person).where(people_seen(watcher(actor)), *_conditions(wanted, now))
    rows, total = paged(conn, query.order_by(person.c.name, person.c.id), page, per_page)
    rights = _rights(conn, [row.id for row in rows], actor=actor, now=now)
    items = tuple(_line(row, rights.get(row.id, ())) for row in rows)
    return Page(items=items, total=total, page=page, per_page=per_page)


def person_view(
    conn: Connection, person_id: int, *, actor: Actor, now: datetime, local: ZoneInfo
) -> PersonView:
    """Return one person for an actor who watches over them (``engine.reach`` has said so)."""
    row = conn.execute(select(person).where(person.c.id == person_id)).one()
    rights = _rights(conn, [person_id], actor=actor, now=now, all_of=True).get(person_id, ())
    grants = [_grant(one) for one in rights]
    seen = tuple(one for one in rights if one.mine or _watches(actor, one))
    changes = find_changes(conn, actor, ChangeFilter(subject=f"person:{person_id}"), limit=SHOWN)
    return PersonView(
        id=row.id,
        name=row.name,
        email=row.email,
        phone=row.phone,
        lang=row.lang,
        active=row.active,
        address_bad=row.address_bad,
        muted_until=row.muted_until if row.muted_until and row.muted_until > now else None,
        rights=seen,
        elsewhere=len(rights) - len(seen),
        managed=may_manage(actor, grants),
        address_fixed=is_address_fixed(actor, person_id, grants),
        cases=_open_cases(conn, person_id),
        mails=_mails(conn, person_id),
        history=tell(conn, changes, local=local, year=now.astimezone(local).year),
    )


def _conditions(wanted: PersonFilter, now: datetime) -> Iterator[ColumnElement[bool]]:
    if text := wanted.text.strip():
        columns = (person.c.name, person.c.email, person.c.phone)
        yield or_(*(column.icontains(text, autoescape=True) for column in columns))
    if wanted.role is not None or wanted.region is not None:
        held = select(right.c.person_id).where(in_force(now))
        if wanted.role is not None:
            held = held.where(right.c.role == str(wanted.role))
        if wanted.region is not None:
            held = held.where(within(right.c.region, wanted.region))
        yield person.c.id.in_(held)
    if wanted.refused:
        yield person.c.address_bad
    if wanted.inactive:
        yield ~person.c.active


def _rights(
    conn: Connection, people: Sequence[int], *, actor: Actor, now: datetime, all_of: bool = False
) -> Mapping[int, tuple[HeldRight, ...]]:
    """Return the rights that some people hold now: those the actor watches over, or all of them."""
    query = (
        select(right, unit.c.name)
        .outerjoin(unit, unit.c.id == right.c.unit_id)
        .where(right.c.person_id.in_(people), in_force(now))
        .order_by(right.c.id)
    )
    found: dict[int, tuple[HeldRight, ...]] = {}
    for row in conn.execute(query):
        one = _held(row, actor)
        if all_of or _watches(actor, one):
            found[row.person_id] = (*found.get(row.person_id, ()), one)
    return found


def _held(row: Any, actor: Actor) -> HeldRight:
    grant = Grant(role=Role(row.role), region=row.region, unit_id=row.unit_id, until=row.until)
    mine = may_manage(actor, [grant])
    return HeldRight(
        id=row.id,
        role=grant.role,
        region=grant.region,
        unit_id=grant.unit_id,
        unit=row.name,
        until=grant.until,
        mine=mine,
        takeable=mine and is_takeable(actor, row.person_id, grant),
    )


def _grant(one: HeldRight) -> Grant:
    return Grant(role=one.role, region=one.region, unit_id=one.unit_id, until=one.until)


def _watches(actor: Actor, one: HeldRight) -> bool:
    own = watcher(actor)
    return own.everything or any(grant.covers(one.region, one.unit_id or 0) for grant in own.grants)


def _line(row: Any, rights: tuple[HeldRight, ...]) -> PersonLine:
    return PersonLine(
        id=row.id,
        name=row.name,
        email=row.email,
        phone=row.phone,
        active=row.active,
        address_bad=row.address_bad,
        rights=rights,
    )


def _open_cases(conn: Connection, person_id: int) -> int:
    return conn.scalar(select(func.count()).where(case.c.coordinator_id == person_id)) or 0


def _mails(conn: Connection, person_id: int) -> tuple[PersonMail, ...]:
    columns = ("id", "subject", "template", "state", "date", "sent_at")
    query = select(*(message.c[name] for name in columns)).where(message.c.person_id == person_id)
    rows = conn.execute(query.order_by(message.c.id.desc()).limit(SHOWN))
    return tuple(PersonMail(**row._asdict()) for row in rows)
