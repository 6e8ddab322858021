"""A notice carried over to a later year: its draft, and last time's activities entered again as planned.

Units, people and their rights live in the home and need no carrying; nothing here arms a reminder.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import Connection, exists, literal, select

from config.catalogue import catalogue
from config.findings import Finding
from config.lint import lint_source
from config.rollover import Rollover, later_id, roll_over, year_of
from config.schedule import CaseKind, Schedule
from engine.actors import Actor, in_force
from engine.admins import require_admin
from engine.cases import enter
from engine.earlier_cases import in_season
from engine.history import Row
from engine.schedules import applied_sources, schedule_of
from engine.tables import case, history, person, right
from workflows.decide import reached
from workflows.registry import lifecycle

_SAME = ("unit_id", "title", "starts_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """The draft of a later year's notice, and what a check finds at odds in it."""

    draft: Rollover
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """Activities copied to a later year: the new numbers, and how many were there already."""

    created: tuple[str, ...]
    already: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NextYear:
    """A notice and what there is of it for a later ``year``.

    ``later`` is that year's id; ``drafted`` is None where it is known already, ``applied`` tells
    whether it is in force here.
    """

    schedule: Schedule
    year: int
    later: str
    applied: bool
    drafted: Drafted | None


def next_year(conn: Connection, notice_id: str, year: int | None, *, today: date) -> NextYear:
    """Return a notice with its draft for ``year`` (None: the year after its own); nothing is changed.

    Raises UserError (see ``config.rollover.roll_over``).
    """
    schedule = schedule_of(conn, notice_id)
    before = year_of(schedule)
    wanted = before + 1 if year is None else year
    applied = applied_sources(conn)
    sources = {**catalogue(), **applied}
    later = later_id(notice_id, before, wanted)
    drafted = None if later in sources else checked_draft(notice_id, wanted, sources, today=today)
    return NextYear(schedule=schedule, year=wanted, later=later, applied=later in applied, drafted=drafted)


def checked_draft(notice_id: str, year: int, sources: Mapping[str, str], *, today: date) -> Drafted:
    """Draft a notice for a later year from ``sources`` (YAML by id), and check the draft."""
    draft = roll_over(notice_id, year, sources)
    findings = lint_source(draft.id, {**sources, **draft.sources()}, today=today)[1]
    return Drafted(draft=draft, findings=tuple(findings))


def carry_activities(conn: Connection, notice_id: str, later: str, *, actor: Actor, now: datetime) -> Carried:
    """Enter the activities that took place under one notice again under a ``later`` one, as planned.

    Their days move with the season. What was copied before, or entered by hand with the same title,
    unit and day, is left as it is, so that doing this twice changes nothing. The actor must be an admin of
    the notice's region; UserError where one of the notices has not been applied.
    """
    old, new = schedule_of(conn, notice_id), schedule_of(conn, later)
    require_admin(actor, [new.region])
    rows = list(_held(conn, notice_id))
    known, same = _copied(conn, later), _entered(conn, later)
    able = _coordinators(conn, now)
    fresh = [
        made for row in rows if row.ref not in known and _key(made := _again(row, old, new, able)) not in same
    ]
    created = enter(conn, later, fresh, kind=CaseKind.ACTIVITY, actor=actor, now=now)
    return Carried(created=tuple(created), already=len(rows) - len(fresh))


def _held(conn: Connection, notice_id: str) -> Iterator[Any]:
    """Give the activities that took place, in the order of their numbers."""
    took_place = reached(lifecycle(CaseKind.ACTIVITY), "held")
    query = select(case).where(
        case.c.notice == notice_id, case.c.kind == str(CaseKind.ACTIVITY), case.c.state.in_(took_place)
    )
    yield from conn.execute(query.order_by(case.c.id))


def _again(row: Any, old: Schedule, new: Schedule, able: Collection[int]) -> Row:
    """Return an activity as it would be next time; who no longer answers for anything is left out."""
    kept = row.coordinator_id if row.coordinator_id in able else None
    moved = in_season(row, old, new)
    return {**moved, "region": row.region, "coordinator_id": kept, "copied_from": row.ref}


def _copied(conn: Connection, notice_id: str) -> set[str]:
    """Return the numbers of the cases that activities of a notice were copied from, by their history."""
    entered = (
        select(history.c.details)
        .join(case, history.c.subject == literal("case:").concat(case.c.ref))
        .where(case.c.notice == notice_id, history.c.version == 1)
    )
    told = (orjson.loads(details) for details in conn.scalars(entered))
    return {details["copied_from"] for details in told if "copied_from" in details}


def _entered(conn: Connection, notice_id: str) -> set[tuple[Any, ...]]:
    query = select(*(case.c[name] for name in _SAME)).where(case.c.notice == notice_id)
    return {tuple(row) for row in conn.execute(query)}


def _key(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in _SAME)


def _coordinators(conn: Connection, now: datetime) -> set[int]:
    """Return everybody who is active and has a right in force."""
    any_right = exists().where(right.c.person_id == person.c.id, in_force(now))
    return set(conn.scalars(select(person.c.id).where(person.c.active, any_right)))
