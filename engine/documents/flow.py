"""Text that grows piece by piece, and the rows of its tables."""

import re
from collections.abc import Sequence

LONG = 600
"""Characters of a cell that is no value of a table any more, but text that a table lays out."""

# what is no white space among the controls, and halves of pairs
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def tidy(text: str) -> str:
    """Return a text with each line ending in LF alone, without control characters."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


class Flow:
    """Lines of text; a line that ends twice leaves no empty one."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []

    @property
    def fresh(self) -> bool:
        """Tell whether nothing stands on the line yet."""
        return not self._line

    @property
    def last(self) -> str:
        """Return the last character of the line."""
        return self._line[-1][-1] if self._line else ""

    def add(self, text: str) -> None:
        """Write on the line."""
        if text:
            self._line.append(text)

    def end_line(self) -> None:
        """End the line, where something stands on it."""
        line = "".join(self._line).rstrip(" \t\n\xa0")
        self._line.clear()
        if line.strip():
            self._lines.append(line)

    def text(self) -> str:
        """Return all lines."""
        self.end_line()
        return "\n".join(self._lines)


def row_text(cells: Sequence[str]) -> str:
    """Return a row of a table: its cells on one line with tabs between.

    A table that only lays a page out gives its texts one below the other.
    """
    full = [cell for cell in cells if cell.strip()]
    laid_out = len(full) == 1 and (len(cells) == 1 or "\n" in full[0])
    if laid_out or any(len(cell) > LONG or ("\t" in cell and "\n" in cell) for cell in full):
        return "\n".join(full)
    return "\t".join(" ".join(cell.split()) for cell in cells)
