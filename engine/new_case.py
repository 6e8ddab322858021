"""A new activity, entered by a person: for which notices, for which units, and what has to be known of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, false, or_, select, true

from config.errors import UserError
from config.form import Form, Section, form_of
from config.regions import is_within, prefix
from config.schedule import CaseKind, Name, Role, Schedule
from engine.actors import Actor, Grant
from engine.cases import enter
from engine.field_problems import FieldProblems, Problem
from engine.forms.answers import checked, typed
from engine.handing_over import coordinators_of
from engine.rules import far_from_season, zone
from engine.schedules import schedules_in_force
from engine.scope import in_region
from engine.tables import case, unit

__all__ = ["FieldProblems", "OpenNotice", "OpenUnit", "notices_for", "open_new", "units_for"]

ENTERING = frozenset({Role.COORDINATOR, Role.LEAD, Role.ADMIN})
"""Who may enter an activity, where their right reaches its unit."""

MOST_UNITS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenNotice:
    """A notice that takes new activities; ``over`` once the last of its windows has ended."""

    id: str
    title: str
    region: str
    starts_on: date | None
    ends_on: date | None
    over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenUnit:
    """A unit for which an activity may be entered."""

    id: int
    name: str
    region: str


def notices_for(conn: Connection, actor: Actor, *, now: datetime) -> tuple[OpenNotice, ...]:
    """Return the notices in force that take activities of the actor's units, the nearest to them first."""
    found = [
        _open_notice(schedule, now)
        for schedule in schedules_in_force(conn).values()
        if _concerns(actor, schedule.region)
    ]
    return tuple(sorted(found, key=lambda one: (one.over, -len(prefix(one.region)), one.id)))


def units_for(
    conn: Connection, actor: Actor, notice_id: str, *, called: str = "", most: int = MOST_UNITS
) -> tuple[OpenUnit, ...]:
    """Return units that the actor may enter activities of for a notice; ``called`` is part of a name."""
    home = _schedule(conn, notice_id).region
    conditions = [in_region(unit.c.region, home), _reached(actor)]
    if called.strip():
        conditions.append(unit.c.name.contains(called.strip(), autoescape=True))
    query = select(unit.c.id, unit.c.name, unit.c.region).where(*conditions)
    rows = conn.execute(query.order_by(unit.c.region, unit.c.name, unit.c.id).limit(most))
    return tuple(OpenUnit(id=row.id, name=row.name, region=row.region) for row in rows)


def open_new(
    conn: Connection, notice_id: str, values: Mapping[str, Any], *, actor: Actor, now: datetime
) -> str:
    """Enter a new activity and return its number.

    ``values`` are as typed or as they are: title, unit_id, starts_on, ends_on (left out: the first day),
    place, online, online_url, coordinator_id (left out: the actor, or the unit's only coordinator).
    FieldProblems names everything that is wrong; a unit beyond the actor's rights is no unit to choose.
    """
    schedule = _schedule(conn, notice_id)
    meant, problems = _read(values, year=_year(schedule, now))
    host = _host(conn, values.get("unit_id"), actor=actor, home=schedule.region)
    who = _coordinator(conn, host, values.get("coordinator_id"), actor=actor, now=now)
    row = {**meant, "unit_id": host.id if host else None, "coordinator_id": who}
    problems |= dict(_around(conn, schedule, row))
    if problems:
        order = (*(one.key for one in _asked().fields), "unit_id", "coordinator_id")
        raise FieldProblems([(field, problems[field]) for field in order if field in problems])
    entered = row | {"region": host.region if host else None}
    return enter(conn, notice_id, [entered], kind=CaseKind.ACTIVITY, actor=actor, now=now)[0]


def _read(values: Mapping[str, Any], *, year: int) -> tuple[dict[str, Any], dict[str, Name]]:
    """Return the case's values that were typed, and what is wrong with them or missing, by field."""
    form = _asked()
    given = {**values, "ends_on": values.get("ends_on") or values.get("starts_on")}
    found = checked(form, typed(form, given), year=year)
    meant = {one.fills: found.values[one.key] for one in form.fields if one.fills and one.key in found.values}
    for name in {"starts_on", "ends_on"} & meant.keys():
        meant[name] = date.fromisoformat(meant[name])
    return meant, dict((*found.problems, *found.missing))


