"""A date that begins a sentence under the heading of what takes place: the day of that event."""

import re

from config.reading import words
from config.reading.reading import Sort
from config.reading.rows import ACTOR
from config.reading.scene import Scene
from config.reading.verdicts import Verdict, first_of, last_of

_PROGRAMME = re.compile(r"活动|赛程|比赛|竞赛|日程|项目|主要内容|重点安排|行动|检查安排")
_DEMANDS = re.compile(
    r"要求|报名|申报|材料|报送|总结|联系|纪律|经费|其[他它]|注意|征集|推荐|评选|登记|缴费|奖|保障"
    r"|条件|资格|宣传报道|组织领导"
)
_QUOTED = re.compile(r"“[^”]{2,20}”")
_TIME = re.compile(r"([\u4e00-\u9fff]{2,8})(?:时间|日期|期限)$")
_CONTEST = re.compile(r"(?:初赛|复赛|决赛|比赛|大赛|仪式|论坛|年会|讲座|展览|答辩|路演|演出)$")
_TIMES = re.compile(r"(?:\d{1,2}[.、]|\([一二三四五六七八九十\d]{1,2}\))? ?(?:活动|比赛|具体)?时间(?:安排)?:")
_BRACKETS = re.compile(r"\([^()]*\)")
_NAME = 8
_PARTY = 20  # characters that name a party
_PROGRAMME_DAYS = re.compile(r"日程|议程|行程")
_DATED = re.compile(r"\d ?月")


def begun(scene: Scene) -> Verdict | None:
    """Judge a date with which its sentence begins (12月3日(星期六),市实验中学体育馆)."""
    if scene.bare or scene.by or scene.opens or scene.when.last is None or scene.bracketed:
        return None
    precise = scene.phrase.last.day or scene.phrase.last.third
    if not precise or scene.bidden or not scene.rest.strip(" 。;,"):
        return None
    said = _QUOTED.sub("", scene.rest).lstrip(" ,|\t)")
    if ACTOR.match(said) or first_of(words.PROSE, said) is Sort.DEADLINE:
        return None
    if first_of(words.PROSE, said.removeprefix("邀请").split(",", maxsplit=1)[0]) is Sort.ORGANISER:
        return None
    return Verdict(Sort.WINDOW, 0.6) if _of_an_event(scene) else None


def timed(scene: Scene) -> Verdict | None:
    """Judge a period behind a bare name, under a heading that says whose time it is (布展时间)."""
    above = scene.paragraph.headings[-1:]
    if scene.by or scene.opens or scene.rest.strip(" 。;,") or not 0 < len(scene.bare) <= _NAME:
        return None
    if scene.phrase.last.day and _CONTEST.search(scene.bare):
        return Verdict(Sort.WINDOW, 0.7)  # 半决赛5月18日;
    if scene.phrase.last.day and scene.when.period and _TIMES.match(scene.paragraph.words):
        sort = last_of(scene.bare)
        return Verdict(Sort.WINDOW, 0.6, window_too=False) if sort is not Sort.DEADLINE else None
    if not above:
        return None
    found = _TIME.search(above[0])
    sort = last_of(found[1]) if found and scene.phrase.last.day else None
    return Verdict(sort, 0.6) if sort is Sort.DEADLINE else None


def tasked(scene: Scene) -> Verdict | None:
    """Judge a period of some of the addressees, under a heading that says whose time it is (选课时间)."""
    if (
        scene.by
        or scene.opens
        or not (scene.when.period and scene.phrase.last.day)
        or scene.when.last is None
    ):
        return None
    said = re.split(r"[,。;]", scene.rest.strip(" ,。;"), maxsplit=1)[0]
    if (
        len(scene.bare) > _PARTY
        or len(said) > _PARTY
        or last_of(_BRACKETS.sub("", scene.bare))
        or last_of(said)
    ):
        return None
    times = (found for one in reversed(scene.paragraph.headings) if (found := _TIME.search(one)))
    nearest = next(times, None)
    due = nearest is not None and last_of(nearest[1]) is Sort.DEADLINE
    return Verdict(Sort.DEADLINE, 0.6) if due else None


def _of_an_event(scene: Scene) -> bool:
    """Return whether the heading nearest above names an event, or stands among those that do."""
    heads = [one for one in scene.paragraph.headings if not _DATED.search(one)]
    if (
        not heads
        or any(map(_PROGRAMME_DAYS.search, heads))
        or any(_DEMANDS.search(_QUOTED.sub("", one)) for one in heads)
    ):
        return False
    return last_of(heads[-1]) is Sort.WINDOW or any(map(_PROGRAMME.search, heads))
