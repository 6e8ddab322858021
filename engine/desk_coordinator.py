"""The coordinator's desk: the cases that somebody answers for, the most urgent first."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, false, func, or_, select

from config.schedule import Role
from engine.actors import Actor
from engine.facts_query import with_facts
from engine.prepared import Prepared
from engine.returned import returned_for
from engine.rules import rules_of
from engine.schedules import schedule_by_hash
from engine.standing import FAR_OFF
from engine.tables import case, unit
from engine.urgency import Asks, Urgency, asks

SHOWN = 50
_LOOKED_AT = 5000
_ACTORS = 256
_ORDER = {urgency: place for place, urgency in enumerate(Urgency)}


@dataclass(frozen=True, slots=True, kw_only=True)
class MyCase:
    """One case of a desk with what it asks now; ``kind`` and ``lifecycle`` name its state and steps.

    ``mine`` is False for a case of one's unit that nobody answers for yet.
    """

    ref: str
    title: str
    unit: str
    region: str
    notice: str
    kind: str
    lifecycle: int
    state: str
    starts_on: date | None
    ends_on: date | None
    place: str | None
    online: bool
    version: int
    mine: bool
    asks: Asks

    @property
    def urgency(self) -> Urgency:
        """Return the group it stands in."""
        return self.asks.urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One group of a desk; ``total`` counts all of it, ``cases`` are those shown."""

    urgency: Urgency
    total: int
    cases: tuple[MyCase, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MyDesk:
    """A desk: groups in the order of urgency, of which at most ``SHOWN`` cases in all are shown.

    ``to_do`` counts what is late, of this week or later, ``late`` those of it whose day is over;
    ``nearest`` is the next last working day of it that is still to come.
    """

    groups: tuple[Group, ...]
    total: int
    to_do: int
    late: int
    nearest: date | None

    @property
    def cases(self) -> tuple[MyCase, ...]:
        """Return all cases shown, the most urgent first."""
        return tuple(one for group in self.groups for one in group.cases)


def my_cases(conn: Connection, actor: Actor, *, now: datetime) -> MyDesk:
    """Return the desk of an actor: cases they coordinate, and those of their units without a coordinator."""
    rows = _mine(actor).rows(conn, {})
    total = len(rows)
    if total == _LOOKED_AT:
        total = conn.scalar(select(func.count()).select_from(case).where(_answers_for(actor))) or total
    found = sorted((_my_case(conn, row, actor, now) for row in rows), key=_rank)
    counts = Counter(one.urgency for one in found)
    to_do = [one for one in found if one.urgency not in (Urgency.WAITING, Urgency.DONE)]
    return MyDesk(
        groups=tuple(_group(urgency, found[:SHOWN], counts[urgency]) for urgency in Urgency),
        total=total,
        to_do=len(to_do),
        late=counts[Urgency.LATE],
        nearest=_nearest(to_do),
    )


def _answers_for(actor: Actor) -> ColumnElement[bool]:
    units = [one.unit_id for one in actor.grants if one.role is Role.COORDINATOR and one.unit_id is not None]
    theirs = or_(false(), *(case.c.unit_id == number for number in units))
    return or_(case.c.coordinator_id == (actor.person_id or 0), and_(theirs, case.c.coordinator_id.is_(None)))


@lru_cache(maxsize=_ACTORS)
def _mine(actor: Actor) -> Prepared:
    query = with_facts().add_columns(unit.c.name.label("unit_name"), returned_for().label("returned_for"))
    return Prepared(
        query.join(unit, unit.c.id == case.c.unit_id)
        .where(_answers_for(actor))
        .order_by(case.c.ends_on.desc(), case.c.id)
        .limit(_LOOKED_AT)
    )


def _my_case(conn: Connection, row: Any, actor: Actor, now: datetime) -> MyCase:
    return MyCase(
        ref=row.ref,
        title=row.title,
        unit=row.unit_name,
        region=row.region,
        notice=row.notice,
        kind=row.kind,
        lifecycle=row.lifecycle,
        state=row.state,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        place=row.place,
        online=row.online,
        version=row.version,
        mine=row.coordinator_id == actor.person_id,
        asks=_asks(conn, row, actor, now),
    )


def _asks(conn: Connection, row: Any, actor: Actor, now: datetime) -> Asks:
    if row.notice_state != "in_force":
        return Asks(urgency=Urgency.DONE, milestone=None, trigger=None, blockers=(), waits_for=None)
    rules = rules_of(row.schedule_hash, schedule_by_hash(conn, row.schedule_hash))
    return asks(row, rules, _roles(row, actor), now=now)


def _roles(row: Any, actor: Actor) -> Collection[Role]:
    return actor.roles_for(region=row.region, unit_id=row.unit_id, coordinator_id=row.coordinator_id)


def _rank(one: MyCase) -> tuple[int, date, date, str]:
    due = one.asks.milestone.due if one.asks.milestone else None
    return _ORDER[one.urgency], due or FAR_OFF, one.ends_on or FAR_OFF, one.ref


def _group(urgency: Urgency, shown: Iterable[MyCase], total: int) -> Group:
    return Group(urgency=urgency, total=total, cases=tuple(one for one in shown if one.urgency is urgency))


def _nearest(to_do: Iterable[MyCase]) -> date | None:
    days = (
        one.asks.milestone.act_by
        for one in to_do
        if one.urgency is not Urgency.LATE and one.asks.milestone is not None
    )
    return min((day for day in days if day is not None), default=None)
