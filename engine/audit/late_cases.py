"""The cases that are late: now or at a coming moment as they are now, at a past one as they were."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, func, select

from config.schedule import CaseKind
from engine.actors import Actor
from engine.asof import Standing, by_then, standings_of
from engine.audit.cases_then import Moment, ThenFilter, state_rows
from engine.audit.names import Names, meant_by, names_of
from engine.audit.subjects import Kind, is_kind, own_name
from engine.facts_query import with_facts
from engine.listing import Late, late_of
from engine.rules import Rules, rules_of
from engine.schedules import schedule_by_hash
from engine.scope import seen
from engine.standing import Mark, gauges, in_force, marked
from engine.tables import case, history, person, schedule, unit
from workflows.registry import lifecycle, target_of

_CHUNK = 500

State = tuple[str, str, str]
"""A notice, a kind of case and a state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LateCase:
    """One late case: whose it is, where it stands, and what it has missed, the longest ago first."""

    ref: str
    kind: str
    title: str
    unit: str | None
    region: str
    coordinator: str | None
    state: str
    late: tuple[Late, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LateCases:
    """The first late cases, and how many there are."""

    items: tuple[LateCase, ...]
    total: int


def late_at(
    conn: Connection, actor: Actor, moment: Moment, *, notice: str | None = None, shown: int = 100
) -> LateCases:
    """Return what is late at a moment from now on if nobody acts: the cases are as they are now."""
    looked_at = gauges(in_force(conn, notice_id=notice), now=moment.at)
    late = marked(looked_at, Mark.LATE) & seen(actor)
    total = conn.scalar(select(func.count()).select_from(case).where(late)) or 0
    query = (
        with_facts()
        .add_columns(unit.c.name.label("unit_name"), person.c.name.label("person_name"))
        .join(unit, unit.c.id == case.c.unit_id)
        .where(late)
        .order_by(case.c.ends_on.is_(None), case.c.ends_on, case.c.id)
        .limit(shown)
    )
    return LateCases(items=tuple(_now(conn, row, moment) for row in conn.execute(query).all()), total=total)


def late_then(
    conn: Connection, actor: Actor, moment: Moment, *, notice: str | None = None, shown: int = 100
) -> LateCases:
    """Return what was late at a past moment, by the schedules in force then and the cases as they were."""
    rules = rules_then(conn, moment)
    pressing = set(_pressing(rules, moment))
    rows = state_rows(conn, actor, ThenFilter(notice=notice), moment)
    asked = {f"{Kind.CASE}:{row.ref}": row for row in rows if (row.notice, row.kind, row.dest) in pressing}
    found = [
        (row, one, late)
        for one in _standings(conn, list(asked), moment)
        for row in [asked[one.subject]]
        if (late := late_of(_as_row(one), rules[row.notice], now=moment.at))
    ]
    found.sort(key=lambda each: (each[2][0].due, each[0].ref))
    names = _names(conn, [one for _, one, _ in found[:shown]])
    items = tuple(_then(row, one, late, names) for row, one, late in found[:shown])
    return LateCases(items=items, total=len(found))


def rules_then(conn: Connection, moment: Moment) -> Mapping[str, Rules]:
    """Return the rules of every notice that was in force at a moment, as they were then."""
    last = (
        select(history.c.subject, func.max(history.c.version).label("version"))
        .where(by_then(moment.at, moment.by), is_kind(Kind.NOTICE))
        .group_by(history.c.subject)
        .subquery()
    )
    same = (history.c.subject == last.c.subject) & (history.c.version == last.c.version)
    rows = conn.execute(select(history.c.subject).join(last, same).where(history.c.dest == "in_force"))
    open_then = {own_name(row.subject) for row in rows}
    versions = select(schedule.c.notice, schedule.c.hash).where(schedule.c.applied_at <= moment.at)
    applied = conn.execute(versions.order_by(schedule.c.notice, schedule.c.version)).all()
    newest = {row.notice: row.hash for row in applied if row.notice in open_then}
    return {name: rules_of(key, schedule_by_hash(conn, key)) for name, key in newest.items()}


def _pressing(all_rules: Mapping[str, Rules], moment: Moment) -> Iterator[State]:
    """Yield the states in which a case can have been late: only such cases need to be folded."""
    for name, rules in all_rules.items():
        today = rules.today(moment.at)
        for one in rules.schedule.milestones:
            if one.due.day is not None and one.due.day > today:
                continue
            life, target = lifecycle(one.kind), target_of(one)
            states = set(life.before(target)) if target else set()
            if one.needs and one.kind is CaseKind.ACTIVITY:
                states |= set(life.labels) - set(life.final)
            for state in states:
                yield name, str(one.kind), state


def _standings(conn: Connection, subjects: Sequence[str], moment: Moment) -> Iterator[Standing]:
    for start in range(0, len(subjects), _CHUNK):
        yield from standings_of(conn, subjects[start : start + _CHUNK], moment.at, by=moment.by)


def _as_row(one: Standing) -> SimpleNamespace:
    """Return a case as it stood as its table would have held it."""
    last = one.values.get("ends_on")
    day = date.fromisoformat(last) if last else None
    told = {**one.values, "state": one.state, "materials": one.materials, "ends_on": day}
    return SimpleNamespace(**told)


def _names(conn: Connection, standings: Sequence[Standing]) -> Names:
    fields = ("unit_id", "coordinator_id")
    return names_of(conn, {meant_by(name, one.values.get(name)) for one in standings for name in fields})


def _then(row: Any, one: Standing, late: tuple[Late, ...], names: Names) -> LateCase:
    return LateCase(
        ref=row.ref,
        kind=row.kind,
        title=one.values["title"],
        unit=names.get(meant_by("unit_id", one.values.get("unit_id"))),
        region=one.values["region"],
        coordinator=names.get(meant_by("coordinator_id", one.values.get("coordinator_id"))),
        state=one.state,
        late=late,
    )


def _now(conn: Connection, row: Any, moment: Moment) -> LateCase:
    rules = rules_of(row.schedule_hash, schedule_by_hash(conn, row.schedule_hash))
    return LateCase(
        ref=row.ref,
        kind=row.kind,
        title=row.title,
        unit=row.unit_name,
        region=row.region,
        coordinator=row.person_name,
        state=row.state,
        late=late_of(row, rules, now=moment.at),
    )
