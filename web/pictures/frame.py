"""The frame of a picture: its title and description for those who do not see it, and its two layouts."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from markupsafe import Markup

from web.pictures.strokes import joined, number, tag, words


class Layout(StrEnum):
    """On which screens a drawing is shown; the style sheet changes over at 640 px."""

    WIDE = "wide"
    NARROW = "narrow"


WIDTHS = {Layout.WIDE: 720.0, Layout.NARROW: 340.0}


class Table(NamedTuple):
    """The numbers of a picture, to be read as a table beneath it."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Caption(NamedTuple):
    """What a picture is called, and what it says in a sentence."""

    title: str
    desc: str


class Piece(NamedTuple):
    """Something drawn, and how high it is."""

    body: Markup
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """One layout of a picture; lengths are user units, which a page scales."""

    body: Markup
    height: float
    layout: Layout

    @property
    def width(self) -> float:
        """Return how wide it is."""
        return WIDTHS[self.layout]


def framed(kind: str, caption: Caption, drawings: Iterable[Drawing], *, key: str, lang: str) -> Markup:
    """Return the picture; ``key`` begins its ids, so that several can stand on one page."""
    layouts = [_svg(kind, caption, drawing, key=f"{key}-{drawing.layout}", lang=lang) for drawing in drawings]
    return tag("div", *layouts, class_="pictures")


def named(caption: Caption, key: str) -> Markup:
    """Return title and description, by the ids ``key-title`` and ``key-desc``."""
    title = tag("title", words(caption.title), id=f"{key}-title")
    return joined((title, tag("desc", words(caption.desc), id=f"{key}-desc")))


def opened(key: str, lang: str, body: Markup) -> dict[str, str]:
    """Return what every picture's svg element says of itself.

    Parts of a role img are hidden from screen readers, and links must not be: they make it a group.
    """
    return {
        "role": "group" if "<a " in body else "img",
        "aria_labelledby": f"{key}-title {key}-desc",
        "lang": "en" if lang == "en" else "zh-CN",
    }


def _svg(kind: str, caption: Caption, drawing: Drawing, *, key: str, lang: str) -> Markup:
    width, height = number(drawing.width), number(drawing.height)
    return tag(
        "svg",
        named(caption, key),
        drawing.body,
        xmlns="http://www.w3.org/2000/svg",
        class_=f"pic pic-{kind} pic-{drawing.layout}",
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        **opened(key, lang, drawing.body),
    )
