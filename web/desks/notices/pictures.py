"""A notice's schedule as pictures: the season on one line, and each milestone's ladder on its own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from config.schedule import Milestone
from engine.notice_page import NoticePage, RungDay
from engine.rules import calendar_of
from web.desks.notices.dates import when_said
from web.desks.notices.wording import Wording
from web.pictures.days import days_off
from web.pictures.frame import Table
from web.pictures.ladder import Ladder, Step, ladder_picture, ladder_table
from web.pictures.season import Flag, Season, Tick, WindowBar, season_picture, season_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture and the same as a table."""

    svg: Markup
    table: Table


def season_of(page: NoticePage, lang: str) -> Picture:
    """Return a notice's season: windows, milestones, reminders, days off, today."""
    schedule = page.schedule
    windows = ((one.name.in_(lang), one.start.start, one.end.day) for one in schedule.windows)
    bars = (WindowBar(name=name, start=first, end=last) for name, first, last in windows if first and last)
    season = Season(
        windows=tuple(bars),
        flags=tuple(_flag(one, page, lang) for one in schedule.milestones),
        today=page.today,
    )
    season = replace(season, off=days_off(*season.span, calendar_of(schedule)))
    return Picture(svg=season_picture(season, key="season", lang=lang), table=season_table(season, lang))


def ladders_of(page: NoticePage, lang: str) -> Mapping[str, Picture]:
    """Return the ladders that can be drawn, by milestone: those whose last day is known."""
    found = {one.key: _ladder(one, page, lang) for one in page.schedule.milestones}
    return {key: drawn for key, drawn in found.items() if drawn}


def _flag(one: Milestone, page: NoticePage, lang: str) -> Flag:
    return Flag(
        name=one.name.in_(lang),
        due=one.due.day,
        opens=one.opens.start if one.opens else None,
        rungs=tuple(Tick(day=rung.day, sent=rung.sent) for rung in _kept(page, one)),
        note="" if one.due.day else when_said(one.due, lang, year=page.today.year),
    )


def _kept(page: NoticePage, one: Milestone) -> list[RungDay]:
    """Return a milestone's reminders that have left or will."""
    return [rung for rung in page.reminders.get(one.key, ()) if not rung.lapsed]


def _ladder(one: Milestone, page: NoticePage, lang: str) -> Picture | None:
    rungs = _kept(page, one)
    if one.due.day is None or not rungs:
        return None
    words = Wording(schedules=(page.schedule,), lang=lang, year=page.today.year)
    steps = (
        Step(
            name=words.rung(one.key, rung.rung),
            day=rung.day,
            who=tuple(words.say(f"notices.role_{role}") for role in rung.roles),
            sent=rung.sent,
        )
        for rung in rungs
    )
    ladder = Ladder(name=one.name.in_(lang), due=one.due.day, steps=tuple(steps), today=page.today)
    ladder = replace(ladder, off=days_off(*ladder.span, calendar_of(page.schedule)))
    key = f"ladder-{one.key}"
    return Picture(svg=ladder_picture(ladder, key=key, lang=lang), table=ladder_table(ladder, lang))
