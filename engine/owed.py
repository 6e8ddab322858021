"""Reports that units owe: each owing unit gets its case when a schedule is applied to the units there are."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from config.regions import is_within
from config.schedule import CaseKind, Milestone, Schedule
from engine.actors import SYSTEM, Actor, in_force
from engine.cases import enter
from engine.do import Order, do
from engine.schedules import schedules_in_force
from engine.tables import case, person, right, unit


def owes(row: Any, milestone: Milestone, region: str) -> bool:
    """Return whether a unit owes the report of a milestone of a notice for ``region``."""
    if not is_within(row.region, region):
        return False
    return any(_matches(word, row) for word in milestone.units)


def _matches(word: str, row: Any) -> bool:
    level, _, kind = word.partition("/")
    return level in ("*", row.level) and kind in ("*", row.kind)


def owe_reports(conn: Connection, schedule: Schedule, *, actor: Actor, now: datetime) -> list[str]:
    """Enter the report cases that units owe by a schedule and do not have yet; return their numbers."""
    asked = [m for m in schedule.milestones if m.kind is CaseKind.REPORT and m.units]
    if not asked:
        return []
    have = {
        (row.milestone, row.unit_id)
        for row in conn.execute(
            select(case.c.milestone, case.c.unit_id).where(
                case.c.notice == schedule.id, case.c.kind == "report"
            )
        )
    }
    people = coordinators_of_units(conn, now=now)
    rows = [
        {
            "unit_id": row.id,
            "region": row.region,
            "milestone": milestone.key,
            "title": milestone.name.zh,
            "coordinator_id": people.get(row.id),
        }
        for milestone in asked
        for row in conn.execute(select(unit).order_by(unit.c.id))
        if (milestone.key, row.id) not in have and owes(row, milestone, schedule.region)
    ]
    return enter(conn, schedule.id, rows, kind=CaseKind.REPORT, actor=actor, now=now)


def coordinators_of_units(conn: Connection, *, now: datetime) -> dict[int, int]:
    """Return the first active coordinator of each unit that has one now."""
    first = (
        select(right.c.unit_id, func.min(right.c.person_id))
        .join(person, person.c.id == right.c.person_id)
        .where(right.c.role == "coordinator", right.c.unit_id.is_not(None), in_force(now), person.c.active)
        .group_by(right.c.unit_id)
    )
    return {row[0]: row[1] for row in conn.execute(first)}


def refresh_owed(conn: Connection, *, actor: Actor = SYSTEM, now: datetime) -> list[str]:
    """Enter what newly known units owe, and give reports without a coordinator one; return the numbers."""
    entered = [
        ref
        for schedule in schedules_in_force(conn).values()
        for ref in owe_reports(conn, schedule, actor=actor, now=now)
    ]
    people = coordinators_of_units(conn, now=now)
    alone = select(case.c.ref, case.c.unit_id).where(
        case.c.kind == "report", case.c.coordinator_id.is_(None), case.c.state.in_(("due", "submitted"))
    )
    found: dict[int, list[str]] = {}
    for row in conn.execute(alone):
        if row.unit_id in people:
            found.setdefault(people[row.unit_id], []).append(row.ref)
    for person_id, refs in found.items():
        changes = {"coordinator_id": person_id}
        order = Order(trigger="hand_over", refs=tuple(refs), actor=actor, changes=changes, skip_blocked=True)
        do(conn, order, now=now)
    return entered
