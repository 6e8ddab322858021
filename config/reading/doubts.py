"""What in a notice does not fit together, in plain words: nothing is hidden, both sides are shown."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

from config.reading.dated import Found
from config.reading.heads import Head
from config.reading.merging import alike, pairs
from config.reading.normal import Plain
from config.reading.reading import Certainty, Clause, Sort, YearFrom
from config.schedule import Name

_WEEKDAY = re.compile(r"(?:星期|周|礼拜)([一二三四五六日天])")
_WEEK = "一二三四五六日"
_NUMBER = re.compile(r"^ *([\u4e00-\u9fff]{1,14} ?[\[(]\d{4}[\])] ?第? ?\d{1,4} ?号) *$", re.MULTILINE)
_SAME_TASK = 0.75
_COMPARED = 60


def doubted(found: Found, head: Head) -> Found:
    """Return ``found`` with the doubts that its own words raise, and its confidence lowered by them."""
    doubts = tuple(
        filter(
            None,
            (
                _weekday(found),
                _year(found.clause),
                _late(found.clause, head),
                _wrong(found.clause),
                _vague(found.clause),
                _reversed(found),
            ),
        )
    )
    factor = {0: 1.0, 1: 0.8}.get(len(doubts), 0.6)
    clause = replace(
        found.clause,
        doubts=(*found.clause.doubts, *doubts),
        confidence=round(found.clause.confidence * factor, 2),
    )
    return replace(found, clause=clause)


def _weekday(found: Found) -> Name | None:
    """Compare a weekday in the words with the calendar."""
    phrase, day = found.scene.phrase, found.clause.when.day
    said = _WEEKDAY.search(found.scene.text, phrase.start, min(len(found.scene.text), phrase.end + 6))
    if not said or day is None or phrase.first:
        return None
    name = said[1].replace("天", "日")
    if _WEEK[day.weekday()] == name:
        return None
    return Name(
        zh=f"{day.isoformat()} 是星期{_WEEK[day.weekday()]}，原文写的是星期{name}",
        en=f"{day.isoformat()} is a {day:%A}; the text names another weekday ({said[0]})",
    )


def _year(clause: Clause) -> Name | None:
    day = clause.when.day or clause.when.start
    if day is None or clause.when.year_from is not YearFrom.NOWHERE:
        return None
    return Name(zh=f"原文没有写年份，按 {day.year} 年理解", en=f"the text names no year; read as {day.year}")


def _late(clause: Clause, head: Head) -> Name | None:
    issued, day = head.issued.day if head.issued else None, clause.when.day
    if clause.sort is not Sort.DEADLINE or not (issued and day) or day >= issued:
        return None
    return Name(
        zh=f"截止日期 {day} 早于发文日期 {issued}",
        en=f"the deadline {day} lies before the date of issue {issued}",
    )


def _wrong(clause: Clause) -> Name | None:
    return clause.when.wrong


def _vague(clause: Clause) -> Name | None:
    if (
        clause.sort is not Sort.DEADLINE
        or clause.when.certainty is not Certainty.RELATIVE
        or clause.when.relative
    ):
        return None
    return Name(
        zh="从何日起算，原文没有给出可以计算的日期",
        en="the text gives no day that this could be counted from",
    )


def _reversed(found: Found) -> Name | None:
    first, last = found.scene.when.first, found.scene.when.last
    if not (first and last and first > last):
        return None
    return Name(zh=f"起止颠倒：{first} 晚于 {last}", en=f"the wrong way round: {first} lies after {last}")


def contradictions(found: Sequence[Found]) -> list[Found]:
    """Return the clauses, those marked that set two days for what reads as the same thing."""
    marked = list(found)
    deadlines = [
        at for at, one in enumerate(marked) if one.clause.sort is Sort.DEADLINE and one.clause.when.day
    ]
    asked = {at: pairs(marked[at]) for at in deadlines[:_COMPARED]}
    for one, two in combinations(asked, 2):
        days = marked[one].clause.when.day, marked[two].clause.when.day
        if days[0] != days[1] and alike(asked[one], asked[two]) >= _SAME_TASK:
            marked[one], marked[two] = _against(marked[one], days[1]), _against(marked[two], days[0])
    return marked


def _against(one: Found, day: date | None) -> Found:
    doubt = Name(
        zh=f"同一事项另有日期 {day}，请核对", en=f"the same thing is also given {day}; check which holds"
    )
    doubts = tuple(dict.fromkeys((*one.clause.doubts, doubt)))
    return replace(
        one, clause=replace(one.clause, doubts=doubts, confidence=round(one.clause.confidence * 0.7, 2))
    )


def of_the_whole(plain: Plain, head: Head, found: Sequence[Found]) -> tuple[Name, ...]:
    """Return the doubts of the whole text."""
    doubts = []
    numbers = list(
        dict.fromkeys(
            one[1].replace(" ", "").replace("[", "〔").replace("]", "〕")
            for one in _NUMBER.finditer(plain.text)
        )
    )
    if len(numbers) > 1:
        shown = "、".join(numbers[:4])
        doubts.append(Name(zh=f"文中有多份文件：{shown}", en=f"the text holds several documents: {shown}"))
    if head.issued is None:
        doubts.append(Name(zh="没有找到成文日期", en="no date of issue was found"))
    if any("另有日期" in doubt.zh for one in found for doubt in one.clause.doubts):
        doubts.append(Name(zh="同一事项有两个日期，请核对", en="two dates for the same thing; check them"))
    if not any(one.clause.sort is Sort.DEADLINE for one in found):
        doubts.append(Name(zh="没有找到截止日期", en="no deadline was found"))
    return tuple(doubts)
