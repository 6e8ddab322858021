"""Steps that were late, forced or undone: each of them, and how many in each notice and county."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Select, and_, false, or_, select

from config.schedule import CaseKind, Milestone, Name, Precision
from engine.actors import Actor
from engine.audit.durations import Scope
from engine.audit.names import names_of
from engine.audit.subjects import Kind, is_kind, name_in
from engine.clock import stamp, unstamp
from engine.done_on import first_met
from engine.rules import Rules, rules_of
from engine.schedules import schedule_by_hash, version_name
from engine.tables import case, history, person, schedule, unit
from workflows.registry import lifecycle, target_of

UNDONE = ("return", "reinstate")
"""Steps by which another one was taken back."""

_CHUNK = 500
_HANDED_IN = history.c.details.contains('"materials":')

Chain = list[tuple[int, Mapping[str, Any]]]
"""The versions of a case by which materials came or went, with what they were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One step of one case: by whom, when it happened, and whose case it is. ``id`` is its row of history."""

    id: int
    ref: str
    kind: str
    title: str
    unit: str
    region: str
    notice: str
    coordinator: str | None
    trigger: str
    source: str
    dest: str
    who: str
    occurred_at: datetime
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LateStep:
    """A step done after its milestone's last day by the schedule of then; ``days`` are calendar days."""

    step: StepLine
    milestone: str
    name: Name
    due: date
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCount:
    """How many steps of each sort there were in one county (or city) under one notice."""

    notice: str
    region: str
    late: int
    forced: int
    undone: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Irregular:
    """All steps out of the ordinary: the latest first by how late, the others the newest first.

    ``late_by`` and the others are how many there are in all; the lists hold the first of them.
    """

    late: tuple[LateStep, ...]
    forced: tuple[StepLine, ...]
    undone: tuple[StepLine, ...]
    late_count: int
    forced_count: int
    undone_count: int
    places: tuple[PlaceCount, ...]


def irregular_steps(conn: Connection, actor: Actor, wanted: Scope, *, shown: int = 100) -> Irregular:
    """Return the late, forced and undone steps of the cases that an actor may see."""
    late = sorted(_late(conn, actor, wanted), key=lambda one: (-one.days, -one.step.id))
    forced = _steps(conn, actor, wanted, history.c.forced == 1)
    undone = _steps(conn, actor, wanted, history.c.trigger.in_(UNDONE))
    return Irregular(
        late=tuple(late[:shown]),
        forced=tuple(forced[:shown]),
        undone=tuple(undone[:shown]),
        late_count=len(late),
        forced_count=len(forced),
        undone_count=len(undone),
        places=tuple(_places([one.step for one in late], forced, undone)),
    )


def _places(
    late: Sequence[StepLine], forced: Sequence[StepLine], undone: Sequence[StepLine]
) -> Iterator[PlaceCount]:
    counts: dict[tuple[str, str], list[int]] = {}
    for place, steps in enumerate((late, forced, undone)):
        for step in steps:
            counts.setdefault((step.notice, step.region), [0, 0, 0])[place] += 1
    for (notice, region), (one, two, three) in sorted(counts.items()):
        yield PlaceCount(notice=notice, region=region, late=one, forced=two, undone=three)


def _steps(conn: Connection, actor: Actor, wanted: Scope, condition: ColumnElement[bool]) -> list[StepLine]:
    rows = conn.execute(_query(actor, wanted, condition)).all()
    names = names_of(conn, {row.actor for row in rows})
    return [_line(row, names) for row in rows]


def _query(actor: Actor, wanted: Scope, condition: ColumnElement[bool]) -> Select[Any]:
    columns = (case.c.ref, case.c.kind, case.c.title, case.c.region, case.c.notice, case.c.ends_on)
    return (
        select(
            history,
            *columns,
            case.c.milestone,
            unit.c.name.label("unit"),
            person.c.name.label("coordinator"),
        )
        .join(case, case.c.ref == name_in(Kind.CASE))
        .join(unit, unit.c.id == case.c.unit_id)
        .outerjoin(person, person.c.id == case.c.coordinator_id)
        .where(is_kind(Kind.CASE), condition, *wanted.conditions(actor))
        .order_by(history.c.id.desc())
    )


def _late(conn: Connection, actor: Actor, wanted: Scope) -> list[LateStep]:
    """Return the steps by which a case did what a milestone asks after its last day."""
    asked = _versions(conn, wanted)
    after = (_reached_after(name, rules, one) for name, rules in asked.items() for one in _dated(rules))
    rows = conn.execute(_query(actor, wanted, or_(false(), *after))).all()
    given = (_given_after(name, rules, one) for name, rules in asked.items() for one in _of_materials(rules))
    gifts = conn.execute(_query(actor, wanted, or_(false(), *given))).all()
    chains = _materials_of(conn, sorted({row.subject for row in gifts}))
    names = names_of(conn, {row.actor for row in (*rows, *gifts)})
    return [
        *(late for row in rows for late in _lateness(row, asked[row.schedule], names)),
        *(late for row in gifts for late in _late_gift(row, asked[row.schedule], chains, names)),
    ]


