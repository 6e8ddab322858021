"""What the verbs of a sentence say of its date: the nearest after it, else those before."""

import re

from config.reading import words
from config.reading.reading import Certainty, Sort
from config.reading.rows import ACTOR
from config.reading.scene import Scene
from config.reading.verdicts import Rule, Verdict, first_of, last_of, other

_IS = re.compile(r" ?(?:上午|下午|晚上|全天)?为([^,。;(]{2,24}?)(?=[,。;(]|$)")
_CHOSEN = re.compile(r"(?:优秀|获奖|入选|入围)[^,。;]{0,4}(?:作品|成果|案例|名单)[^,。;]{0,2}将(?:于|在)?$")
_OPEN = re.compile(r" *(?:将|正式|重新|统一)*(?:开放|开通|上线)")
_FORETOLD = re.compile(r"(?:将于?|预计)$")


def told(scene: Scene) -> Verdict | None:
    """Judge by the nearest verb after the date."""
    door = words.DOOR.search(scene.text[max(scene.start, scene.phrase.start - 60) : scene.phrase.start])
    ends = words.ENDS.match(scene.tail)
    if ends and (door or words.DOOR.search(ends[0])):
        return Verdict(Sort.DEADLINE, 0.9)
    if words.END_WORD.search(scene.rest[:12]) and not scene.phrase.first:
        return Verdict(Sort.DEADLINE, 0.9)
    if words.SHUTS.match(scene.tail) or words.FORFEITED.match(scene.tail):
        return Verdict(Sort.DEADLINE, 0.8)
    if (named := _IS.match(scene.tail)) and last_of(named[1]) is Sort.WINDOW:
        return Verdict(Sort.WINDOW, 0.6)
    within = scene.text[scene.phrase.start : scene.phrase.end]  # 从9月15日开始集中宣传,至25日结束
    first = first_of(words.PROSE, within + scene.rest)
    return _BY_VERB[first](scene) if first in _BY_VERB else None


def _handing_in(scene: Scene) -> Verdict | None:
    if scene.asking and not words.ASKED.search(scene.rest[:40]):
        return Verdict(Sort.ORGANISER, 0.6)
    if _FORETOLD.search(scene.lead) and not scene.bidden:
        return Verdict(Sort.ORGANISER, 0.6)  # 证书将于8月邮寄
    stated = scene.asked or scene.called or scene.phrase.first or scene.phrase.now or scene.when.period
    return Verdict(Sort.DEADLINE, 0.8) if stated else None


def _organising(scene: Scene) -> Verdict | None:
    if not scene.bare and ACTOR.match(scene.rest.lstrip(" |\t")) and scene.when.period:
        return Verdict(Sort.DEADLINE, 0.6)  # 5月17日-21日  各学院审核
    if scene.opens and not scene.asking and words.ASKED.search(scene.rest[:12] + scene.lead[-30:]):
        return Verdict(Sort.DEADLINE, 0.6)
    return Verdict(Sort.ORGANISER, 0.7)


def _happening(scene: Scene) -> Verdict | None:
    if scene.opens:
        return None
    if words.OPENING.search(scene.rest[:16]) and scene.when.first != scene.when.last:
        return Verdict(Sort.DEADLINE, 0.6) if scene.phrase.last.day else other(0.6)
    if scene.when.certainty is Certainty.MONTH and words.HELD_THEN.match(scene.rest):
        return other(0.6)  # 并在12月召开的年会上通报
    if theirs := _of_the_organiser(scene):
        return theirs
    return Verdict(Sort.WINDOW, 0.85 if scene.phrase.first or scene.phrase.last.day else 0.7)


def _theirs(scene: Scene) -> bool:
    """Return whether the words beside the date name what only the organiser does."""
    if words.ANNOUNCED_AT.match(scene.rest) or words.OPENING.search(scene.rest[:16]):
        return True  # 于10月27日闭幕式上公布; 于12月10日统一开放报名
    if scene.lead.endswith("(") and last_of(scene.bare.rstrip("(")) is Sort.ORGANISER:
        return True  # 年度考核(12月开展)
    return _CHOSEN.search(scene.lead[-14:]) is not None and not scene.asked


def _of_the_organiser(scene: Scene) -> Verdict | None:
    """Judge a review or an opening door, to which addressees may have to come."""
    if _theirs(scene):
        return Verdict(Sort.ORGANISER, 0.6)
    if words.REVIEW.search(scene.lead[-14:]):
        attended = words.ATTENDED.search(scene.rest[:60])
        return Verdict(Sort.DEADLINE if attended else Sort.ORGANISER, 0.6)
    if words.DOOR.search(scene.lead[-14:]) and _OPEN.match(scene.rest):
        return Verdict(Sort.DEADLINE if scene.when.period and scene.asked else Sort.ORGANISER, 0.6)
    if words.JUDGING.search(f"{scene.lead[-20:]}…{scene.rest[:24]}") and not scene.asked:
        return Verdict(Sort.ORGANISER, 0.7)
    return None


_BY_VERB: dict[Sort | None, Rule] = {
    Sort.DEADLINE: _handing_in,
    Sort.ORGANISER: _organising,
    Sort.WINDOW: _happening,
}


def foretold(scene: Scene) -> Verdict | None:
    """Judge by the words before the date."""
    if words.REQUEST.search(scene.lead[-64:].strip()) and scene.asked:
        return Verdict(Sort.DEADLINE, 0.6)
    if scene.opens:
        return None
    found = last_of(scene.lead[-30:])
    spans = scene.phrase.first or (scene.phrase.last.last_month and scene.when.period)
    if found is Sort.WINDOW and (spans or re.search(r"(?:定于|将于|拟于|在|于)$", scene.lead)):
        return Verdict(Sort.WINDOW, 0.6)
    if found is Sort.DEADLINE and (scene.phrase.first or scene.phrase.now):
        return Verdict(Sort.DEADLINE, 0.6)
    return None
