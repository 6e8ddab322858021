"""What marks mean, and notes to numbers: the lines beneath a picture."""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from web.pictures.frame import Piece
from web.pictures.lettering import text_width, widest, wrapped
from web.pictures.strokes import SMALL, TEXT, Point, joined, moved, text

ROW = 20
GAP = 18
MARK = 20


class Entry(NamedTuple):
    """A mark, drawn within 16 × 12 from its upper left corner, and what it means."""

    mark: Markup
    means: str


def legend(entries: Sequence[Entry], at: Point, room: float) -> Piece:
    """Return the entries side by side, in as many lines as they need."""
    x, y = at
    drawn: list[Markup] = []
    for entry in entries:
        width = MARK + text_width(entry.means, SMALL)
        if x > at[0] and x + width > at[0] + room:
            x, y = at[0], y + ROW
        drawn.append(moved((x, y + 2), entry.mark))
        drawn.append(text(entry.means, (x + MARK, y + 12), "means", size=SMALL))
        x += width + GAP
    return Piece(joined(drawn), y - at[1] + ROW if drawn else 0)


def notes(pairs: Sequence[tuple[str, str]], at: Point, room: float) -> Piece:
    """Return lines of a label and its words, the words wrapped beside it."""
    labels = widest([label for label, _ in pairs], SMALL, most=room / 2)
    column = labels + 10 if labels else 0
    drawn: list[Markup] = []
    y = at[1]
    for label, said in pairs:
        if label:
            drawn.append(text(label, (at[0], y + 13), "note-label", size=SMALL))
        for row in wrapped(said, SMALL, room - column, lines=4):
            drawn.append(text(row, (at[0] + column, y + 13), "note", size=SMALL))
            y += TEXT + 4
        y += 2
    return Piece(joined(drawn), y - at[1])


def heading(said: str, at: Point, room: float) -> Markup:
    """Return the name of a row, whose foot is at ``at``; a long one in two smaller lines."""
    if text_width(said, TEXT) <= room:
        return text(said, at, "name")
    rows = wrapped(said, SMALL, room, lines=2)
    top = at[1] - 1 - (len(rows) - 1) * 7
    return joined(text(row, (at[0], top + n * 14), "name", size=SMALL) for n, row in enumerate(rows))
