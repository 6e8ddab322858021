"""Prove of a lifecycle, by walking it, that it is sound, and of a schedule that it can be kept."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from config.schedule import CaseKind, Milestone, Name, Schedule
from workflows.decide import route
from workflows.lifecycle import Lifecycle, Step
from workflows.materials import DEFAULTS, either
from workflows.registry import lifecycle as newest
from workflows.registry import target_of
from workflows.wording import MATERIALS, say_day

_ID = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong: a stable code, where it stands, and a sentence.

    ``serious`` is False for what may be meant so and is only worth a look.
    """

    code: str
    place: str
    text: Name
    serious: bool = True


def check(lifecycle: Lifecycle) -> list[Problem]:
    """Return everything that is wrong with a lifecycle; empty when it is sound."""
    return [
        *_unnamed(lifecycle),
        *_unreachable(lifecycle),
        *_dead_ends(lifecycle),
        *_in_doubt(lifecycle),
        *_broken_path(lifecycle),
        *_left_finals(lifecycle),
    ]


def check_schedule(schedule: Schedule, *, today: date | None = None) -> list[Problem]:
    """Return what a schedule asks that its lifecycles cannot do, or not by its dates.

    Dates that are not known (tbd, relative) are left out. With ``today``, the local day in the
    schedule's zone, dates already past are named too.
    """
    problems = [*_requirements(schedule)]
    for milestone in schedule.milestones:
        problems += _aims(schedule, milestone)
        problems += _dates(schedule, milestone)
        if today and milestone.due.day and milestone.due.day < today:
            problems.append(_past(schedule, milestone, milestone.due.day))
    return problems


def states_of(lifecycle: Lifecycle) -> tuple[str, ...]:
    """Return every state that the lifecycle mentions anywhere, in order of mention."""
    ends = (state for step in lifecycle.steps for state in (step.source, step.dest))
    rest = (lifecycle.initial, *lifecycle.also_initial, *lifecycle.path, *lifecycle.final)
    return tuple(dict.fromkeys([*lifecycle.labels, *rest, *ends]))


def triggers_of(lifecycle: Lifecycle) -> tuple[str, ...]:
    """Return every trigger that the lifecycle mentions, in order of mention."""
    return tuple(dict.fromkeys([*lifecycle.triggers, *(step.trigger for step in lifecycle.steps)]))


def _unnamed(lifecycle: Lifecycle) -> Iterator[Problem]:
    words = ((states_of(lifecycle), lifecycle.labels), (triggers_of(lifecycle), lifecycle.triggers))
    for ids, names in words:
        for word in ids:
            if not _ID.fullmatch(word):
                yield _problem(
                    "bad_id",
                    lifecycle,
                    word,
                    zh="标识只能用小写英文字母、数字和下划线",
                    en="an id is made of a-z, 0-9 and _",
                )
            if not _named(names, word):
                yield _problem(
                    "name_missing", lifecycle, word, zh="缺中文或英文名称", en="has no name in both languages"
                )
    for trigger in lifecycle.triggers:
        if not lifecycle.sources(trigger):
            yield _problem("unused_name", lifecycle, trigger, zh="没有任何一步用到它", en="no step uses it")


def _named(names: Mapping[str, Name], word: str) -> bool:
    return word in names and bool(names[word].zh.strip() and names[word].en.strip())


def _unreachable(lifecycle: Lifecycle) -> Iterator[Problem]:
    seen = _walk((lifecycle.initial, *lifecycle.also_initial), _onward(lifecycle.steps))
    for state in states_of(lifecycle):
        if state not in seen:
            yield _problem(
                "unreachable",
                lifecycle,
                state,
                zh="从起始状态到不了这里",
                en="cannot be reached from the beginning",
            )


def _dead_ends(lifecycle: Lifecycle) -> Iterator[Problem]:
    seen = _walk(lifecycle.final, _backward(lifecycle.steps))
    for state in states_of(lifecycle):
        if state not in seen:
            yield _problem("dead_end", lifecycle, state, zh="从这里走不到任何终点", en="has no way to an end")


