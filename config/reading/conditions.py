"""Dates that set nothing: of other papers, of conditions, of what was given up or comes again."""

import re
from datetime import date, timedelta

from config.reading import words
from config.reading.reading import Certainty, Sort
from config.reading.scene import Scene
from config.reading.verdicts import Verdict, last_of, other

_OLD_DEADLINE, _OLD_WINDOW = timedelta(days=60), timedelta(days=15)
_BOUND = 40  # characters
_FAR = timedelta(days=3 * 366)
_BRACKETS = re.compile(r"\([^()]*\)")


def quoted(scene: Scene) -> Verdict | None:
    """Leave out the dates of other papers, of pages and of forms."""
    if scene.lead.rfind("《") > scene.lead.rfind("》") or words.NEXT_PAGE.search(scene.lead):
        return other(0.95)
    if words.PUBLISHED.search(scene.lead[-20:]) or words.FORM_FIELD.search(scene.lead[-12:]):
        return other(0.9)
    if scene.by and words.FORBIDDEN.match(scene.rest):
        return other(0.8)  # 8月之前请勿公开
    if words.BLANK.match(scene.tail) or words.AVOIDED.search(scene.lead):
        return other(0.9)
    return other(0.9) if words.PAGE.match(scene.tail) or _beside_title(scene) else None


def _beside_title(scene: Scene) -> bool:
    """Return whether a page prints its date right behind the title, without a word between."""
    digits = scene.text[scene.phrase.start : scene.phrase.start + 8].replace("-", "").isdigit()
    return digits and not scene.by and words.TITLED.search(scene.lead[-4:]) is not None


def given_up(scene: Scene) -> Verdict | None:
    """Leave out what was planned once, and what has been held already."""
    if words.DONE_BY.match(scene.tail):
        return other(0.8)
    if words.DONE.search(scene.lead[-4:]):
        if scene.when.period and words.CAMPAIGN.search(scene.lead[-14:]):
            return None  # a call for reports tells when the campaign was
        return other(0.8)
    planned = words.GIVEN_UP.search(scene.lead[-28:])
    return other(0.8) if planned and not words.KEPT.search(scene.tail) else None


def condition(scene: Scene) -> Verdict | None:
    """Leave out what only says for whom or since when something holds."""
    if _of_a_term(scene) or _as_of(scene) or _days_ahead(scene) or _of_a_paper(scene):
        return other(0.85)
    near = scene.lead[-24:]
    aged = words.AGE.search(_BRACKETS.sub("", near)[-14:])
    if words.CONDITION.match(scene.rest) or aged or words.AGE.search(scene.rest[:8].partition(",")[0]):
        return other(0.9)
    if words.IN_FORCE.match(scene.tail if not scene.opens else scene.rest) and words.RULES.search(near):
        return other(0.9)
    if scene.when.certainty is Certainty.MONTH and not scene.by and words.REPORTED.match(scene.tail):
        return other(0.8)
    return other(0.8) if words.COUNTED.search(near + "…" + scene.tail[:32]) else None


def _of_a_term(scene: Scene) -> bool:
    """Return whether a paper was issued, an office is held or something expires at the date."""
    near = scene.lead[-24:]
    if words.ISSUED.match(scene.tail) or words.EXPIRES.match(scene.tail):
        return True
    if words.EITHER.match(scene.text, scene.phrase.end):
        return True
    return any(pattern.search(near) for pattern in (words.TENURE, words.VALID, words.TERM))


def _as_of(scene: Scene) -> bool:
    """Return whether a day is only that of a list or a count (名单(截至4月15日), 以10月31日为时点)."""
    if scene.lead.endswith("以") and words.REFERENCE.match(scene.tail):
        return True
    found = words.AS_OF.search(scene.lead) if scene.tail.lstrip().startswith(")") else None
    return found is not None and last_of(found["of"]) is not Sort.DEADLINE


def _of_a_paper(scene: Scene) -> bool:
    """Return whether a date bounds what may be handed in: 不早于…、不晚于…, 《中期报告》(3月1日-8月31日)."""
    if words.BOUNDED.search(scene.text, max(scene.start, scene.phrase.start - _BOUND), scene.phrase.start):
        return True
    return scene.bracketed and scene.when.period and scene.lead.rstrip("( ").endswith("》")


def upkeep(scene: Scene) -> Verdict | None:
    """Leave out when a system or a hall is shut for repair."""
    silent = not scene.by and not scene.bidden
    return other(0.8) if silent and words.UPKEEP.match(scene.rest) else None


def _days_ahead(scene: Scene) -> bool:
    """Return whether a number of days is meant (举办20日前), not a day of the month."""
    last = scene.phrase.last
    return last.month is None and not last.month_word and words.AHEAD_OF.search(scene.lead[-6:]) is not None


def recurring(scene: Scene) -> Verdict | None:
    """Leave out what comes again and again."""
    month = scene.when.certainty is Certainty.MONTH and not scene.by
    if month and words.REGULAR.match(scene.tail):  # 9月起每周四报送
        return other(0.7)
    if not words.RECURS.search(scene.lead[-12:]):
        return None
    return Verdict(Sort.DEADLINE, 0.6) if scene.by and words.PROSE.search(scene.tail) else other(0.7)


def past(scene: Scene) -> Verdict | None:
    """Leave out what lies too far back or ahead."""
    last = scene.when.last
    if last is None:
        return None
    if scene.issued is None:
        return other(0.7) if scene.year and last < date(scene.year, 1, 1) else None
    if last > scene.issued + _FAR:
        return other(0.7)
    old = _OLD_DEADLINE if scene.by or scene.phrase.first is None else _OLD_WINDOW
    return other(0.8) if last < scene.issued - old else None
