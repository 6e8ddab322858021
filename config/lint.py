"""Contradictions of a schedule: within itself, with the notices above it, with the calendar, with its text."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from config.catalogue import joined
from config.firings import reminder_day
from config.noticefile import parse
from config.regions import is_within
from config.resolve import resolve
from config.schedule import CaseKind, Milestone, Name, Precision, Schedule, Source, When, Window
from config.workdays import WorkCalendar
from config.yamltree import read_text

ROOM_TO_COLLATE = 3
# States that an activity reaches only after it was held; reports that gather what was held.
AFTERWARDS = frozenset({"held", "info_completed", "summarized"})
GATHERED = frozenset({"summary", "report", "photo", "video"})


class Severity(StrEnum):
    """How bad a finding is: wrong, likely to hurt, good to know."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One contradiction: a stable code, where (``milestones.summary.due``), a sentence, the clauses at odds."""

    code: str
    level: Severity
    place: str
    text: Name
    clauses: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """What the rules look at."""

    schedule: Schedule
    parents: tuple[Schedule, ...]
    calendar: WorkCalendar
    today: date
    text: str | None

    def own(self) -> Iterator[Milestone]:
        """Give the milestones that the notice itself states."""
        return (one for one in self.schedule.milestones if one.key in self.schedule.owns)

    def own_windows(self) -> Iterator[Window]:
        """Give the windows that the notice itself states."""
        return (one for one in self.schedule.windows if one.source.notice == self.schedule.id)


Rule = Callable[[_Case], Iterable[Finding]]


def lint(
    schedule: Schedule,
    parents: tuple[Schedule, ...],
    calendar: WorkCalendar,
    *,
    today: date,
    text: str | None = None,
) -> list[Finding]:
    """Return what is at odds in ``schedule``, the worst first.

    ``parents`` are the schedules of ``schedule.line[1:]``; ``today`` is the local day; ``text`` is
    the notice as published, for the check of its cites (exact substrings).
    """
    case = _Case(schedule=schedule, parents=parents, calendar=calendar, today=today, text=text)
    found = [finding for rule in RULES for finding in rule(case)]
    return sorted(found, key=lambda finding: list(Severity).index(finding.level))


def lint_file(path: Path, *, today: date, others: Iterable[Path] = ()) -> tuple[Schedule, list[Finding]]:
    """Check a user's notice file over the catalogue and ``others``; its ``text`` file is read if it names one.

    Raises ``UserError`` where a file cannot be read or is not right.
    """
    texts = [(str(file), read_text(file)) for file in (path, *others)]
    sources = joined(texts)
    notice = parse(texts[0][1], str(path)).notice
    published = read_text(path.parent / notice.text) if notice.text else None
    return lint_source(notice.id, sources, today=today, text=published)


def lint_source(
    notice_id: str, sources: Mapping[str, str], *, today: date, text: str | None = None
) -> tuple[Schedule, list[Finding]]:
    """Resolve a notice and its parents from ``sources``, and return its schedule with the findings."""
    schedule = resolve(notice_id, sources)
    parents = tuple(resolve(parent, sources) for parent in schedule.line[1:])
    calendar = WorkCalendar(days=schedule.days)
    return schedule, lint(schedule, parents, calendar, today=today, text=text)
