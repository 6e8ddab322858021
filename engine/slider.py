"""The time slider: states, late cases and mails of any day, past or coming; nothing is sent or changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select

from config.errors import UserError
from config.schedule import Milestone, Name, Schedule, When
from engine.actors import Actor
from engine.audit.cases_then import Moment as At
from engine.audit.cases_then import ThenFilter, states_then
from engine.audit.day_mails import ANYTHING, Cause, DayMail, Span, mails_coming, mails_sent
from engine.audit.late_cases import LateCase, LateCases, late_at, late_then
from engine.audit.rehearsal import rehearsal
from engine.clock import unstamp
from engine.database import Database
from engine.rules import zone
from engine.schedules import schedule_of, schedules_in_force
from engine.scope import seen
from engine.tables import case, firing, history

ZONE = "Asia/Shanghai"
"""Whose days are meant where no one notice is asked about."""

_SHOWN = 200
_INSTANT = timedelta(microseconds=1)


class Tense(StrEnum):
    """Whether a moment is behind us, is now, or is to come."""

    PAST = "past"
    NOW = "now"
    COMING = "coming"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """How everything stood, stands, or would stand if nobody did anything.

    ``states`` counts cases by kind and state; ``late`` are the first of ``late_total`` late cases; ``mails``
    the first of the ``mails_total`` of that ``day``, by time.
    """

    at: datetime
    day: date
    tense: Tense
    states: Mapping[tuple[str, str], int]
    late: tuple[LateCase, ...]
    late_total: int
    mails: tuple[DayMail, ...]
    mails_total: int


class MarkKind(StrEnum):
    """What a marked day of the slider is."""

    WINDOW_START = "window_start"
    WINDOW_END = "window_end"
    OPENS = "opens"
    DUE = "due"
    FIRINGS = "firings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One marked day: a window or milestone of a notice by its name, or how many reminders leave."""

    day: date
    kind: MarkKind
    notice: str
    name: Name | None = None
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SliderRange:
    """The first and the last day that make sense, and the days marked between them, in order."""

    first: date
    last: date
    marks: tuple[Mark, ...]


def day_of(
    database: Database,
    actor: Actor,
    when: date | datetime,
    *,
    now: datetime,
    base_url: str,
    cause: Cause = ANYTHING,
) -> Moment:
    """Return the moment ``when`` as an actor may see it, of all notices or of one.

    Where a milestone is given, only the mails are less: those that are made because of it.
    A day means its end, today means ``now``. What is coming is played on a copy: the cases stay as they are.
    """
    with database.read() as conn:
        local = _zone(conn, cause.notice)
        at, day = _meant(when, now, local)
        states, late = _standing(conn, actor, at, now=now, notice=cause.notice)
    span = Span(start=_midnight(day, local), end=_midnight(day + timedelta(days=1), local), now=now)
    mails, total = _mails(database, actor, span, base_url=base_url, cause=cause)
    return Moment(
        at=at,
        day=day,
        tense=Tense.PAST if at < now else Tense.COMING if at > now else Tense.NOW,
        states=states,
        late=late.items,
        late_total=late.total,
        mails=mails[:_SHOWN],
        mails_total=total,
    )


def _mails(
    database: Database, actor: Actor, span: Span, *, base_url: str, cause: Cause
) -> tuple[tuple[DayMail, ...], int]:
    """Return the mails of a day: those sent on it, then those still to be made."""
    with database.read() as conn:
        mails, total = mails_sent(conn, actor, span, cause=cause, shown=_SHOWN)
    if span.end <= span.now:
        return mails, total
    with rehearsal(database) as conn:
        coming = mails_coming(conn, actor, span, base_url=base_url, cause=cause)
    return (*mails, *coming), total + len(coming)


