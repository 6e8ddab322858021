"""A text made plain for matching, with the way back: every place in it leads to one in the original."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from config.reading.layout import furniture
from config.reading.reading import Span, Told

_SAME = {
    **dict.fromkeys("‐‑‒–—―－−─━﹣ｰ", "-"),
    **dict.fromkeys("～〜∼﹏", "~"),
    **dict.fromkeys("\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", "\n"),
    **dict.fromkeys("∶︰", ":"),
    **dict.fromkeys("【〔［﹝", "["),
    **dict.fromkeys("】〕］﹞", "]"),
    "｜": "|",
    "│": "|",
    "┃": "|",
}
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe0e\ufe0f\x00-\x08\x0e-\x1b\x1f]+"
)
_STRUCK = re.compile(r"<(s|del|strike)>[^<]{0,300}</\1>|~~[^~\n]{1,200}~~", re.IGNORECASE)
_MARKUP = re.compile(
    r"</?(?:b|i|u|s|em|del|strong|strike|span|font|p|br|td|tr|th)(?: [^<>]{0,200})?/?>|\*\*"
    r"|\[bookmark: ?[^\[\]\n]{1,40}\]",
    re.IGNORECASE,
)
_ODD = re.compile("[^\n -~\u3400-\u4dbf\u4e00-\u9fff\u3001-\u3003\u3007-\u3011“”‘’]")
_FEW = 80
# a page that sets type apart: 9月2 1日, 10 月1 7日
_PARTED = re.compile(r"(?<=[0-3]) (?=\d ?[日号])(?:(?<=[月至到~、-]\d )|(?<=[月至到~、-] \d ))")
_WIDE = r"\u2e80-\u9fff\uff00-\uffef"
# begins with the space itself: a pattern that begins by looking back is tried everywhere
_SPACES = re.compile(
    rf" (?:(?<=[0-9] ) {{0,5}}(?=[{_WIDE}:~-])|(?<=[{_WIDE}:~-] ) {{0,5}}(?=[0-9]))", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Plain:
    """A plain text whose characters each stand for one place of the original, in the same order."""

    text: str
    source: str
    starts: list[int] = field(default_factory=lambda: [0])
    shifts: list[int] = field(default_factory=lambda: [0])

    def original(self, place: int) -> int:
        """Return the offset in the original of the character at ``place``."""
        return place + self.shifts[bisect_right(self.starts, place) - 1]

    def span(self, start: int, end: int) -> Span:
        """Return the place in the original of ``text[start:end]``, without white space around it."""
        while start < end and self.text[start].isspace():
            start += 1
        while start < end and self.text[end - 1].isspace():
            end -= 1
        if start == end:
            first = self.original(start) if start < len(self.text) else 0
            return Span(first, first)
        return Span(self.original(start), self.original(end - 1) + 1)


def told(plain: Plain, start: int, end: int, *, spaced: bool = False) -> Told:
    """Return the words of the original at ``text[start:end]`` in one line, ``spaced`` as in each line."""
    span = plain.span(start, end)
    words = span.of(plain.source)
    if not any(char > "\u2e80" for char in words):
        return Told(text=" ".join(words.split()), span=span)
    space = " " if spaced else ""
    return Told(text="".join(space.join(line.split()) for line in words.splitlines()), span=span)


def plain(original: str) -> Plain:
    """Fold forms, drop what cannot be seen or was struck out, and join the lines that a page broke."""
    odd = set(_ODD.findall(original))
    same = _folded(original, odd)
    cuts: list[tuple[int, int]] = []
    now = Plain(same, original)
    for find in (_hidden, _markup, furniture, _gaps) if _hides(same, odd) else (_markup, furniture, _gaps):
        if found := [(now.original(start), now.original(end - 1) + 1) for start, end in find(now.text)]:
            cuts = _union(cuts + found)
            now = _without(same, cuts, original)
    return now


def _folded(text: str, odd: set[str]) -> str:
    """Fold every character to its plain form, one for one; ``odd`` are those that may have another."""
    forms = {char: folded for char in odd if (folded := _fold(char)) != char}
    if len(forms) > _FEW:
        return text.translate({ord(char): folded for char, folded in forms.items()})
    for char, folded in forms.items():  # far quicker than a table while they are few
        text = text.replace(char, folded)
    return text


def _hides(text: str, odd: set[str]) -> bool:
    """Return whether anything may be invisible or struck out: a cheap first look."""
    return "<" in text or "~~" in text or any(_INVISIBLE.match(char) for char in odd)


@lru_cache(maxsize=16384)
def _fold(char: str) -> str:
    if char in _SAME:
        return _SAME[char]
    if unicodedata.category(char) in ("No", "Lm"):  # ① and ² are no digits of a date
        return char
    folded = unicodedata.normalize("NFKC", char)
    if len(folded) != 1:
        return char
    return _SAME.get(folded, folded)


def _hidden(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_INVISIBLE, _STRUCK):
        yield from (found.span() for found in pattern.finditer(text))


def _markup(text: str) -> Iterator[tuple[int, int]]:
    yield from (found.span() for found in _MARKUP.finditer(text))


def _gaps(text: str) -> Iterator[tuple[int, int]]:
    yield from (found.span() for pattern in (_SPACES, _PARTED) for found in pattern.finditer(text))


def _union(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _without(text: str, cuts: list[tuple[int, int]], source: str) -> Plain:
    parts, starts, shifts = [], [], []
    kept = at = 0
    for start, end in [*cuts, (len(text), len(text))]:
        if start > at:
            parts.append(text[at:start])
            starts.append(kept)
            shifts.append(at - kept)
            kept += start - at
        at = end
    return Plain("".join(parts), source, starts or [0], shifts or [0])
