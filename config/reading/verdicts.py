"""What a date may be found to be, and the verbs that say so."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from config.reading import words
from config.reading.reading import Sort
from config.reading.scene import Scene

_SORTS = {"hand": Sort.DEADLINE, "held": Sort.WINDOW, "org": Sort.ORGANISER}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a date was found to be, how sure that is, and whether it is a window besides."""

    sort: Sort
    confidence: float
    window_too: bool = False


Rule = Callable[[Scene], Verdict | None]


def other(confidence: float) -> Verdict:
    """Return the verdict that a date sets nothing."""
    return Verdict(Sort.DISTRACTOR, confidence)


def first_of(pattern: re.Pattern[str], said: str) -> Sort | None:
    """Return what the first verb of ``pattern`` in the words says."""
    found = pattern.search(words.masked(said))
    return _SORTS[found.lastgroup or ""] if found else None


def last_of(said: str) -> Sort | None:
    """Return what the last verb or name in the words says."""
    sort = None
    for found in words.NAMED.finditer(words.masked(said)):
        sort = _SORTS[found.lastgroup or ""]
    return sort
