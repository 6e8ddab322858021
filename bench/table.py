"""The figures as text."""

from collections.abc import Sequence
from textwrap import fill

from bench.measure import Figure

_HEADINGS = ("name", "floor", "ours", "ratio", "goal", "met")
_WIDTH = 110


def told(figure: Figure) -> str:
    """Return one figure with what it measures."""
    ratio = "" if figure.ratio is None else f", ratio {figure.ratio:.2f}"
    head = f"{figure.name}: {figure.measures}"
    line = f"  floor {figure.floor}, ours {figure.ours}{ratio}; goal {figure.goal or '-'}: {_met(figure)}"
    notes = [fill(note, _WIDTH, initial_indent="  ", subsequent_indent="  ") for note in figure.notes]
    return "\n".join((head, line, *notes, ""))


def whole(figures: Sequence[Figure]) -> str:
    """Return all figures as a table."""
    rows = [_HEADINGS, *(_row(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    return "\n".join((lines[0], "  ".join("-" * width for width in widths), *lines[1:]))


def _row(figure: Figure) -> tuple[str, ...]:
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
    return figure.name, figure.floor, figure.ours, ratio, figure.goal, _met(figure)


def _met(figure: Figure) -> str:
    return "-" if figure.met is None else "met" if figure.met else "NOT MET"
