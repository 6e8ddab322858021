"""Lists of cases as they stood at a moment: filtered by what they were then, counted, one page folded."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, Connection, and_, cast, func, not_, or_, select, type_coerce
from sqlalchemy import case as when
from sqlalchemy.dialects.postgresql import JSONB

from config.regions import find
from config.schedule import CaseKind
from engine.actors import Actor
from engine.asof import By, Standing, by_then, standings_of
from engine.audit.names import Names, meant_by, names_of
from engine.audit.search import holds
from engine.audit.subjects import Kind, is_kind, name_in, named
from engine.scope import in_region, seen
from engine.tables import case, history, unit


@dataclass(frozen=True, slots=True, kw_only=True)
class ThenFilter:
    """Which cases are asked for, by what they were then; None asks for all.

    ``region`` is a code or a name and means all within it; ``unit`` is its number; ``text`` may stand in the
    number, the title or the name of the unit.
    """

    state: str | None = None
    kind: CaseKind | None = None
    notice: str | None = None
    region: str | None = None
    unit: int | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseThen:
    """One case as it stood; ``state_now`` is that of today."""

    ref: str
    kind: str
    title: str
    unit: str | None
    region: str
    coordinator: str | None
    state_now: str
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesThen:
    """A page of the cases of a moment; ``counts`` by kind and state are of all that the other filters let in.

    ``total`` is the length of the whole list; ``page`` counts from 1.
    """

    at: datetime
    items: tuple[CaseThen, ...]
    counts: Mapping[tuple[str, str], int]
    total: int
    page: int
    per_page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A moment of the past, and by which of its two times a change counts."""

    at: datetime
    by: By = By.RECORDED


def cases_then(
    conn: Connection,
    actor: Actor,
    wanted: ThenFilter,
    moment: Moment,
    *,
    page: int = 1,
    per_page: int = 50,
) -> CasesThen:
    """Return a page of the cases of a moment that an actor may see, in the order of their numbers."""
    rows = state_rows(conn, actor, wanted, moment)
    asked = [row for row in rows if wanted.state in (None, row.dest)]
    shown = asked[(page - 1) * per_page : page * per_page]
    return CasesThen(
        at=moment.at,
        items=_folded(conn, shown, moment),
        counts=dict(sorted(Counter((row.kind, row.dest) for row in rows).items())),
        total=len(asked),
        page=page,
        per_page=per_page,
    )


def state_rows(conn: Connection, actor: Actor, wanted: ThenFilter, moment: Moment) -> Sequence[Any]:
    """Return ref, kind, notice, state and ``dest`` (the state then) of every case of a moment."""
    return conn.execute(_states(conn, actor, wanted, moment)).all()


def states_then(
    conn: Connection, actor: Actor, wanted: ThenFilter, moment: Moment
) -> Mapping[tuple[str, str], int]:
    """Return how many cases stood in each state at a moment, by kind and state."""
    chosen = _states(conn, actor, wanted, moment).order_by(None).subquery()
    counted = select(chosen.c.kind, chosen.c.dest, func.count()).group_by(chosen.c.kind, chosen.c.dest)
    rows = conn.execute(counted.order_by(chosen.c.kind, chosen.c.dest))
    return {(row[0], row[1]): row[2] for row in rows if wanted.state in (None, row[1])}


def _states(conn: Connection, actor: Actor, wanted: ThenFilter, moment: Moment) -> Any:
    """Return the query for the cases of a moment with their state then: that of their last change by then."""
    last = (
        select(history.c.subject, func.max(history.c.version).label("version"))
        .where(by_then(moment.at, moment.by), is_kind(Kind.CASE))
        .group_by(history.c.subject)
        .subquery()
    )
    same = (history.c.subject == last.c.subject) & (history.c.version == last.c.version)
    return (
        select(case.c.ref, case.c.kind, case.c.notice, case.c.state, history.c.dest)
        .select_from(last)
        .join(history, same)
        .join(case, case.c.ref == name_in(Kind.CASE))
        .where(seen(actor), *_conditions(conn, wanted, moment))
        .order_by(case.c.id)
    )


def _conditions(conn: Connection, wanted: ThenFilter, moment: Moment) -> Iterator[ColumnElement[bool]]:
    if wanted.kind is not None:
        yield case.c.kind == str(wanted.kind)
    if wanted.notice is not None:
        yield case.c.notice == wanted.notice
    if wanted.region is not None:
        yield in_region(value_then(conn, "region", moment), find(wanted.region).code)
    if wanted.unit is not None:
        yield value_then(conn, "unit_id", moment) == wanted.unit
    if wanted.text:
        units = select(unit.c.id).where(holds(conn, unit.c.name, wanted.text))
        yield or_(
            holds(conn, case.c.ref, wanted.text),
            holds(conn, value_then(conn, "title", moment), wanted.text),
            value_then(conn, "unit_id", moment).in_(units),
        )


def value_then(conn: Connection, field: str, moment: Moment) -> ColumnElement[Any]:
    """Return what a column of a case, one that is never empty, held at a moment.

    It is what it holds now, unless history has set it since: only then is that looked up.
    """
    told = history.alias(f"told_{field}")
    by_now = by_then(moment.at, moment.by, rows=told)
    mine = and_(told.c.subject == named(Kind.CASE, case, "ref"), told.c.details.contains(f'"{field}":'))
    since = select(told.c.id).where(mine, not_(by_now)).correlate(case).exists()
    value = _set(conn, told.c.details, field, number=case.c[field].type.python_type is int)
    latest = select(value).where(mine, by_now, value.is_not(None)).order_by(told.c.version.desc()).limit(1)
    return when((since, latest.correlate(case).scalar_subquery()), else_=case.c[field])


def _set(conn: Connection, details: ColumnElement[str], field: str, *, number: bool) -> Any:
    """Return what a row of history sets a field to."""
    sqlite = conn.dialect.name == "sqlite"
    document = type_coerce(details, JSON) if sqlite else cast(details, JSONB)
    value: Any = document["set"][field]
    return value.as_integer() if number else value.as_string()


def _folded(conn: Connection, rows: Sequence[Any], moment: Moment) -> tuple[CaseThen, ...]:
    subjects = [f"{Kind.CASE}:{row.ref}" for row in rows]
    found = {one.subject: one for one in standings_of(conn, subjects, moment.at, by=moment.by)}
    fields = ("unit_id", "coordinator_id")
    mentioned = {meant_by(name, one.values.get(name)) for one in found.values() for name in fields}
    names = names_of(conn, mentioned)
    return tuple(_case(row, found[subject], names) for row, subject in zip(rows, subjects, strict=True))


def _case(row: Any, one: Standing, names: Names) -> CaseThen:
    values = one.values
    return CaseThen(
        ref=row.ref,
        kind=row.kind,
        title=values["title"],
        unit=names.get(meant_by("unit_id", values.get("unit_id"))),
        region=values["region"],
        coordinator=names.get(meant_by("coordinator_id", values.get("coordinator_id"))),
        state_now=row.state,
        standing=one,
    )
