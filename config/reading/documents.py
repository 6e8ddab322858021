"""Several documents in one text: where each begins, by its number or its title."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_NUMBER = re.compile(r"^ *([\u4e00-\u9fff]{1,14} ?[\[(]\d{4}[\])] ?第? ?\d{1,4} ?号) *$", re.MULTILINE)
_TITLE = re.compile(r"[^《》。,:]{0,30}关于[^《》。:]{4,80}的(?:通知|公告|通告|函|意见|方案)")
_SIGNED = re.compile(r"[^\d,。;:]{0,30}\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日")
_LONGEST = 120  # characters of a line that is a title, or signs


class Document(NamedTuple):
    """One of several documents in a text: where it begins, and its number or title."""

    start: int
    name: str


def documents(text: str) -> tuple[Document, ...]:
    """Return the documents of a text, by their numbers, else by their titles; none if it is one.

    What forwards another document is one with it.
    """
    titles = list(_titles(text))
    if titles and "转发" in titles[0].name:
        return ()
    numbers = [Document(one.start(), _tidy(one[1])) for one in _NUMBER.finditer(text)]
    return _distinct(numbers) or _distinct(titles)


def _titles(text: str) -> Iterator[Document]:
    """Yield the first title, and every one that stands below a signed end."""
    start, ended = 0, True
    for line in text.split("\n"):
        words = line[: _LONGEST + 1].strip()
        if len(words) <= _LONGEST and ended and _TITLE.fullmatch(words):
            yield Document(start, words)
            ended = False
        ended = ended or bool(len(words) <= _LONGEST and _SIGNED.fullmatch(words))
        start += len(line) + 1


def _tidy(number: str) -> str:
    return number.replace(" ", "").replace("[", "〔").replace("]", "〕")


def _distinct(found: Sequence[Document]) -> tuple[Document, ...]:
    first = {one.name: one for one in reversed(found)}
    ordered = tuple(sorted(first.values()))
    return ordered if len(ordered) > 1 else ()
