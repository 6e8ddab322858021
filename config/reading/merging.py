"""The same deadline or period stated again: one clause, with the other places in ``also``."""

import re
from collections.abc import Iterable
from dataclasses import replace

from config.reading import words
from config.reading.dated import Found
from config.reading.reading import Clause, Sort, Span

_CHANNEL = re.compile(
    r"(?:发送?|报送?|提交|上传|寄送?|交)?[至到给][^,。;将把]{0,16}(?:邮箱|平台|网站|系统|[处室部科院局会办])"
)
_NOISE = re.compile(r"[A-Za-z0-9@._:/,。;、()“”《》\s-]+")
_ALIKE = 0.65
_ENOUGH = 4  # pairs: less says nothing
_COMPARED = 12  # clauses of one day that are compared with each other


def merged(found: Iterable[Found]) -> list[Found]:
    """Return the clauses with repetitions folded into the first that says more."""
    kept: list[Found] = []
    by_day: dict[object, list[int]] = {}
    for one in found:
        key = _key(one.clause)
        places = by_day.setdefault(key, [])
        twin = next((at for at in places[-_COMPARED:] if _again(kept[at], one)), None) if key else None
        if twin is None:
            places.append(len(kept))
            kept.append(one)
        else:
            kept[twin] = _fold(kept[twin], one)
    return kept


def _key(clause: Clause) -> tuple[object, ...] | None:
    if clause.when.day is None or clause.sort not in (Sort.WINDOW, Sort.DEADLINE):
        return None
    start = clause.when.start if clause.sort is Sort.WINDOW else None
    return clause.sort, clause.when.day, start


def _again(one: Found, other: Found) -> bool:
    if one.clause.sort is Sort.WINDOW:
        return True
    starts = {one.clause.when.start, other.clause.when.start}
    hours = {one.clause.when.until, other.clause.when.until} - {None}
    if len(hours) > 1 or len(starts - {None}) > 1:
        return False
    if one.scene.start == other.scene.start:
        return words.SHUTS.match(other.scene.tail) is not None  # 9月12日前提交,9月12日后不再受理
    if _named(one) or _named(other):
        both = _named(one) and _named(other)
        return bool(_tasks(one) & _tasks(other)) if both else len(starts) == 1 and None not in starts
    if one.scene.paragraph.headings == other.scene.paragraph.headings:
        return False  # two sentences side by side ask two parties
    return alike(pairs(one), pairs(other)) >= _ALIKE


def _named(one: Found) -> bool:
    """Return whether the date is only named by a label (报名时间：…), nobody being asked."""
    return bool(one.scene.label) and len(one.scene.rest.strip(" ,。;()")) <= 12


def _tasks(one: Found) -> set[str]:
    said = one.scene.label + one.scene.rest[:60] + one.scene.lead[-30:]
    return {
        word
        for word in ("报名", "投稿", "提交", "报送", "申报", "征集", "缴费", "注册", "推荐", "上传", "征文")
        if word in said
    }


def alike(first: frozenset[str], second: frozenset[str]) -> float:
    """Return which share of the shorter of two ``pairs`` the other one repeats."""
    shorter = min(len(first), len(second))
    return len(first & second) / shorter if shorter >= _ENOUGH else 0.0


def pairs(one: Found) -> frozenset[str]:
    """Return what a clause asks, as pairs of characters, without channel, date and punctuation."""
    said = _NOISE.sub("", _CHANNEL.sub("", (one.clause.action or one.scene.rest)[:200]))
    return frozenset(said[at : at + 2] for at in range(len(said) - 1))


def _fold(one: Found, again: Found) -> Found:
    first, second = one.clause, again.clause
    if first.sort is Sort.DEADLINE and _named(one) and not _named(again):
        first, second, one = second, first, again
    also: tuple[Span, ...] = (*first.also, second.cite, *second.also)
    when = (
        first.when
        if first.when.start or not second.when.start
        else replace(first.when, start=second.when.start)
    )
    return replace(one, clause=replace(first, also=tuple(dict.fromkeys(also)), when=when))
