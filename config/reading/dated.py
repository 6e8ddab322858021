"""The dated clauses of a notice: every date with its sentence, sorted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from config.reading import words
from config.reading.heads import Head
from config.reading.normal import Plain
from config.reading.phrases import Phrase, phrases
from config.reading.reading import Certainty, Clause, ReadDate, Sort
from config.reading.scene import Scene
from config.reading.sentences import Outline, Paragraph
from config.reading.sorting import judge
from config.reading.tokens import with_dates
from config.reading.verdicts import Verdict, last_of
from config.reading.years import Context, Days, days

_GROUP = re.compile(r"[,、;] ?(?:第?[一二三四五六七八九十\d]{1,2}[期批组场轮]|[^\s,。;]{1,6}组)[为是:]?")
"""The next of some groups or rounds, each with its own date (第一期4月26日,第二期5月3日)."""

_LISTED = re.compile(r"(?:\([^()]{0,12}\))? ?[、和及] ?(?:[初复决预半]{1,2}赛)?")
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,8}(?:[,;。]|$)")
"""The place of one of some days, each with its own (5月19日柳泉镇,5月22日官庄乡)."""
_BESIDE = re.compile(r"(?:\([^()]{0,12}\)|[^\d,。;:]{0,6})[、及和]")
"""Another day of the same thing (11月16日(东区)、11月23日(西区))."""
MOST_DATES = 2000  # dates of one text: more is no notice
_LONG = 260


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A dated clause before it gets its key: with the scene that it was read from."""

    clause: Clause
    scene: Scene
    start: int  # of the cite in the plain text
    end: int


def dated(plain: Plain, outline: Outline, head: Head) -> tuple[list[Found], bool]:
    """Return the dated clauses in the order of the text, and whether there are more than are read."""
    found: list[Found] = []
    fresh = Context(head.year, head.year_from, head.issued.day if head.issued else None)
    context, paragraph, same, count = fresh, outline.at(0), None, 0
    for start, end in with_dates(plain.text):
        here = phrases(plain.text, start, end)
        if not here:
            continue
        count += len(here)
        if count > MOST_DATES:
            return found, True
        above = outline.at(start)
        if above is not paragraph:
            if not _next_row(plain.text, paragraph, above, here[0]):
                together = above.headings and above.headings == paragraph.headings
                context = replace(fresh, near_day=context.near_day if together else None)
            paragraph = above
        edges = [start, *(one.end for one in here)], _ends(plain.text, here, end)
        for phrase, left, right in zip(here, *edges, strict=False):
            when = (same or Days()) if phrase.same else days(phrase, context, ahead=_asks(plain.text, phrase))
            if phrase.last.that_day and (when.last is None or _of_an_event(plain.text, phrase)):
                continue
            if phrase is not here[0] and found and _again(plain.text[left : phrase.start], when, found[-1]):
                continue
            context = _next(context, when, plain.text, phrase)
            scene = Scene(
                text=plain.text, phrase=phrase, when=when, start=start, end=end, left=left,
                right=_cut(plain.text, phrase.end, right) if right < end else end,
                paragraph=above, issued=fresh.issued, year=head.year,
            )  # fmt: skip
            beside = found[-1] if found and phrase is not here[0] else None
            verdict = _verdict(scene, head, here, beside)
            if verdict.sort is Sort.DEADLINE:
                same = when
            found.extend(_clauses(plain, scene, verdict, alone=len(here) == 1))
    return found, False


def _again(between: str, when: Days, before: Found) -> bool:
    """Return whether a date only says the one before it in another language (9月12日 / Sep. 12)."""
    return between.strip() == "/" and when.last == before.clause.when.day


def _of_an_event(text: str, phrase: Phrase) -> bool:
    """Return whether 当天 is the day of what is named before it (讲座当天), wherever its date stands."""
    near = text[max(0, phrase.start - 4) : phrase.start]
    return any(found.end() == len(near) for found in words.EVENT.finditer(near))


def _ends(text: str, here: list[Phrase], end: int) -> list[int]:
    """Return where the words about each date end: those of 4月23日、30日举办 are about both."""
    ends = [end]
    for one, after in zip(reversed(here[:-1]), reversed(here[1:]), strict=True):
        listed = _LISTED.fullmatch(text, one.end, after.start)
        ends.append(ends[-1] if listed else after.start)
    return ends[::-1]


def _verdict(scene: Scene, head: Head, here: list[Phrase], beside: Found | None) -> Verdict:
    if scene.phrase.start in head.dates:
        return Verdict(Sort.DISTRACTOR, 0.95)
    if scene.phrase.same:
        return _same(scene)
    if beside and _goes_on(scene, beside.clause.sort):
        return Verdict(beside.clause.sort, beside.clause.confidence)
    if _replaced(scene, here) or words.BOUNDED.search(scene.lead[-12:]):
        return Verdict(Sort.DISTRACTOR, 0.9)  # the date that was given up; 最长可延至…
    return _renewed(scene, here) if _replaces(scene) else judge(scene)


def _replaces(scene: Scene) -> bool:
    """Return whether a date stands in the place of another (改为9月12日; June 30  July 15 (extended))."""
    near, beside = scene.lead[-12:], scene.left > scene.start
    changed = words.CHANGED.search(near)
    if changed and (beside or changed.end() == len(near)):
        return True
    return beside and not near.strip() and words.EXTENDED.match(scene.tail) is not None


def _replaced(scene: Scene, here: list[Phrase]) -> bool:
    """Return whether the next date of the sentence stands in the place of this one."""
    if scene.phrase is here[-1]:
        return False
    after = here[here.index(scene.phrase) + 1]
    extended = not scene.tail.strip() and words.EXTENDED.match(scene.text, after.end)
    return bool(extended or words.CHANGED.search(scene.tail[-12:]))


