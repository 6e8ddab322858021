"""The burn-up: how many cases were in which state on each day, against the dates of the milestones."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise

from markupsafe import Markup

from config.schedule import Name
from web.pictures.days import FOOT, SCALE, Axis, scale, today_line
from web.pictures.frame import WIDTHS, Caption, Drawing, Layout, Table, framed
from web.pictures.legend import notes
from web.pictures.lettering import clipped, text_width, widest
from web.pictures.places import centred, spread, stacked
from web.pictures.spoken import day, weekday
from web.pictures.strokes import SMALL, TEXT, joined, line, number, path, tag, text, words

TITLE = Name(zh="每日各状态数量", en="Cases by state, day by day")
DESC = Name(zh="{day}共 {total} 项：{counts}。", en="{total} cases on {day}: {counts}.")
NOTHING = Name(zh="还没有数据。", en="No figures yet.")
DAY = Name(zh="日期", en="Day")
TOTAL = Name(zh="合计", en="Total")
MILESTONES = Name(zh="截止节点", en="Due that day")
ROW = 16
HIGH = {Layout.WIDE: 260.0, Layout.NARROW: 210.0}
TONES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One state: how many cases were in it on each day."""

    name: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDay:
    """A milestone and its day."""

    name: str
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Burnup:
    """The states from the furthest (at the bottom) to the first, from ``first`` on day by day.

    All layers have as many days. The axis reaches to ``last``, or to the end of the counts.
    """

    first: date
    layers: tuple[Layer, ...]
    milestones: tuple[DueDay, ...] = ()
    today: date | None = None
    last: date | None = None
    title: str = ""

    @property
    def days(self) -> int:
        """Return how many days have counts."""
        return len(self.layers[0].counts) if self.layers else 0

    @property
    def counted(self) -> date:
        """Return the last day that has counts."""
        return self.first + timedelta(days=max(self.days - 1, 0))

    def heights(self, count: int) -> list[int]:
        """Return the sum of the lowest ``count`` layers on each day."""
        if not count:
            return [0] * self.days
        return [sum(day) for day in zip(*(layer.counts for layer in self.layers[:count]), strict=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plot:
    """Where the plot of one layout is, and which count is how high."""

    axis: Axis
    layout: Layout
    top: float
    most: int
    labels: float  # left edge of the states' names

    @property
    def floor(self) -> float:
        return self.top + HIGH[self.layout]

    def y(self, count: float) -> float:
        return self.floor - count / self.most * HIGH[self.layout]


def burnup_picture(burnup: Burnup, *, key: str, lang: str) -> Markup:
    """Return the burn-up in both layouts."""
    caption = Caption(burnup.title or TITLE.in_(lang), _told(burnup, lang))
    drawings = [_drawn(burnup, _plot(burnup, layout), key=key, lang=lang) for layout in Layout]
    return framed("burnup", caption, drawings, key=key, lang=lang)


def burnup_table(burnup: Burnup, lang: str) -> Table:
    """Return the counts of the first day, each Monday, each milestone's day and the last day."""
    due = {when: [each.name for each in group] for when, group in _due_days(burnup)}
    rows = []
    for index in range(burnup.days):
        when = burnup.first + timedelta(days=index)
        if when.weekday() and index not in (0, burnup.days - 1) and when not in due:
            continue
        counts = [layer.counts[index] for layer in burnup.layers]
        names = (", " if lang == "en" else "、").join(due.get(when, []))
        said = weekday(when, lang, year=burnup.first.year)
        rows.append((said, *map(str, counts), str(sum(counts)), names))
    states = (layer.name for layer in burnup.layers)
    return Table((DAY.in_(lang), *states, TOTAL.in_(lang), MILESTONES.in_(lang)), tuple(rows))


def _told(burnup: Burnup, lang: str) -> str:
    if not burnup.days:
        return NOTHING.in_(lang)
    counts = (", " if lang == "en" else "，").join(_last(layer) for layer in burnup.layers)
    total = burnup.heights(len(burnup.layers))[-1]
    return DESC.in_(lang).format(day=day(burnup.counted, lang), total=total, counts=counts)


def _last(layer: Layer) -> str:
    return f"{layer.name} {layer.counts[-1]}"


def _due_days(burnup: Burnup) -> list[tuple[date, list[DueDay]]]:
    ordered = sorted(burnup.milestones, key=lambda each: each.due)
    return [(when, list(group)) for when, group in groupby(ordered, key=lambda each: each.due)]


def _plot(burnup: Burnup, layout: Layout) -> _Plot:
    width = WIDTHS[layout]
    peak = max(burnup.heights(len(burnup.layers)), default=0)
    most = _step(peak) * max(-(-peak // _step(peak)), 1)
    names = widest([_last(layer) for layer in burnup.layers if burnup.days], TEXT, most=width * 0.36)
    left, right = text_width(str(most), SMALL) + 8, width - names - 16
    axis = Axis(first=burnup.first, last=burnup.last or burnup.counted, left=left, right=right)
    rows = max((row for *_, row in _dates(burnup, axis, "zh")), default=-1) + 1
    return _Plot(axis=axis, layout=layout, top=rows * ROW + 8, most=most, labels=right + 14)


def _step(peak: int) -> int:
    """Return a round distance of at most five level lines up to ``peak``."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if step * 5 >= peak:
                return step
        size *= 10


def _drawn(burnup: Burnup, plot: _Plot, *, key: str, lang: str) -> Drawing:
    foot = plot.floor + SCALE
    lines = [
        (day(when, lang), (", " if lang == "en" else "、").join(each.name for each in group))
        for when, group in _due_days(burnup)
        if plot.axis.has(when)
    ]
    told = notes(lines, (0, foot + FOOT + 4), WIDTHS[plot.layout])
    body = joined(
        (
            *_levels(burnup, plot),
            *_areas(burnup, plot, f"{key}-{plot.layout}"),
            *_milestones(burnup, plot, lang),
            *_labels(burnup, plot),
            today_line(plot.axis, burnup.today, [(plot.top, foot)], lang),
            scale(plot.axis, foot, lang),
            told.body,
        )
    )
    return Drawing(body=body, height=foot + FOOT + 10 + told.height, layout=plot.layout)


def _levels(burnup: Burnup, plot: _Plot) -> Iterator[Markup]:
    for count in range(0, plot.most + 1, _step(plot.most)):
        y = plot.y(count)
        yield line((plot.axis.left, y), (plot.axis.right, y), "level")
        yield text(str(count), (plot.axis.left - 6, y + 4), "level-word", size=SMALL, anchor="end")


def _areas(burnup: Burnup, plot: _Plot, key: str) -> Iterator[Markup]:
    """Give each state's area down to the floor, the highest first, the next one over it."""
    count = len(burnup.layers)
    for index in reversed(range(count)):
        name = f"{key}-area-{index}"
        shape = tag("path", id=name, d=_shape(burnup.heights(index + 1), plot))
        yield tag("defs", shape)
        tone = round(index * (TONES - 1) / max(count - 1, 1))
        yield tag("use", href=f"#{name}", class_="area-ground")
        yield tag(
            "use",
            tag("title", words(burnup.layers[index].name)),
            href=f"#{name}",
            class_=f"area tone-{tone}",
        )


def _shape(heights: Sequence[int], plot: _Plot) -> str:
    if not heights:
        return "M0 0"
    points = [
        (round(plot.axis.middle(plot.axis.first + timedelta(days=index)), 1), round(plot.y(height), 1))
        for index, height in enumerate(heights)
        if not 0 < index < len(heights) - 1 or not heights[index - 1] == height == heights[index + 1]
    ]
    shape = f"M{number(points[0][0])} {number(plot.floor)}V{number(points[0][1])}"
    for (x0, y0), (x1, y1) in pairwise(points):
        shape += f"h{number(x1 - x0)}" if y1 == y0 else f"l{number(x1 - x0)} {number(y1 - y0)}"
    return f"{shape}V{number(plot.floor)}z"


def _dates(burnup: Burnup, axis: Axis, lang: str) -> list[tuple[date, float, int]]:
    """Return the days of milestones, the middles of their labels, and their rows from below."""
    days = [when for when, _ in _due_days(burnup) if axis.has(when)]
    widths = [text_width(day(when, lang), SMALL) for when in days]
    middles = [
        centred(axis.start(when) + axis.step, width, low=axis.left, high=axis.right)
        for when, width in zip(days, widths, strict=True)
    ]
    spans = [(x - width / 2, x + width / 2) for x, width in zip(middles, widths, strict=True)]
    return list(zip(days, middles, stacked(spans), strict=True))


def _milestones(burnup: Burnup, plot: _Plot, lang: str) -> Iterator[Markup]:
    for when, middle, row in _dates(burnup, plot.axis, lang):
        x = plot.axis.start(when) + plot.axis.step
        foot = plot.top - 6 - row * ROW
        yield line((x, foot + 3), (x, plot.floor), "due-line")
        yield text(day(when, lang), (middle, foot), "due-word halo", size=SMALL, anchor="middle")


def _labels(burnup: Burnup, plot: _Plot) -> Iterator[Markup]:
    """Give each state's name at the right, as near to its area's end as the others leave room."""
    shown = [(index, layer) for index, layer in enumerate(burnup.layers) if burnup.days and layer.counts[-1]]
    middles = [plot.y(burnup.heights(index)[-1] + layer.counts[-1] / 2) for index, layer in shown]
    end = plot.axis.middle(burnup.counted)
    room = WIDTHS[plot.layout] - plot.labels
    for (_, layer), middle, y in zip(
        shown, middles, spread(middles, 17, low=0, high=plot.floor), strict=True
    ):
        start = f"M{number(end)} {number(middle)}H{number(plot.axis.right)}"
        yield path(f"{start}L{number(plot.labels - 4)} {number(y)}", "lead dotted")
        count = f" {layer.counts[-1]}"
        name = clipped(layer.name, TEXT, room - text_width(count, TEXT))
        yield text(name + count, (plot.labels, y + 5), "area-word")
