"""Periods in which each addressee selects, checks or arrives for itself: theirs to keep, like a deadline."""

import re

from config.reading import words
from config.reading.reading import Sort
from config.reading.scene import Scene
from config.reading.verdicts import Verdict

_NEAR = 72  # characters in which the task is named
_HELD = re.compile(
    r"集中(?!审核|审查|评审|检查|申报|填报|报送|受理|办理|汇总)|展览|展示|比赛|竞赛|决赛|复赛|会议|培训|讲座|演出|(?:开展|举办|组织)[^,。;]{0,8}(?:活动|宣传)"
)
_OWN_ACT = re.compile(
    r"选拔|初选|海选|预选|推荐|推选|遴选|评选|初评|自评|自查|申报|检测|检查|排查|摸底|报名|审核|评审|汇总|上报|报送"
)
_ACTING = re.compile(
    r",?由?(?:各[^,。;的]{1,14}|所在(?:学院|单位|学校)|推荐单位|申报单位)"
    r"(?:自行|负责|统一|分别|按要求)?(?:组织|开展|进行|完成|负责)"
)
_ACTORS = re.compile(r"(?:^|[,;:。、)])各[^,。;:]{1,14}?(?:应|要|须|需)?(?:于|在|从|自)?$")
_DAY_BEFORE = re.compile(
    r" ?(?:上午|下午|全天|晚上?)?(?:[在到于][^,。;]{2,16}?)?(?:现场|集中)?(?:报到|签到)(?!时|点|处|后|地)"
)


def delegated(scene: Scene) -> Verdict | None:
    """Judge a period in which each addressee selects, checks or reports for itself (由各学院自行组织)."""
    if not scene.when.period or scene.by or scene.phrase.last.day is None:
        return None
    if not (_ACTING.match(scene.rest.lstrip(" ")) or _ACTORS.search(scene.lead)):
        return None
    within = scene.text[scene.phrase.start : scene.phrase.end]
    said = words.masked(f"{scene.label}…{within}…{scene.rest}"[:_NEAR])
    own = _OWN_ACT.search(said) and not _HELD.search(said)
    return Verdict(Sort.DEADLINE, 0.6) if own else None


def arrival(scene: Scene) -> Verdict | None:
    """Judge the day on which those who come report (会议前一日报到)."""
    return Verdict(Sort.DEADLINE, 0.7) if _DAY_BEFORE.match(scene.tail) and not scene.opens else None
