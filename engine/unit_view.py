"""Units as those see them who watch over a region: in a list, and one by one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from config.schedule import Role
from engine.actors import Actor, in_force
from engine.case_filter import CaseFilter, Sort
from engine.listing import CaseLine, Page, list_cases, paged, within
from engine.scope import units_seen
from engine.tables import case, person, right, unit
from engine.unit_edit import is_admin_of

SHOWN = 20
"""So many cases are shown with a unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFilter:
    """Which units are asked for; ``text`` is part of a name."""

    text: str = ""
    region: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """One unit in a list, with how many activities it has filed and how many reports it owes."""

    id: int
    name: str
    region: str
    level: str
    kind: str
    activities: int
    owed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPerson:
    """Somebody who has a right for a unit."""

    id: int
    name: str
    role: Role
    email: str | None
    phone: str | None
    address_bad: bool
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitView:
    """One unit with its people and its cases; ``managed`` says that the viewer may change it."""

    line: UnitLine
    people: tuple[UnitPerson, ...]
    cases: Page[CaseLine]
    managed: bool


def units_of(
    conn: Connection, actor: Actor, wanted: UnitFilter, *, page: int = 1, per_page: int = 50
) -> Page[UnitLine]:
    """Return one page of the units that an actor may see, by region and name."""
    query = select(unit).where(units_seen(actor), *_conditions(wanted))
    rows, total = paged(conn, query.order_by(unit.c.region, unit.c.name), page, per_page)
    items = _lines(conn, rows)
    return Page(items=items, total=total, page=page, per_page=per_page)


def unit_view(conn: Connection, unit_id: int, *, actor: Actor, now: datetime) -> UnitView:
    """Return one unit for an actor who may see it (``engine.reach`` has said so)."""
    row = conn.execute(select(unit).where(unit.c.id == unit_id)).one()
    wanted = CaseFilter(actor=actor, unit=unit_id, sort=Sort.DUE)
    return UnitView(
        line=_lines(conn, [row])[0],
        people=_people(conn, unit_id, now),
        cases=list_cases(conn, wanted, now=now, per_page=SHOWN),
        managed=is_admin_of(actor, row.region),
    )


def _conditions(wanted: UnitFilter) -> Iterator[ColumnElement[bool]]:
    if text := wanted.text.strip():
        yield unit.c.name.icontains(text, autoescape=True)
    if wanted.region is not None:
        yield within(unit.c.region, wanted.region)
    if wanted.kind is not None:
        yield unit.c.kind == wanted.kind


def _lines(conn: Connection, rows: Any) -> tuple[UnitLine, ...]:
    """Return the lines of some units, their cases counted in one query."""
    counts = (
        select(case.c.unit_id, case.c.kind, case.c.state, func.count())
        .where(case.c.unit_id.in_([row.id for row in rows]))
        .group_by(case.c.unit_id, case.c.kind, case.c.state)
    )
    filed: dict[int, int] = {}
    owed: dict[int, int] = {}
    for number, kind, state, cases in conn.execute(counts):
        if kind == "activity" and state != "cancelled":
            filed[number] = filed.get(number, 0) + cases
        if (kind, state) == ("report", "due"):
            owed[number] = cases
    columns = ("id", "name", "region", "level", "kind")
    return tuple(
        UnitLine(
            **{name: getattr(row, name) for name in columns},
            activities=filed.get(row.id, 0),
            owed=owed.get(row.id, 0),
        )
        for row in rows
    )


def _people(conn: Connection, unit_id: int, now: datetime) -> tuple[UnitPerson, ...]:
    columns = (person.c.id, person.c.name, right.c.role, person.c.email, person.c.phone)
    query = (
        select(*columns, person.c.address_bad, person.c.active)
        .join(right, right.c.person_id == person.c.id)
        .where(right.c.unit_id == unit_id, in_force(now))
        .order_by(right.c.id)
    )
    return tuple(UnitPerson(**{**row._asdict(), "role": Role(row.role)}) for row in conn.execute(query))
