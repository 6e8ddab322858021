"""What the next days bring: milestones due, windows that begin or end, reminders; and on how many cases."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from config.firings import WHOLE
from config.schedule import Name
from engine.rules import Rules
from engine.standing import FAR_OFF, LONG_AGO, Gauge, is_relative, last_held
from engine.tables import firing
from engine.tally import Situation

DAYS = 14
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueThen:
    """A milestone whose last day comes, and how many cases still owe it."""

    notice: str
    milestone: str
    name: Name
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowThen:
    """A period that begins or ends."""

    notice: str
    window: str
    name: Name
    begins: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderThen:
    """A reminder that leaves, and how many cases it would be about as things are now."""

    notice: str
    milestone: str
    rung: str
    template: str
    at: datetime
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingDay:
    """One local day on which something comes."""

    day: date
    due: tuple[DueThen, ...]
    windows: tuple[WindowThen, ...]
    reminders: tuple[ReminderThen, ...]


def coming_firings(conn: Connection, rules: Sequence[Rules], *, now: datetime) -> Sequence[Any]:
    """Return the reminders of some notices that are yet to leave within the next days."""
    ends = [one.today(now) + DAYS * _DAY for one in rules]
    query = select(firing).where(
        firing.c.settled_at.is_(None),
        firing.c.at > now,
        firing.c.day < max(ends, default=LONG_AGO),
        firing.c.notice.in_([one.schedule.id for one in rules]),
        firing.c.milestone != WHOLE,
    )
    return conn.execute(query.order_by(firing.c.at, firing.c.id)).all()


def days_that_matter(gauges: Iterable[Gauge], firings: Iterable[Any]) -> set[date]:
    """Return the last days that a tally must keep apart for ``coming_days``."""
    days = {last_held(one.rules, one.milestone.key, day) for one in gauges for day in _around(one)}
    dues = {(one.notice, one.milestone.key): one.milestone.due.day for one in gauges}
    for one in firings:
        days.add(max(dues.get((one.notice, one.milestone)) or one.day, one.day))
        if one.anchor_from:
            days |= {one.anchor_from - _DAY, one.anchor_to}
    return days


def coming_days(
    gauges: Sequence[Gauge], situations: Iterable[Situation], firings: Iterable[Any]
) -> tuple[ComingDay, ...]:
    """Return the next days on which something comes, with counts from a tally made for them."""
    owing = {(one.notice, one.milestone.key): _Owing(one, situations) for one in gauges}
    due = [found for one in owing.values() for found in one.due()]
    windows = list(_windows(gauges))
    reminders = [
        (one.day, _reminder(one, owing[one.notice, one.milestone]))
        for one in firings
        if (one.notice, one.milestone) in owing
    ]
    return tuple(
        ComingDay(
            day=day,
            due=tuple(one for then, one in due if then == day),
            windows=tuple(one for then, one in windows if then == day),
            reminders=tuple(one for then, one in reminders if then == day),
        )
        for day in sorted({day for day, _ in (*due, *windows, *reminders)})
    )


class _Owing:
    """The cases that still owe a milestone, counted without their regions."""

    def __init__(self, gauge: Gauge, situations: Iterable[Situation]) -> None:
        self.gauge = gauge
        known: dict[tuple[object, ...], tuple[Situation, int]] = {}
        for one in situations:
            if one.notice == gauge.notice and one.kind == gauge.milestone.kind:
                key = (one.milestone, one.state, one.ends_on, *one.materials.values())
                known[key] = (one, one.cases + (known[key][1] if key in known else 0))
        self._counts = [one for one in known.values() if self._is_owed(one[0])]

    def _is_owed(self, one: Situation) -> bool:
        return self.gauge.concerns(one) and self.gauge.lags(one, day=FAR_OFF)

    def cases(self, day: date, held: tuple[date, date] | None = None) -> int:
        """Return how many lag behind on a day."""
        return sum(n for one, n in self._counts if self.gauge.lags(one, day=day, held=held))

    def due(self) -> Iterator[tuple[date, DueThen]]:
        """Yield the coming days on which the milestone is due for anybody."""
        gauge, milestone = self.gauge, self.gauge.milestone
        for day in _coming(gauge):
            held = None
            if is_relative(milestone):
                before = last_held(gauge.rules, milestone.key, day - _DAY)
                held = (before + _DAY, last_held(gauge.rules, milestone.key, day))
            elif milestone.due.day != day:
                continue
            cases = self.cases(FAR_OFF, held)
            if cases or held is None:
                yield (
                    day,
                    DueThen(notice=gauge.notice, milestone=milestone.key, name=milestone.name, cases=cases),
                )


def _coming(gauge: Gauge) -> Iterator[date]:
    return (gauge.today + n * _DAY for n in range(DAYS))


def _around(gauge: Gauge) -> Iterator[date]:
    return iter((gauge.today - _DAY, *_coming(gauge)) if is_relative(gauge.milestone) else ())


def _windows(gauges: Iterable[Gauge]) -> Iterator[tuple[date, WindowThen]]:
    seasons = {one.notice: one for one in gauges}
    for notice, gauge in seasons.items():
        days = set(_coming(gauge))
        for window in gauge.rules.schedule.windows:
            for day, begins in ((window.start.start, True), (window.end.day, False)):
                if day in days:
                    then = WindowThen(notice=notice, window=window.key, name=window.name, begins=begins)
                    yield day, then


def _reminder(one: Any, owing: _Owing) -> ReminderThen:
    held = (one.anchor_from, one.anchor_to) if one.anchor_from else None
    return ReminderThen(
        notice=one.notice,
        milestone=one.milestone,
        rung=one.rung,
        template=one.template,
        at=one.at,
        cases=owing.cases(one.day, held),
    )
