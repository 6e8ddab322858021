"""The strokes of a lifecycle's picture, as SVG elements.

Colours stand in attributes, which a strict content security policy lets pass; a page's style
sheet may lay its own custom properties over them by the classes.
"""

from collections.abc import Mapping
from html import escape
from typing import NamedTuple

from workflows.stations import Point

INK, PAPER, QUIET, MAIN, RULE = "#1f2328", "#fcfcfa", "#5c6370", "#1f5f8b", "#e4e2dc"
FONT = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Source Han Sans SC, system-ui, sans-serif"
BEND = 8


class Look(NamedTuple):
    """How a kind of text looks."""

    size: int
    fill: str
    weight: int = 400
    anchor: str = "middle"


LOOKS: Mapping[str, Look] = {
    "state": Look(15, INK),
    "count": Look(16, MAIN, 600),
    "verb": Look(13, MAIN),
    "side-verb": Look(13, QUIET),
    "where": Look(13, INK, 400, "start"),
    "what": Look(13, QUIET, 400, "start"),
}


def text(words: str, at: Point, kind: str) -> str:
    """Return a text of a kind in LOOKS; ``at`` is its foot."""
    look = LOOKS[kind]
    return (
        f'<text x="{at[0]:.1f}" y="{at[1]:.1f}" font-size="{look.size}" font-weight="{look.weight}"'
        f' text-anchor="{look.anchor}" class="{kind}" fill="{look.fill}">{escape(words)}</text>'
    )


def arrow(corners: tuple[Point, ...], key: str, *, main: bool = False) -> str:
    """Return a line through ``corners`` with its tip; every side is upright or level."""
    name, colour, thick = ("main", MAIN, 2.5) if main else ("side", QUIET, 1.25)
    return (
        f'<path d="{_curve(corners)}" class="{name}" fill="none" stroke="{colour}"'
        f' stroke-width="{thick}" marker-end="url(#{key}-{name})"/>'
    )


def tips(key: str) -> str:
    """Return the tips of the arrows; ``key`` keeps two pictures on one page apart."""
    marks = "".join(
        f'<marker id="{key}-{name}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="{size}"'
        f' markerHeight="{size}" orient="auto">'
        f'<path d="M0 1 L10 5 L0 9 Z" class="{name}-tip" fill="{colour}"/></marker>'
        for name, colour, size in (("main", MAIN, 5), ("side", QUIET, 7))
    )
    return f"<defs>{marks}</defs>"


def frame(middle: Point, size: Point, kind: str, *, inset: float = 0) -> str:
    """Return the rounded frame of a state (``station`` on the line, ``beside`` it)."""
    (x, y), (width, height) = middle, (size[0] - 2 * inset, size[1] - 2 * inset)
    colour, thick = (MAIN, 1.75) if kind == "station" else (QUIET, 1.25)
    return (
        f'<rect x="{x - width / 2:.1f}" y="{y - height / 2:.1f}" width="{width:.1f}" height="{height:.1f}"'
        f' rx="{10 - inset:.1f}" class="{kind}" fill="{PAPER}" stroke="{colour}"'
        f' stroke-width="{0.75 if inset else thick}"/>'
    )


def blank(middle: Point, width: float) -> str:
    """Return the gap in a line in which its label stands."""
    return (
        f'<rect x="{middle[0] - width / 2:.1f}" y="{middle[1] - 9:.1f}" width="{width:.1f}" height="18"'
        f' class="blank" fill="{PAPER}"/>'
    )


def dot(at: Point) -> str:
    """Return the mark of a beginning."""
    return f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="4.5" class="start" fill="{INK}"/>'


def rule(left: float, right: float, y: float) -> str:
    """Return a thin level line."""
    return f'<path d="M{left:.1f} {y:.1f} H{right:.1f}" class="rule" stroke="{RULE}" stroke-width="1"/>'


def _curve(corners: tuple[Point, ...]) -> str:
    parts = [f"M{corners[0][0]:.1f} {corners[0][1]:.1f}"]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        bend = min(BEND, _far(before, corner) / 2, _far(corner, after) / 2)
        (ax, ay), (bx, by) = _towards(corner, before, bend), _towards(corner, after, bend)
        parts.append(f"L{ax:.1f} {ay:.1f} Q{corner[0]:.1f} {corner[1]:.1f} {bx:.1f} {by:.1f}")
    return " ".join([*parts, f"L{corners[-1][0]:.1f} {corners[-1][1]:.1f}"])


def _far(a: Point, b: Point) -> float:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _towards(a: Point, b: Point, length: float) -> Point:
    far = _far(a, b) or 1.0
    return a[0] + (b[0] - a[0]) * length / far, a[1] + (b[1] - a[1]) * length / far