@cache
def _asked() -> Form:
    """Return what is asked of a new activity: what the application form tells the case, and no more."""
    form = form_of("activity_application")
    # the address of what takes place online is needed only once it has taken place
    fields = tuple(replace(one, required_if=None) for one in form.fields if one.fills)
    return replace(form, sections=(Section(name=form.name, fields=fields),))


def _schedule(conn: Connection, notice_id: str) -> Schedule:
    found = schedules_in_force(conn).get(notice_id)
    if found is None:
        raise UserError(
            zh=f"通知 {notice_id} 没有在执行，不能新建活动；请在列表中另选一个通知。",
            en=f"notice {notice_id} is not in force and takes no activities; choose another of the list",
            code="notice.not_in_force",
        )
    return found


def _open_notice(schedule: Schedule, now: datetime) -> OpenNotice:
    starts = [one.start.start for one in schedule.windows if one.start.start]
    ends = [one.end.day for one in schedule.windows if one.end.day]
    today = now.astimezone(zone(schedule.zone)).date()
    return OpenNotice(
        id=schedule.id,
        title=schedule.title,
        region=schedule.region,
        starts_on=min(starts, default=None),
        ends_on=max(ends, default=None),
        over=bool(ends) and max(ends) < today,
    )


def _concerns(actor: Actor, region: str) -> bool:
    if actor.everything:
        return True
    return any(
        is_within(grant.region, region)
        or (grant.unit_id is None and grant.role is not Role.COORDINATOR and is_within(region, grant.region))
        for grant in _entering(actor)
    )


def _entering(actor: Actor) -> Iterator[Grant]:
    return (grant for grant in actor.grants if grant.role in ENTERING)


def _reached(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that the actor may enter activities of a unit; ``Grant.covers`` in SQL."""
    if actor.everything:
        return true()
    return or_(false(), *(_covered(grant) for grant in _entering(actor)))


def _covered(grant: Grant) -> ColumnElement[bool]:
    if grant.unit_id is not None:
        return unit.c.id == grant.unit_id
    if grant.role is Role.COORDINATOR:
        return unit.c.region == grant.region
    return in_region(unit.c.region, grant.region)


def _host(conn: Connection, given: Any, *, actor: Actor, home: str) -> Any:
    """Return the unit meant if the actor may enter for it, None if not."""
    text = str(given or "")
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        return None
    mine = and_(unit.c.id == int(text), in_region(unit.c.region, home), _reached(actor))
    return conn.execute(select(unit).where(mine)).first()


def _coordinator(conn: Connection, host: Any, given: Any, *, actor: Actor, now: datetime) -> int | None:
    """Return who will answer for the activity: whom was chosen, else the actor, else the unit's only one."""
    if host is None:
        return None
    known = [one.person_id for one in coordinators_of(conn, host.id, host.region, now=now)]
    if given:
        return next((number for number in known if str(number) == str(given)), None)
    if actor.person_id in known:
        return actor.person_id
    return known[0] if len(known) == 1 else None


def _year(schedule: Schedule, now: datetime) -> int:
    first = _open_notice(schedule, now).starts_on
    return first.year if first else now.astimezone(zone(schedule.zone)).year


def _around(conn: Connection, schedule: Schedule, row: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what is wrong with an activity beyond its own words: unit, people, season, a twin."""
    if row["unit_id"] is None:
        yield "unit_id", Name(zh="请选择您负责的单位", en="choose a unit that you are in charge of")
    elif row["coordinator_id"] is None:
        yield (
            "coordinator_id",
            Name(
                zh="请选择本单位的联系人；没有合适的人时，请先请管理员添加",
                en="choose a coordinator of the unit; if there is none, ask the admin to add one",
            ),
        )
    yield from far_from_season(schedule, row)
    yield from _twins(conn, schedule.id, row)


def _twins(conn: Connection, notice_id: str, row: Mapping[str, Any]) -> Iterator[Problem]:
    if not row.get("title") or not row.get("starts_on") or row["unit_id"] is None:
        return
    same = [case.c[name] == row[name] for name in ("unit_id", "title", "starts_on")]
    query = select(case.c.ref).where(
        case.c.notice == notice_id, case.c.kind == str(CaseKind.ACTIVITY), case.c.state != "cancelled", *same
    )
    ref = conn.scalar(query.order_by(case.c.id).limit(1))
    if ref is not None:
        yield (
            "title",
            Name(
                zh=f"同一天已有这项活动（{ref}）；请直接办理那一项，或换一个名称",
                en=f"this activity is there already on that day ({ref}); go on with it, or change the title",
            ),
        )