def _goes_on(scene: Scene, sort: Sort) -> bool:
    """Return whether the date is only the next of a list that began with the one before."""
    if sort is Sort.WINDOW:
        beside = _BESIDE.fullmatch(scene.lead) or (_PLACE.fullmatch(scene.lead) and _PLACE.match(scene.tail))
        return not scene.by and beside is not None
    return sort is Sort.DEADLINE and _GROUP.fullmatch(scene.lead) is not None


def _next_row(text: str, above: Paragraph, here: Paragraph, phrase: Phrase) -> bool:
    """Return whether a line begins with a day whose month stands in the row above (24日-25日)."""
    if (phrase.first or phrase.last).month is not None:
        return False
    return not text[here.start : phrase.start].strip(" |\t") and not text[above.end : here.start].strip()


def _next(context: Context, when: Days, text: str, phrase: Phrase) -> Context:
    """Return the context of the next date; 当日 never means the day by which something is due."""
    due = words.BEFORE.match(text, phrase.end) is not None and not phrase.last.that_day
    return context.after(when, due=due)


def _same(scene: Scene) -> Verdict:
    """Sort 时间同上 and 时间要求相同: the last deadline again, where there is one."""
    above = scene.text.startswith(("上", "前"), scene.phrase.end - 1)
    handed = any(found.lastgroup == "hand" for found in words.PROSE.finditer(words.masked(scene.lead)))
    due = scene.when.last is not None and (above or handed)
    return Verdict(Sort.DEADLINE if due else Sort.DISTRACTOR, 0.8)


def _asks(text: str, phrase: Phrase) -> bool:
    return phrase.now or phrase.last.closing or words.BEFORE.match(text, phrase.end) is not None


def _renewed(scene: Scene, here: list[Phrase]) -> Verdict:
    """Sort a date that replaces another by what was said of that one."""
    ends = [scene.start, *(one.end for one in here if one.end <= scene.phrase.start)]
    said = scene.text[ends[-2] if len(ends) > 1 else scene.start : scene.phrase.start]
    said += re.split("[,;]", scene.rest, maxsplit=1)[0]
    handed = any(found.lastgroup == "hand" for found in words.PROSE.finditer(words.masked(said)))
    lengthened = words.LENGTHENED.search(re.sub(r"[至到为]$", "", scene.lead[-20:]))
    if words.WEATHER.search(scene.text, scene.start, scene.phrase.start):
        return Verdict(Sort.DISTRACTOR, 0.7)  # 如遇雨天,顺延至…
    if scene.phrase.last.last_month and scene.phrase.first is None:
        return Verdict(Sort.DISTRACTOR, 0.6)  # 推迟至下半年
    above = scene.paragraph.headings[-1:]
    event = words.EVENT.search(said) or any(last_of(one) is Sort.WINDOW for one in above)
    due = handed or lengthened or words.END_WORD.search(said) or not event
    return Verdict(Sort.DEADLINE if due else Sort.WINDOW, 0.8)


def _clauses(plain: Plain, scene: Scene, verdict: Verdict, *, alone: bool) -> Iterator[Found]:
    start, end = (scene.start, scene.end) if alone and scene.end - scene.start <= _LONG else _part(scene)
    sort = verdict.sort
    clause = Clause(
        key="",
        sort=sort,
        when=_read(plain, scene, sort),
        cite=plain.span(start, end),
        place=scene.paragraph.place,
        confidence=verdict.confidence,
    )
    yield Found(clause=clause, scene=scene, start=start, end=end)
    if verdict.window_too:
        window = replace(clause, sort=Sort.WINDOW, when=_read(plain, scene, Sort.WINDOW))
        yield Found(clause=window, scene=scene, start=start, end=end)


def _part(scene: Scene) -> tuple[int, int]:
    """Return the part of a sentence with several dates that speaks of this one."""
    start, end = (
        max(scene.start, scene.phrase.start - _LONG // 2),
        min(scene.end, scene.phrase.end + _LONG // 2),
    )
    if scene.left > scene.start:
        parted = _cut(scene.text, scene.left, scene.phrase.start)
        if parted == scene.phrase.start:  # 由…改为…: one thought, to be shown whole
            parted = max(scene.start, scene.text.rfind(",", scene.start, scene.left) + 1)
        start = max(start, parted)
    return start, min(end, scene.right)


def _cut(text: str, start: int, end: int) -> int:
    """Return where the words between two dates part: behind the last comma, else at the second date."""
    at = max(text.rfind(mark, start, end) for mark in ",|\t")
    return at + 1 if at >= 0 else end


def _read(plain: Plain, scene: Scene, sort: Sort) -> ReadDate:
    when, phrase = scene.when, scene.phrase
    start, day, certainty = when.first, when.last, when.certainty
    point = phrase.first is None and not phrase.now
    if sort is Sort.DEADLINE and point:
        if words.CLOSES.match(scene.tail) and day:
            start, day = None, day - timedelta(days=1)
        elif words.SHUTS.match(scene.tail):
            start = None
        elif scene.opens:
            day, certainty = None, Certainty.OPEN
        elif scene.by or not when.period:
            start = None
    if when.wrong:
        start = day = None
    if start and day and start > day:  # told the wrong way round: the end is what counts
        start = None
    recurring = bool(words.RECURS.search(scene.lead[-12:]))
    if recurring:
        start, day, certainty = None, None, Certainty.RECURRING
    return ReadDate(
        words=plain.span(phrase.start, phrase.end),
        day=day,
        start=start,
        until=when.until,
        certainty=certainty,
        approximate=when.approximate,
        year_from=when.year_from,
        wrong=None if recurring else when.wrong,
    )
