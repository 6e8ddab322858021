"""On time or late: each activity held against the milestones of its notice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from config.schedule import Name
from engine.rollup.gathering import Activity
from engine.rollup.subject import Subject
from engine.standing import OFF, Gauge, Mark, gauges, is_over
from workflows.lifecycle import Lifecycle
from workflows.materials import either
from workflows.registry import lifecycle, target_of


class Timing(StrEnum):
    """How an activity stands to a milestone in the end: done by its date, done after it, due and not done."""

    ON_TIME = "on_time"
    AFTER = "after"
    LATE = "late"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Punctual:
    """How many activities met one milestone; ``due`` None where it is not one day for all."""

    name: Name
    due: date | None
    on_time: int = 0
    after: int = 0
    late: int = 0
    open: int = 0

    @property
    def decided(self) -> int:
        """Return of how many it is known by now."""
        return self.on_time + self.after + self.late


def punctuality(subject: Subject, activities: Iterable[Activity], *, now: datetime) -> tuple[Punctual, ...]:
    """Return how the activities stand to each milestone, those of one name together, the earliest first."""
    found: dict[str, dict[Timing, int]] = {}
    asked: dict[str, list[Gauge]] = {}
    by_notice = {one: gauges([rules], now=now) for one, rules in subject.family.items()}
    for gauge in (gauge for several in by_notice.values() for gauge in several):
        asked.setdefault(gauge.milestone.name.zh, []).append(gauge)
    for activity in activities:
        for gauge in by_notice[activity.row.notice]:
            timing = timing_of(activity, gauge)
            if timing is not None:
                counts = found.setdefault(gauge.milestone.name.zh, {})
                counts[timing] = counts.get(timing, 0) + 1
    told = (_punctual(asked[name], counts) for name, counts in found.items())
    return tuple(sorted(told, key=lambda one: (one.due or date.max, one.name.zh)))


def _punctual(asked: list[Gauge], counts: dict[Timing, int]) -> Punctual:
    days = {gauge.milestone.due.day for gauge in asked}
    return Punctual(
        name=asked[0].milestone.name,
        due=days.pop() if len(days) == 1 else None,
        on_time=counts.get(Timing.ON_TIME, 0),
        after=counts.get(Timing.AFTER, 0),
        late=counts.get(Timing.LATE, 0),
        open=counts.get(Timing.OPEN, 0),
    )


def timing_of(activity: Activity, gauge: Gauge) -> Timing | None:
    """Return how an activity stands to a milestone, None where the milestone is not for it."""
    mark = gauge.mark(activity.row)
    if mark is None:
        return None
    if mark is not Mark.DONE:
        return Timing.LATE if mark is Mark.LATE else Timing.OPEN
    due, done = gauge.rules.due_day(gauge.milestone, activity.row.ends_on), _done_at(activity, gauge)
    if due is None or done is None:
        return Timing.ON_TIME
    return Timing.AFTER if is_over(due, gauge.milestone, gauge.rules, now=done) else Timing.ON_TIME


def _done_at(activity: Activity, gauge: Gauge) -> datetime | None:
    """Return when all that a milestone asks was done: its state reached for good, its materials there."""
    target = target_of(gauge.milestone)
    life = lifecycle(activity.row.kind, activity.row.lifecycle)
    reached = [_reached_at(activity, life, target)] if target else []
    handed = [_handed_in_at(activity, kinds, count) for kinds, count in gauge.milestone.needs.items()]
    return max((at for at in (*reached, *handed) if at is not None), default=None)


def _reached_at(activity: Activity, life: Lifecycle, target: str) -> datetime | None:
    """Return when a case last came from before a state to it or past it."""
    before = life.before(target)
    beyond = [one.at for one in activity.moves if one.dest not in before and one.dest not in OFF]
    crossed = [
        one.at
        for one in activity.moves
        if one.dest not in before and one.dest not in OFF and one.source in before
    ]
    return crossed[-1] if crossed else next(iter(beyond), None)


def _handed_in_at(activity: Activity, kinds: str, count: int) -> datetime | None:
    added = sorted(one.added_at for one in activity.of_kind(*either(kinds)))
    return added[count - 1] if len(added) >= count else None
