"""A date that was read as a notice file writes it: ``2023-09-30``, ``late 2023-09``, ``about …``, ``tbd``."""

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from config.dates import parse_when
from config.errors import UserError
from config.reading.drafting.decisions import Decision, Verdict
from config.reading.reading import Certainty, Clause, ReadDate
from config.schedule import Precision

TBD = "tbd"
_THIRDS = {1: "early", 11: "mid", 21: "late"}
_SEPARATOR = re.compile(r"\s*(?:[-~–—－～]+|至|到)\s*")


class Bounds(NamedTuple):
    """The first and the last day of something, each as a notice file writes it; None: not stated."""

    first: str | None
    last: str | None


def bounds_of(clause: Clause, decision: Decision, text: str) -> Bounds:
    """Return the dates of a clause, as a person corrected them or as the words give them."""
    if decision.verdict is Verdict.CORRECT:
        return Bounds(_day(decision.start), _day(decision.day))
    first, last = _as_read(clause.when, clause.when.words.of(text))
    if clause.when.certainty is Certainty.OPEN and first is None and last is None:
        return Bounds(None, TBD)
    return Bounds(_sound(first), _sound(last))


def is_relative(expression: str | None) -> bool:
    """Tell whether a date counts from the day on which an activity is held."""
    return expression is not None and parse_when(expression).precision is Precision.RELATIVE


def _as_read(when: ReadDate, words: str) -> Bounds:
    if when.relative:
        return Bounds(None, f"about {when.relative}" if when.approximate else when.relative)
    if whole := _one_span(when):
        return Bounds(None, whole)
    exact = not when.approximate and when.certainty not in (Certainty.THIRD, Certainty.MONTH)
    parts = _SEPARATOR.split(words)
    first = _about(when.start, exact or _names_day(parts[0]))
    last = _about(when.day, exact or _names_day(parts[-1]))
    if when.day and not exact and "旬" in parts[-1]:
        last = _third(when.day) or last
    if when.start and not exact and "旬" in parts[0]:
        first = _third(when.start) or first
    if when.until and last == _day(when.day):
        last = f"{last} {when.until:%H:%M}"
    return Bounds(first, last)


def _one_span(when: ReadDate) -> str | None:
    """Return ``late 2023-09`` or ``2023-09`` where exactly that is meant."""
    first, last = when.start, when.day
    if first is None or last is None or (first.year, first.month) != (last.year, last.month):
        return None
    end = monthrange(last.year, last.month)[1]
    if when.certainty is Certainty.MONTH and (first.day, last.day) == (1, end):
        return f"{last:%Y-%m}"
    if when.certainty is Certainty.THIRD and last.day in (10, 20, end):
        whole = _third(last)
        return whole if whole == _third(first) and first.day in _THIRDS else None
    return None


def _third(day: date) -> str | None:
    start = min(21, (day.day - 1) // 10 * 10 + 1)
    return f"{_THIRDS[start]} {day:%Y-%m}"


def _names_day(words: str) -> bool:
    return bool(re.search(r"[日号]|\d\s*$", words))


def _about(day: date | None, exact: bool) -> str | None:
    if day is None:
        return None
    return day.isoformat() if exact else f"about {day.isoformat()}"


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _sound(expression: str | None) -> str | None:
    """Return an expression that a notice file takes, None for one beyond its years or days."""
    try:
        return None if expression is None else parse_when(expression).text
    except UserError:
        return None
