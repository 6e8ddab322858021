"""Date expressions: the words of dates put together to points and periods, years still open."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

from config.reading.points import RANKS, READ, Fields, Point, clock
from config.reading.tokens import Token, first_date, tokens

_FOLLOWS, _PRECEDES = ("前", "之前", "以前", "止", "截止", "起"), ("于", "至", "到", "截止")
_TIME = re.compile(r"(?:时间|日期|期限|[于在从自])[^,。;\n]{0,6}$")
_BEGINS = re.compile(r"(?:起|开始)[^,。;\n]{0,12}, {0,2}")
_STOPS = re.compile(
    r"[^,。;\n]{0,16}?[日号](?:\([^()]{0,8}\))?(?:前|全部|基本)?(?:结束|为止|截止|止|完成|完毕)"
)
_ROW_START, _ROW_GAP = re.compile(r"\n[ |\t]{0,3}$"), re.compile(r"  |\t| ?\|")
_COMES_IN = re.compile(r"(?:到|受理|[发印颁公]布|下发|印发|签收|发生|受伤|每|[此该]日)$")
_TEXT_BETWEEN = ("", "起", "开始", "(", ")", "起,", "开始,", ")起,", ")开始,", ",", "的")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A date expression in the plain text: a point, or a period from ``first`` to ``last``."""

    start: int
    end: int
    last: Point
    first: Point | None = None
    now: bool = False  # 即日起至…
    same: bool = False  # 时间同上


def phrases(text: str, start: int, end: int) -> list[Phrase]:
    """Return the date expressions of one sentence."""
    first = first_date(text, start, end)
    return list(_compose(text, list(tokens(text, first, end)), end)) if first >= 0 else []


def _compose(text: str, words: list[Token], end: int) -> Iterator[Phrase]:
    at = 0
    while at < len(words):
        built = _phrase(text, words, at)
        if built is None:
            at += 1
            continue
        phrase, at = built
        if phrase.same or _stands(text, phrase, end):
            yield phrase


def _phrase(text: str, words: list[Token], at: int) -> tuple[Phrase, int] | None:
    head = words[at]
    if head.kind == "same":
        return Phrase(start=head.start, end=head.end, last=Point(), same=True), at + 1
    if head.kind == "now":
        return _from_now(text, words, at)
    built = _point(text, words, at) or _dotted_start(text, words, at)
    if built is None:
        return None
    first, after = built
    end = words[after - 1].end
    if after < len(words) and words[after].kind == "sep" and _leads_on(text, words, after):
        following = _dotted_end(words, after + 1, first) or _point(text, words, after + 1)
        if following and _touch(text, words, after + 1):
            last, stop = following
            return Phrase(start=head.start, end=words[stop - 1].end, first=first, last=last), stop
    if beside := _beside(text, words, after, first):
        last, stop = beside
        return Phrase(start=head.start, end=words[stop - 1].end, first=first, last=last), stop
    return Phrase(start=head.start, end=end, last=first), after


def _beside(text: str, words: list[Token], after: int, first: Point) -> tuple[Point, int] | None:
    """Read the day after, told beside a day (4月12日(周六)、4月13日(周日)): both are one period."""
    if after >= len(words) or text[words[after - 1].end : words[after].start].strip() not in (
        "、",
        "和",
        "及",
    ):
        return None
    following = _point(text, words, after)
    if following is None or not (first.day and first.month and following[0].day == first.day + 1):
        return None
    last, stop = following
    same = last.month in (None, first.month) and not (first.until or first.last_day or last.last_day)
    return following if same and not text.startswith(("前", "之前"), words[stop - 1].end) else None


def _from_now(text: str, words: list[Token], at: int) -> tuple[Phrase, int] | None:
    after = at + 1
    if after < len(words) and words[after].kind == "sep" and _touch(text, words, after):
        after += 1
    elif not words[at].found[0].endswith("起"):
        return None
    if after < len(words) and _touch(text, words, after) and (built := _point(text, words, after)):
        last, stop = built
        return Phrase(start=words[at].start, end=words[stop - 1].end, last=last, now=True), stop
    return None


def _dotted_start(text: str, words: list[Token], at: int) -> tuple[Point, int] | None:
    """Read 9.17 where a period (9.17-9.23) follows a word for time; elsewhere it is a number."""
    first = words[at]
    paired = (
        at + 2 < len(words)
        and words[at + 1].kind == "sep"
        and words[at + 2].kind == "short"
        and _touch(text, words, at + 1)
    )
    if not (first.kind == "short" and paired and _TIME.search(text[max(0, first.start - 16) : first.start])):
        return None
    return _dotted_end(words, at, Point(month=1, day=1))