def slider_range(conn: Connection, notice: str | None = None) -> SliderRange:
    """Return where the slider of a notice, or of all in force, begins and ends, with its marked days."""
    schedules = {notice: schedule_of(conn, notice)} if notice else schedules_in_force(conn)
    marks = [mark for one in schedules.values() for mark in _marks_of(one)]
    marks += _firings(conn, list(schedules), _zone(conn, notice))
    days = [mark.day for mark in marks] + list(_first_day(conn, _zone(conn, notice)))
    if not days:
        raise UserError(
            zh="还没有应用任何通知，没有日子可看。请先应用一个通知。",
            en="no notice has been applied yet, so there is no day to look at; apply one first",
            code="slider.empty",
        )
    return SliderRange(
        first=min(days),
        last=max(days) + timedelta(days=1),
        marks=tuple(sorted(marks, key=lambda mark: (mark.day, mark.kind, mark.notice))),
    )


def _standing(
    conn: Connection, actor: Actor, at: datetime, *, now: datetime, notice: str | None
) -> tuple[Mapping[tuple[str, str], int], LateCases]:
    if at < now:
        then = At(at=at)
        states = states_then(conn, actor, ThenFilter(notice=notice), then)
        return states, late_then(conn, actor, then, notice=notice)
    return _states_now(conn, actor, notice), late_at(conn, actor, At(at=at), notice=notice)


def _states_now(conn: Connection, actor: Actor, notice: str | None) -> Mapping[tuple[str, str], int]:
    counted = select(case.c.kind, case.c.state, func.count()).where(seen(actor))
    if notice is not None:
        counted = counted.where(case.c.notice == notice)
    rows = conn.execute(counted.group_by(case.c.kind, case.c.state).order_by(case.c.kind, case.c.state))
    return {(row[0], row[1]): row[2] for row in rows}


def _meant(when: date | datetime, now: datetime, local: ZoneInfo) -> tuple[datetime, date]:
    """Return the instant that is meant, and its local day."""
    if isinstance(when, datetime):
        return when.astimezone(UTC), when.astimezone(local).date()
    if when == now.astimezone(local).date():
        return now, when
    return _midnight(when + timedelta(days=1), local) - _INSTANT, when


def _midnight(day: date, local: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, local).astimezone(UTC)


def _zone(conn: Connection, notice: str | None) -> ZoneInfo:
    return zone(schedule_of(conn, notice).zone if notice else ZONE)


def _first_day(conn: Connection, local: ZoneInfo) -> Iterator[date]:
    """Yield the day on which the history begins to tell of more than the program itself, if it does."""
    told = ~history.c.subject.startswith("lifecycle:")
    first = conn.scalar(select(history.c.recorded_at).where(told).order_by(history.c.id).limit(1))
    if first is not None:
        yield unstamp(first).astimezone(local).date()


def _marks_of(schedule: Schedule) -> Iterator[Mark]:
    for window in schedule.windows:
        yield from _mark(schedule.id, MarkKind.WINDOW_START, window.name, window.start.start)
        yield from _mark(schedule.id, MarkKind.WINDOW_END, window.name, window.end.day)
    for one in schedule.milestones:
        yield from _of_milestone(schedule.id, one)


def _of_milestone(notice: str, one: Milestone) -> Iterator[Mark]:
    opens: When | None = one.opens
    yield from _mark(notice, MarkKind.OPENS, one.name, opens.start if opens else None)
    yield from _mark(notice, MarkKind.DUE, one.name, one.due.day)


def _mark(notice: str, kind: MarkKind, name: Name, day: date | None) -> Iterator[Mark]:
    if day is not None:
        yield Mark(day=day, kind=kind, notice=notice, name=name)


def _firings(conn: Connection, notices: list[str], local: ZoneInfo) -> Iterator[Mark]:
    """Yield how many reminders of each notice leave on each day, or have left."""
    dropped = firing.c.outcome.in_(("dropped", "past"))
    wanted = firing.c.notice.in_(notices) & (firing.c.outcome.is_(None) | ~dropped)
    counted = select(firing.c.notice, firing.c.at, func.count()).where(wanted)
    counts: dict[tuple[date, str], int] = {}
    for notice, at, count in conn.execute(counted.group_by(firing.c.notice, firing.c.at)):
        key = at.astimezone(local).date(), notice
        counts[key] = counts.get(key, 0) + count
    for (day, notice), count in counts.items():
        yield Mark(day=day, kind=MarkKind.FIRINGS, notice=notice, count=count)
