"""A date that the text changes further on: the old one, still in its schedule, sets nothing any more."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from config.reading import words
from config.reading.dated import Found
from config.reading.reading import Sort

_ASIDE = re.compile(r"\([^()]*\)?|(?:截止|起止)?(?:时间|日期|期限)")
_MOST = 40  # changes in one text: more is no notice
_TASKS = (
    "报名", "提交", "投稿", "申报", "征集", "作品", "缴费", "注册", "论文", "摘要", "填报", "报送", "推荐",
    "投票", "初赛", "复赛", "决赛", "培训", "答辩", "展览", "会议", "比赛", "考试",
)  # fmt: skip


def superseded(found: Sequence[Found]) -> list[Found]:
    """Return the clauses, every old date made a mere mention, its first day given to the new one."""
    kept = list(found)
    changes = [at for at, one in enumerate(kept) if one.clause.when.day and _renewed(one)]
    for at in changes[:_MOST]:
        new = kept[at]
        old = _old(kept, new, _given_up(kept, at))
        if old is not None:
            kept[at] = _begun(new, kept[old])
            kept[old] = replace(kept[old], clause=replace(kept[old].clause, sort=Sort.DISTRACTOR))
    return kept


def _renewed(one: Found) -> bool:
    near = one.scene.lead[-12:]
    changed = words.CHANGED.search(near)
    sets = one.clause.sort in (Sort.DEADLINE, Sort.WINDOW)
    return sets and changed is not None and changed.end() == len(near)


def _given_up(found: list[Found], at: int) -> Found | None:
    """Return the date that the sentence names as given up (由…改为…)."""
    before = found[at - 1] if at else None
    if before is None or before.scene.start != found[at].scene.start:
        return None
    return before if before.clause.sort is Sort.DISTRACTOR else None


def _old(found: list[Found], new: Found, given_up: Found | None) -> int | None:
    """Return where the schedule still holds the old date: that day, or the only other one for the task."""
    same = [
        at
        for at, one in enumerate(found)
        if one.clause.sort is new.clause.sort
        and one.scene.start != new.scene.start
        and one.clause.when.day not in (None, new.clause.when.day)
        and (_is(given_up, one) if given_up else _named_in(one, new.scene.lead))
    ]
    return same[0] if len(same) == 1 else None


def _is(given_up: Found, one: Found) -> bool:
    """Return whether ``one`` is the date given up: the same period, or the same end of the same task."""
    if _period(given_up) == _period(one) and one.clause.when.start:
        return True
    if given_up.clause.when.day != one.clause.when.day:
        return False
    return _named_in(one, given_up.scene.lead) or bool(_tasks(one) & _tasks(given_up))


def _named_in(one: Found, said: str) -> bool:
    """Return whether the words repeat the whole name of what ``one`` dates (作品提交)."""
    name = _ASIDE.sub("", (one.scene.label or one.scene.rest)[:24]).strip(" :,。;|\t")
    return 2 <= len(name) <= 16 and all(name[at : at + 2] in said for at in range(len(name) - 1))


def _period(one: Found) -> tuple[date | None, date | None]:
    return one.clause.when.start, one.clause.when.day


def _begun(new: Found, old: Found) -> Found:
    start, when = old.clause.when.start, new.clause.when
    if start is None or when.start is not None or when.day is None or start > when.day:
        return new
    return replace(new, clause=replace(new.clause, when=replace(when, start=start)))


def _tasks(one: Found) -> set[str]:
    said = one.scene.label + one.scene.lead[-30:] + one.scene.rest[:30]
    return {task for task in _TASKS if task in said}
