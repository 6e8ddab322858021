"""The season line: windows as bars, milestones as flags, reminders as ticks, days off shaded, today."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from config.schedule import Name
from web.pictures.days import FOOT, SCALE, Axis, Band, scale, shade, today_line
from web.pictures.frame import WIDTHS, Caption, Drawing, Layout, Table, framed
from web.pictures.legend import Entry, heading, legend
from web.pictures.lettering import clipped, text_width, widest
from web.pictures.spoken import UNKNOWN, day, period, weekday
from web.pictures.strokes import TEXT, box, joined, line, path, text

TITLE = Name(zh="日程", en="Season")
DESC = Name(
    zh="{first}至{last}：{windows} 个时段，{milestones} 个节点。{dates}。",
    en="{first} to {last}: {windows} windows, {milestones} milestones. {dates}.",
)
HEADINGS = (
    Name(zh="时段或节点", en="Window or milestone"),
    Name(zh="开始", en="From"),
    Name(zh="截止", en="Until"),
    Name(zh="提醒", en="Reminders"),
)
OFF = Name(zh="休息日", en="Day off")
WINDOW = Name(zh="时段", en="Window")
DUE = Name(zh="截止", en="Due")
SENT = Name(zh="已发提醒", en="Reminder sent")
COMING = Name(zh="将发提醒", en="Reminder to come")
MARGIN = timedelta(days=4)
RIGHT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowBar:
    """A period of the campaign."""

    name: str
    start: date
    end: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A day on which a milestone's reminder leaves or has left."""

    day: date
    sent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A milestone. Without ``due`` (unknown, or counted from each case), ``note`` says what is known."""

    name: str
    due: date | None = None
    opens: date | None = None
    rungs: tuple[Tick, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """All that the season line shows; ``off`` may hold more days than are shown.

    Without ``first`` and ``last`` it reaches over everything in it, and a few days more.
    """

    windows: tuple[WindowBar, ...]
    flags: tuple[Flag, ...]
    off: frozenset[date] = frozenset()
    today: date | None = None
    first: date | None = None
    last: date | None = None
    title: str = ""

    @property
    def span(self) -> tuple[date, date]:
        """Return the first and the last day shown."""
        ends = [day for window in self.windows for day in (window.start, window.end)]
        ends += [day for flag in self.flags for day in (flag.due, flag.opens) if day]
        ends += [tick.day for flag in self.flags for tick in flag.rungs]
        ends = ends or [self.today or date(2023, 1, 1)]
        return self.first or min(ends) - MARGIN, self.last or max(ends) + MARGIN


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """Where names, track and rows of one layout are."""

    axis: Axis
    layout: Layout
    row: float
    drop: float  # from a row's top to its track's

    @property
    def wide(self) -> bool:
        return self.layout is Layout.WIDE


def season_picture(season: Season, *, key: str, lang: str) -> Markup:
    """Return the season line in both layouts."""
    first, last = season.span
    dates = [
        f"{flag.name} {day(flag.due, lang) if flag.due else _known(flag, lang)}" for flag in season.flags
    ]
    desc = DESC.in_(lang).format(
        first=day(first, lang),
        last=day(last, lang),
        windows=len(season.windows),
        milestones=len(season.flags),
        dates=(", " if lang == "en" else "，").join(dates) or "–",
    )
    caption = Caption(season.title or TITLE.in_(lang), desc)
    drawings = [_drawn(season, _grid(season, layout), lang) for layout in Layout]
    return framed("season", caption, drawings, key=key, lang=lang)


def season_table(season: Season, lang: str) -> Table:
    """Return windows, then milestones, with their dates and the days of their reminders."""
    year = season.span[0].year
    windows = [
        (each.name, weekday(each.start, lang, year=year), weekday(each.end, lang, year=year), "")
        for each in season.windows
    ]
    flags = [
        (
            flag.name,
            weekday(flag.opens, lang, year=year) if flag.opens else "",
            weekday(flag.due, lang, year=year) if flag.due else _known(flag, lang),
            (", " if lang == "en" else "、").join(day(each, lang) for each in _rung_days(flag)),
        )
        for flag in season.flags
    ]
    return Table(tuple(heading.in_(lang) for heading in HEADINGS), (*windows, *flags))


def _known(flag: Flag, lang: str) -> str:
    return flag.note or UNKNOWN.in_(lang)


def _rung_days(flag: Flag) -> list[date]:
    return sorted({tick.day for tick in flag.rungs})


def _grid(season: Season, layout: Layout) -> _Grid:
    first, last = season.span
    right = WIDTHS[layout] - RIGHT
    if layout is Layout.NARROW:
        return _Grid(axis=Axis(first=first, last=last, left=4, right=right), layout=layout, row=48, drop=16)
    names = [*(each.name for each in season.windows), *(each.name for each in season.flags)]
    left = widest(names, TEXT, most=190) + 14
    return _Grid(axis=Axis(first=first, last=last, left=left, right=right), layout=layout, row=32, drop=0)


def _drawn(season: Season, grid: _Grid, lang: str) -> Drawing:
    rows: Sequence[WindowBar | Flag] = (*season.windows, *season.flags)
    bottom, bands = SCALE + len(rows) * grid.row, _bands(grid, len(rows))
    legend_top = bottom + FOOT + 6
    key = legend(_entries(lang), (0 if grid.wide else grid.axis.left, legend_top), grid.axis.right)
    tracks = [
        _row(row, grid, SCALE + index * grid.row, today=season.today, lang=lang)
        for index, row in enumerate(rows)
    ]
    body = joined(
        (
            shade(grid.axis, season.off, bands),
            scale(grid.axis, SCALE, lang),
            *(line((0, y), (grid.axis.right, y), "rule") for y in _rules(grid, len(rows))),
            today_line(grid.axis, season.today, bands, lang),
            *tracks,
            key.body,
        )
    )
    return Drawing(body=body, height=legend_top + key.height + 4, layout=grid.layout)


def _bands(grid: _Grid, rows: int) -> list[Band]:
    """Return where days are shown: all over, or on a narrow screen beneath each row's words."""
    if grid.wide:
        return [(SCALE, SCALE + rows * grid.row)]
    return [(y + grid.drop + 4, y + grid.row) for y in _rules(grid, rows - 1)]


