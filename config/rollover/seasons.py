"""The campaign that a notice turns about, when it was in the years known, and when it will be next."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from config.errors import UserError
from config.resolve import resolve
from config.rollover.moving import Campaign
from config.rollover.season_rule import rule_of
from config.schedule import Name, Precision, Schedule, Window

_EXACT = frozenset({Precision.DAY, Precision.TIME})
_SHORTEST = 3
_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class NextSeason:
    """The campaign in the old and the new year, the key of its window, and how the new one was found.

    ``own``: the notice itself states the window; else a notice above does.
    """

    key: str
    own: bool
    campaign: Campaign
    days: int
    why: Name


def year_of(schedule: Schedule) -> int:
    """Return the year of a notice's campaign. Raises UserError where nothing tells it."""
    found = year_told(schedule)
    if found is None:
        raise UserError(
            zh=f"通知 {schedule.id} 没有任何日期，看不出是哪一年，无法顺延。",
            en=f"notice {schedule.id} has no date at all: there is no year to go on from",
            code="rollover.no_year",
        )
    return found


def year_told(schedule: Schedule) -> int | None:
    """Return the year of a notice's campaign, None for one that stands for every year."""
    window = heart(schedule)
    dates = [
        window.start.start if window else None,
        *(one.due.day for one in schedule.milestones),
        schedule.issued.start if schedule.issued else None,
    ]
    return next((day.year for day in dates if day), None) or _year_in(schedule.id)


def heart(schedule: Schedule) -> Window | None:
    """Return the window that a campaign turns about: the shortest of three days or more, else any."""
    dated = [one for one in schedule.windows if {one.start.precision, one.end.precision} <= _EXACT]
    return min(dated, key=lambda one: (_length(one) < _SHORTEST, _length(one)), default=None)


def next_season(
    schedule: Schedule, year: int, *, sources: Mapping[str, str], above: Schedule | None
) -> NextSeason | None:
    """Return when the campaign of ``schedule`` will be in ``year``; None where it has no window with dates.

    ``above`` is the notice it will extend: the campaign that it states is no guess of this one.
    """
    window = heart(schedule)
    if window is None or window.start.start is None:
        return None
    own = window.source.notice == schedule.id
    told = _told_above(window.key, above) if not own else None
    if told is not None and above is not None:
        first = told
        why = Name(zh=f"随上级通知 {above.id}", en=f"as {above.id} above says")
    else:
        rule = rule_of([window.start.start, *_other_years(schedule, window.key, sources)])
        first = rule.day_in(year)
        name, evidence = rule.name, rule.evidence
        why = Name(zh=f"{name.zh}（{evidence.zh}）", en=f"{name.en} ({evidence.en})")
    return NextSeason(
        key=window.key,
        own=own,
        campaign=Campaign(name=window.name, old=window.start.start, new=first),
        days=_length(window),
        why=why,
    )


def of_year(text: str, old: int, new: int) -> str:
    """Return a text with the old year replaced by the new one: a title, a name, an id."""
    return _YEAR.sub(lambda found: str(new) if found[0] == str(old) else found[0], text)


def _told_above(key: str, above: Schedule | None) -> date | None:
    windows = above.windows if above else ()
    return next((one.start.start for one in windows if one.key == key), None)


def _other_years(schedule: Schedule, key: str, sources: Mapping[str, str]) -> Iterable[date]:
    """Give the first days of this campaign in the other years of the notice that are known."""
    stem = _YEAR.sub("", schedule.id)
    for name in sources:
        if name not in (schedule.id, stem) and _YEAR.sub("", name) == stem:
            windows = resolve(name, sources).windows
            yield from (one.start.start for one in windows if one.key == key and one.start.start)


def _year_in(text: str) -> int | None:
    found = _YEAR.search(text)
    return int(found[0]) if found else None


def _length(window: Window) -> int:
    first, last = window.start.start, window.end.day
    return (last - first).days if first and last else 0
