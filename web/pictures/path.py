"""The path of states: stations on a line, the passed ones filled, the present one marked, dates beneath."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from markupsafe import Markup

from config.schedule import Name
from web.pictures.frame import WIDTHS, Caption, Drawing, Layout, Table, framed
from web.pictures.lettering import balanced, clipped, text_width
from web.pictures.spoken import day
from web.pictures.strokes import SMALL, TEXT, Point, circle, joined, line, path, text

TITLE = Name(zh="办理进度", en="Path of states")
DESC = Name(zh="现在：{now}。{stations}。", en="Now: {now}. {stations}.")
HEADINGS = (
    Name(zh="状态", en="State"),
    Name(zh="进度", en="Progress"),
    Name(zh="完成日期", en="Reached on"),
    Name(zh="截止日期", en="Due by"),
)
REACHED = Name(zh="{day}", en="{day}")
DUE = Name(zh="{day} 前", en="by {day}")
LATE = Name(zh="已逾期", en="Late")
MARK = 9
LINE = 17
NAME = 54

Row = tuple[str, str]
"""A line of text and its kind."""


class Standing(StrEnum):
    """How a case stands to a station of its path."""

    PASSED = "passed"
    CURRENT = "current"
    AHEAD = "ahead"
    LATE = "late"
    SKIPPED = "skipped"


STANDINGS = {
    Standing.PASSED: Name(zh="已完成", en="Done"),
    Standing.CURRENT: Name(zh="现在", en="Now"),
    Standing.AHEAD: Name(zh="未到", en="Ahead"),
    Standing.LATE: LATE,
    Standing.SKIPPED: Name(zh="未经过", en="Not passed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """One state of the path; ``late`` says how late, as "已逾期 2 天"."""

    name: str
    standing: Standing
    reached: date | None = None
    due: date | None = None
    late: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """The stations of a case, in their order."""

    stations: tuple[Station, ...]
    title: str = ""


@lru_cache(maxsize=512)  # cases of one notice go the same way by the same days
def path_picture(path: Path, *, key: str, lang: str) -> Markup:
    """Return the path in both layouts: level where there is room, upright on a narrow screen."""
    now = next((each.name for each in path.stations if each.standing is Standing.CURRENT), "–")
    told = (", " if lang == "en" else "，").join(_told(each, lang) for each in path.stations)
    caption = Caption(path.title or TITLE.in_(lang), DESC.in_(lang).format(now=now, stations=told))
    drawings = (_level(path.stations, lang), _upright(path.stations, lang))
    return framed("path", caption, drawings, key=key, lang=lang)


def path_table(path: Path, lang: str) -> Table:
    """Return the stations with their dates."""
    rows = tuple(
        (
            each.name,
            each.late or STANDINGS[each.standing].in_(lang),
            day(each.reached, lang) if each.reached else "",
            day(each.due, lang) if each.due else "",
        )
        for each in path.stations
    )
    return Table(tuple(heading.in_(lang) for heading in HEADINGS), rows)


def _told(station: Station, lang: str) -> str:
    return " ".join((station.name, *_lines(station, lang), STANDINGS[station.standing].in_(lang)))


def _lines(station: Station, lang: str) -> tuple[str, ...]:
    """Return what stands under a name: when it was reached, or by when it is due and how late it is."""
    if station.reached:
        return (REACHED.in_(lang).format(day=day(station.reached, lang)),)
    due = (DUE.in_(lang).format(day=day(station.due, lang)),) if station.due else ()
    if station.standing is Standing.LATE:
        return (*due, station.late or LATE.in_(lang))
    if station.standing is Standing.SKIPPED:
        return (STANDINGS[Standing.SKIPPED].in_(lang),)
    return due


def _level(stations: Sequence[Station], lang: str) -> Drawing:
    width = WIDTHS[Layout.WIDE]
    column = width / max(len(stations), 1)
    places = [((index + 0.5) * column, 20.0) for index in range(len(stations))]
    names = [balanced(each.name, TEXT, column - 8, lines=2) for each in stations]
    dates = [_beneath(each, column, lang) for each in stations]
    body = joined(
        (
            *_rails(stations, places),
            *(_mark(each, at) for each, at in zip(stations, places, strict=True)),
            *_names(stations, names, places),
            *_dates(dates, names, places),
        )
    )
    lines = max((len(name) + len(date) for name, date in zip(names, dates, strict=True)), default=1)
    return Drawing(body=body, height=NAME + lines * LINE, layout=Layout.WIDE)


def _dates(
    dates: Sequence[list[Row]], names: Sequence[Sequence[str]], places: Sequence[Point]
) -> Iterator[Markup]:
    for rows, name, (x, _) in zip(dates, names, places, strict=True):
        for index, (said, kind) in enumerate(rows, len(name)):
            yield text(said, (x, NAME + index * LINE), kind, size=SMALL, anchor="middle")


def _names(
    stations: Sequence[Station], names: Sequence[Sequence[str]], places: Sequence[Point]
) -> Iterator[Markup]:
    for station, rows, (x, _) in zip(stations, names, places, strict=True):
        for index, row in enumerate(rows):
            yield text(row, (x, NAME + index * LINE), f"station-name {station.standing}", anchor="middle")


def _under(station: Station, lang: str) -> list[Row]:
    said = _lines(station, lang)
    late = station.standing is Standing.LATE
    return [
        (each, "late-word" if late and index == len(said) - 1 else "date") for index, each in enumerate(said)
    ]


def _beneath(station: Station, column: float, lang: str) -> list[Row]:
    """Return the lines under a station of the level path, no wider than its column."""
    return [
        (row, kind)
        for said, kind in _under(station, lang)
        for row in balanced(said, SMALL, column - 4, lines=2)
    ]


def _upright(stations: Sequence[Station], lang: str) -> Drawing:
    right, row = WIDTHS[Layout.NARROW] - 4, 42.0
    places = [(16.0, 22 + index * row) for index in range(len(stations))]
    body = joined(
        (
            *_rails(stations, places),
            *(
                _mark(each, at) + _beside(each, at, right, lang)
                for each, at in zip(stations, places, strict=True)
            ),
        )
    )
    return Drawing(body=body, height=len(stations) * row + 2, layout=Layout.NARROW)


def _beside(station: Station, at: Point, right: float, lang: str) -> Markup:
    foot, said = at[1] + 5, _under(station, lang)
    taken = max((text_width(each, SMALL) for each, _ in said), default=0.0)
    name = clipped(station.name, TEXT + 1, right - at[0] - 20 - taken - 10)
    top = foot - (len(said) - 1) * LINE / 2
    dates = (
        text(each, (right, top + index * LINE), kind, size=SMALL, anchor="end")
        for index, (each, kind) in enumerate(said)
    )
    kind = f"station-name {station.standing}"
    return joined((text(name, (at[0] + 20, foot), kind, size=TEXT + 1), *dates))


def _rails(stations: Sequence[Station], places: Sequence[Point]) -> Iterator[Markup]:
    """Give the line between each two stations: solid as far as the case has come."""
    been = [n for n, each in enumerate(stations) if each.standing in (Standing.PASSED, Standing.CURRENT)]
    for index, (start, end) in enumerate(pairwise(places)):
        yield line(start, end, "rail done" if index < max(been, default=0) else "rail")


def _mark(station: Station, at: Point) -> Markup:
    """Return a station's mark; each standing has a shape of its own."""
    x, y = at
    if station.standing is Standing.PASSED:
        tick = path(f"M{x - 4:.1f} {y + 0.5:.1f}l3 3l5.5 -6.5", "tick-mark")
        return circle(at, MARK, "station passed") + tick
    if station.standing is Standing.CURRENT:
        return circle(at, MARK + 4, "station current") + circle(at, MARK - 2, "station-core")
    if station.standing is Standing.LATE:
        return path(f"M{x:.1f} {y - 12:.1f}l12 12l-12 12l-12 -12z", "station late") + _clock(at)
    return circle(at, MARK - 2, f"station {station.standing}")


def _clock(at: Point) -> Markup:
    """Return the hands of a clock, the mark of what is late."""
    return path(f"M{at[0]:.1f} {at[1] - 5:.1f}v5.5h4", "tick-mark")
