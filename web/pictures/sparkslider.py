"""The marks of a time slider: what happens on which day, to lie over an ``<input type="range">``.

The input counts days: ``min="0"``, ``max`` the days from the first to the last. Places are in percent
and lettering is not scaled, so one drawing fits every width.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from config.schedule import Name
from web.pictures.frame import Caption, Table, named, opened
from web.pictures.spoken import day, month, weekday
from web.pictures.strokes import SMALL, joined, number, tag, words

TITLE = Name(zh="时间轴", en="Time line")
DESC = Name(
    zh="{first}至{last}：{milestones} 个节点，{mails} 天有提醒。",
    en="{first} to {last}: {milestones} milestones, reminders on {mails} days.",
)
HEADINGS = (
    Name(zh="日期", en="Day"),
    Name(zh="节点", en="Milestones"),
    Name(zh="提醒", en="Reminders"),
)
TIP = Name(zh="{day}：{what}", en="{day}: {what}")
TIP_COUNT = Name(zh="{day}：{count} 次提醒", en="{day}: reminders {count}")
HEIGHT = 44
FLOOR = 42
MOST = 16
APART = 13.0
CLEAR = 88.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SliderDay:
    """What happens on a day: the milestones that are due, and how many reminders leave."""

    day: date
    milestones: tuple[str, ...] = ()
    reminders: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Slider:
    """The days of a slider; a day in which nothing happens need not be given."""

    first: date
    last: date
    days: tuple[SliderDay, ...]
    title: str = ""

    @property
    def steps(self) -> int:
        """Return the largest value of the input."""
        return (self.last - self.first).days

    @property
    def shown(self) -> tuple[SliderDay, ...]:
        """Return the given days that lie within, in the order of time."""
        within = (each for each in self.days if self.first <= each.day <= self.last)
        return tuple(sorted(within, key=lambda each: each.day))


def slider_picture(slider: Slider, *, key: str, lang: str) -> Markup:
    """Return the marks: months above, a bar for the reminders of a day, a flag for its milestones."""
    desc = DESC.in_(lang).format(
        first=day(slider.first, lang),
        last=day(slider.last, lang),
        milestones=sum(len(each.milestones) for each in slider.shown),
        mails=sum(each.reminders > 0 for each in slider.shown),
    )
    body = joined((*_months(slider, lang), *_reminders(slider, lang), *_milestones(slider, lang)))
    return tag(
        "svg",
        named(Caption(slider.title or TITLE.in_(lang), desc), key),
        body,
        xmlns="http://www.w3.org/2000/svg",
        class_="pic pic-slider",
        width="100%",
        height=HEIGHT,
        **opened(key, lang, body),
    )


def slider_table(slider: Slider, lang: str) -> Table:
    """Return the days on which something happens."""
    rows = tuple(
        (
            weekday(each.day, lang, year=slider.first.year),
            (", " if lang == "en" else "、").join(each.milestones),
            str(each.reminders or ""),
        )
        for each in slider.shown
    )
    return Table(tuple(heading.in_(lang) for heading in HEADINGS), rows)


def _at(slider: Slider, when: date) -> float:
    return (when - slider.first).days / slider.steps * 100 if slider.steps else 0.0


def _percent(value: float) -> str:
    return f"{value:.2f}%"


def _months(slider: Slider, lang: str) -> Iterator[Markup]:
    free = 0.0
    for offset in range(slider.steps + 1):
        when = slider.first + timedelta(days=offset)
        if when.day != 1 and offset:
            continue
        at = _at(slider, when)
        if when.day == 1:
            yield tag("line", x1=_percent(at), y1=2, x2=_percent(at), y2=HEIGHT, class_="month")
        if free <= at <= CLEAR:
            said = words(month(when, lang))
            yield tag("text", said, x=_percent(at), dx=4, y=12, class_="month-word", font_size=SMALL)
            free = at + APART


def _reminders(slider: Slider, lang: str) -> Iterator[Markup]:
    most = max((each.reminders for each in slider.shown), default=0)
    for each in slider.shown:
        if each.reminders:
            x = _percent(_at(slider, each.day))
            said = TIP_COUNT.in_(lang).format(day=weekday(each.day, lang), count=each.reminders)
            top = FLOOR - max(MOST * each.reminders / most, 3)
            tip = tag("title", words(said))
            yield tag("line", tip, x1=x, y1=FLOOR, x2=x, y2=number(top), class_="reminders")


def _milestones(slider: Slider, lang: str) -> Iterator[Markup]:
    """Give a flag for each day with milestones: its pole in percent, its cloth in a nested drawing."""
    for each in slider.shown:
        if each.milestones:
            x = _percent(_at(slider, each.day))
            said = (", " if lang == "en" else "、").join(each.milestones)
            tip = tag("title", words(TIP.in_(lang).format(day=weekday(each.day, lang), what=said)))
            yield tag("line", x1=x, y1=16, x2=x, y2=HEIGHT, class_="pole")
            yield tag(
                "svg", tag("path", tip, d="M0 16l9 3.5l-9 3.5z", class_="flag"), x=x, overflow="visible"
            )
