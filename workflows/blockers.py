"""Blockers: why a step is not possible now, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Code(StrEnum):
    """Every reason that the guards and the table of steps can give."""

    TITLE_MISSING = "title_missing"
    UNIT_MISSING = "unit_missing"
    COORDINATOR_MAIL_MISSING = "coordinator_mail_missing"
    DATES_MISSING = "dates_missing"
    DATES_REVERSED = "dates_reversed"
    PLACE_MISSING = "place_missing"
    NOT_OPEN = "not_open"
    CLOSED_SINCE = "closed_since"
    LATE_REASON_MISSING = "late_reason_missing"
    MATERIALS_MISSING = "materials_missing"
    NOT_BEGUN = "not_begun"
    NOT_OVER = "not_over"
    ONLINE_ADDRESS_MISSING = "online_address_missing"
    PARTICIPANTS_MISSING = "participants_missing"
    REASON_MISSING = "reason_missing"
    NOT_RECOMMENDED = "not_recommended"
    AWARD_MISSING = "award_missing"
    WRONG_STATE = "wrong_state"
    NOT_ALLOWED = "not_allowed"
    SENT_BACK = "sent_back"
    CHANGED_MEANWHILE = "changed_meanwhile"
    BEFORE_LAST_STEP = "before_last_step"
    BEFORE_THE_END = "before_the_end"
    STILL_NEEDED = "still_needed"
    NOTHING_CHANGED = "nothing_changed"
    OUT_OF_SEASON = "out_of_season"
    DATES_PAST = "dates_past"
    DATES_AHEAD = "dates_ahead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """One reason against a step: a stable code and what its sentence needs.

    ``clears_on`` is the first local day on which it clears by itself; ``fix`` is a stable word
    for what a person can do about it (``attach:photo``, ``edit:place``, ``reason``).
    """

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    clears_on: date | None = None
    fix: str | None = None


def years(today: date, *days: date | None) -> Mapping[str, str | int]:
    """Return the mark that a blocker's days are told with their years: one is of another year than today."""
    return {"years": 1} if any(day and day.year != today.year for day in days) else {}
