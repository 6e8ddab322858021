"""What a check of a schedule finds, and what its rules look at."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from config.schedule import CaseKind, Milestone, Name, Schedule, Source, Window
from config.workdays import WorkCalendar

# States that an activity reaches only after it was held, and materials that come from what was held.
AFTERWARDS = frozenset({"held", "info_completed", "summarized"})
GATHERED = frozenset({"summary", "report", "photo", "video", "news_link"})


class Severity(StrEnum):
    """How bad a finding is: wrong, likely to hurt, good to know."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One contradiction: a stable code, its place (``milestones.summary.due``), the clauses at odds."""

    code: str
    level: Severity
    place: str
    text: Name
    clauses: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A schedule under check, with the schedules above it (nearest first) and what else the rules need."""

    schedule: Schedule
    parents: tuple[Schedule, ...]
    calendar: WorkCalendar
    today: date
    text: str | None = None

    def dated(self) -> Iterator[tuple[Milestone, date]]:
        """Give the milestones whose last day the notice itself states, with that day."""
        for one in self.schedule.milestones:
            if one.due.day and self.states(one.sources.get("due")):
                yield one, one.due.day

    def windows(self) -> Iterator[Window]:
        """Give the windows that the notice itself states."""
        return (one for one in self.schedule.windows if self.states(one.source))

    def reports_above(self) -> Iterator[tuple[Milestone, date]]:
        """Give the reports of what was held that the notices above owe further up, with their last days."""
        for parent in self.parents:
            for one in parent.milestones:
                if (
                    one.kind is CaseKind.REPORT
                    and gathers(one)
                    and one.due.day
                    and one.sources["milestone"].notice == parent.id
                ):
                    yield one, one.due.day

    def states(self, source: Source | None) -> bool:
        """Tell whether a value is the notice's own."""
        return source is not None and source.notice == self.schedule.id


def gathers(milestone: Milestone) -> bool:
    """Tell whether a milestone asks for what exists only after activities were held."""
    if milestone.kind is CaseKind.ACTIVITY:
        return milestone.reaches in AFTERWARDS
    kinds = {kind for need in milestone.needs for kind in need.split("|")}
    return bool(kinds & GATHERED)


def due_source(milestone: Milestone) -> Source:
    """Return where a milestone's last day is said."""
    return milestone.sources.get("due") or milestone.sources["milestone"]


def zh_day(day: date) -> str:
    """Return a day as a Chinese notice writes it: ``2023年9月30日``."""
    return f"{day.year}年{day.month}月{day.day}日"
