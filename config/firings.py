"""When the reminders of a schedule leave: every milestone × rung as an instant. Pure.

A reminder leaves on a working day at the schedule's hour. Before a due date, days are counted
back from it; a rung on a day off moves to the working day before, and never past the deadline.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from types import MappingProxyType
from zoneinfo import ZoneInfo

from config.schedule import Milestone, Precision, Role, Rung, Schedule, When
from config.workdays import WorkCalendar

ROOM = timedelta(days=60)
DAILY = "daily"
"""The rung and the template of the admins' daily summary, which is of no one milestone (``WHOLE``)."""
WHOLE = "*"
NO_REVISIONS: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Firing:
    """One reminder of one milestone that leaves at one instant.

    ``at`` is aware UTC, ``day`` its local day. A relative milestone has no ``due`` but
    ``anchors``: the first and the last of the cases' last days (``held``) that it is for.
    ``provisional`` firings rest on a year whose holidays are not published.
    """

    notice: str
    milestone: str
    rung: str
    revision: int
    at: datetime
    day: date
    due: date | None
    anchors: tuple[date, date] | None
    roles: tuple[Role, ...]
    template: str
    provisional: bool

    @property
    def occurrence(self) -> str:
        """Return which of a rung's several firings this is, as an ISO day; empty where it has but one."""
        if self.anchors:
            return self.anchors[0].isoformat()
        return self.day.isoformat() if self.rung == DAILY else ""


def plan(
    schedule: Schedule, calendar: WorkCalendar, *, revisions: Mapping[str, int] = NO_REVISIONS
) -> tuple[Firing, ...]:
    """Return all firings of ``schedule`` in the order of time.

    ``revisions`` counts, by milestone key, how often its dates were changed after it had fired
    (0 if absent). A date that is ``tbd`` gives none. Relative dates are planned for last days
    from ``ROOM`` before the first window to ``ROOM`` after the last. With ``daily`` the admins
    get a summary on each working day of the season.
    """
    planner = _Planner(schedule=schedule, calendar=calendar, zone=ZoneInfo(schedule.zone))
    found = [
        replace(firing, revision=revisions.get(milestone.key, 0))
        for milestone in schedule.milestones
        for rung in milestone.ladder
        for firing in planner.firings(milestone, rung)
    ]
    if schedule.daily and found:
        found.extend(planner.summaries(min(f.day for f in found), max(f.day for f in found)))
    return tuple(sorted(found, key=lambda firing: firing.at))


def due_on(due: When, held: date | None, calendar: WorkCalendar) -> date | None:
    """Return the last local day of ``due`` for a case whose last day is ``held``; None while unknown."""
    if due.precision is not Precision.RELATIVE:
        return due.day
    if held is None:
        return None
    return calendar.shift(held, due.after) if due.working else held + timedelta(days=due.after)


def reminder_day(due: date, offset: int, calendar: WorkCalendar) -> date:
    """Return the working day ``offset`` working days from ``due``; for 0, ``due`` or the last one before."""
    return calendar.shift(due, offset) if offset else calendar.on_or_before(due)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Planner:
    schedule: Schedule
    calendar: WorkCalendar
    zone: ZoneInfo

    def firings(self, milestone: Milestone, rung: Rung) -> Iterator[Firing]:
        """Give the firings of one rung."""
        make = self._maker(milestone.key, rung)
        if rung.on == "opens":
            if milestone.opens and milestone.opens.start:
                yield make(self._opening(milestone.opens, milestone.opens.start, rung.offset))
        elif milestone.due.precision is Precision.RELATIVE:
            yield from self._relative(milestone.due, rung, make)
        elif milestone.due.day:
            day = self._before_deadline(milestone.due, milestone.due.day, rung.offset)
            yield self._checked(replace(make(day), due=milestone.due.day), milestone.due.day)

    def summaries(self, first: date, last: date) -> Iterator[Firing]:
        """Give the admins' summary of each working day of the season."""
        rung = Rung(key=DAILY, on="day", offset=0, roles=(Role.ADMIN,), template=DAILY)
        make = self._maker(WHOLE, rung)
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return (make(day) for day in days if self.calendar.is_working(day))

    def _maker(self, milestone: str, rung: Rung) -> Callable[[date], Firing]:
        def make(day: date) -> Firing:
            return Firing(
                notice=self.schedule.id,
                milestone=milestone,
                rung=rung.key,
                revision=0,
                at=datetime.combine(day, self.schedule.send_at, self.zone).astimezone(UTC),
                day=day,
                due=None,
                anchors=None,
                roles=rung.roles,
                template=rung.template,
                provisional=self.calendar.is_provisional(day),
            )

        return make

    def _opening(self, opens: When, start: date, offset: int) -> date:
        if offset:
            return self.calendar.shift(start, offset)
        day = self.calendar.on_or_after(start)
        if day == start and opens.until and self.schedule.send_at < opens.until:
            return self.calendar.shift(day, 1)  # the sending hour comes before the opening hour
        return day

    def _before_deadline(self, due: When, last: date, offset: int) -> date:
        day = reminder_day(last, offset, self.calendar)
        if day == last and due.until and due.until < self.schedule.send_at:
            return self.calendar.shift(day, -1)  # the deadline's hour comes before the sending hour
        return day

    def _relative(self, due: When, rung: Rung, make: Callable[[date], Firing]) -> Iterator[Firing]:
        def day_for(held: date) -> date:
            last = due_on(due, held, self.calendar)
            return reminder_day(last or held, rung.offset, self.calendar)

        # A later last day never has an earlier reminder, so equal days stand together.
        for day, helds in groupby(_span(self.schedule), day_for):
            first, *rest = helds
            last = rest[-1] if rest else first
            yield self._checked(replace(make(day), anchors=(first, last)), last)

    def _checked(self, firing: Firing, day: date) -> Firing:
        return replace(firing, provisional=firing.provisional or self.calendar.is_provisional(day))


def _span(schedule: Schedule) -> Iterator[date]:
    starts = [window.start.start for window in schedule.windows if window.start.start]
    ends = [window.end.day for window in schedule.windows if window.end.day]
    if starts and ends:
        day, last = min(starts) - ROOM, max(ends) + ROOM
        while day <= last:
            yield day
            day += timedelta(days=1)
