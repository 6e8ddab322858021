"""How many cases stood in each state at the end of each day, against the dates: from history alone."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, func, literal, select

from config.regions import is_within
from config.schedule import Name, Role, Schedule
from engine.actors import Actor
from engine.clock import stamp, unstamp
from engine.recent import Recent
from engine.rules import zone
from engine.schedules import schedule_of
from engine.scope import seen
from engine.tables import case, history

_DAY = timedelta(days=1)
_HOUR = len("2023-09-17T01")
_MINUTE = len("2023-09-17T01:00")
_ROOM = timedelta(hours=1)

Moves = dict[date, Counter[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCounts:
    """How many cases were in each state at the end of a local day, as it was known then.

    ``due`` names the milestones whose last day it is.
    """

    day: date
    states: Mapping[str, int]
    due: tuple[Name, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """Whose cases of which notice are counted."""

    actor: Actor
    notice: str
    schedule: Schedule

    @property
    def zone(self) -> ZoneInfo:
        return zone(self.schedule.zone)

    def begin(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone).astimezone(UTC)


def burnup(
    conn: Connection,
    actor: Actor,
    notice: str,
    *,
    since: date,
    until: date,
    recent: Recent | None = None,
) -> tuple[DayCounts, ...]:
    """Return each local day from ``since`` to ``until`` of the cases of a notice that an actor may see.

    With ``recent`` the days that are over are read from history only once.
    """
    asked = _Asked(actor=actor, notice=notice, schedule=schedule_of(conn, notice))
    moved = _moved_at_all(conn, asked, until, recent)
    dues = _dues(asked.schedule)
    return tuple(
        DayCounts(day=day, states=states, due=dues.get(day, ()))
        for day, states in _summed(moved, since, until)
        if day >= since
    )


def _dues(schedule: Schedule) -> dict[date, tuple[Name, ...]]:
    dues: dict[date, tuple[Name, ...]] = {}
    for milestone in schedule.milestones:
        if milestone.due.day is not None:
            dues[milestone.due.day] = (*dues.get(milestone.due.day, ()), milestone.name)
    return dues


def _moved_at_all(conn: Connection, asked: _Asked, until: date, recent: Recent | None) -> Moves:
    """Return by how much each state gained or lost on each local day; what is over may be kept."""
    end = asked.begin(until + _DAY)
    newest = conn.scalar(select(func.max(history.c.recorded_at)))
    if recent is None or newest is None:
        return _moved(conn, asked, end=end)
    # a row is recorded a moment before others can see it
    over = min(asked.begin(_local_day(stamp(unstamp(newest) - _ROOM)[:_MINUTE], asked.zone)), end)
    question = ("burnup", asked.actor, asked.notice, over)
    before = recent.for_good(conn, question, lambda: _moved(conn, asked, end=over))
    return {**before, **_moved(conn, asked, begin=over, end=end)}


def _moved(conn: Connection, asked: _Asked, *, end: datetime, begin: datetime | None = None) -> Moves:
    slot = func.substr(history.c.recorded_at, 1, _slot(asked.zone, end)).label("slot")
    query = select(slot, history.c.source, history.c.dest, func.count()).where(
        func.substr(history.c.subject, 1, len("case:")) == "case:",
        history.c.source != history.c.dest,
        history.c.recorded_at < stamp(end),
        *_of_notice(asked, recent=begin is not None),
    )
    if begin is not None:
        query = query.where(history.c.recorded_at >= stamp(begin))
    found: dict[date, Counter[str]] = {}
    for began, source, dest, cases in conn.execute(query.group_by(slot, history.c.source, history.c.dest)):
        counts = found.setdefault(_local_day(began, asked.zone), Counter())
        counts[source] -= cases
        counts[dest] += cases
    return found


def _of_notice(asked: _Asked, *, recent: bool) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions that a change is of a case of the notice, and one that the actor may see.

    What is ``recent`` is found by its time, the rest by its cases.
    """
    if _covers(asked):
        yield history.c.schedule.startswith(f"{asked.notice}@", autoescape=True)
        return
    mine = select(literal("case:") + case.c.ref).where(case.c.notice == asked.notice, seen(asked.actor))
    yield (func.coalesce(history.c.subject, "") if recent else history.c.subject).in_(mine)


def _covers(asked: _Asked) -> bool:
    """Return whether an actor sees every case of the notice, whose cases all lie in its region."""
    grants = (one for one in asked.actor.grants if one.unit_id is None and one.role is not Role.COORDINATOR)
    home = asked.schedule.region
    return asked.actor.everything or any(is_within(home, one.region) for one in grants)


def _slot(local: ZoneInfo, at: datetime) -> int:
    """Return how much of a stamp tells its local day: the hour, or the minute where hours do not fit."""
    offset = at.astimezone(local).utcoffset() or timedelta()
    return _MINUTE if offset % timedelta(hours=1) else _HOUR


def _local_day(slot: str, local: ZoneInfo) -> date:
    began = slot if len(slot) == _MINUTE else f"{slot}:00"
    return datetime.fromisoformat(began).replace(tzinfo=UTC).astimezone(local).date()


def _summed(moved: Moves, since: date, until: date) -> Iterator[tuple[date, Mapping[str, int]]]:
    running: Counter[str] = Counter()
    day = min([since, *moved])
    while day <= until:
        running.update(moved.get(day, {}))
        yield day, {state: n for state, n in sorted(running.items()) if n > 0 and state}
        day += _DAY
