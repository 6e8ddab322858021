"""What a date is: a window, a deadline, the organiser's own, or none; the first rule that speaks decides."""

import re
from dataclasses import replace

from config.reading import words
from config.reading.columns import changed, column
from config.reading.conditions import condition, given_up, past, quoted, recurring, upkeep
from config.reading.delegating import arrival, delegated
from config.reading.programme import begun, tasked, timed
from config.reading.reading import Sort
from config.reading.rows import below, cell, listed, numbered, phase, row
from config.reading.scene import Scene
from config.reading.telling import foretold, told
from config.reading.verdicts import Rule, Verdict, first_of, last_of, other

_SHORT = 8
_PLACE = 12  # characters of the name of a place or a party
_NOTICE_OF = re.compile(r"期[内间]?|公示")
_DATES = re.compile(r"重要(?:日期|时间)|日程|important dates", re.IGNORECASE)
_ACTS = re.compile(r"由|请|各")
_STEP = re.compile(r"核对|核查|复核|摸底|整改|发布|更新|填报|登记|完善|上传|录入")
_BY_HOST = re.compile(r"(?:各|活动)?(?:主办|举办|承办|申报|参与|有关|相关)?单位|各")
_QUIZ = re.compile(r"答题|竞答|作答")
_PHASE_TASK = re.compile(
    r"报名|申报|申请(?![表人书材])|自查|自评|答题|选课|预约|投稿|提交|报送|上报|征集|征文|征稿|填报"
    r"|缴费|注册|签约"
)


def judge(scene: Scene) -> Verdict:
    """Return what the date of ``scene`` is."""
    verdict = next(filter(None, (rule(scene) for rule in _RULES)), None)
    if verdict is None:
        return Verdict(Sort.DISTRACTOR, 0.5)
    if verdict.sort is Sort.DEADLINE and scene.when.period and _QUIZ.search(scene.label + scene.rest):
        return replace(verdict, window_too=True)  # who answers takes part, and may do so until then
    return verdict


def _observed(scene: Scene) -> Verdict | None:
    """Judge a day or a week with a name: 5月11日至17日为宣传周; 9月8日是国际扫盲日 is only mentioned."""
    if scene.by or scene.opens or scene.when.last is None:
        return None
    called = words.NAMED_DAY.match(scene.tail)
    named = (called and (scene.when.period or called["verb"] != "是")) or words.DAY_OF.search(
        scene.lead[-16:]
    )
    in_row = not scene.bare and words.DAY_ROW.match(scene.tail)
    return Verdict(Sort.WINDOW, 0.75) if named or in_row else None


def _by(scene: Scene) -> Verdict | None:
    if not (scene.by or words.CLOSES.match(scene.tail)):
        return None
    first = first_of(words.PROSE, scene.rest) or _beyond(scene)
    if _theirs(scene, first):
        return Verdict(Sort.ORGANISER, 0.75)
    phase = last_of(scene.label) is Sort.WINDOW and not _PHASE_TASK.search(scene.label)
    open_now = scene.phrase.now and first is None and phase
    if open_now or (first is Sort.WINDOW and scene.phrase.first):  # 活动时间：自即日起至10月底
        return Verdict(Sort.WINDOW, 0.6)
    outermost = scene.paragraph.headings[0] if scene.paragraph.headings else ""
    if first is not Sort.DEADLINE and words.ELIGIBLE.search(outermost):
        return other(0.7)
    if words.ARRIVE.match(scene.rest) and words.EVENT.search(scene.label):
        return Verdict(Sort.DEADLINE, 0.7, window_too=True)  # 活动时间：…前报到
    sure = 0.95 if first is Sort.DEADLINE or words.END_WORD.search(scene.label) else 0.8
    return Verdict(Sort.DEADLINE, sure)


def _beyond(scene: Scene) -> Sort | None:
    """Say whether something is handed in behind a heading with its date in brackets (验收, 5月1日前)."""
    first = first_of(words.PROSE, scene.following) if scene.bracketed else None
    return first if first is Sort.DEADLINE else None


def _theirs(scene: Scene, first: Sort | None) -> bool:
    """Return whether it is the organiser who will have done something by the date."""
    if words.END_WORD.search(scene.label) and _PHASE_TASK.search(scene.label):
        return False  # 作品征集截止时间为8月31日,经专家评审后…
    if first is Sort.ORGANISER and not scene.asked:
        return not (scene.called and words.SELF.search(scene.rest[:16]))
    if (scene.asking and first is not Sort.DEADLINE) or words.COLLECTS.search(scene.lead):
        return True
    if words.WILL.search(scene.lead) or (not scene.bidden and words.TELLS.match(scene.rest)):
        return True
    above = scene.label + "".join(scene.paragraph.headings[-1:])
    own = last_of(scene.label) is Sort.ORGANISER and not words.ADDRESSED.search(above)
    return first is None and own


