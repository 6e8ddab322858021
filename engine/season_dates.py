"""The days of a schedule that people wait for, in the order of time, and the one that comes next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from config.schedule import Name, Schedule


class Occasion(StrEnum):
    """What happens on a day: something opens or falls due, a window begins or ends."""

    OPENS = "opens"
    DUE = "due"
    BEGINS = "begins"
    ENDS = "ends"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonDate:
    """One day of a schedule: what happens (``occasion``) with which milestone or window."""

    day: date
    occasion: Occasion
    name: Name
    approximate: bool = False


def season_dates(schedule: Schedule) -> tuple[SeasonDate, ...]:
    """Return the days that a schedule knows, the earliest first; of one day, what falls due first."""
    order = (Occasion.DUE, Occasion.OPENS, Occasion.BEGINS, Occasion.ENDS)
    return tuple(sorted(_dates(schedule), key=lambda one: (one.day, order.index(one.occasion))))


def next_dates(schedule: Schedule, *, today: date) -> tuple[SeasonDate, ...]:
    """Return what comes next, from ``today`` on: all of one sort on one day; nothing once all is over."""
    coming = [one for one in season_dates(schedule) if one.day >= today]
    return tuple(one for one in coming if (one.day, one.occasion) == (coming[0].day, coming[0].occasion))


def _dates(schedule: Schedule) -> Iterator[SeasonDate]:
    for milestone in schedule.milestones:
        opens, due = milestone.opens, milestone.due
        if opens and opens.start:
            yield _date(opens.start, Occasion.OPENS, milestone.name, approximate=opens.approximate)
        if due.day:
            yield _date(due.day, Occasion.DUE, milestone.name, approximate=due.approximate)
    for window in schedule.windows:
        if window.start.start:
            first = window.start
            yield _date(window.start.start, Occasion.BEGINS, window.name, approximate=first.approximate)
        if window.end.day:
            yield _date(window.end.day, Occasion.ENDS, window.name, approximate=window.end.approximate)


def _date(day: date, occasion: Occasion, name: Name, *, approximate: bool) -> SeasonDate:
    return SeasonDate(day=day, occasion=occasion, name=name, approximate=approximate)
