"""What a page puts between the words: line breaks inside a sentence, page numbers, footers."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

_WANTS, _HANGS = frozenset(",、(《“‘/+-于在至到从自年月0123456789"), frozenset(",。、;:!?)]》”’%年月日号前")
_NUMERALS = frozenset("0123456789一二三四五六七八九十〇零○")
_RULE = re.compile(r"\s*[-=_~]{5,}\s*")
_PAGE = re.compile(
    r"\s*(?:-+ *\d{1,4} *-+|第 *\d{1,4} *页.{0,12}|\d{1,3} *[/／] *\d{1,3}|Page \d{1,4}.{0,12})\s*"
)
_NUMBERED = frozenset("-第P0123456789")
_BARE = re.compile(r"\s*\d{1,3}\s*")
_ENDS = frozenset("。;!?:|\t")
_HEAD = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.,]|\([一二三四五六七八九十]{1,3}\)"
    r"|第[一二三四五六七八九十\d]{1,3}[章条节]"
    r"|\d{1,2}[、.)](?!\d)|\d{1,2}\.(?=\d{1,2} *月)|\(\d{1,2}\)|[①-⑳]|[-*•·●◆■□▲△★☆【>|]"
    r"|第[一二三四五六七八九十]{1,2}[组批期场站周](?![的次])"
    r"|[\u4e00-\u9fff]{2,8} +\d{1,2}月\d{1,2}日|附件|附表|附录|抄送|主送|联 *系"
    r"|电 *[话子]|邮 *[箱编]|地 *址|传 *真"
    r"|[^\s]{2,16}[\[(]\d{4}[\])] *第?\d{1,4} *号|\d{4} *年 *\d{1,2} *月 *\d{0,2} *日(?:印发)?\s*$|https?:)"
)
_ON = re.compile(r"\s*[前,。、;:!?)\]》”’%]|\s*[年月日号](?=[^\n])")
_OFF = re.compile(
    r"(?:[,、(《“‘/+-]|[于在至到从自]|\d{4} *年|年 *\d{1,2} *月?|\d{1,2} *月(?: *\d{1,2})?)\s*$"
)
_GOES_ON = re.compile(r"\d{1,2} ?(?:[月日号时点:]|$)|[上下]午|前|之前|至|-")
_CLOCK = re.compile(r"\d:$")
_DATED = re.compile(r"\s*\d{4} *年")
_TITLE = re.compile(r"通知|函|公告|说明|方案|办法|意见|[委局会处]$")
_OFFICE = re.compile(r"[\u4e00-\u9fff()]{2,26}(?:委员会|[局厅]|办公室|协会|学会|大学|学院|中心|[处部会])")
_OFFICES = frozenset("会局厅室学院心处部")  # what the name of an office ends with
_GAP = "   "
_LEAST, _SHORT, _LONG, _MOST = 40, 30, 60, 130


class _Line(NamedTuple):
    start: int
    text: str
    words: str  # the text without the white space around
    width: int


def furniture(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans to take out: page numbers, and breaks (with the space around) inside a sentence."""
    lines = list(_lines(text))
    full = _full_width(lines)
    before: _Line | None = None
    turned = False
    for line in lines:
        if line.words[0] in _NUMBERED and len(line.text) <= 40 and _is_number(line.text, before, full):
            yield line.start, line.start + len(line.text)
            turned = True
            continue
        if _RULE.fullmatch(line.text):  # the rule of a table: no line goes on over it
            before = None
            continue
        if turned and before and _over_page(before, line):
            yield _end(before), line.start + len(line.text) - len(line.text.lstrip())
            before, turned = line, False
            continue
        turned = False
        if before and (
            _joined(before, line, full) if before.words[-1] not in _ENDS else _of_a_clock(before, line)
        ):
            yield _end(before), line.start + len(line.text) - len(line.text.lstrip())
        before = line


def _over_page(line: _Line, after: _Line) -> bool:
    """Return whether a date goes on behind the number of a page."""
    return line.words[-1] in "年月日" and _GOES_ON.match(after.words) is not None


def _of_a_clock(line: _Line, after: _Line) -> bool:
    """Return whether a line breaks between the hour and the minutes."""
    return _CLOCK.search(line.words[-3:]) is not None and after.words[:2].isdigit()


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for line in text.split("\n"):
        if words := line.strip():
            # a Chinese character is three bytes and two columns, an ASCII one is one of each
            width = (len(line.encode("utf-8", "replace")) + len(line)) // 2
            yield _Line(start, line, words, width)
        start += len(line) + 1


def _end(line: _Line) -> int:
    return line.start + len(line.text.rstrip())


def _full_width(lines: list[_Line]) -> int:
    """Return from which width on a line is full, or 0 where the text is not broken by width."""
    if len(lines) < 8:
        return 0
    widths = Counter(min(line.width, _MOST + 9) // 4 for line in lines)
    body = sum(count for width, count in widths.items() if width * 4 >= _LEAST)
    if body < 5:
        return 0
    best = max((width for width in widths if width * 4 >= _LEAST), key=lambda w: widths[w] + widths[w + 1])
    if best * 4 > _MOST or (widths[best] + widths[best + 1]) * 2 < body:
        return 0
    return best * 4 - 6


def _is_number(text: str, before: _Line | None, full: int) -> bool:
    """Return whether a line is the number of a page; a bare number only where it cuts a sentence."""
    if len(text) <= 6 and _BARE.fullmatch(text):
        return before is not None and _goes_on(before, full)
    return _PAGE.fullmatch(text) is not None


def _goes_on(line: _Line, full: int) -> bool:
    return bool(full) and line.width >= full and line.words[-1] not in _ENDS


def _joined(line: _Line, after: _Line, full: int) -> bool:
    if "\t" in after.words or (_GAP in after.words and _GAP in line.words):
        return False  # the rows of a table
    if _open(line.words):
        return line.width >= (full or 2 * _LEAST // 3)
    needs = line.words[-1] in _WANTS and _OFF.search(line.words[-9:]) is not None
    if needs or (after.words[0] in _HANGS and _hangs(line.words[-1], after)):
        return not _HEAD.match(after.text) or bool(needs and _DATED.match(after.text))
    return _runs_on(line, after, full) and not _HEAD.match(after.text) and not _apart(line.words, after.words)


def _hangs(last: str, after: _Line) -> bool:
    """Return whether a line begins with what hangs on the one before, as 日 behind a number does."""
    if after.words[0] == "前":
        return last in "日号旬底"
    counted = after.words[0] not in "年月日号" or last in _NUMERALS
    return counted and _ON.match(after.text[:12]) is not None


def _runs_on(line: _Line, after: _Line, full: int) -> bool:
    """Return whether a line ends at the margin rather than where its words end."""
    if full:
        return line.width >= full
    long = line.width >= _LONG and after.width >= _SHORT and not after.text[0].isspace()
    return long and not _TITLE.search(line.words[-4:])


def _open(words: str) -> bool:
    """Return whether a bracket or a quotation goes on behind the line."""
    return (
        words.rfind("(") > words.rfind(")")
        or words.rfind("“") > words.rfind("”")
        or words.rfind("《") > words.rfind("》")
    )


def _apart(words: str, after: str) -> bool:
    """Return whether a title ends, or the name of an office begins: neither is within a sentence."""
    if after.endswith(":") and _TITLE.search(words[-4:]):
        return True
    return after[-1] in _OFFICES and _OFFICE.fullmatch(after) is not None
