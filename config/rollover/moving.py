"""How one date moves to another year: with the campaign, at a month's end, with its part of the month."""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from config.schedule import Name, Precision, When
from config.workdays import WorkCalendar

_YEAR = re.compile(r"[0-9]{4}(?=-|$)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """One date that was worked out: its place, what it was and is now, by which rule.

    ``provisional``: the holidays of that year are not published, so the day may have to move.
    """

    place: str
    before: str
    after: str
    why: Name
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """What all dates are measured from: the first day of the campaign in the old and in the new year."""

    name: Name
    old: date
    new: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """Moves the dates of one notice by ``years``; without a ``campaign`` to the same day of the year.

    ``old`` and ``new`` are the working days by which the notice counted and by which it will.
    """

    years: int
    campaign: Campaign | None
    old: WorkCalendar
    new: WorkCalendar

    def moved(self, place: str, when: When, *, working: bool) -> Guess | None:
        """Return where a date of the notice goes, None for one that says no day (``tbd``, ``held + …``).

        ``working``: a day off will not do, the working day before it is taken.
        """
        if when.precision in (Precision.TBD, Precision.RELATIVE) or when.day is None:
            return None
        if when.precision is Precision.FUZZY:
            text = _YEAR.sub(lambda found: str(int(found[0]) + self.years), when.text, count=1)
            return Guess(place=place, before=when.text, after=text, why=_SAME_PART)
        day, why = self._day(when.day, working=working)
        if working and not self.new.is_working(day):
            day, why = self.new.on_or_before(day), _joined(why, _OFF)
        guess = Guess(place=place, before=when.text, after=_DAY.sub(day.isoformat(), when.text), why=why)
        # a window's day counts no working days, so no holiday can move it
        return self._provisional(guess, day) if working else guess

    def _day(self, day: date, *, working: bool) -> tuple[date, Name]:
        if day.day == _length(day.year, day.month):
            year = day.year + self.years
            return date(year, day.month, _length(year, day.month)), _month_end(day.month)
        if self.campaign is None:
            year = day.year + self.years
            return date(year, day.month, min(day.day, _length(year, day.month))), _SAME_DAY
        if working and day > self.campaign.old:
            return self._working_days_after(day, self.campaign)
        distance = (day - self.campaign.old).days
        return self.campaign.new + timedelta(days=distance), _days(distance, self.campaign.name)

    def _working_days_after(self, day: date, campaign: Campaign) -> tuple[date, Name]:
        count = self.old.count(campaign.old, day)
        return self.new.shift(campaign.new, count), _working_days(count, campaign.name)

    def _provisional(self, guess: Guess, day: date) -> Guess:
        if not self.new.is_provisional(day):
            return guess
        return replace(guess, why=_joined(guess.why, _unpublished(day.year)), provisional=True)


def _length(year: int, month: int) -> int:
    return monthrange(year, month)[1]


_SAME_PART = Name(zh="仍为同一时段，年份顺延", en="the same part of the year")
_SAME_DAY = Name(
    zh="通知没有写明时段，按同月同日推算", en="the notice has no period; the same day of the year"
)
_OFF = Name(zh="放假，提前到前一个工作日", en="a day off, so the working day before it")


def _month_end(month: int) -> Name:
    return Name(zh=f"仍为{month}月最后一天", en="still the last day of the month")


def _days(distance: int, season: Name) -> Name:
    if distance == 0:
        return Name(zh=f"与“{season.zh}”同一天开始", en=f"with the first day of '{season.en}'")
    zh, en = ("后", "after") if distance > 0 else ("前", "before")
    return Name(
        zh=f"“{season.zh}”开始{zh} {abs(distance)} 天",
        en=f"{abs(distance)} days {en} the first day of '{season.en}'",
    )


def _working_days(count: int, season: Name) -> Name:
    return Name(
        zh=f"“{season.zh}”开始后第 {count} 个工作日",
        en=f"working day {count} after the first day of '{season.en}'",
    )


def _unpublished(year: int) -> Name:
    return Name(
        zh=f"{year}年放假安排尚未公布，公布后请再核对",
        en=f"the holidays of {year} are not published yet; check again when they are",
    )


def _joined(one: Name, other: Name) -> Name:
    return Name(zh=f"{one.zh}；{other.zh}", en=f"{one.en}; {other.en}")
