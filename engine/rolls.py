"""Lists of units and people, filtered and paged in the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from engine.listing import Page, paged, within
from engine.tables import case, person, right, unit


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """One unit in a list, with how many cases it has."""

    name: str
    region: str
    level: str
    kind: str
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """One right of a person: a role in a region, or for one unit of it."""

    role: str
    region: str
    unit: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """One person in a list. ``address_bad``: a mail server refused the address for good."""

    name: str
    email: str | None
    phone: str | None
    lang: str
    active: bool
    address_bad: bool
    rights: tuple[Right, ...]


def list_units(
    conn: Connection, *, region: str | None = None, page: int = 1, per_page: int = 50
) -> Page[UnitLine]:
    """Return one page of units by region and name; ``region`` is a code or name and means all within it."""
    counted = select(case.c.unit_id, func.count().label("cases")).group_by(case.c.unit_id).subquery()
    query = select(unit, func.coalesce(counted.c.cases, 0).label("cases")).outerjoin(
        counted, counted.c.unit_id == unit.c.id
    )
    if region is not None:
        query = query.where(within(unit.c.region, region))
    rows, total = paged(conn, query.order_by(unit.c.region, unit.c.name), page, per_page)
    items = tuple(
        UnitLine(name=row.name, region=row.region, level=row.level, kind=row.kind, cases=row.cases)
        for row in rows
    )
    return Page(items=items, total=total, page=page, per_page=per_page)


def list_people(
    conn: Connection, *, region: str | None = None, role: str | None = None, page: int = 1, per_page: int = 50
) -> Page[PersonLine]:
    """Return one page of people by name; ``region`` and ``role`` ask for those with such a right."""
    held = select(right.c.person_id)
    if region is not None:
        held = held.where(within(right.c.region, region))
    if role is not None:
        held = held.where(right.c.role == role)
    query = select(person).order_by(person.c.name, person.c.id)
    if region is not None or role is not None:
        query = query.where(person.c.id.in_(held))
    rows, total = paged(conn, query, page, per_page)
    rights = _rights(conn, [row.id for row in rows])
    items = tuple(_person_line(row, rights.get(row.id, ())) for row in rows)
    return Page(items=items, total=total, page=page, per_page=per_page)


def _rights(conn: Connection, people: Sequence[int]) -> Mapping[int, tuple[Right, ...]]:
    query = (
        select(right.c.person_id, right.c.role, right.c.region, unit.c.name)
        .outerjoin(unit, unit.c.id == right.c.unit_id)
        .where(right.c.person_id.in_(people))
        .order_by(right.c.id)
    )
    found: dict[int, tuple[Right, ...]] = {}
    for row in conn.execute(query):
        one = Right(role=row.role, region=row.region, unit=row.name)
        found[row.person_id] = (*found.get(row.person_id, ()), one)
    return found


def _person_line(row: Any, rights: tuple[Right, ...]) -> PersonLine:
    return PersonLine(
        name=row.name,
        email=row.email,
        phone=row.phone,
        lang=row.lang,
        active=row.active,
        address_bad=row.address_bad,
        rights=rights,
    )
