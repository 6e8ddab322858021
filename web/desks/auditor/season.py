"""The days to go back to, as a slider with the season's marks over it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from markupsafe import Markup

from engine.audit.season import KnownDay, Season, season_seen
from notifications.words import en_date, zh_date
from web.pictures.sparkslider import Slider, SliderDay, slider_picture
from web.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySlider:
    """A slider: its days in words, which of them is shown, and the marks over it."""

    first: date
    days: tuple[str, ...]
    position: int
    marks: Markup


def days_to_show(visit: Visit, shown: date | None = None) -> dict[str, Any]:
    """Return what a page needs to lead to other days: today, and the slider standing at a day (or today)."""
    local = visit.office.zone
    today = visit.now.astimezone(local).date()
    with visit.read() as conn:
        season = season_seen(conn, visit.me.actor, now=visit.now, local=local)
    return {"today": today, "slider": _slider(visit, season, shown or today)}


def _slider(visit: Visit, season: Season | None, shown: date) -> DaySlider | None:
    """Return the slider over the season; None where there is nothing to choose."""
    if season is None:
        return None
    count = (season.last - season.first).days + 1
    said = en_date if visit.lang == "en" else zh_date
    year = visit.now.astimezone(visit.office.zone).year
    days = tuple(said(season.first + timedelta(days=index), year=year) for index in range(count))
    return DaySlider(
        first=season.first,
        days=days,
        position=min(max((shown - season.first).days, 0), count - 1),
        marks=slider_picture(_drawn(visit, season), key="season", lang=visit.lang),
    )


def _drawn(visit: Visit, season: Season) -> Slider:
    days = tuple(_day(visit, one) for one in season.days)
    return Slider(first=season.first, last=season.last, days=days, title=visit.say("history.season"))


def _day(visit: Visit, one: KnownDay) -> SliderDay:
    names = tuple(name.in_(visit.lang) for name in one.milestones)
    return SliderDay(day=one.day, milestones=names, reminders=one.reminders)
