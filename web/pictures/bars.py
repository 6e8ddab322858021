"""Counts as level bars, and one bar cut into shares."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from config.schedule import Name
from web.pictures.frame import WIDTHS, Caption, Drawing, Layout, Table, framed
from web.pictures.legend import Entry, legend
from web.pictures.lettering import clipped, text_width, widest
from web.pictures.strokes import TEXT, Point, box, joined, link, text

TITLE = Name(zh="各状态数量", en="Cases by state")
SHARES = Name(zh="比例", en="Shares")
DESC = Name(zh="共 {total} 项：{counts}。", en="{total} in all: {counts}.")
NOTHING = Name(zh="没有事项。", en="Nothing yet.")
PART = Name(zh="{name} {count}（{share}）", en="{name} {count} ({share})")
NAME = Name(zh="名称", en="Name")
COUNT = Name(zh="数量", en="Number")
SHARE = Name(zh="比例", en="Share")
ROWS = {Layout.WIDE: 28.0, Layout.NARROW: 42.0}
THICK = 14
HIGH = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A count, and the list it leads to; ``tone`` is main, late, soon, done or quiet."""

    name: str
    count: int
    href: str | None = None
    tone: str = "main"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Counts side by side."""

    bars: tuple[Bar, ...]
    title: str = ""

    @property
    def total(self) -> int:
        """Return the sum."""
        return sum(bar.count for bar in self.bars)


def bars_picture(bars: Bars, *, key: str, lang: str) -> Markup:
    """Return a level bar for each count."""
    caption = Caption(bars.title or TITLE.in_(lang), _told(bars, lang))
    return framed("bars", caption, [_rows(bars, layout) for layout in Layout], key=key, lang=lang)


def share_picture(bars: Bars, *, key: str, lang: str) -> Markup:
    """Return one bar, cut into the shares of the counts; their names stand beneath in the same order."""
    caption = Caption(bars.title or SHARES.in_(lang), _told(bars, lang))
    return framed("shares", caption, [_cut(bars, layout, lang) for layout in Layout], key=key, lang=lang)


def bars_table(bars: Bars, lang: str) -> Table:
    """Return names, counts and shares."""
    rows = tuple((bar.name, str(bar.count), _percent(bar.count, bars.total)) for bar in bars.bars)
    return Table((NAME.in_(lang), COUNT.in_(lang), SHARE.in_(lang)), rows)


def _told(bars: Bars, lang: str) -> str:
    if not bars.total:
        return NOTHING.in_(lang)
    counts = (", " if lang == "en" else "，").join(f"{bar.name} {bar.count}" for bar in bars.bars)
    return DESC.in_(lang).format(total=bars.total, counts=counts)


def _percent(count: int, total: int) -> str:
    return f"{count / total:.0%}" if total else "–"


def _rows(bars: Bars, layout: Layout) -> Drawing:
    width, row = WIDTHS[layout], ROWS[layout]
    left = widest([bar.name for bar in bars.bars], TEXT, most=width * 0.4) + 12
    counts = widest([str(bar.count) for bar in bars.bars], TEXT, most=100) + 8
    most = max((bar.count for bar in bars.bars), default=0) or 1
    unit = (width - left - counts) / most
    drawn = (_bar(bar, (left, index * row), row, unit) for index, bar in enumerate(bars.bars))
    return Drawing(body=joined(drawn), height=max(len(bars.bars), 1) * row, layout=layout)


def _bar(bar: Bar, at: Point, row: float, unit: float) -> Markup:
    (left, top), length = at, bar.count * unit
    foot = top + row / 2 + 5
    return link(
        bar.href,
        box((0, top), (left + length, row), "reach"),
        text(clipped(bar.name, TEXT, left - 10), (0, foot), "name"),
        box((left, top + (row - THICK) / 2), (max(length, 1), THICK), f"bar {bar.tone}"),
        text(str(bar.count), (left + length + 6, foot), "count"),
    )


def _cut(bars: Bars, layout: Layout, lang: str) -> Drawing:
    width = WIDTHS[layout]
    part = PART.in_(lang)
    entries = [
        Entry(
            box((0, 0), (14, 11), f"bar {bar.tone}"),
            part.format(name=bar.name, count=bar.count, share=_percent(bar.count, bars.total)),
        )
        for bar in bars.bars
    ]
    key = legend(entries, (0, HIGH + 8), width)
    body = joined((*_parts(bars, width), key.body))
    return Drawing(body=body, height=HIGH + 12 + key.height, layout=layout)


def _parts(bars: Bars, width: float) -> Iterator[Markup]:
    if not bars.total:
        yield box((0, 0), (width, HIGH), "bar empty")
    x = 0.0
    for bar in bars.bars:
        length = bar.count / bars.total * width if bars.total else 0
        if not length:
            continue
        said = str(bar.count)
        fits = text_width(said, TEXT) + 8 <= length
        label = (
            text(said, (x + length / 2, 18), f"inside {bar.tone}", anchor="middle") if fits else Markup("")
        )
        part = box((x, 0), (max(length - 1.5, 1), HIGH), f"bar {bar.tone}", tip=f"{bar.name} {said}")
        yield link(bar.href, part, label)
        x += length
