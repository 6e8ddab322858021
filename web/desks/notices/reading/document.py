"""A document as a page shows it: its text cut where dates stand, each with the clauses that name it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from config.reading.reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A piece of the text; ``keys`` are the clauses whose date stands here, none between dates.

    ``again`` is the clause whose date is only repeated here.
    """

    text: str
    keys: tuple[str, ...] = ()
    again: str = ""


def places_of(reading: Reading) -> tuple[Place, ...]:
    """Return the whole text in pieces, in order; joined they are the text."""
    return tuple(_pieces(reading))


def _pieces(reading: Reading) -> Iterator[Place]:
    text, at = reading.text, 0
    for mark in _marks(reading):
        if mark.start > at:
            yield Place(text=text[at : mark.start])
        yield Place(text=text[mark.start : mark.end], keys=mark.keys, again=mark.again)
        at = mark.end
    if at < len(text):
        yield Place(text=text[at:])


class _Mark(NamedTuple):
    start: int
    end: int
    keys: tuple[str, ...]
    again: str = ""


def _marks(reading: Reading) -> Iterator[_Mark]:
    """Give the places of dates without overlaps: dates that share words are one place."""
    spans = [_Mark(one.when.words.start, one.when.words.end, (one.key,)) for one in reading.clauses]
    spans += [_Mark(span.start, span.end, (), one.key) for one in reading.clauses for span in one.also]
    last: _Mark | None = None
    for mark in sorted(one for one in spans if one.start < one.end):
        if last and mark.start < last.end:
            last = _Mark(last.start, max(last.end, mark.end), last.keys + mark.keys, last.again)
            continue
        if last:
            yield last
        last = mark
    if last:
        yield last
