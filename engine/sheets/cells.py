"""One cell: what it may hold, and how a text is kept from becoming a live formula."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from engine.sheets.problems import Wrong

Raw = str | int | float | date
"""What a cell holds: a text, a number, yes or no, a day or a naive moment; an empty cell is ``""``."""

MAX_TEXT = 10_000
"""Characters of one cell."""

# what a spreadsheet takes for a formula, after any spaces; apostrophes before it are ours or quoted
_LIVE = re.compile(r"'*(?: *[\t\r]|\s*[=+\-@＝＋－＠])")
# control and direction-changing characters, halves of pairs, and what XML cannot hold
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell that cannot be used, with what it holds and why."""

    text: str
    wrong: Wrong


class Line(NamedTuple):
    """One row of a file as it stands there; ``number`` counts from 1."""

    number: int
    cells: Sequence[Raw | Unreadable]


def is_live(text: str) -> bool:
    """Tell whether a spreadsheet would run the text (``=1+1``, ``+``, ``-``, ``@``, TAB, CR)."""
    return bool(_LIVE.match(text))


def guard(text: str) -> str:
    """Return the text for a CSV cell: an apostrophe before what would be live."""
    return f"'{text}" if is_live(text) else text


def unguard(text: str) -> str:
    """Return the text that ``guard`` was given."""
    return text[1:] if text.startswith("'") and is_live(text) else text


def unix_lines(text: str) -> str:
    """Return the text with each line ending in LF alone."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def without_controls(text: str) -> str:
    """Return the text with U+FFFD for each character that a sheet must not hold."""
    return _CONTROL.sub("\ufffd", text)


def checked(text: str) -> str | Unreadable:
    """Return the text of a cell, or why it is refused."""
    if len(text) > MAX_TEXT:
        return Unreadable(
            text,
            Wrong(
                zh=f"一格里有 {len(text)} 个字，最多 {MAX_TEXT} 个；请缩短",
                en=f"one cell holds {len(text)} characters, at most {MAX_TEXT} are taken; shorten it",
            ),
        )
    if found := _CONTROL.search(text):
        mark = f"U+{ord(found[0]):04X}"
        return Unreadable(
            text,
            Wrong(
                zh=f"里面有看不见的控制字符（{mark}）；请清空这一格后重新输入",
                en=f"it holds an invisible control character ({mark}); clear the cell and type it again",
            ),
        )
    return unix_lines(text)


def is_blank(raw: Raw | Unreadable) -> bool:
    """Tell whether a cell holds nothing but spaces."""
    return isinstance(raw, str) and not raw.strip()


def as_text(raw: Raw) -> str:
    """Return what a cell shows: 350502 for 350502.0, 2023-09-17 for a day."""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    return str(raw)
