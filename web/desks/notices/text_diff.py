"""What differs between two texts, line by line, as the kit shows it."""

from collections.abc import Iterator
from difflib import unified_diff

from web.words import said

_MOST = 3000  # lines; longer texts would take too long to compare
_HUNK = "@@ -"


def text_diff(old: str, new: str, lang: str) -> tuple[tuple[str, str], ...]:
    """Return the lines that differ with their surroundings; nothing where the texts are the same."""
    before, after = old.splitlines(), new.splitlines()
    if len(before) > _MOST or len(after) > _MOST:
        return (("@", said("notices.text_too_long", lang)),)
    return tuple(_lines(unified_diff(before, after, n=2, lineterm=""), lang))


def _lines(lines: Iterator[str], lang: str) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(lines):
        if number < 2:  # the names of the two files
            continue
        if line.startswith(_HUNK):
            first = line.split("+", 1)[1].split(" ", 1)[0].split(",", 1)[0]
            yield "@", said("notices.diff_line", lang, line=first)
        else:
            yield line[:1], line[1:]
