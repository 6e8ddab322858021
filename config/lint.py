"""Contradictions of a schedule: in itself, with the notices above it, the calendar and its text."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

from config import rules_dates, rules_line
from config.catalogue import joined
from config.findings import Finding, Severity, Subject
from config.noticefile import parse
from config.resolve import resolve
from config.schedule import Schedule
from config.workdays import WorkCalendar
from config.yamltree import read_text

__all__ = ["Finding", "Severity", "lint", "lint_file", "lint_source"]

Rule = Callable[[Subject], Iterable[Finding]]

RULES: tuple[Rule, ...] = (
    rules_line.region_outside,
    rules_line.later_than_parent,
    rules_line.no_room_to_collate,
    rules_line.window_past_report,
    rules_line.left_open,
    rules_line.wrong_cites,
    rules_dates.reversed_windows,
    rules_dates.opens_after_due,
    rules_dates.due_before_windows_end,
    rules_dates.due_on_day_off,
    rules_dates.already_past,
    rules_dates.issued_after_opening,
    rules_dates.unknown_holidays,
    rules_dates.relative_without_windows,
)


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
    the notice as published, in which its cites must stand character by character.
    """
    subject = Subject(schedule=schedule, parents=parents, calendar=calendar, today=today, text=text)
    found = [finding for rule in RULES for finding in rule(subject)]
    return sorted(found, key=lambda finding: list(Severity).index(finding.level))


def lint_file(path: Path, *, today: date, others: Iterable[Path] = ()) -> tuple[Schedule, list[Finding]]:
    """Check a user's notice file over the catalogue and ``others``; reads its text too if it names one.

    Raises ``UserError`` where a file cannot be read or is not right.
    """
    texts = [(str(file), read_text(file)) for file in (path, *others)]
    notice = parse(texts[0][1], str(path)).notice
    published = read_text(path.parent / notice.text) if notice.text else None
    return lint_source(notice.id, joined(texts), today=today, text=published)


def lint_source(
    notice_id: str, sources: Mapping[str, str], *, today: date, text: str | None = None
) -> tuple[Schedule, list[Finding]]:
    """Resolve a notice from ``sources`` (YAML by id), and return its schedule with the findings."""
    schedule = resolve(notice_id, sources)
    parents = tuple(resolve(parent, sources) for parent in schedule.line[1:])
    return schedule, lint(schedule, parents, WorkCalendar(days=schedule.days), today=today, text=text)
