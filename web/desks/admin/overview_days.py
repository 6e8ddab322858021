"""What the next days bring, as the overview tells it: only what concerns cases that the viewer has."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from config.schedule import Name
from engine.coming_days import ComingDay, DueThen
from engine.listing import Sort
from engine.overview import Overview
from web.desks.lists.case_query import CaseQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class NextDue:
    """The nearest date by which somebody still owes something."""

    day: date
    name: Name
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine:
    """A milestone due on a day."""

    name: Name
    cases: int
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowLine:
    """A period that begins or ends on a day."""

    name: Name
    begins: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderLine:
    """Reminders of a milestone that leave on a day, at a local ``time``; ``href`` leads to their mails."""

    time: str
    name: Name
    cases: int
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLine:
    """One day on which something comes."""

    day: date
    due: tuple[DueLine, ...]
    windows: tuple[WindowLine, ...]
    reminders: tuple[ReminderLine, ...]


def next_due(seen: Overview) -> NextDue | None:
    """Return the nearest date with cases that still owe something; the milestone with most of them."""
    for coming in seen.coming:
        owed = [one for one in coming.due if one.cases]
        if owed:
            most = max(owed, key=lambda one: one.cases)
            return NextDue(day=coming.day, name=most.name, cases=most.cases)
    return None


def coming_lines(seen: Overview, zone: ZoneInfo) -> tuple[DayLine, ...]:
    """Return the days to come on which something concerns a case."""
    names = {(one.notice, one.key): one.name for one in seen.milestones}
    concerned = {one.notice for one in seen.cells}
    lines = (
        DayLine(
            day=coming.day,
            due=tuple(map(_due, (one for one in coming.due if one.cases))),
            windows=tuple(_windows(coming, concerned)),
            reminders=tuple(_reminders(coming, names, zone)),
        )
        for coming in seen.coming
    )
    return tuple(one for one in lines if one.due or one.windows or one.reminders)


def _due(one: DueThen) -> DueLine:
    query = CaseQuery(notice=one.notice, milestone=one.milestone, sort=Sort.DUE)
    return DueLine(name=one.name, cases=one.cases, href=query.url())


def _windows(coming: ComingDay, concerned: set[str]) -> Iterator[WindowLine]:
    for one in coming.windows:
        if one.notice in concerned:
            yield WindowLine(name=one.name, begins=one.begins)


def _reminders(
    coming: ComingDay, names: dict[tuple[str, str], Name], zone: ZoneInfo
) -> Iterator[ReminderLine]:
    """Yield the reminders of a day, several rungs of one milestone as one."""
    most: dict[tuple[str, str, str], int] = {}
    for one in coming.reminders:
        key = (f"{one.at.astimezone(zone):%H:%M}", one.notice, one.milestone)
        most[key] = max(most.get(key, 0), one.cases)
    for (time, notice, milestone), cases in most.items():
        if cases:
            asked = urlencode({"on": coming.day.isoformat(), "notice": notice, "milestone": milestone})
            href = f"/reminders/day?{asked}#mails"
            yield ReminderLine(time=time, name=names[notice, milestone], cases=cases, href=href)
