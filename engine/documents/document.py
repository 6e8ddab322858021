"""A document as text, and how much of one is read."""

from dataclasses import dataclass
from enum import StrEnum

from config.schedule import Name

MAX_BYTES = 20 * 2**20
MAX_PAGES = 200
MAX_TEXT = 1_000_000
"""Characters; the 200 pages have a third of it."""


class Kind(StrEnum):
    """The kinds of document that are read."""

    TEXT = "txt"
    PAGE = "html"
    WORD = "docx"
    PDF = "pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a reader found in a document.

    Pages of a PDF are parted by a form feed, cells of a table by a tab, its rows by a new line.
    ``doubts`` say what was left out, or may have been read wrongly.
    """

    kind: Kind
    text: str
    pages: int | None = None  # only a PDF has pages of its own
    doubts: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Content):
    """The text of a document, and the name the document is shown by."""

    name: str