def _in_doubt(lifecycle: Lifecycle) -> Iterator[Problem]:
    pairs = Counter((step.source, step.trigger) for step in lifecycle.steps)
    for (source, trigger), count in pairs.items():
        if count > 1:
            yield _problem(
                "in_doubt",
                lifecycle,
                f"{source}.{trigger}",
                zh="同一状态的同一操作有多个去向",
                en="one step of one state is in the table more than once",
            )


def _broken_path(lifecycle: Lifecycle) -> Iterator[Problem]:
    path = lifecycle.path
    if not path or path[0] != lifecycle.initial:
        yield _problem(
            "path_start",
            lifecycle,
            lifecycle.initial,
            zh="主线没有从起始状态开始",
            en="the main path does not begin here",
        )
    links = {(step.source, step.dest) for step in lifecycle.steps}
    for source, dest in pairwise(path):
        if (source, dest) not in links:
            yield _problem(
                "path_broken",
                lifecycle,
                f"{source}..{dest}",
                zh="主线在这里断开",
                en="the main path breaks here",
            )


def _left_finals(lifecycle: Lifecycle) -> Iterator[Problem]:
    for step in lifecycle.steps:
        if step.source in lifecycle.final and step.dest != step.source and step.trigger != "reinstate":
            yield _problem(
                "final_left",
                lifecycle,
                f"{step.source}.{step.trigger}",
                zh="终点之后只能“恢复”",
                en="an end may be left only by reinstate",
            )


def _onward(steps: Iterable[Step]) -> set[tuple[str, str]]:
    return {(step.source, step.dest) for step in steps}


def _backward(steps: Iterable[Step]) -> set[tuple[str, str]]:
    return {(step.dest, step.source) for step in steps}


def _walk(start: Iterable[str], links: set[tuple[str, str]]) -> set[str]:
    seen: set[str] = set()
    ahead = list(start)
    while ahead:
        state = ahead.pop()
        if state not in seen:
            seen.add(state)
            ahead.extend(dest for source, dest in links if source == state)
    return seen


def _problem(code: str, lifecycle: Lifecycle, where: str, *, zh: str, en: str) -> Problem:
    return _told(code, f"{lifecycle.name}.v{lifecycle.version}.{where}", zh=zh, en=en)


def _requirements(schedule: Schedule) -> Iterator[Problem]:
    for trigger, needs in schedule.requires.items():
        place = f"{schedule.id}.requires.{trigger}"
        if trigger not in DEFAULTS and not newest("activity").sources(trigger):
            yield _told("unknown_trigger", place, zh="流程中没有这一步", en="no lifecycle has this step")
        yield from _materials(place, needs)


def _materials(place: str, needs: Mapping[str, int]) -> Iterator[Problem]:
    for kind, count in needs.items():
        if count < 1:
            yield _told(
                "bad_count",
                f"{place}.{kind}",
                zh=f"数量 {count} 应不小于 1",
                en=f"a count of {count} asks for nothing",
            )
        unknown = [part for part in either(kind) if part not in MATERIALS]
        if unknown:
            zh = f"不认识材料“{'、'.join(unknown)}”，将按原名显示；如系笔误请改正"
            en = f"unknown material {', '.join(unknown)}: shown by its own name; mend it if it is a slip"
            yield _told("unknown_material", f"{place}.{kind}", zh=zh, en=en, serious=False)


def _aims(schedule: Schedule, milestone: Milestone) -> Iterator[Problem]:
    place, target = _place(schedule, milestone), target_of(milestone)
    yield from _materials(f"{place}.needs", milestone.needs)
    if target is None:
        if not milestone.needs:
            yield _told(
                "asks_nothing",
                place,
                zh="既没有要达到的状态，也没有要交的材料",
                en="asks for no state and no material",
            )
        return
    own = newest(milestone.kind)
    if target not in own.labels:
        zh = f"没有状态“{target}”；可用的有：{'、'.join(own.labels)}"
        yield _told(
            "unknown_state",
            place,
            zh=zh,
            en=f"there is no state {target!r}; known are {', '.join(own.labels)}",
        )
    elif route(own, own.initial, target) is None or own.path[0] == target or target in _off_course(own):
        yield _told(
            "no_aim",
            place,
            zh=f"“{target}”不是主线要到达的状态",
            en=f"{target!r} is not ahead on the main path",
        )


