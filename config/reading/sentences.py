"""The order of a text: paragraphs under numbered headings, and the sentences in them."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

_LEVEL = re.compile(
    r" *(?:第?(?P<a>[一二三四五六七八九十]{1,3})(?:、|[.,] ?|章|部分)"
    r"|\((?P<b>[一二三四五六七八九十]{1,3})\)|#{1,4} (?P<c>\d{0,2})"
    r"|(?P<d>\d{1,2})(?:[.、](?!\d)|\.(?=\d{4}[年.-]|\d{1,2}月))|\((?P<e>\d{1,2})\)|(?P<f>[①-⑳])"
    r"|(?P<h>0\d)(?=[ 、.]?[\u4e00-\u9fff])|(?P<i>[A-H])[.、] ?(?=[\u4e00-\u9fff“])"
    r"|【(?!打印|字体|关闭|返回|收藏|分享|大|小)(?P<g>[^【】]{2,16})】(?!.*【))"
)
_NUMBERED = frozenset("ABCDEFGH【第一二三四五六七八九十(#0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_DEPTHS = {"h": 0, "i": 2} | {letter: depth for depth, letter in enumerate("abcdefg")}
_MARKS = ("{}", "（{}）", "{}", "{}", "（{}）", "{}", "【{}】")
_FORM = re.compile(r"附件? ?\d{0,2} ?:?")
_TABLES = ("申报表", "登记表", "汇总表", "报名表", "推荐表", "申请表", "回执")
_END = re.compile(r"[。;\n!?]")
_HEADING = re.compile(r"[。;:]")
_LONGEST = 2000  # what runs on longer is no sentence


class _Heading(NamedTuple):
    depth: int
    mark: str
    words: str


class Paragraph(NamedTuple):
    """A line of the plain text with the headings above it, the outermost first."""

    start: int
    end: int
    words: str = ""  # without white space around
    headings: tuple[str, ...] = ()
    place: str | None = None
    before: str = ""  # the paragraph before, where it is short


@dataclass(frozen=True, slots=True)
class Outline:
    """The paragraphs of a text, to be found by place."""

    paragraphs: tuple[Paragraph, ...]
    starts: list[int]

    def at(self, place: int) -> Paragraph:
        """Return the paragraph at ``place``."""
        return self.paragraphs[max(0, bisect_right(self.starts, place) - 1)]


def outline(text: str) -> Outline:
    """Return the paragraphs of ``text``."""
    found: list[Paragraph] = []
    stack: list[_Heading] = []
    headings: tuple[str, ...] = ()
    place, before, start = None, "", 0
    for line in text.split("\n"):
        end = start + len(line)
        if words := line.strip():
            if (below := _below(stack, words)) is not stack:
                stack = below
                headings, place = tuple(one.words for one in stack), _place(stack)
            found.append(Paragraph(start, end, words, headings, place, before[:40]))
            before = words
        start = end + 1
    paragraphs = tuple(found) or (Paragraph(0, len(text)),)
    return Outline(paragraphs, [one.start for one in paragraphs])


def _below(stack: list[_Heading], words: str) -> list[_Heading]:
    """Return the headings above the next line, once ``words`` were read; a form has none."""
    if words[0] in _NUMBERED and (found := _LEVEL.match(words)):
        letter = found.lastgroup or "a"
        depth = _DEPTHS[letter]
        above = [one for one in stack if one.depth < depth]
        return [*above, _Heading(depth, found[letter], _HEADING.split(words[:30], maxsplit=1)[0])]
    form = stack and len(words) <= 40 and (words.endswith(_TABLES) or _FORM.fullmatch(words))
    return [] if form else stack


def sentences(text: str, holding: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield the start and end (its mark included) of every sentence in which ``holding`` is found."""
    end = 0
    while found := holding.search(text, end):
        start = _begin(text, end, found.start())
        end = _stop(text, start, found.start())
        yield start, end
        end = max(end, found.end())


def _begin(text: str, start: int, place: int) -> int:
    for mark in "。;\n!?":
        at = text.rfind(mark, start, place)
        while at >= 0 and _addressed(text, at):
            at = text.rfind(mark, start, at)
        start = max(start, at + 1)
    return start + (place - start) // _LONGEST * _LONGEST


def _stop(text: str, start: int, place: int) -> int:
    most = min(len(text), start + _LONGEST)
    for found in _END.finditer(text, place, most):
        if not _addressed(text, found.start()):
            return found.end() - (found[0] == "\n")
    return most


def _addressed(text: str, at: int) -> bool:
    """Return whether a mark stands inside an address of the web."""
    after = text[at + 1 : at + 2]
    return text[at] in "!?" and after.isascii() and after.isalnum()


def _place(stack: list[_Heading]) -> str | None:
    return "".join(_MARKS[one.depth].format(one.mark) for one in stack) or None
