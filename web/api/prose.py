"""The little Markdown of the document's own texts, taken apart for a page."""

import re
from typing import NamedTuple

_PIECE = re.compile(r"(\*\*[^*]+\*\*|\*[^*]+\*|`[^`]+`)")


class Piece(NamedTuple):
    """Some words and how they stand: ``plain``, ``strong``, ``em`` or ``code``."""

    style: str
    text: str


def paragraphs(text: str) -> tuple[tuple[Piece, ...], ...]:
    """Return the paragraphs and the points of a list, each in pieces."""
    lines = re.split(r"\n\n|\n\* ", text.strip())
    return tuple(
        tuple(_piece(one) for one in _PIECE.split(" ".join(line.removeprefix("* ").split())) if one)
        for line in lines
    )


def _piece(text: str) -> Piece:
    for mark, style in (("**", "strong"), ("*", "em"), ("`", "code")):
        if len(text) > len(mark) and text.startswith(mark) and text.endswith(mark):
            return Piece(style, text.strip(mark))
    return Piece("plain", text)
