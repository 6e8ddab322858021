"""How cases stand to a milestone at a moment: late, soon, open or done; said of a row, and as SQL.

Both rest on ``engine.lagging`` alone. What is cancelled or waived, and what another milestone is for,
stands nowhere.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, false, func, or_, select

from config.schedule import CaseKind, Milestone, Precision
from engine.lagging import lags, lags_sql, owes
from engine.rules import Rules, rules_of
from engine.schedules import schedule_by_hash
from engine.tables import case, notice

LONG_AGO = date(1900, 1, 1)
FAR_OFF = date(9999, 12, 31)
OFF = ("cancelled", "waived")
"""The states in which nothing is owed any more, and nothing was done."""
SOON = 3
"""Working days within which a date is soon."""

_ANY_TIME = datetime(9999, 1, 1, tzinfo=UTC)
_LONGEST = 400  # days back at most to look for the last day whose relative date is over
_DAY = timedelta(days=1)


class Mark(StrEnum):
    """How a case stands to a milestone."""

    LATE = "late"
    SOON = "soon"
    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge:
    """One milestone of a notice in force, looked at on its local day ``today``.

    ``over`` and ``near`` tell of its own date; of one that is counted from each case's last day,
    ``late_to`` and ``soon_to`` are the latest last days for which it is over, and soon.
    """

    rules: Rules
    milestone: Milestone
    today: date
    over: bool = False
    near: bool = False
    late_to: date | None = None
    soon_to: date | None = None

    @property
    def notice(self) -> str:
        """Return the notice that asks for it."""
        return self.rules.schedule.id

    def concerns(self, row: Any) -> bool:
        """Return whether the milestone is for a case."""
        if row.notice != self.notice or row.kind != self.milestone.kind or row.state in OFF:
            return False
        return self.milestone.kind is CaseKind.ACTIVITY or row.milestone == self.milestone.key

    def mark(self, row: Any) -> Mark | None:
        """Return how a case stands, None where the milestone is not for it."""
        if not self.concerns(row):
            return None
        if not owes(row, self.milestone):
            return Mark.DONE
        if self.late_to is not None and self.soon_to is not None:
            if self.lags(row, day=self.today, held=(LONG_AGO, self.late_to)):
                return Mark.LATE
            near = self.lags(row, day=self.today, held=(self.late_to + _DAY, self.soon_to))
            return Mark.SOON if near else Mark.OPEN
        if not (self.over or self.near) or not self.lags(row, day=self.today):
            return Mark.OPEN
        return Mark.LATE if self.over else Mark.SOON

    def lags(self, row: Any, *, day: date, held: tuple[date, date] | None = None) -> bool:
        """Return whether a case lags behind the milestone on a day; ``held`` are the last days meant."""
        return lags(row, self.milestone, day=day, anchors=held)

    def sql(self, mark: Mark) -> ColumnElement[bool]:
        """Return the condition that a case has a mark; says the same as ``mark``."""
        if mark is Mark.DONE:
            return and_(self.concerns_sql(), ~self._lags_sql(FAR_OFF))
        late, soon = self._pressing_sql()
        if mark is Mark.OPEN:
            return and_(self.concerns_sql(), self._lags_sql(FAR_OFF), ~late, ~soon)
        return and_(self._mine(), late if mark is Mark.LATE else soon)

    def concerns_sql(self) -> ColumnElement[bool]:
        """Return the condition that the milestone is for a case."""
        wanted = [self._mine(), case.c.kind == str(self.milestone.kind), case.c.state.not_in(OFF)]
        if self.milestone.kind is CaseKind.REPORT:
            wanted.append(case.c.milestone == self.milestone.key)
        return and_(*wanted)

    def owed_sql(self) -> ColumnElement[bool]:
        """Return the condition that a case has yet to do what the milestone asks, whenever it is due."""
        return and_(self._mine(), self._lags_sql(FAR_OFF))

    def _mine(self) -> ColumnElement[bool]:
        # by no index: nearly all cases are of a notice in force, and sorting them costs more than a look
        return func.coalesce(case.c.notice, "") == self.notice

    def _pressing_sql(self) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        if self.late_to is not None and self.soon_to is not None:
            late = self._lags_sql(self.today, (LONG_AGO, self.late_to))
            soon = self._lags_sql(self.today, (self.late_to + _DAY, self.soon_to))
            # a case without a last day is neither: NULL would be lost in their opposites
            return func.coalesce(late, false()), func.coalesce(soon, false())
        lagging = self._lags_sql(self.today) if self.over or self.near else false()
        return (lagging, false()) if self.over else (false(), lagging)

    def _lags_sql(self, day: date, held: tuple[date, date] | None = None) -> ColumnElement[bool]:
        return lags_sql(self.milestone, day=day, anchors=held, at=_ANY_TIME)


def in_force(conn: Connection, *, notice_id: str | None = None) -> tuple[Rules, ...]:
    """Return the rules of every notice in force (or of one, if it is), in the order of their ids."""
    query = select(notice.c.schedule_hash).where(notice.c.state == "in_force").order_by(notice.c.id)
    if notice_id is not None:
        query = query.where(notice.c.id == notice_id)
    return tuple(rules_of(name, schedule_by_hash(conn, name)) for name in conn.scalars(query).all())


def gauges(all_rules: Iterable[Rules], *, now: datetime) -> tuple[Gauge, ...]:
    """Return the milestones of some notices as they are looked at now."""
    return tuple(gauge for rules in all_rules for gauge in _gauges_of(rules, now))


@lru_cache(maxsize=64)  # asked for each row of a list
def _gauges_of(rules: Rules, now: datetime) -> tuple[Gauge, ...]:
    return tuple(_gauge(rules, one, now) for one in rules.schedule.milestones)


def marked(all_gauges: Iterable[Gauge], mark: Mark) -> ColumnElement[bool]:
    """Return the condition that a case has a mark for any of some milestones."""
    return or_(false(), *(gauge.sql(mark) for gauge in all_gauges))


def is_relative(milestone: Milestone) -> bool:
    """Return whether a milestone's date is counted from each case's own last day."""
    return milestone.due.precision is Precision.RELATIVE


def is_over(due: date, milestone: Milestone, rules: Rules, *, now: datetime) -> bool:
    """Return whether a last day has passed: at its hour, or at 24:00."""
    local = now.astimezone(rules.zone)
    if milestone.due.until is not None and local.date() == due:
        return local.time() > milestone.due.until
    return local.date() > due


@lru_cache(maxsize=256)
def soon_until(rules: Rules, today: date) -> date:
    """Return the latest day for which at most SOON working days are left: what is due on days off counts."""
    return rules.calendar.shift(today, SOON + 1) - timedelta(days=1)


@lru_cache(maxsize=1024)
def last_held(rules: Rules, key: str, due: date) -> date:
    """Return the latest last day of an activity whose date by milestone ``key`` is no later than ``due``.

    A later last day is never due earlier.
    """
    milestone = rules.schedule.milestone(key)
    days = (due - timedelta(days=back) for back in range(_LONGEST))
    over = (day for day in days if milestone and (rules.due_day(milestone, day) or FAR_OFF) <= due)
    return next(over, LONG_AGO)


def breaks(all_gauges: Iterable[Gauge], *days: date) -> tuple[date, ...]:
    """Return the last days at which how a case stands can change: between two of them, all stand alike."""
    return tuple(sorted(set(days) | set(_breaks(all_gauges))))


def _breaks(all_gauges: Iterable[Gauge]) -> Iterator[date]:
    for gauge in all_gauges:
        yield gauge.today
        if gauge.late_to is not None and gauge.soon_to is not None:
            yield from (gauge.late_to, gauge.soon_to)
        elif gauge.milestone.due.day is not None:
            yield max(gauge.milestone.due.day, gauge.today)


def _gauge(rules: Rules, milestone: Milestone, now: datetime) -> Gauge:
    today = rules.today(now)
    due = milestone.due.day
    late_to = soon_to = None
    over = near = False
    if is_relative(milestone):
        late_to = last_held(rules, milestone.key, today - _DAY)
        soon_to = last_held(rules, milestone.key, soon_until(rules, today))
    elif due is not None:
        over = is_over(due, milestone, rules, now=now)
        near = not over and due <= soon_until(rules, today)
    return Gauge(
        rules=rules, milestone=milestone, today=today, over=over, near=near, late_to=late_to, soon_to=soon_to
    )
