"""A day of the season as pictures: the slider over all days, and how many cases are in which state."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from config.schedule import CaseKind
from engine.slider import Mark, MarkKind, Moment, SliderRange
from notifications.words import en_date, zh_date
from web.pictures.bars import Bar, Bars, bars_picture, bars_table
from web.pictures.frame import Table
from web.pictures.sparkslider import Slider, SliderDay, slider_picture
from web.visit import Visit
from workflows.registry import lifecycle


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySlider:
    """A slider: its days in words, which of them is shown, and the marks over it."""

    first: date
    last: date
    days: tuple[str, ...]
    position: int
    marks: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class StateBars:
    """How many cases of a kind are in which state."""

    kind: CaseKind
    picture: Markup
    table: Table


def season_of(season: SliderRange, notices: Collection[str]) -> SliderRange | None:
    """Return the part of a season that some notices give; None where they give no day at all."""
    marks = tuple(mark for mark in season.marks if mark.notice in notices)
    if not marks:
        return None
    return SliderRange(first=marks[0].day, last=marks[-1].day + timedelta(days=1), marks=marks)


def slider_of(visit: Visit, season: SliderRange, shown: date) -> DaySlider:
    """Return the slider over a season."""
    count = (season.last - season.first).days + 1
    said = en_date if visit.lang == "en" else zh_date
    year = visit.now.astimezone(visit.office.zone).year
    drawn = Slider(first=season.first, last=season.last, days=tuple(_marked(season.marks, visit.lang)))
    return DaySlider(
        first=season.first,
        last=season.last,
        days=tuple(said(season.first + timedelta(days=index), year=year) for index in range(count)),
        position=min(max((shown - season.first).days, 0), count - 1),
        marks=slider_picture(drawn, key="slider", lang=visit.lang),
    )


def _marked(marks: Collection[Mark], lang: str) -> Iterator[SliderDay]:
    for day in sorted({mark.day for mark in marks}):
        here = [mark for mark in marks if mark.day == day]
        names = [mark.name.in_(lang) for mark in here if mark.kind is MarkKind.DUE and mark.name]
        sent = sum(mark.count for mark in here if mark.kind is MarkKind.FIRINGS)
        yield SliderDay(day=day, milestones=tuple(dict.fromkeys(names)), reminders=sent)


def state_bars(moment: Moment, lang: str) -> tuple[StateBars, ...]:
    """Return the states of each kind of case of which there are any, in the order of their lifecycle."""
    kinds = {kind for kind, _ in moment.states}
    return tuple(_bars(kind, moment, lang) for kind in CaseKind if kind in kinds)


def _bars(kind: CaseKind, moment: Moment, lang: str) -> StateBars:
    counts = {state: count for (of, state), count in moment.states.items() if of == kind}
    labels = lifecycle(kind).labels
    shown = [state for state in labels if counts.get(state)]
    bars = Bars(bars=tuple(Bar(name=labels[state].in_(lang), count=counts[state]) for state in shown))
    picture = bars_picture(bars, key=f"states-{kind}", lang=lang)
    return StateBars(kind=kind, picture=picture, table=bars_table(bars, lang))