def _versions(conn: Connection, wanted: Scope) -> dict[str, Rules]:
    """Return the rules of every schedule version, by the name that history has for it."""
    query = select(schedule.c.notice, schedule.c.version, schedule.c.hash)
    if wanted.notice is not None:
        query = query.where(schedule.c.notice == wanted.notice)
    return {
        version_name(row.notice, row.version): rules_of(row.hash, schedule_by_hash(conn, row.hash))
        for row in conn.execute(query).all()
    }


def _dated(rules: Rules) -> Iterator[Milestone]:
    """Yield the milestones that a step can be late for."""
    for one in rules.schedule.milestones:
        if target_of(one) is not None and (one.due.day or one.due.precision is Precision.RELATIVE):
            yield one


def _reached_after(name: str, rules: Rules, milestone: Milestone) -> ColumnElement[bool]:
    """Return the condition that a row may have reached a milestone too late; exactly so for a fixed day."""
    early = lifecycle(milestone.kind).before(str(target_of(milestone)))
    conditions = [
        history.c.schedule == name,
        case.c.kind == str(milestone.kind),
        history.c.source.in_(early),
        history.c.dest.in_(_past(milestone)),
    ]
    if milestone.kind is CaseKind.REPORT:
        conditions.append(case.c.milestone == milestone.key)
    if milestone.due.day is not None:
        conditions.append(history.c.occurred_at >= stamp(_end(milestone.due.day, milestone, rules)))
    return and_(*conditions)


def _of_materials(rules: Rules) -> Iterator[Milestone]:
    """Yield the milestones of activities that ask for materials alone, and are done once all are there."""
    for one in rules.schedule.milestones:
        if target_of(one) is None and (one.due.day or one.due.precision is Precision.RELATIVE):
            yield one


def _given_after(name: str, rules: Rules, milestone: Milestone) -> ColumnElement[bool]:
    """Return the condition that a row handed something in, for a fixed day only too late."""
    conditions = [history.c.schedule == name, case.c.kind == str(milestone.kind), _HANDED_IN]
    if milestone.due.day is not None:
        conditions.append(history.c.occurred_at >= stamp(_end(milestone.due.day, milestone, rules)))
    return and_(*conditions)


def _materials_of(conn: Connection, subjects: Sequence[str]) -> dict[str, Chain]:
    """Return all that was handed in and taken away for each of some cases, the oldest first."""
    found: dict[str, Chain] = {}
    changed = or_(_HANDED_IN, history.c.details.contains('"removed":'))
    query = select(history.c.subject, history.c.version, history.c.details).where(changed)
    for start in range(0, len(subjects), _CHUNK):
        some = query.where(history.c.subject.in_(subjects[start : start + _CHUNK]))
        for row in conn.execute(some.order_by(history.c.subject, history.c.version)):
            found.setdefault(row.subject, []).append((row.version, orjson.loads(row.details)))
    return found


def _late_gift(
    row: Any, rules: Rules, chains: Mapping[str, Chain], names: Mapping[str, str]
) -> Iterator[LateStep]:
    """Yield the milestones of which a row handed in the last that they needed, too late."""
    occurred = unstamp(row.occurred_at)
    for one in _of_materials(rules):
        due = rules.due_day(one, row.ends_on)
        if row.kind != one.kind or due is None or occurred < _end(due, one, rules):
            continue
        if first_met(chains[row.subject], one.needs) == row.version:
            days = (rules.today(occurred) - due).days
            yield LateStep(step=_line(row, names), milestone=one.key, name=one.name, due=due, days=days)


def _past(milestone: Milestone) -> tuple[str, ...]:
    """Return the states of the path at a milestone's target and beyond."""
    path = lifecycle(milestone.kind).path
    return path[path.index(str(target_of(milestone))) :]


def _end(due: date, milestone: Milestone, rules: Rules) -> datetime:
    """Return the first instant at which a last day is over."""
    until = milestone.due.until
    if until is not None:
        return datetime.combine(due, until, rules.zone).astimezone(UTC) + timedelta(microseconds=1)
    return datetime.combine(due + timedelta(days=1), time.min, rules.zone).astimezone(UTC)


def _lateness(row: Any, rules: Rules, names: Mapping[str, str]) -> Iterator[LateStep]:
    occurred = unstamp(row.occurred_at)
    for one in _dated(rules):
        due = rules.due_day(one, row.ends_on)
        if due and _crosses(row, one) and occurred >= _end(due, one, rules):
            days = (rules.today(occurred) - due).days
            step = _line(row, names)
            yield LateStep(step=step, milestone=one.key, name=one.name, due=due, days=days)


def _crosses(row: Any, milestone: Milestone) -> bool:
    if row.kind != milestone.kind or (milestone.kind is CaseKind.REPORT and row.milestone != milestone.key):
        return False
    early = lifecycle(milestone.kind).before(str(target_of(milestone)))
    return row.source in early and row.dest in _past(milestone)


def _line(row: Any, names: Mapping[str, str]) -> StepLine:
    return StepLine(
        id=row.id,
        ref=row.ref,
        kind=row.kind,
        title=row.title,
        unit=row.unit,
        region=row.region,
        notice=row.notice,
        coordinator=row.coordinator,
        trigger=row.trigger,
        source=row.source,
        dest=row.dest,
        who=names.get(row.actor, row.actor),
        occurred_at=unstamp(row.occurred_at),
        reason=row.reason,
    )
