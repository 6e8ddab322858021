"""What a case's schedule says of a step: the bridge from the schedule to the facts of a guard."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from config.firings import due_on
from config.schedule import AfterDue, CaseKind, Milestone, Name, Schedule
from config.workdays import WorkCalendar
from engine.field_problems import Problem
from workflows.decide import route
from workflows.facts import Facts, Season
from workflows.lifecycle import Lifecycle
from workflows.materials import requires_for
from workflows.registry import lifecycle

_KEPT = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What the schedule asks of one step of one kind of case."""

    requires: Mapping[str, int]
    milestone: Milestone | None
    opens: date | None


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    """Return a time zone by its IANA name."""
    return ZoneInfo(name)


@lru_cache(maxsize=64)
def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()


@lru_cache(maxsize=64)
def _calendar(days: tuple[tuple[date, bool], ...]) -> WorkCalendar:
    return WorkCalendar(days=dict(days))


def calendar_of(schedule: Schedule) -> WorkCalendar:
    """Return the working days that a schedule goes by."""
    return _calendar(tuple(sorted(schedule.days.items())))


def season_of(schedule: Schedule) -> Season | None:
    """Return the season of a schedule, None where it tells of no window."""
    days = [day for one in schedule.windows for day in (one.start.start, one.end.day) if day]
    return Season(min(days), max(days)) if days else None


def far_from_season(schedule: Schedule, row: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield the days of an activity that are so far from the season that they must be wrong."""
    season = season_of(schedule)
    for field in ("starts_on", "ends_on"):
        day = row.get(field)
        if season and day and season.is_far(day):
            yield (
                field,
                Name(
                    zh=f"{day} 离本通知的时段（{season.first} 至 {season.last}）太远；请核对年份和月份",
                    en=f"{day} is far from the notice's season ({season.first} to {season.last});"
                    " check year and month",
                ),
            )


class Rules:
    """The rules of one schedule, worked out once a step."""

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        self.zone = zone(schedule.zone)
        self.calendar = calendar_of(schedule)
        self.season = season_of(schedule)
        self._rules: dict[tuple[str, str | None, str], Rule] = {}

    def today(self, at: datetime) -> date:
        """Return the notice's local day of an instant."""
        return _day(at, self.zone)

    def rule(self, life: Lifecycle, milestone: str | None, trigger: str) -> Rule:
        """Return what the schedule asks of ``trigger`` for cases of that kind (and reported milestone)."""
        key = (life.name, milestone, trigger)
        found = self._rules.get(key)
        if found is None:
            found = self._rules[key] = self._work_out(life, milestone, trigger)
        return found

    def behind(self, life: Lifecycle, state: str, milestone: str | None) -> Mapping[str, int]:
        """Return what the steps along the path to a state needed; of two needs for one kind the greater."""
        found: dict[str, int] = {}
        for step in route(life, life.initial, state) or ():
            for kind, count in self.rule(life, milestone, step.trigger).requires.items():
                found[kind] = max(count, found.get(kind, 0))
        return found

    def _work_out(self, life: Lifecycle, milestone: str | None, trigger: str) -> Rule:
        dests = {step.dest for step in life.steps if step.trigger == trigger and step.dest != step.source}
        if milestone is not None:
            found = self.schedule.milestone(milestone) if trigger == "submit" else None
        else:
            found = next(
                (m for m in self.schedule.milestones if m.kind is CaseKind.ACTIVITY and m.reaches in dests),
                None,
            )
            if trigger in ("return", "reinstate"):
                found = None
        requires = requires_for(self.schedule, trigger, found)
        opens = found.opens.start if found and found.opens else None
        return Rule(requires=requires, milestone=found, opens=opens)

    def due_day(self, milestone: Milestone, held: date | None) -> date | None:
        """Return the local day a milestone is due for a case whose last day is ``held``."""
        return due_on(milestone.due, held, self.calendar)


_kept: dict[str, Rules] = {}


def rules_of(name: str, schedule: Schedule) -> Rules:
    """Return the rules of a stored schedule, kept in memory; ``name`` is the hash of its content."""
    found = _kept.get(name)
    if found is None:
        if len(_kept) >= _KEPT:
            _kept.clear()
        found = _kept[name] = Rules(schedule)
    return found


def facts_of(row: Any, rules: Rules, trigger: str, *, now: datetime, reason: str | None = None) -> Facts:
    """Return what the guards of ``trigger`` see of a case row joined with its coordinator."""
    life = lifecycle(row.kind, row.lifecycle)
    rule = rules.rule(life, row.milestone, trigger)
    closed = late_since = None
    if rule.milestone is not None and rule.milestone.after_due is not AfterDue.ALLOW:
        due = rules.due_day(rule.milestone, row.ends_on)
        closed = due if rule.milestone.after_due is AfterDue.FORBID else None
        late_since = due if rule.milestone.after_due is AfterDue.REASON else None
    return Facts(
        today=rules.today(now),
        title=row.title,
        unit=str(row.unit_id),
        coordinator_mail=None if row.address_bad else row.email,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        place=row.place,
        online=row.online,
        online_url=row.online_url,
        participants=row.participants,
        materials=row.materials,
        requires=rules.behind(life, row.state, row.milestone) if trigger == "detach" else rule.requires,
        reason=reason,
        recommended_by=row.recommended_by,
        award=row.award,
        opens=rule.opens,
        closed=closed,
        late_since=late_since,
        season=rules.season,
    )
