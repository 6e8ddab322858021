"""One milestone's ladder: each reminder at its real day, and who is told; those already sent are filled."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from markupsafe import Markup

from config.schedule import Name
from web.pictures.days import FOOT, SCALE, Axis, Band, scale, shade, today_line, upright
from web.pictures.frame import WIDTHS, Caption, Drawing, Layout, Table, framed
from web.pictures.legend import Entry, legend
from web.pictures.lettering import clipped, text_width, widest, wrapped
from web.pictures.places import centred
from web.pictures.spoken import day, weekday
from web.pictures.strokes import SMALL, TEXT, box, circle, joined, line, path, text

TITLE = Name(zh="“{name}”的提醒", en="Reminders of {name}")
DESC = Name(
    zh="截止 {due}。共 {count} 次提醒，已发 {sent} 次。",
    en="Due {due}. {count} reminders, {sent} of them sent.",
)
HEADINGS = (
    Name(zh="提醒", en="Reminder"),
    Name(zh="日期", en="Day"),
    Name(zh="通知", en="Who is told"),
    Name(zh="情况", en="Status"),
)
DUE = Name(zh="截止 {day}", en="Due {day}")
SENT = Name(zh="已发", en="Sent")
COMING = Name(zh="未发", en="To come")
OFF = Name(zh="休息日", en="Day off")
ON_DAY = {
    "due": Name(zh="截止当天", en="On the day"),
    "opens": Name(zh="开始当天", en="Opening day"),
}
BEFORE = Name(zh="提前 {n} 个工作日", en="{n} working days before")
AFTER = Name(zh="逾期 {n} 个工作日", en="{n} working days after")
ONE_BEFORE = Name(zh="提前 1 个工作日", en="1 working day before")
ONE_AFTER = Name(zh="逾期 1 个工作日", en="1 working day after")
SINCE = Name(zh="开始后 {n} 个工作日", en="{n} working days in")
MARGIN = timedelta(days=3)
FLAG = 22


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One reminder: what it is called (see ``rung_name``), its day, who is told, whether it has been sent."""

    name: str
    day: date
    who: tuple[str, ...]
    sent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """A milestone's reminders in the order of time."""

    name: str
    due: date
    steps: tuple[Step, ...]
    off: frozenset[date] = frozenset()
    today: date | None = None
    title: str = ""

    @property
    def span(self) -> tuple[date, date]:
        """Return the first and the last day shown."""
        days = [self.due, *(step.day for step in self.steps)]
        return min(days) - MARGIN, max(days) + MARGIN


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """Where the columns and rows of one layout are."""

    axis: Axis
    layout: Layout
    row: float
    day: float = 0  # left edge of the days' column
    who: float = 0  # left edge of the people's

    @property
    def top(self) -> float:
        return SCALE + FLAG


def rung_name(on: str, offset: int, lang: str) -> str:
    """Return a rung's name, by the date it counts from (``opens`` or ``due``) and its working days."""
    if offset == 0:
        return ON_DAY.get(on, ON_DAY["due"]).in_(lang)
    if offset < 0:
        name = ONE_BEFORE if offset == -1 else BEFORE
    elif on == "opens":
        name = SINCE
    else:
        name = ONE_AFTER if offset == 1 else AFTER
    return name.in_(lang).format(n=abs(offset))


def ladder_picture(ladder: Ladder, *, key: str, lang: str) -> Markup:
    """Return the ladder in both layouts, a row for each reminder."""
    title = ladder.title or TITLE.in_(lang).format(name=ladder.name)
    sent = sum(step.sent for step in ladder.steps)
    desc = DESC.in_(lang).format(due=weekday(ladder.due, lang), count=len(ladder.steps), sent=sent)
    drawings = [_drawn(ladder, _grid(ladder, layout, lang), lang) for layout in Layout]
    return framed("ladder", Caption(title, desc), drawings, key=key, lang=lang)


def ladder_table(ladder: Ladder, lang: str) -> Table:
    """Return the reminders: what, when, to whom, and whether it has been sent."""
    year = ladder.due.year
    rows = tuple(
        (
            step.name,
            weekday(step.day, lang, year=year),
            _who(step, lang),
            (SENT if step.sent else COMING).in_(lang),
        )
        for step in ladder.steps
    )
    return Table(tuple(heading.in_(lang) for heading in HEADINGS), rows)


def _who(step: Step, lang: str) -> str:
    return (", " if lang == "en" else "、").join(step.who)


