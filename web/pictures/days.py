"""Days along the x axis: months, weeks, days off and today."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from config.schedule import Name
from config.workdays import WorkCalendar
from web.pictures.lettering import text_width
from web.pictures.places import centred
from web.pictures.spoken import day as say_day
from web.pictures.spoken import month as say_month
from web.pictures.strokes import SMALL, TEXT, joined, line, number, path, text

SCALE = 36
FOOT = 20
TODAY = Name(zh="今天 {day}", en="Today, {day}")
_DAY = timedelta(days=1)

Band = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """The days from ``first`` to ``last``, laid out from ``left`` to ``right``."""

    first: date
    last: date
    left: float
    right: float

    @property
    def step(self) -> float:
        """Return how wide a day is."""
        return (self.right - self.left) / ((self.last - self.first).days + 1)

    def start(self, day: date) -> float:
        """Return where a day begins."""
        return self.left + (day - self.first).days * self.step

    def middle(self, day: date) -> float:
        """Return where the middle of a day is."""
        return self.start(day) + self.step / 2

    def has(self, day: date | None) -> bool:
        """Tell whether the axis shows that day."""
        return day is not None and self.first <= day <= self.last

    def days(self) -> Iterator[date]:
        """Give every day."""
        return (self.first + n * _DAY for n in range((self.last - self.first).days + 1))


def days_off(first: date, last: date, calendar: WorkCalendar) -> frozenset[date]:
    """Return the days from ``first`` to ``last`` that are not worked; make-up days are."""
    span = (first + n * _DAY for n in range((last - first).days + 1))
    return frozenset(day for day in span if not calendar.is_working(day))


def shade(axis: Axis, off: frozenset[date], bands: Sequence[Band]) -> Markup:
    """Return the days off as a shaded ground, within each band (its top and its bottom)."""
    shape = ""
    for start, count in _runs(axis, off):
        left, width = number(axis.start(start)), number(count * axis.step)
        for top, bottom in bands:
            shape += f"M{left} {number(top)}h{width}V{number(bottom)}h-{width}z"
    return path(shape, "off") if shape else Markup("")


def scale(axis: Axis, foot: float, lang: str) -> Markup:
    """Return months and weeks above ``foot``, ``SCALE`` high: a tick at each month and each Monday."""
    return joined((*_months(axis, foot, lang), *_weeks(axis, foot)))


def upright(x: float, bands: Sequence[Band], kind: str) -> Markup:
    """Return an upright line through the bands."""
    return path("".join(f"M{number(x)} {number(top)}V{number(bottom)}" for top, bottom in bands), kind)


def today_line(axis: Axis, today: date | None, bands: Sequence[Band], lang: str) -> Markup:
    """Return the line of today with its word beneath, ``FOOT`` high; nothing where it is not shown."""
    if today is None or not axis.has(today):
        return Markup("")
    x = axis.middle(today)
    said = TODAY.in_(lang).format(day=say_day(today, lang))
    at = centred(x, text_width(said, SMALL), low=axis.left, high=axis.right)
    label = text(said, (at, bands[-1][1] + 15), "today-word halo", size=SMALL, anchor="middle")
    return joined((upright(x, bands, "today"), label))


def _runs(axis: Axis, off: frozenset[date]) -> Iterator[tuple[date, int]]:
    start, count = axis.first, 0
    for day in axis.days():
        if day in off:
            start, count = (start, count + 1) if count else (day, 1)
        elif count:
            yield start, count
            count = 0
    if count:
        yield start, count


def _months(axis: Axis, foot: float, lang: str) -> Iterator[Markup]:
    starts = [day for day in axis.days() if day.day == 1 or day == axis.first]
    for start, after in zip(starts, [*starts[1:], axis.last + _DAY], strict=True):
        x, room = axis.start(start), axis.start(after) - axis.start(start)
        yield line((x, foot - 33), (x, foot - 19), "month")
        with_year = start == starts[0] or start.month == 1
        names = [say_month(start, lang, year=year) for year in ((True, False) if with_year else (False,))]
        said = next((name for name in names if text_width(name, TEXT) + 8 <= room), None)
        if said:
            yield text(said, (x + 4, foot - 22), "month-word halo")


def _weeks(axis: Axis, foot: float) -> Iterator[Markup]:
    every = next((n for n in (1, 2, 4) if n * 7 * axis.step >= 22), 0)
    mondays = [day for day in axis.days() if day.weekday() == 0]
    for index, monday in enumerate(mondays):
        x = axis.start(monday)
        yield line((x, foot - 4), (x, foot), "week")
        said = str(monday.day)
        half = text_width(said, SMALL) / 2
        if every and index % every == 0 and axis.left <= x - half + 4 and x + half <= axis.right + 4:
            yield text(said, (x, foot - 7), "week-word halo", size=SMALL, anchor="middle")
