"""What every activity of a notice achieved, in a handful of queries for all of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, func, select

from config.form import form_of
from config.schedule import CaseKind, Milestone
from engine.audit.subjects import Kind, named
from engine.clock import unstamp
from engine.rules import Rules
from engine.standing import is_over
from engine.tables import case, history, material, person, unit
from workflows.decide import reached
from workflows.materials import either
from workflows.registry import lifecycle, target_of

FORM = form_of("activity_application")
_LARGEST = 256 * 1024  # of a form: more is none of ours


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One case with what can be commended of it.

    ``due`` and ``on_time`` count its milestones whose date is over or that were met; ``audience`` are the
    choices of its application form.
    """

    ref: str
    kind: str
    title: str
    state: str
    region: str
    unit_id: int
    unit: str
    unit_region: str
    person_id: int | None
    person: str | None
    participants: int
    materials: Mapping[str, int]
    due: int
    on_time: int
    forced: int
    audience: frozenset[str]

    @property
    def is_done(self) -> bool:
        """Return whether it is an activity with its summary behind it."""
        return self.kind == CaseKind.ACTIVITY and self.state in DONE


DONE = reached(lifecycle(CaseKind.ACTIVITY), "summarized")


def works_of(conn: Connection, rules: Rules, *, now: datetime, store: Path | None) -> tuple[Work, ...]:
    """Return the activities and reports of a notice, in the order of their numbers.

    Without the ``store`` of the home's files nothing is known of audiences.
    """
    notice_id = rules.schedule.id
    arrivals, forced = _arrivals(conn, notice_id), _forced(conn, notice_id)
    given = _given(conn, notice_id)
    found = []
    for row in _cases(conn, notice_id):
        mine = given.get(row.id, ())
        times = _times(row, rules, arrivals.get(row.id, {}), mine)
        due, on_time = _punctuality(times, row, rules, now=now)
        found.append(
            Work(
                ref=row.ref,
                kind=row.kind,
                title=row.title,
                state=row.state,
                region=row.region,
                unit_id=row.unit_id,
                unit=row.unit,
                unit_region=row.unit_region,
                person_id=row.coordinator_id,
                person=row.person,
                participants=row.participants or 0,
                materials=row.materials,
                due=due,
                on_time=on_time,
                forced=forced.get(row.id, 0),
                audience=_audience(mine, store),
            )
        )
    return tuple(found)


def _cases(conn: Connection, notice_id: str) -> Sequence[Any]:
    query = (
        select(
            *(case.c[name] for name in _COLUMNS),
            unit.c.name.label("unit"),
            unit.c.region.label("unit_region"),
            person.c.name.label("person"),
        )
        .join(unit, unit.c.id == case.c.unit_id)
        .outerjoin(person, person.c.id == case.c.coordinator_id)
        .where(case.c.notice == notice_id)
        .order_by(case.c.ref)
    )
    return conn.execute(query).all()


_COLUMNS = (
    *("id", "ref", "kind", "lifecycle", "milestone", "title", "state", "region", "unit_id"),
    *("coordinator_id", "ends_on", "participants", "materials"),
)


def _arrivals(conn: Connection, notice_id: str) -> Mapping[int, Mapping[str, datetime]]:
    """Return when each case first came into each state: what was sent back later was still in time."""
    query = (
        select(case.c.id, history.c.dest, func.min(history.c.occurred_at).label("at"))
        .join(history, history.c.subject == named(Kind.CASE, case, "ref"))
        .where(case.c.notice == notice_id, history.c.source != history.c.dest)
        .group_by(case.c.id, history.c.dest)
    )
    found: dict[int, dict[str, datetime]] = {}
    for number, state, at in conn.execute(query):
        found.setdefault(number, {})[state] = unstamp(at)
    return found


def _forced(conn: Connection, notice_id: str) -> Mapping[int, int]:
    query = (
        select(case.c.id, func.count())
        .join(history, history.c.subject == named(Kind.CASE, case, "ref"))
        .where(case.c.notice == notice_id, history.c.forced == 1)
        .group_by(case.c.id)
    )
    return {row[0]: row[1] for row in conn.execute(query)}


def _given(conn: Connection, notice_id: str) -> Mapping[int, Sequence[Any]]:
    """Return the materials that each case has now, in the order in which they came."""
    query = (
        select(material.c.case_id, material.c.kind, material.c.name, material.c.added_at, material.c.sha256)
        .join(case, case.c.id == material.c.case_id)
        .where(case.c.notice == notice_id, material.c.removed_at.is_(None))
        .order_by(material.c.case_id, material.c.added_at, material.c.id)
    )
    found: dict[int, list[Any]] = {}
    for row in conn.execute(query):
        found.setdefault(row.case_id, []).append(row)
    return found


Times = list[tuple[Milestone, datetime | None]]


def _times(row: Any, rules: Rules, arrivals: Mapping[str, datetime], given: Sequence[Any]) -> Times:
    """Return when a case met each milestone that is for it, None where it has not."""
    asked = (one for one in rules.schedule.milestones if one.kind == row.kind)
    mine = (one for one in asked if row.kind == CaseKind.ACTIVITY or one.key == row.milestone)
    return [(one, _met(one, row, arrivals, given)) for one in mine]


def _met(one: Milestone, row: Any, arrivals: Mapping[str, datetime], given: Sequence[Any]) -> datetime | None:
    target, moments = target_of(one), []
    if target is not None:
        states = reached(lifecycle(row.kind, row.lifecycle), target)
        moments.append(min((at for state, at in arrivals.items() if state in states), default=None))
    # what a step asks for was looked at when the step was done
    elif one.needs:
        moments += [_nth(given, either(kind), count) for kind, count in one.needs.items()]
    known = [at for at in moments if at is not None]
    return max(known) if known and len(known) == len(moments) else None


def _nth(given: Sequence[Any], kinds: Collection[str], count: int) -> datetime | None:
    times: list[datetime] = [one.added_at for one in given if one.kind in kinds]
    return times[count - 1] if len(times) >= count else None


def _punctuality(times: Times, row: Any, rules: Rules, *, now: datetime) -> tuple[int, int]:
    """Return how many milestones count so far, and how many of them were met in time."""
    due = on_time = 0
    for one, met in times:
        day = rules.due_day(one, row.ends_on)
        if day is None or (met is None and not is_over(day, one, rules, now=now)):
            continue
        due += 1
        on_time += met is not None and not is_over(day, one, rules, now=met)
    return due, on_time


def _audience(given: Iterable[Any], store: Path | None) -> frozenset[str]:
    """Return the audiences of the application form last handed in; a file that is lost has none."""
    forms = [one.sha256 for one in given if one.kind == FORM.material and one.sha256]
    if store is None or not forms:
        return frozenset()
    path = store / forms[-1]
    try:
        answers = orjson.loads(path.read_bytes())["answers"] if path.stat().st_size <= _LARGEST else {}
        return frozenset(str(one) for one in answers.get("audience", ()))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return frozenset()