def _grid(ladder: Ladder, layout: Layout, lang: str) -> _Grid:
    first, last = ladder.span
    width = WIDTHS[layout]
    axis = Axis(first=first, last=last, left=4, right=width - 8)
    if layout is Layout.NARROW:
        return _Grid(axis=axis, layout=layout, row=58)
    names = widest([step.name for step in ladder.steps], TEXT, most=170)
    days = widest([weekday(step.day, lang) for step in ladder.steps], TEXT, most=110)
    who = widest([_who(step, lang) for step in ladder.steps], SMALL, most=215)
    axis = replace(axis, left=names + days + 34, right=width - who - 18)
    return _Grid(axis=axis, layout=layout, row=30, day=names + 14, who=width - who - 4)


def _drawn(ladder: Ladder, grid: _Grid, lang: str) -> Drawing:
    bottom, bands = grid.top + len(ladder.steps) * grid.row, _bands(grid, len(ladder.steps))
    key = legend(_entries(lang), (4, bottom + FOOT + 6), WIDTHS[grid.layout] - 12)
    rows = (grid.top + index * grid.row for index in range(len(ladder.steps) + 1))
    body = joined(
        (
            shade(grid.axis, ladder.off, bands),
            scale(grid.axis, SCALE, lang),
            *(line((0, y), (WIDTHS[grid.layout], y), "rule") for y in rows),
            *_due(ladder, grid, bands, lang),
            today_line(grid.axis, ladder.today, bands, lang),
            *(
                _step(step, grid, grid.top + index * grid.row, lang)
                for index, step in enumerate(ladder.steps)
            ),
            key.body,
        )
    )
    return Drawing(body=body, height=bottom + FOOT + 10 + key.height, layout=grid.layout)


def _bands(grid: _Grid, rows: int) -> list[Band]:
    """Return where days are shown: all over, or on a narrow screen beneath each row's words."""
    if grid.layout is Layout.WIDE:
        return [(grid.top, grid.top + rows * grid.row)]
    return [(grid.top + index * grid.row + 38, grid.top + (index + 1) * grid.row) for index in range(rows)]


def _due(ladder: Ladder, grid: _Grid, bands: list[Band], lang: str) -> Iterator[Markup]:
    """Give the flag of the due day, with its date above the rows."""
    axis = grid.axis
    x = axis.start(ladder.due) + axis.step
    said = DUE.in_(lang).format(day=day(ladder.due, lang))
    at = centred(
        x + 16 + text_width(said, SMALL) / 2, text_width(said, SMALL), low=axis.left, high=axis.right
    )
    yield upright(x, [(SCALE + 4, grid.top), *bands], "due-line")
    yield path(f"M{x:.1f} {SCALE + 4}l10 4l-10 4z", "flag")
    yield text(said, (at, SCALE + 15), "due-word halo", size=SMALL, anchor="middle")


def _step(step: Step, grid: _Grid, top: float, lang: str) -> Markup:
    axis = grid.axis
    narrow = grid.layout is Layout.NARROW
    y = top + (47 if narrow else grid.row / 2)
    x = axis.middle(step.day)
    mark = circle((x, y), 5, "rung sent" if step.sent else "rung", tip=_who(step, lang))
    lead = line((axis.left, y), (x, y), "lead")
    labels = _above(step, grid, top, lang) if narrow else _columns(step, grid, y, lang)
    return joined((lead, mark, *labels))


def _columns(step: Step, grid: _Grid, y: float, lang: str) -> Iterator[Markup]:
    yield text(clipped(step.name, TEXT, 170), (0, y + 5), "name")
    yield text(weekday(step.day, lang), (grid.day, y + 5), "date")
    rows = wrapped(_who(step, lang), SMALL, 217, lines=2)
    for index, row in enumerate(rows):
        foot = y + 4 + (index - (len(rows) - 1) / 2) * 13
        yield text(row, (grid.who, foot), "who", size=SMALL)


def _above(step: Step, grid: _Grid, top: float, lang: str) -> Iterator[Markup]:
    axis, said = grid.axis, weekday(step.day, lang)
    room = axis.right - axis.left
    name = clipped(step.name, TEXT, room - text_width(said, TEXT) - 10)
    yield text(name, (axis.left, top + 16), "name halo")
    yield text(said, (axis.right, top + 16), "date halo", anchor="end")
    yield text(clipped(_who(step, lang), SMALL, room), (axis.left, top + 33), "who halo", size=SMALL)


def _entries(lang: str) -> list[Entry]:
    return [
        Entry(circle((7, 6), 5, "rung sent"), SENT.in_(lang)),
        Entry(circle((7, 6), 5, "rung"), COMING.in_(lang)),
        Entry(box((0, 0), (14, 11), "off-swatch"), OFF.in_(lang)),
    ]