def _dotted_end(words: list[Token], at: int, first: Point) -> tuple[Point, int] | None:
    """Read the end of a period without year (2020.1.21-1.31, 9.17-9.23)."""
    if at >= len(words) or words[at].kind != "short" or first.month is None or first.day is None:
        return None
    month, day = int(words[at].of("sm")), int(words[at].of("sd"))
    return (Point(month=month, day=day), at + 1) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _touch(text: str, words: list[Token], at: int) -> bool:
    gap = text[words[at - 1].end : words[at].start]
    return len(gap) <= 4 and gap.strip() in _TEXT_BETWEEN


def _leads_on(text: str, words: list[Token], at: int) -> bool:
    return _touch(text, words, at) or _around(text, words, at)


def _around(text: str, words: list[Token], at: int) -> bool:
    """Return whether a verb stands within a period (从5月7日开始组织检测,至5月18日结束)."""
    begins = _BEGINS.fullmatch(text, words[at - 1].end, words[at].start)
    return begins is not None and _STOPS.match(text, words[at].end) is not None


def _point(text: str, words: list[Token], at: int) -> tuple[Point, int] | None:
    fields: Fields = {}
    level = 0
    while at < len(words) and (level == 0 or _near(text, words, at)):
        word = words[at]
        rank = RANKS.get(word.kind, 0)
        if level >= 4 and (rank == 7 or word.kind == "thatday"):  # 9月3日（周五）当天上午
            at += 1
            continue
        if rank <= level or rank == 7 or (rank >= 5 and not level):
            break
        fields.update(READ[word.kind](word))
        level, at = rank, at + 1
        if word.kind == "clock":
            at = _until(text, words, at, fields)
            break
    return (Point(**fields), at) if level else None  # type: ignore[arg-type]  # each rule knows its fields


def _near(text: str, words: list[Token], at: int) -> bool:
    gap = text[words[at - 1].end : words[at].start]
    return len(gap) <= 3 and gap.strip() in ("", ",", "(", ")", "的")


def _until(text: str, words: list[Token], at: int, fields: Fields) -> int:
    """Read the end of a range of hours (9:00-11:00)."""
    if (
        at + 1 < len(words)
        and words[at].kind == "sep"
        and words[at + 1].kind == "clock"
        and _near(text, words, at)
    ):
        fields["opens"] = fields.get("until") or time(0)
        fields.update(clock(words[at + 1]))
        return at + 2
    return at


def _stands(text: str, phrase: Phrase, end: int) -> bool:
    """Refuse what only looks like a date: a month or a day without company."""
    last = phrase.last
    if phrase.first or phrase.now:
        return phrase.now or not _bare_numbers(phrase)
    if last.month is None and not last.month_word:
        return _alone(text, phrase, end)
    if last.last_month is None and last.day is None and last.year is None and not last.third:
        return text[phrase.start].isdigit() or bool(
            last.month is not None and (last.month_word or last.year_word)
        )
    return True


def _alone(text: str, phrase: Phrase, end: int) -> bool:
    """Return whether a day or a part of a month without its month is meant as a date."""
    last = phrase.last
    before, after = text[max(0, phrase.start - 4) : phrase.start], text[phrase.end : min(end, phrase.end + 4)]
    if last.third:
        return not before.endswith("每")
    if last.that_day:
        return _on_that_day(before, after, last)
    if last.day is None:
        return last.closing and last.year is None and not last.year_word
    if last.last_day is not None:
        return True
    if _ROW_START.search(text, max(0, phrase.start - 4), phrase.start) and _ROW_GAP.match(after):
        return text[phrase.start].isdigit()
    told = after.startswith((*_FOLLOWS, "报到", "签到")) or before.endswith(_PRECEDES)
    return text[phrase.start].isdigit() and (told or last.until is not None)


def _on_that_day(before: str, after: str, last: Point) -> bool:
    """Return whether 当日 means the day told before, and not that on which something comes in."""
    if _COMES_IN.search(before):
        return False
    return last.until is not None or last.closing or after.startswith(("前", "之前", "以前"))


def _bare_numbers(phrase: Phrase) -> bool:
    first = phrase.first
    return bool(
        first and first.month is None and first.day is None and not first.third and not first.month_word
    )
