"""A beginning told apart from its end: 9月10日开始报名 … 9月20日报名截止."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from config.reading import words
from config.reading.dated import Found
from config.reading.reading import Certainty, Sort

_OPENS = re.compile(r"开始|起|开放|开通|启动")
_FAR = 600  # characters between a beginning and its end
_TASKS = (
    "报名",
    "投稿",
    "注册",
    "申报",
    "征集",
    "缴费",
    "预约",
    "作品",
    "摘要",
    "论文",
    "填报",
    "系统",
    "征文",
    "受理",
)


def paired(found: Iterable[Found]) -> list[Found]:
    """Return the clauses with every deadline that was opened before given its first day."""
    kept: list[Found] = []
    doors: dict[str, tuple[Found, date]] = {}
    for one in found:
        if first := _opening(one):
            doors |= dict.fromkeys(_tasks(one), (one, first))
        elif opened := _opened(one, doors):
            beginning, first = opened
            doors = {task: door for task, door in doors.items() if door[0] is not beginning}
            kept = [
                other for other in kept if other is not beginning or other.clause.sort is not Sort.DEADLINE
            ]
            kept.append(replace(one, clause=replace(one.clause, when=replace(one.clause.when, start=first))))
            continue
        kept.append(one)
    return kept


def _opening(one: Found) -> date | None:
    when = one.clause.when
    if one.clause.sort is Sort.DEADLINE and when.certainty is not Certainty.OPEN:
        return None
    if one.clause.sort is Sort.WINDOW or one.scene.when.period or one.clause.confidence > 0.8:
        return None
    near = one.scene.label + one.scene.lead[-16:] + "|" + one.scene.tail[:16]
    return when.start or when.day if _OPENS.search(near) and words.DOOR.search(_said(one)) else None


def _opened(one: Found, doors: dict[str, tuple[Found, date]]) -> tuple[Found, date] | None:
    when = one.clause.when
    if one.clause.sort is not Sort.DEADLINE or when.start or not when.day:
        return None
    if not (words.END_WORD.search(_said(one)) or words.ENDS.match(one.scene.tail)):
        return None
    same = one.scene.text[one.scene.start : one.scene.phrase.start]
    for task, (door, first) in doors.items():
        if one.start - door.end <= _FAR and first <= when.day and (task in _said(one) or task in same):
            return door, first
    return None


def _tasks(one: Found) -> list[str]:
    return [task for task in _TASKS if task in _said(one)]


def _said(one: Found) -> str:
    return one.scene.text[one.start : min(one.end, one.start + 200)]
