"""Answers on the terminal: sentences, tables, JSON."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

import orjson

from cli.moments import CHINA
from cli.width import longest_piece, shares, width, wrapped
from cli.words import heading, say

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from engine.listing import Page

WIDE = 160  # columns of a table that is not read on a terminal

_GAP = 3  # between two columns
_LEAST = 8


class Column(NamedTuple):
    """A column of a table: what its heading is called, numbers to the ``right``, texts that may wrap."""

    name: str
    right: bool = False
    wraps: bool = False


class Cell(NamedTuple):
    """A text whose colour says how it stands; the text says it too. ``small`` stands dimmed after it."""

    text: str
    tone: str = ""
    small: str = ""

    @property
    def whole(self) -> str:
        """Return all that the cell says."""
        return f"{self.text} {self.small}" if self.small else self.text


TONES: Mapping[str, str] = {
    "late": "red",
    "soon": "yellow",
    "done": "green",
    "quiet": "dim",
    "strong": "bold",
}

Row = Sequence[str | Cell]


def tell(key: str, **values: object) -> None:
    """Print a sentence of the catalogue."""
    line(say(key, **values))


def line(text: str = "") -> None:
    """Print a line as it is."""
    print(text)  # noqa: T201  the one place that prints a line


def table(columns: Sequence[Column], rows: Iterable[Row]) -> None:
    """Print a quiet table: a rule under the headings, nothing else."""
    from rich import box  # noqa: PLC0415  JSON and help pages do without
    from rich.table import Table  # noqa: PLC0415

    cells = [[cell if isinstance(cell, Cell) else Cell(cell) for cell in row] for row in rows]
    screen = console()
    widths = _widths(columns, cells, screen.width)
    made = Table(
        box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold", border_style="dim"
    )
    for column in columns:
        made.add_column(heading(column.name), justify="right" if column.right else "left", overflow="fold")
    for row in cells:
        made.add_row(*(_drawn(cell, wide) for cell, wide in zip(row, widths, strict=True)))
    # a line too long is folded by the terminal; Rich would leave columns out
    screen.width = max(screen.width, sum(widths) + _GAP * (len(widths) - 1))
    screen.print(made)


def _widths(columns: Sequence[Column], cells: Sequence[Sequence[Cell]], screen: int) -> list[int]:
    """Return how wide each column may be: those that do not wrap as they are, the others share the rest.

    Where even that is too much, the former wrap too, the one with most to spare first; words stay whole.
    """
    texts = [
        [heading(column.name), *(row[index].whole for row in cells)] for index, column in enumerate(columns)
    ]
    naturals = [max(map(_natural, each)) for each in texts]
    room = screen - _GAP * (len(columns) - 1)
    fixed = [index for index, column in enumerate(columns) if not column.wraps]
    free = [index for index, column in enumerate(columns) if column.wraps]
    widths = dict(zip(fixed, (naturals[index] for index in fixed), strict=True))
    over = sum(widths.values()) + sum(min(_LEAST, naturals[index]) for index in free) - room
    least = [max(min(_LEAST, naturals[index]), *map(longest_piece, texts[index])) for index in fixed]
    spare = {index: widths[index] - one for index, one in zip(fixed, least, strict=True)}
    for index in sorted(fixed, key=lambda one: -spare[one]):
        taken = min(max(over, 0), spare[index])
        widths[index] -= taken
        over -= taken
    given = shares([naturals[index] for index in free], max(room - sum(widths.values()), 0))
    wide = {index: max(one, min(_LEAST, naturals[index])) for index, one in zip(free, given, strict=True)}
    return [(widths | wide)[index] for index in range(len(columns))]


def _natural(text: str) -> int:
    return max((width(part) for part in text.split("\n")), default=0)


def _drawn(cell: Cell, wide: int) -> "Text":
    from rich.text import Text  # noqa: PLC0415  see table

    lines = wrapped(cell.text, wide)
    drawn = Text("\n".join(lines), style=TONES.get(cell.tone, ""))
    if cell.small:
        beside = width(lines[-1]) + 1 + width(cell.small) <= wide
        drawn.append((" " if beside else "\n") + "\n".join(wrapped(cell.small, wide)), style=TONES["quiet"])
    return drawn


def console() -> "Console":
    """Return the terminal; what is not one gets wide lines and no colours."""
    from rich.console import Console  # noqa: PLC0415  see table

    made = Console(highlight=False, emoji=False)
    if not made.is_terminal and "COLUMNS" not in made._environ:
        made.width = WIDE
    return made


def foot(page: "Page[object]") -> None:
    """Say which part of a list was shown, where there is more."""
    first = (page.page - 1) * page.per_page + 1
    last = first + len(page.items) - 1
    if not page.items and page.total:
        tell("list.beyond", total=page.total, page=page.page)
    elif len(page.items) == page.total:
        tell("list.whole", total=page.total)
    elif last == page.total:
        tell("list.last", first=first, last=last, total=page.total)
    else:
        tell("list.part", first=first, last=last, total=page.total, next=page.page + 1)


def as_json(value: object) -> None:
    """Print a value as JSON: keys in their order, moments with their offset."""
    text = orjson.dumps(plain(value), option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS).decode()
    line(text)


def page_json(page: "Page[object]", form: Callable[..., object] | None = None) -> None:
    """Print one page of a list as JSON."""
    items = [form(item) if form else item for item in page.items]
    as_json({"page": page.page, "per_page": page.per_page, "total": page.total, "items": items})


def plain(value: object) -> object:  # noqa: PLR0911  one return a kind
    """Return a value in JSON's own kinds; a moment as ISO text with the offset of China."""
    match value:
        case datetime():
            return value.astimezone(CHINA).isoformat(timespec="seconds")
        case date() | time():
            return value.isoformat()
        case Enum():
            return value.value
        case PurePath():
            return str(value)
        case Mapping():
            return {str(key): plain(one) for key, one in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(one) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return value


def record(value: object, **more: object) -> dict[str, object]:
    """Return a dataclass as a JSON object, with ``more`` beside its own fields."""
    form = plain(value)
    return (dict(form) if isinstance(form, dict) else {}) | {key: plain(one) for key, one in more.items()}
