"""How long each case stayed in each state: counted, in the middle, at the end, and the longest of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import nlargest
from math import ceil
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, func, select

from config.regions import find
from config.schedule import CaseKind
from engine.actors import Actor
from engine.audit.subjects import Kind, is_kind, name_in
from engine.clock import unstamp
from engine.scope import in_region, seen
from engine.tables import case, history, person, unit
from workflows.registry import LIFECYCLES, lifecycle


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which cases are looked at; None means all. ``region`` is a code or a name, with all within it."""

    notice: str | None = None
    kind: CaseKind | None = None
    region: str | None = None

    def conditions(self, actor: Actor) -> Iterator[ColumnElement[bool]]:
        """Yield the conditions on ``case_``, for what an actor may see."""
        yield seen(actor)
        if self.notice is not None:
            yield case.c.notice == self.notice
        if self.kind is not None:
            yield case.c.kind == str(self.kind)
        if self.region is not None:
            yield in_region(case.c.region, find(self.region).code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """One case in one state: from when, until when (None: it is there still), and how long that is."""

    ref: str
    state: str
    since: datetime
    until: datetime | None
    length: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class LongStay:
    """One of the longest stays, with whose it is."""

    stay: Stay
    title: str
    unit: str
    region: str
    coordinator: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StateDurations:
    """All stays in one state of one kind of case; ``ongoing`` counts those that have not ended."""

    kind: str
    state: str
    count: int
    ongoing: int
    median: timedelta
    ninetieth: timedelta
    longest: timedelta
    slowest: tuple[LongStay, ...]


class _Stay(NamedTuple):
    """A stay while it is counted: there are as many as changes of state."""

    length: timedelta
    ref: str
    since: datetime
    until: datetime | None


def durations(
    conn: Connection, actor: Actor, wanted: Scope, *, now: datetime, longest: int = 10
) -> tuple[StateDurations, ...]:
    """Return how long cases stayed in each state, in the order of their lifecycles.

    By the time things happened. What has not ended counts until ``now``; final states are left out, for
    nothing leaves them.
    """
    stays = _stays(conn, actor, wanted, now)
    slowest = {key: nlargest(longest, found, key=itemgetter(0, 1)) for key, found in stays.items()}
    about = _about(conn, {stay.ref for found in slowest.values() for stay in found})
    return tuple(
        _summed(key, stays[key], tuple(_long(key[1], stay, about[stay.ref]) for stay in slowest[key]))
        for key in sorted(stays, key=_place)
    )


def percentile(ordered: Sequence[timedelta], share: float) -> timedelta:
    """Return the value below or at which a share of some ordered values lies, by the nearest rank."""
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


def _summed(key: tuple[str, str], stays: Sequence[_Stay], slowest: tuple[LongStay, ...]) -> StateDurations:
    lengths = sorted(stay.length for stay in stays)
    return StateDurations(
        kind=key[0],
        state=key[1],
        count=len(stays),
        ongoing=sum(stay.until is None for stay in stays),
        median=percentile(lengths, 0.5),
        ninetieth=percentile(lengths, 0.9),
        longest=lengths[-1],
        slowest=slowest,
    )


def _stays(
    conn: Connection, actor: Actor, wanted: Scope, now: datetime
) -> dict[tuple[str, str], list[_Stay]]:
    """Return every stay by kind and state; a step told late may have happened before the one before it."""
    none = timedelta(0)
    final = {(life.name, state) for life in LIFECYCLES for state in life.final}
    stays: dict[tuple[str, str], list[_Stay]] = {}
    rows = conn.execute(_entries(actor, wanted), execution_options={"yield_per": 2000})
    for ref, kind, state, entered, left in rows:
        if left is None and (kind, state) in final:
            continue
        since = unstamp(entered)
        until = unstamp(left) if left else None
        length = max((until or now) - since, none)
        stays.setdefault((kind, state), []).append(_Stay(length, ref, since, until))
    return stays


def _entries(actor: Actor, wanted: Scope) -> Select[Any]:
    """Return the query for every row by which a case came into a state, with when it left it."""
    following = func.lead(history.c.occurred_at).over(
        partition_by=history.c.subject, order_by=history.c.version
    )
    return (
        select(case.c.ref, case.c.kind, history.c.dest, history.c.occurred_at, following)
        .join(case, case.c.ref == name_in(Kind.CASE))
        .where(is_kind(Kind.CASE), history.c.source != history.c.dest, *wanted.conditions(actor))
    )


def _about(conn: Connection, refs: Iterable[str]) -> dict[str, Any]:
    query = (
        select(case.c.ref, case.c.title, case.c.region, unit.c.name.label("unit"), person.c.name.label("who"))
        .join(unit, unit.c.id == case.c.unit_id)
        .outerjoin(person, person.c.id == case.c.coordinator_id)
        .where(case.c.ref.in_(sorted(refs)))
    )
    return {row.ref: row for row in conn.execute(query)}


def _long(state: str, one: _Stay, row: Any) -> LongStay:
    stay = Stay(ref=one.ref, state=state, since=one.since, until=one.until, length=one.length)
    return LongStay(stay=stay, title=row.title, unit=row.unit, region=row.region, coordinator=row.who)


def _place(key: tuple[str, str]) -> tuple[str, int]:
    """Return where a state stands in its lifecycle."""
    return key[0], list(lifecycle(key[0]).labels).index(key[1])
