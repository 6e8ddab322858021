"""What in a notice does not fit together, in plain words: nothing is hidden, both sides are shown."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations, islice

from config.reading.dated import Found
from config.reading.documents import Document, documents
from config.reading.heads import Head
from config.reading.merging import alike, pairs
from config.reading.normal import Plain
from config.reading.reading import Certainty, Clause, Sort, YearFrom
from config.schedule import Name

_WEEKDAY = re.compile(r"(?:星期|周|礼拜)([一二三四五六日天])")
_WEEK = "一二三四五六日"
_FORM = re.compile(r"[\u4e00-\u9fff]{2}表(?![扬彰示明现决演达格])|回执")
_INSTALMENT = re.compile(r"第?[一二三四五六七八九十首\d]{1,2}(?:批|期|轮|次|阶段)")
_NOT_HELD = re.compile(r"报名|登记|注册|征集|投稿|申报")
_SET = frozenset({Sort.WINDOW, Sort.DEADLINE})
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
    """Return the clauses, those marked that set two days for what reads as the same thing.

    In a text of several documents each is marked with the one that it is of: a person tells which is meant.
    """
    several = documents(found[0].scene.text) if found else ()
    marked = list(found)
    for one, two in combinations(_compared(found), 2):
        first, second = found[one], found[two]
        if _document(several, first) == _document(several, second) and _contradict(first, second):
            marked[one] = _against(marked[one], _days(second))
            marked[two] = _against(marked[two], _days(first))
    return [_of_several(one, several) for one in marked] if several else marked


def _compared(found: Sequence[Found]) -> Iterator[int]:
    dated = (at for at, one in enumerate(found) if one.clause.sort in _SET and one.clause.when.day)
    return islice(dated, _COMPARED)


def _contradict(one: Found, other: Found) -> bool:
    if one.clause.sort is not other.clause.sort or one.clause.when.day == other.clause.when.day:
        return False
    if one.clause.sort is Sort.WINDOW:
        return _cross(one.clause, other.clause)
    if len({one.clause.who, other.clause.who} - {None}) > 1 or _INSTALMENT.search(_said(one) + _said(other)):
        return False  # each party, or each instalment, has a day of its own
    return alike(pairs(one), pairs(other)) >= _SAME_TASK or _same_form(one, other)


def _same_form(one: Found, other: Found) -> bool:
    """Return whether two sentences ask for the same form."""
    forms = (set(_FORM.findall(_said(each))) for each in (one, other))
    return one.scene.start != other.scene.start and bool(set.intersection(*forms))


def _said(one: Found) -> str:
    """Return the words round a date, back to the comma before it."""
    return re.split("[,;]", one.scene.lead)[-1] + one.scene.rest


def _cross(one: Clause, other: Clause) -> bool:
    """Return whether two periods of the activities overlap, neither inside the other."""
    names = one.name or "", other.name or ""
    if not all("活动" in name for name in names) or any(map(_NOT_HELD.search, names)):
        return False
    first, second = sorted((one.when, other.when), key=lambda when: when.start or date.max)
    if not (first.start and first.day and second.start and second.day):
        return False
    return first.start < second.start <= first.day < second.day


def _days(one: Found) -> str:
    when = one.clause.when
    period = one.clause.sort is Sort.WINDOW and when.start != when.day
    return f"{when.start} 至 {when.day}" if period else str(when.day)


def _against(one: Found, days: str) -> Found:
    doubt = Name(
        zh=f"同一事项另有日期 {days}，请核对",
        en=f"the same thing is also given {days.replace('至', 'to')}; check which holds",
    )
    doubts = tuple(dict.fromkeys((*one.clause.doubts, doubt)))
    return replace(
        one, clause=replace(one.clause, doubts=doubts, confidence=round(one.clause.confidence * 0.7, 2))
    )


def _document(several: Sequence[Document], one: Found) -> str:
    begun = [document.name for document in several if document.start <= one.start]
    return begun[-1] if begun else several[0].name if several else ""


def _of_several(one: Found, several: Sequence[Document]) -> Found:
    name = _document(several, one)
    doubt = Name(
        zh=f"文中有多份文件，这一条出自“{name}”", en=f"the text holds several documents; this is of “{name}”"
    )
    clause = replace(
        one.clause, doubts=(*one.clause.doubts, doubt), confidence=round(one.clause.confidence * 0.6, 2)
    )
    return replace(one, clause=clause)


def of_the_whole(plain: Plain, head: Head, found: Sequence[Found]) -> tuple[Name, ...]:
    """Return the doubts of the whole text."""
    doubts = []
    several = documents(plain.text)
    if several:
        shown = "、".join(one.name for one in several[:4])
        doubts.append(
            Name(
                zh=f"文中有多份文件：{shown}；请只采用其中一份的日期，其余的另外读",
                en=f"the text holds several documents: {shown}; take over the dates of one only",
            )
        )
    if head.issued is None:
        doubts.append(Name(zh="没有找到成文日期", en="no date of issue was found"))
    if any("另有日期" in doubt.zh for one in found for doubt in one.clause.doubts):
        doubts.append(Name(zh="同一事项有两个日期，请核对", en="two dates for the same thing; check them"))
    if not any(one.clause.sort is Sort.DEADLINE for one in found):
        doubts.append(Name(zh="没有找到截止日期", en="no deadline was found"))
    return tuple(doubts)