def _rules(grid: _Grid, rows: int) -> Iterator[float]:
    return (SCALE + index * grid.row for index in range(rows + 1))


def _row(row: WindowBar | Flag, grid: _Grid, top: float, *, today: date | None, lang: str) -> Markup:
    if isinstance(row, WindowBar):
        return joined(
            (*_name(row.name, period(row.start, row.end, lang), grid, top), _bar(row, grid, top, lang))
        )
    dated = day(row.due, lang) if row.due else _known(row, lang)
    return joined((*_name(row.name, dated, grid, top), *_flag(row, grid, top, today=today, lang=lang)))


def _name(name: str, dated: str, grid: _Grid, top: float) -> Iterator[Markup]:
    """Give a row's name; on a narrow screen its dates stand in the same line, at the right."""
    if grid.wide:
        yield heading(name, (0, top + 21), grid.axis.left - 10)
        return
    said = clipped(dated, TEXT, 150)
    room = grid.axis.right - grid.axis.left - text_width(said, TEXT) - 10
    yield text(clipped(name, TEXT, room), (grid.axis.left, top + 15), "name halo")
    yield text(said, (grid.axis.right, top + 15), "date halo", anchor="end")


def _bar(window: WindowBar, grid: _Grid, top: float, lang: str) -> Markup:
    axis, y = grid.axis, top + grid.drop + 9
    start, width = axis.start(window.start), axis.start(window.end) + axis.step - axis.start(window.start)
    bar = box((start, y), (width, 14), "window", tip=window.name)
    if not grid.wide:
        return bar
    said = period(window.start, window.end, lang)
    return bar + _beside(said, axis, (start, start + width), y + 12)


def _flag(flag: Flag, grid: _Grid, top: float, *, today: date | None, lang: str) -> Iterator[Markup]:
    axis, y = grid.axis, top + grid.drop
    if flag.due is None:
        if grid.wide:
            yield text(
                clipped(_known(flag, lang), TEXT, axis.right - axis.left), (axis.left, y + 21), "date halo"
            )
        yield from _ticks(flag, axis, y + 22)
        return
    x = axis.start(flag.due) + axis.step
    kind = "flag past" if today and flag.due < today else "flag"
    if flag.opens:
        yield line((axis.start(flag.opens), y + 22), (x, y + 22), kind.replace("flag", "open"))
    yield from _ticks(flag, axis, y + 22)
    yield path(_pennant(x, y + 4), kind, tip=flag.name)
    if grid.wide:
        yield _beside(day(flag.due, lang), axis, (x - 2, x + 11), y + 15)


def _pennant(x: float, y: float) -> str:
    return f"M{x:.1f} {y:.1f}l10 4l-10 4v14h-1.5v-22z"


def _ticks(flag: Flag, axis: Axis, y: float) -> Iterator[Markup]:
    sent = {tick.day for tick in flag.rungs if tick.sent}
    for each in _rung_days(flag):
        x = axis.middle(each)
        yield line((x, y), (x, y + 7), "tick sent" if each in sent else "tick")


def _beside(said: str, axis: Axis, mark: tuple[float, float], y: float) -> Markup:
    """Return a label to the right of a mark, or to its left where the right has no room, or within it."""
    width = text_width(said, TEXT) + 5
    if mark[1] + width <= axis.right:
        return text(said, (mark[1] + 5, y), "date halo")
    if mark[0] - width >= axis.left:
        return text(said, (mark[0] - 5, y), "date halo", anchor="end")
    return text(said, (mark[0] + 6, y), "date")


def _entries(lang: str) -> list[Entry]:
    return [
        Entry(box((0, 0), (14, 11), "window"), WINDOW.in_(lang)),
        Entry(path("M2 0l9 4l-9 4v4h-1.5v-12z", "flag"), DUE.in_(lang)),
        Entry(line((7, 1), (7, 11), "tick sent"), SENT.in_(lang)),
        Entry(line((7, 1), (7, 11), "tick"), COMING.in_(lang)),
        Entry(box((0, 0), (14, 11), "off-swatch"), OFF.in_(lang)),
    ]