def _labelled(scene: Scene) -> Verdict | None:
    label = scene.label
    if not label or "\t" in label or "|" in label:
        return None  # the cells of a row name nothing
    if scene.timetable or scene.bracketed:
        return row(scene, scene.tail.lstrip(" :|\t)-")) if scene.timetable else _phase(scene)
    if words.END_WORD.search(label) or (_NOTICE_OF.search(label) and words.OBJECTING.match(scene.rest)):
        return Verdict(Sort.DEADLINE, 0.95 if words.END_WORD.search(label) else 0.6)
    if words.OPENING.search(label):
        return Verdict(Sort.DEADLINE if scene.when.period else Sort.ORGANISER, 0.8)
    if "暨" in label and words.EVENT.search(label):
        return Verdict(Sort.WINDOW, 0.7)  # 路演暨颁奖
    found = last_of(re.sub(r"(?:起止|截止)?(?:时间|日期|期限).*$", "", label)) or last_of(label)
    if found is None and (words.NEUTRAL.search(label) or _timed(scene)):
        found = _of_headings(scene) or Sort.WINDOW
    if found is None and len(label) <= _PLACE and scene.when.last and scene.phrase.last.day:
        found = Sort.WINDOW if _of_headings(scene) is Sort.WINDOW else None  # 西校区:5月13日,南广场
    if found is None and scene.phrase.last.day and any(map(_DATES.search, scene.paragraph.headings[-1:])):
        found = Sort.WINDOW if len(label) <= _PLACE else None  # 野外考察:10月28日
    if found is None and scene.when.period and scene.phrase.last.day and 2 <= len(label) <= _SHORT:
        found = Sort.WINDOW  # 市县选拔:9月9日至9月24日
    return Verdict(found, 0.85) if found and not (found is Sort.DEADLINE and scene.opens) else None


def _of_headings(scene: Scene) -> Sort | None:
    headings = scene.paragraph.headings
    if headings and scene.label in headings[-1]:
        headings = headings[:-1] or headings
    above = (last_of(one) for one in reversed(headings))
    return next(filter(None, above), None)


def _timed(scene: Scene) -> bool:
    """Return whether a period is called one, or stands under a heading that only says 时间."""
    return (scene.when.period and scene.label.endswith(("期", "期间"))) or (
        scene.when.period and any(words.NEUTRAL.search(one) for one in scene.paragraph.headings[-1:])
    )


def _phase(scene: Scene) -> Verdict | None:
    """Judge a period in brackets behind the name of a phase."""
    if task := _task_of_phase(scene):
        return task
    if words.WORLD_DAY.search(scene.label) and not scene.when.period:
        return other(0.8)  # 全国科技工作者日(5月30日)
    heads = scene.rest.lstrip(" )")[:1] in ("", "。", ":")
    named = scene.paragraph.headings and scene.label in scene.paragraph.headings[-1]
    if heads and (named or words.STAGE.match(scene.label)):
        return Verdict(Sort.WINDOW, 0.85)  # a phase of the timetable, whoever acts in it
    found = last_of(scene.label)
    if _ACTS.match(scene.label) and first_of(words.PROSE, scene.rest) is Sort.DEADLINE:
        return Verdict(Sort.DEADLINE, 0.6)  # 由各班于第三周(9月13日-17日)集中办理
    if found is None and scene.when.period and scene.phrase.last.day and 2 <= len(scene.label) <= _PLACE:
        return Verdict(Sort.WINDOW, 0.6)
    return Verdict(found, 0.7) if found in (Sort.WINDOW, Sort.ORGANISER) else None


def _task_of_phase(scene: Scene) -> Verdict | None:
    if _NOTICE_OF.search(scene.label) and any(map(words.OBJECTING.match, (scene.rest, scene.following))):
        return Verdict(Sort.DEADLINE, 0.6)  # 公示期内(10月20日-24日)可提出异议
    if _PHASE_TASK.search(scene.label):
        return Verdict(Sort.DEADLINE, 0.7, window_too=True)
    theirs = _STEP.search(scene.label) and _BY_HOST.match(scene.following.lstrip(" 。"))
    return Verdict(Sort.DEADLINE, 0.6, window_too=True) if theirs and _beyond(scene) else None


def _headline(scene: Scene) -> Verdict | None:
    """Take a period in the first lines of a call for the time when it takes place."""
    period = scene.phrase.first is not None or scene.phrase.last.last_day is not None
    top = scene.paragraph.start < 400 and scene.paragraph.end - scene.paragraph.start <= 80
    return Verdict(Sort.WINDOW, 0.5) if period and top and scene.phrase.last.day and not scene.by else None


_RULES: tuple[Rule, ...] = (
    quoted,
    given_up,
    condition,
    upkeep,
    recurring,
    past,
    _observed,
    changed,
    _by,
    arrival,
    delegated,
    below,
    cell,
    tasked,
    _labelled,
    phase,
    timed,
    numbered,
    begun,
    told,
    foretold,
    listed,
    column,
    _headline,
)
