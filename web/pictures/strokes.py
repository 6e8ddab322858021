"""The strokes of a picture: SVG elements with classes and no style of their own, every text escaped."""

import re
from collections.abc import Iterable
from functools import cache

from markupsafe import Markup, escape

Point = tuple[float, float]
Attribute = str | float | None

TEXT = 13
SMALL = 12
_BREAK = re.compile(r"[\t\r\n]")
_UNKNOWN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
SAFE = ("/", "?", "#", "https://", "http://")


def tag(name: str, *inside: Markup, **attributes: Attribute) -> Markup:
    """Return an element; ``text_anchor`` is written text-anchor, ``class_`` class, and None is left out."""
    pairs = "".join(
        f' {_spelled(key)}="{_value(value)}"' for key, value in attributes.items() if value is not None
    )
    text = f"<{name}{pairs}>{''.join(inside)}</{name}>" if inside else f"<{name}{pairs}/>"
    return Markup(text)  # noqa: S704 - values are escaped by _value, and what is inside is Markup


def joined(parts: Iterable[Markup]) -> Markup:
    """Return the elements one behind the other."""
    return Markup("".join(parts))  # noqa: S704 - each part is Markup


def words(text: str) -> Markup:
    """Return a text as it may stand within an element, without signs that XML does not know."""
    return escape(_clean(text))


def text(said: str, at: Point, kind: str, *, size: float = TEXT, anchor: str = "start") -> Markup:
    """Return a text whose foot is at ``at``."""
    where = None if anchor == "start" else anchor
    return tag("text", words(said), x=at[0], y=at[1], class_=kind, font_size=size, text_anchor=where)


def box(at: Point, size: Point, kind: str, *, round_: float | None = None, tip: str = "") -> Markup:
    """Return a rectangle from its upper left corner."""
    (x, y), (width, height) = at, size
    return tag("rect", *_tip(tip), x=x, y=y, width=width, height=height, rx=round_, class_=kind)


def circle(middle: Point, radius: float, kind: str, *, tip: str = "") -> Markup:
    """Return a circle."""
    return tag("circle", *_tip(tip), cx=middle[0], cy=middle[1], r=radius, class_=kind)


def line(start: Point, end: Point, kind: str) -> Markup:
    """Return a straight line."""
    return tag("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], class_=kind)


def path(shape: str, kind: str, *, tip: str = "") -> Markup:
    """Return a path."""
    return tag("path", *_tip(tip), d=shape, class_=kind)


def moved(by: Point, *inside: Markup) -> Markup:
    """Return elements drawn at another place."""
    return tag("g", *inside, transform=f"translate({number(by[0])} {number(by[1])})")


def link(href: str | None, *inside: Markup) -> Markup:
    """Return elements that lead to ``href``; an address of any other kind than a page's leads nowhere."""
    if not href or not href.startswith(SAFE):
        return joined(inside)
    return tag("a", *inside, href=href)


def number(value: float) -> str:
    """Return a length with at most one decimal."""
    short = f"{value:.1f}".removesuffix(".0")
    return "0" if short == "-0" else short


def _tip(said: str) -> tuple[Markup, ...]:
    return (tag("title", words(said)),) if said else ()


@cache
def _spelled(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _value(value: str | float) -> str:
    return words(value) if isinstance(value, str) else number(value)


def _clean(said: str) -> str:
    return said if said.isprintable() else _UNKNOWN.sub("", _BREAK.sub(" ", said))
