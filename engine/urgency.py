"""What one case asks of somebody now: its nearest milestone, what stands in the way, and how urgent it is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from config.moved import moved_note
from config.schedule import Name, Role
from engine.changes import ChangeLine
from engine.done_on import done_at
from engine.items import distance, lacking
from engine.rules import Rules, facts_of
from engine.standing import FAR_OFF, Gauge, Mark, gauges
from workflows.blockers import Blocker
from workflows.decide import allowed, decide, next_trigger, said_once
from workflows.lifecycle import Lifecycle
from workflows.registry import lifecycle, target_of
from workflows.returned import sent_back

_SUNDAY = 6


class Urgency(StrEnum):
    """The groups of a desk, the most urgent first; ``waiting``: nothing can be done till a date."""

    LATE = "late"
    THIS_WEEK = "this_week"
    LATER = "later"
    WAITING = "waiting"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine:
    """One milestone as it stands to a case: its last day and last working day, what is missing, who says so.

    ``days_left`` are working days, ``days_late`` calendar days, ``done_late`` those by which it was done
    too late. ``missing`` is what a person can mend. ``moved`` tells of the date first set, where this one
    was changed without words of its own.
    """

    notice: str
    key: str
    name: Name
    mark: Mark
    opens: date | None
    due: date | None
    act_by: date | None
    days_left: int
    days_late: int
    approximate: bool
    clause: str | None
    cite: str | None
    source: str
    send_to: str | None
    missing: tuple[Blocker, ...]
    done_late: int = 0
    moved: Name | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """What a case asks now. ``trigger`` is the next step that the person may do, with its ``blockers``.

    ``waits_for`` is the day on which the last of them clears by itself, where nothing else is to be done.
    ``returned`` says why it was sent back, while it is still as it was then.
    """

    urgency: Urgency
    milestone: DueLine | None
    trigger: str | None
    blockers: tuple[Blocker, ...]
    waits_for: date | None
    returned: Blocker | None = None

    @property
    def returned_for(self) -> str | None:
        """Return what whoever sent it back said, None where it is not as it was then."""
        return None if self.returned is None else str(self.returned.params["why"])


def asks(row: Any, rules: Rules, roles: Collection[Role], *, now: datetime) -> Asks:
    """Return what a case row with its facts and ``returned_for`` asks of somebody with ``roles`` for it."""
    nearest = _nearest(row, rules, now)
    line = _line(row, *nearest, now) if nearest else None
    trigger = _next_step(row, roles)
    blockers = _blockers(row, rules, trigger, nearest=nearest, now=now)
    waits_for = _waits_for(blockers)
    urgency = _urgency(line, trigger, waits_for, rules.today(now))
    returned = None if row.returned_for is None else sent_back(row.returned_for)
    return Asks(
        urgency=urgency,
        milestone=line,
        trigger=trigger,
        blockers=blockers,
        waits_for=waits_for,
        returned=returned,
    )


def missing(row: Any, rules: Rules, *, now: datetime) -> tuple[Blocker, ...]:
    """Return what stands before the next step of a case row that still owes something, whoever does it."""
    nearest = _nearest(row, rules, now)
    trigger = next_trigger(lifecycle(row.kind, row.lifecycle), row.state)
    return _blockers(row, rules, trigger, nearest=nearest, now=now) if nearest else ()


def _blockers(
    row: Any, rules: Rules, trigger: str | None, *, nearest: tuple[Gauge, Mark] | None, now: datetime
) -> tuple[Blocker, ...]:
    """Return what stands before a step, and before the nearest milestone where no step leads to that."""
    found = step_blockers(row, rules, trigger, now=now) if trigger else ()
    if nearest is None or target_of(nearest[0].milestone) is not None:
        return found
    return said_once((*found, *lacking(row, rules, nearest[0].milestone, now=now)))


def step_blockers(row: Any, rules: Rules, trigger: str, *, now: datetime) -> tuple[Blocker, ...]:
    """Return every reason against a step of a case row now."""
    life = lifecycle(row.kind, row.lifecycle)
    return decide(life, row.state, trigger, facts_of(row, rules, trigger, now=now)).blockers


def due_lines(row: Any, rules: Rules, changes: Sequence[ChangeLine], *, now: datetime) -> tuple[DueLine, ...]:
    """Return every milestone that is for a case with these changes, in the order of the notice."""
    found = (gauge for gauge in gauges([rules], now=now) if gauge.concerns(row))
    return tuple(_judged(due_line(row, gauge, now=now), gauge, changes) for gauge in found)


def _judged(line: DueLine, gauge: Gauge, changes: Sequence[ChangeLine]) -> DueLine:
    """Return a line with how late it was done, if it was."""
    done = done_at(changes, gauge.milestone) if line.mark is Mark.DONE and line.due else None
    if done is None or line.due is None:
        return line
    return replace(line, done_late=max(0, (gauge.rules.today(done) - line.due).days))


def due_line(row: Any, gauge: Gauge, *, now: datetime) -> DueLine:
    """Return how a milestone that is for a case stands to it."""
    return _line(row, gauge, gauge.mark(row) or Mark.OPEN, now)


def _line(row: Any, gauge: Gauge, mark: Mark, now: datetime) -> DueLine:
    milestone, rules = gauge.milestone, gauge.rules
    due = rules.due_day(milestone, row.ends_on)
    act_by, left, late = distance(rules, due, gauge.today)
    source = milestone.sources.get("due") or milestone.sources["milestone"]
    return DueLine(
        notice=gauge.notice,
        key=milestone.key,
        name=milestone.name,
        mark=mark,
        opens=milestone.opens.start if milestone.opens else None,
        due=due,
        act_by=act_by,
        days_left=left,
        days_late=late if mark is Mark.LATE else 0,
        approximate=milestone.due.approximate,
        clause=source.clause,
        cite=source.cite,
        source=source.notice,
        send_to=milestone.send_to,
        missing=() if mark is Mark.DONE else lacking(row, rules, milestone, now=now),
        moved=moved_note(milestone),
    )


def _nearest(row: Any, rules: Rules, now: datetime) -> tuple[Gauge, Mark] | None:
    """Return the milestone to be reached next, and how the case stands to it."""
    for gauge in _by_date(rules, lifecycle(row.kind, row.lifecycle), row.ends_on, now):
        mark = gauge.mark(row)
        if mark not in (None, Mark.DONE):
            return gauge, mark
    return None


@lru_cache(maxsize=1024)  # asked for each row of a list
def _by_date(rules: Rules, life: Lifecycle, held: date | None, now: datetime) -> tuple[Gauge, ...]:
    """Return the milestones of a notice for a case whose last day is ``held``: by date, then by step."""

    def rank(gauge: Gauge) -> tuple[date, int]:
        target = target_of(gauge.milestone)
        ahead = (*life.path, target)  # what is beside the path is entered from its end
        return rules.due_day(gauge.milestone, held) or FAR_OFF, ahead.index(target) if target else -1

    return tuple(sorted(gauges([rules], now=now), key=rank))


def _next_step(row: Any, roles: Collection[Role]) -> str | None:
    life = lifecycle(row.kind, row.lifecycle)
    trigger = next_trigger(life, row.state)
    return trigger if trigger and allowed(life, row.state, trigger, roles) else None


def _waits_for(blockers: Sequence[Blocker]) -> date | None:
    days = [one.clears_on for one in blockers]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


def _urgency(line: DueLine | None, trigger: str | None, waits_for: date | None, today: date) -> Urgency:
    if line is None or (trigger is None and not line.missing):
        return Urgency.DONE
    if line.mark is Mark.LATE:
        return Urgency.LATE
    if waits_for is not None:
        return Urgency.WAITING
    sunday = today + timedelta(days=_SUNDAY - today.weekday())
    return Urgency.THIS_WEEK if line.act_by and line.act_by <= sunday else Urgency.LATER
