"""Units that have not been heard of: no activity filed, or a report still owed."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, false, func, or_, select

from engine.actors import Actor
from engine.listing import Page
from engine.scope import in_region, units_seen
from engine.tables import case, notice, person, right, unit


class Gap(StrEnum):
    """What a unit has not filed: any activity, its reports, or either."""

    NO_ACTIVITY = "no_activity"
    OWES_REPORT = "owes_report"
    EITHER = "either"


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentUnit:
    """A unit with what it has not filed; ``people`` are its coordinators' names, ``owed`` its reports due."""

    id: int
    name: str
    region: str
    level: str
    kind: str
    no_activity: bool
    owed: int
    people: tuple[str, ...]


def silent_units(
    conn: Connection,
    actor: Actor,
    *,
    gap: Gap = Gap.EITHER,
    notice: str | None = None,
    page: int = 1,
    per_page: int = 50,
) -> Page[SilentUnit]:
    """Return one page of the units that an actor may see and notices in force (or one) have no answer from.

    A cancelled activity is none. Only units in the region of such a notice are asked.
    """
    asked = _asked(conn, notice)
    query = _units(asked, gap).where(units_seen(actor), _in_reach(asked))
    total = conn.scalar(select(func.count()).select_from(query.with_only_columns(unit.c.id).subquery())) or 0
    rows = conn.execute(
        query.order_by(unit.c.region, unit.c.name).limit(per_page).offset((page - 1) * per_page)
    ).all()
    found = [row.id for row in rows]
    owed, people = _owed(conn, asked, found), _people(conn, found)
    items = tuple(_silent(row, owed.get(row.id, 0), people.get(row.id, ())) for row in rows)
    return Page(items=items, total=total, page=page, per_page=per_page)


def _asked(conn: Connection, notice_id: str | None) -> Sequence[Any]:
    query = select(notice.c.id, notice.c.region).where(notice.c.state == "in_force")
    return conn.execute(query if notice_id is None else query.where(notice.c.id == notice_id)).all()


def _in_reach(asked: Sequence[Any]) -> ColumnElement[bool]:
    return or_(false(), *(in_region(unit.c.region, one.region) for one in asked))


def _units(asked: Sequence[Any], gap: Gap) -> Select[Any]:
    # by the unit's own index: each has few cases
    of_notice = func.coalesce(case.c.notice, "").in_([one.id for one in asked])
    held = and_(case.c.unit_id == unit.c.id, of_notice, case.c.kind == "activity")
    none = ~exists().where(held, case.c.state != "cancelled").correlate(unit)
    owing = unit.c.id.in_(select(case.c.unit_id).where(_due(asked)))
    wanted = {Gap.NO_ACTIVITY: none, Gap.OWES_REPORT: owing, Gap.EITHER: or_(none, owing)}[gap]
    return select(unit, none.label("no_activity")).where(wanted)


def _due(asked: Sequence[Any]) -> ColumnElement[bool]:
    notices = [one.id for one in asked]
    return and_(case.c.notice.in_(notices), case.c.kind == "report", case.c.state == "due")


def _owed(conn: Connection, asked: Sequence[Any], units: Sequence[int]) -> dict[int, int]:
    """Return how many reports each of some units owes."""
    query = select(case.c.unit_id, func.count()).where(_due(asked), case.c.unit_id.in_(units))
    return {row[0]: row[1] for row in conn.execute(query.group_by(case.c.unit_id))}


def _people(conn: Connection, units: Sequence[int]) -> dict[int, tuple[str, ...]]:
    query = (
        select(right.c.unit_id, person.c.name)
        .join(person, person.c.id == right.c.person_id)
        .where(right.c.unit_id.in_(units), right.c.role == "coordinator", person.c.active)
        .order_by(right.c.id)
    )
    found: dict[int, tuple[str, ...]] = {}
    for row in conn.execute(query):
        found[row.unit_id] = (*found.get(row.unit_id, ()), row.name)
    return found


def _silent(row: Any, owed: int, people: tuple[str, ...]) -> SilentUnit:
    return SilentUnit(
        id=row.id,
        name=row.name,
        region=row.region,
        level=row.level,
        kind=row.kind,
        no_activity=bool(row.no_activity),
        owed=owed,
        people=people,
    )
