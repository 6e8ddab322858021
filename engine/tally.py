"""Cases counted by all that decides how they stand: a hundred thousand cases come to some hundred rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Date,
    Select,
    Subquery,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy import case as when

from config.schedule import CaseKind
from engine.actors import Actor
from engine.scope import seen_apart
from engine.standing import FAR_OFF, Gauge
from engine.tables import case
from workflows.materials import either


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """So many ``cases`` of a region that stand alike; a milestone can be asked about it as of a case.

    ``ends_on`` is not their last day, but no milestone can tell the difference; ``materials`` are
    counted only as far as any milestone counts.
    """

    notice: str
    kind: str
    milestone: str | None
    state: str
    region: str
    ends_on: date | None
    materials: Mapping[str, int]
    cases: int


def tally(
    conn: Connection, actor: Actor, gauges: Sequence[Gauge], *, days: Sequence[date]
) -> tuple[Situation, ...]:
    """Return the situations of all cases of the gauges' notices that an actor may see, in one query.

    ``days`` are the last days that matter, in order (``engine.standing.breaks``).
    """
    caps = _caps(gauges)
    notices = sorted({gauge.notice for gauge in gauges})
    alike = _alike(actor, notices, with_materials=bool(caps))
    rows = conn.execute(_summed(alike, caps, days))
    return tuple(_situation(row, tuple(caps)) for row in rows)


def _alike(actor: Actor, notices: Sequence[str], *, with_materials: bool) -> Subquery:
    """Return cases counted by their bare columns, in the order of the index that covers them."""
    columns: list[Column[Any]] = [
        case.c.notice,
        case.c.kind,
        case.c.state,
        case.c.milestone,
        case.c.ends_on,
        case.c.region,
        *([case.c.materials] if with_materials else []),
    ]
    query = select(*columns, func.count().label("cases")).group_by(*columns)
    by_region, own = seen_apart(actor)
    # one's own not by the notice's index: they are few, and it would read all to find them
    mine = func.coalesce(case.c.notice, "").in_(notices)
    whole = query.where(case.c.notice.in_(notices), by_region)
    return union_all(whole, query.where(mine, own)).subquery()


def _summed(alike: Subquery, caps: Mapping[str, int], days: Sequence[date]) -> Select[Any]:
    """Return the counts summed up over what makes no difference."""
    shown = [
        alike.c.notice,
        alike.c.kind,
        alike.c.milestone,
        alike.c.state,
        alike.c.region,
        _period(alike.c.ends_on, days).label("period"),
        *(_capped(alike.c.materials, kind, cap).label(f"m{n}") for n, (kind, cap) in enumerate(caps.items())),
    ]
    near = select(*shown, alike.c.cases).subquery()
    shared = [column for column in near.c if column is not near.c.cases]
    return select(*shared, func.sum(near.c.cases).label("cases")).group_by(*shared)


def _period(column: ColumnElement[date], days: Sequence[date]) -> ColumnElement[date | None]:
    """Return the first of the days that is not before a last day; NULL where there is none."""
    until = [(column <= day, literal(day, Date)) for day in days]
    return when((column.is_(None), null()), *until, else_=literal(FAR_OFF, Date))


def _capped(materials: Any, kind: str, cap: int) -> ColumnElement[int]:
    held = func.coalesce(materials[kind].as_integer(), 0)
    return when((held >= cap, literal(cap)), else_=held)


def _caps(gauges: Iterable[Gauge]) -> dict[str, int]:
    """Return up to how many of each kind of material any milestone counts."""
    asked = list(_asked(gauges))
    return {kind: max(n for k, n in asked if k == kind) for kind in sorted({kind for kind, _ in asked})}


def _asked(gauges: Iterable[Gauge]) -> Iterator[tuple[str, int]]:
    for gauge in gauges:
        if gauge.milestone.kind is CaseKind.ACTIVITY:
            for kinds, count in gauge.milestone.needs.items():
                yield from ((kind, count) for kind in either(kinds))


def _situation(row: Any, kinds: Sequence[str]) -> Situation:
    notice, kind, milestone, state, region, ends_on, *held, cases = row
    return Situation(
        notice=notice,
        kind=kind,
        milestone=milestone,
        state=state,
        region=region,
        ends_on=ends_on,
        materials=dict(zip(kinds, held, strict=True)),
        cases=int(cases),
    )
