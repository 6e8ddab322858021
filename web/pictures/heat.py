"""The heat map: in each county, how many cases are late at each milestone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from config.schedule import Name
from web.pictures.frame import WIDTHS, Caption, Drawing, Layout, Piece, Table, framed
from web.pictures.legend import Entry, heading, legend, notes
from web.pictures.lettering import balanced, text_width, widest
from web.pictures.spoken import day
from web.pictures.strokes import SMALL, TEXT, Point, box, joined, link, tag, text, words

TITLE = Name(zh="各地逾期情况", en="Late cases by county")
DESC = Name(
    zh="{rows} 个地区，{columns} 个节点；逾期最多的是 {county} 的“{milestone}”：{late} / {total}。",
    en="{rows} counties, {columns} milestones; most are late in {county} at {milestone}: {late} of {total}.",
)
NONE = Name(
    zh="{rows} 个地区，{columns} 个节点，没有逾期的事项。",
    en="{rows} counties, {columns} milestones, nothing late.",
)
PLACE = Name(zh="地区", en="County")
STEPS = (
    Name(zh="无逾期", en="None late"),
    Name(zh="不到四分之一", en="Under a quarter"),
    Name(zh="四分之一至一半", en="A quarter to half"),
    Name(zh="一半及以上逾期", en="Half or more late"),
)
BAR = Name(
    zh="格内：逾期 / 总数；底线越长，逾期比例越高",
    en="Late / total; the longer the bar, the larger the share late",
)
ROWS = {Layout.WIDE: 32.0, Layout.NARROW: 42.0}
GAP = 2
SPACE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How many of a county's cases are late at a milestone."""

    late: int
    total: int
    href: str | None = None

    @property
    def step(self) -> int:
        """Return 0 (none late) to 3 (half or more)."""
        if not self.late or not self.total:
            return 0
        share = self.late / self.total
        return 1 if share < 0.25 else 2 if share < 0.5 else 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A milestone."""

    name: str
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A county, with a cell for each milestone."""

    name: str
    cells: tuple[Cell, ...]
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heat:
    """Counties by milestones."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """Where the cells of one layout are; with little room, milestones are numbered."""

    layout: Layout
    names: float
    cell: float
    row: float

    @property
    def numbered(self) -> bool:
        return self.cell < SPACE

    def x(self, column: int) -> float:
        return self.names + column * self.cell


def heat_picture(heat: Heat, *, key: str, lang: str) -> Markup:
    """Return the heat map in both layouts."""
    caption = Caption(heat.title or TITLE.in_(lang), _told(heat, lang))
    drawings = [_drawn(heat, _grid(heat, layout), lang) for layout in Layout]
    return framed("heat", caption, drawings, key=key, lang=lang)


def heat_table(heat: Heat, lang: str) -> Table:
    """Return the same cells, each as late / total."""
    headings = (PLACE.in_(lang), *(column.name for column in heat.columns))
    return Table(headings, tuple((row.name, *map(_said, row.cells)) for row in heat.rows))


def _said(cell: Cell) -> str:
    return f"{cell.late} / {cell.total}" if cell.total else "–"


def _told(heat: Heat, lang: str) -> str:
    cells = [
        (cell, row, column) for row in heat.rows for cell, column in zip(row.cells, heat.columns, strict=True)
    ]
    worst = max(cells, key=lambda each: each[0].late, default=None)
    size = {"rows": len(heat.rows), "columns": len(heat.columns)}
    if worst is None or not worst[0].late:
        return NONE.in_(lang).format(**size)
    cell, row, column = worst
    named = {"county": row.name, "milestone": column.name}
    return DESC.in_(lang).format(**size, **named, late=cell.late, total=cell.total)


def _grid(heat: Heat, layout: Layout) -> _Grid:
    width = WIDTHS[layout]
    most = 130 if layout is Layout.WIDE else max(60, min(96, width - 28 * len(heat.columns)))
    names = widest([row.name for row in heat.rows], TEXT, most=most) + 10
    cell = min((width - names) / max(len(heat.columns), 1), 130)
    return _Grid(layout=layout, names=names, cell=cell, row=ROWS[layout])


def _drawn(heat: Heat, grid: _Grid, lang: str) -> Drawing:
    head = _heading(heat, grid, lang)
    bottom = head.height + len(heat.rows) * grid.row
    width = WIDTHS[grid.layout]
    numbers = notes(_numbers(heat, lang), (0, bottom + 8), width) if grid.numbered else Piece(Markup(""), 0)
    key = legend(_entries(lang), (0, bottom + numbers.height + 12), width)
    foot = bottom + numbers.height + key.height + 12
    told = notes([("", BAR.in_(lang))], (0, foot), width)
    rows = (_row(row, grid, head.height + index * grid.row) for index, row in enumerate(heat.rows))
    body = joined((head.body, *rows, numbers.body, key.body, told.body))
    return Drawing(body=body, height=foot + told.height + 4, layout=grid.layout)


def _heading(heat: Heat, grid: _Grid, lang: str) -> Piece:
    if grid.numbered:
        numbers = (
            text(str(index + 1), (grid.x(index) + grid.cell / 2, 15), "column", anchor="middle")
            for index in range(len(heat.columns))
        )
        return Piece(joined(numbers), 24)
    lines = [balanced(column.name, TEXT, grid.cell - 4, lines=5) for column in heat.columns]
    most = max(map(len, lines), default=1)
    drawn: list[Markup] = []
    for index, (column, rows) in enumerate(zip(heat.columns, lines, strict=True)):
        x = grid.x(index) + grid.cell / 2
        for n, said in enumerate(rows):
            drawn.append(text(said, (x, 14 + (most - len(rows) + n) * 17), "column", anchor="middle"))
        if column.due:
            due = day(column.due, lang)
            drawn.append(text(due, (x, 14 + most * 17), "date", size=SMALL, anchor="middle"))
    return Piece(joined(drawn), most * 17 + 24)


def _numbers(heat: Heat, lang: str) -> list[tuple[str, str]]:
    sign = "{name} ({day})" if lang == "en" else "{name}（{day}）"
    return [
        (str(index), sign.format(name=each.name, day=_unbroken(each.due, lang)) if each.due else each.name)
        for index, each in enumerate(heat.columns, 1)
    ]


def _unbroken(due: date, lang: str) -> str:
    return day(due, lang).replace(" ", "\N{NO-BREAK SPACE}")


def _row(row: Row, grid: _Grid, top: float) -> Markup:
    name = heading(row.name, (0, top + grid.row / 2 + 4), grid.names - 6)
    reach = box((0, top), (grid.names, grid.row), "reach")
    cells = (_cell(cell, grid, (grid.x(index), top)) for index, cell in enumerate(row.cells))
    return joined((link(row.href, reach, name), *cells))


def _cell(cell: Cell, grid: _Grid, at: Point) -> Markup:
    """Return a cell: its colour says the share that is late, and so does the bar at its foot."""
    (x, y), width, height = at, grid.cell - GAP, grid.row - GAP
    kind = f"step-{cell.step}" if cell.total else "empty"
    ground = box((x, y), (width, height), f"cell {kind}")
    middle = (x + width / 2, y + height / 2)
    if not cell.total:
        return ground + text("–", (middle[0], middle[1] + 4), "count empty", anchor="middle")
    parts = [ground, *_count(cell, middle, width, kind)]
    if cell.late:
        length = (width - 6) * cell.late / cell.total
        parts.append(box((x + 3, y + height - 5), (length, 2.5), f"share {kind}"))
    return link(cell.href, *parts)


def _count(cell: Cell, middle: Point, room: float, kind: str) -> Iterator[Markup]:
    """Give late / total in a line, or in two where the cell is narrow."""
    x, y = middle
    late, total = str(cell.late), f"/{cell.total}"
    if text_width(late + total, TEXT) <= room - 2:
        inside = (tag("tspan", words(late), class_="late"), words(total))
        look = {"class_": f"count {kind}", "font_size": str(TEXT), "text_anchor": "middle"}
        yield tag("text", *inside, x=x, y=y + 3, **look)
        return
    if text_width(total, SMALL) > room - 2:
        total = total.removeprefix("/")
    yield text(late, (x, y - 5), f"count late {kind}", size=SMALL, anchor="middle")
    yield text(total, (x, y + 8), f"count {kind}", size=SMALL, anchor="middle")


def _entries(lang: str) -> list[Entry]:
    return [
        Entry(box((0, 0), (14, 11), f"cell step-{index}"), name.in_(lang)) for index, name in enumerate(STEPS)
    ]