def _off_course(lifecycle: Lifecycle) -> set[str]:
    """Return states beside the path that a case may enter before the path's end."""
    early = {step.dest for step in lifecycle.steps if step.source in lifecycle.path[:-1]}
    return early - set(lifecycle.path)


def _dates(schedule: Schedule, milestone: Milestone) -> Iterator[Problem]:
    due, rank = milestone.due.day, _rank(milestone)
    if due is None or rank is None:
        return
    place = _place(schedule, milestone)
    if milestone.opens and milestone.opens.start and milestone.opens.start > due:
        yield _clash("opens_after_due", place, (milestone.key, milestone.opens.start), due)
    for other in _earlier(schedule, milestone, rank):
        if other.due.day and other.due.day > due:
            yield _clash("out_of_order", place, (other.key, other.due.day), due)
        if other.opens and other.opens.start and other.opens.start > due:
            yield _clash("before_opening", place, (other.key, other.opens.start), due)
    if milestone.kind is CaseKind.ACTIVITY and rank >= newest("activity").path.index("held"):
        yield from _windows(schedule, place, due)


def _windows(schedule: Schedule, place: str, due: date) -> Iterator[Problem]:
    starts = [(each.start.start, each.key) for each in schedule.windows if each.start.start]
    ends = [(each.end.day, each.key) for each in schedule.windows if each.end.day]
    if starts and due < min(starts)[0]:
        day, key = min(starts)
        yield _clash("before_window", place, (key, day), due)
    elif ends and due < min(ends)[0]:
        day, key = min(ends)
        yield _clash("during_window", place, (key, day), due, serious=False)


def _rank(milestone: Milestone) -> int | None:
    """Return how far along the path a milestone's state stands; beside its end counts as beyond."""
    own, target = newest(milestone.kind), target_of(milestone)
    if target not in own.labels or target == own.initial or target in _off_course(own):
        return None
    return own.path.index(target) if target in own.path else len(own.path)


def _earlier(schedule: Schedule, milestone: Milestone, rank: int) -> Iterator[Milestone]:
    """Yield the milestones that the same case must pass before: reports are one case each."""
    if milestone.kind is CaseKind.REPORT:
        return
    for other in schedule.milestones:
        other_rank = _rank(other)
        if other.kind is milestone.kind and other_rank is not None and other_rank < rank:
            yield other


CLASHES: Mapping[str, Name] = {
    "opens_after_due": Name(zh="{day}才开放，却要在{due}前完成", en="opens on {day} but is due on {due}"),
    "out_of_order": Name(
        zh="{due}截止，早于前一步“{key}”的{day}", en="due on {due}, before the earlier step {key!r} on {day}"
    ),
    "before_opening": Name(
        zh="{due}截止，而前一步“{key}”{day}才开放",
        en="due on {due}, but the earlier step {key!r} opens on {day}",
    ),
    "before_window": Name(
        zh="{due}截止，而活动时段“{key}”{day}才开始",
        en="due on {due}, but the window {key!r} begins on {day}",
    ),
    "during_window": Name(
        zh="{due}截止，而活动时段“{key}”{day}才结束", en="due on {due}, but the window {key!r} ends on {day}"
    ),
}


def _clash(code: str, place: str, other: tuple[str, date], due: date, *, serious: bool = True) -> Problem:
    key, day = other
    zh, en = (
        CLASHES[code].in_(lang).format(key=key, day=say_day(day, lang), due=say_day(due, lang))
        for lang in ("zh", "en")
    )
    return _told(code, place, zh=zh, en=en, serious=serious)


def _past(schedule: Schedule, milestone: Milestone, due: date) -> Problem:
    zh, en = f"{say_day(due, 'zh')}已过", f"{say_day(due, 'en')} is past"
    return _told("past", _place(schedule, milestone), zh=zh, en=en, serious=False)


def _place(schedule: Schedule, milestone: Milestone) -> str:
    return f"{schedule.id}.milestones.{milestone.key}"


def _told(code: str, place: str, *, zh: str, en: str, serious: bool = True) -> Problem:
    return Problem(
        code=code, place=place, text=Name(zh=f"{place}：{zh}", en=f"{place}: {en}"), serious=serious
    )
