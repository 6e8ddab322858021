"""The head and foot of a notice: its title, who issued it, its number, its date, and the notice above it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from config.reading.normal import Plain, told
from config.reading.phrases import Phrase, phrases
from config.reading.reading import ReadDate, Span, Told, YearFrom
from config.reading.sentences import Outline, Paragraph
from config.reading.words import PAGE, PROSE
from config.reading.years import Context, days

_KINDS = (
    "(?:通知|通告|公告|函|意见|方案|说明|提示|提醒|启事|办法|请示|报告|决定|预告|邀请函|倡议书?"
    "|公示|简章|号令|纪要|细则|指南|章程)"
)
_TITLE_END = re.compile(rf"{_KINDS}(?: ?\([^()]{{1,20}}\))?$")
_OTHER_TITLE = re.compile(
    r"通知|公告|启事|简章|征[文稿集]|招[聘募生]|[大竞比]赛|任务|方案|call for|邀请函", re.IGNORECASE
)
# a title that the text runs on behind, as pages without line breaks do
_RUN_ON = re.compile(
    rf"(?!为|根据|按照|依据|经|现)[^,。;:《\n]{{0,30}}关于[^,。;:\n]{{4,80}}?的{_KINDS}(?:\([^()]{{1,20}}\))?(?=[^\n]*[。:])"
)
_NO_TITLE = re.compile(
    r"[:。]$|^附件|(?:发布|更新)(?:时间|日期)|^来源|^[\u4e00-\u9fff]{1,14} ?[\[(]\d{4}[\])] ?第? ?\d{1,4} ?号"
)
_ORG = re.compile(
    r"(?:委员会|委|办公室|办|局|厅|协会|学会|联合会|研究会|总会|会|部|学院|大学|中学|小学|学校"
    r"|幼儿园|中心|院|公司|集团|处|科协|领导小组|组|政府|团委|所|馆|站|社|基金会|党组|支队"
    r"|法院|检察院|组委会)(?:\([^)]{1,12}\))?$"
)
_NUMBER = re.compile(r"(?:文号:? ?)?([\u4e00-\u9fff]{1,14} ?[\[(](\d{4})[\])] ?第? ?\d{1,4} ?号)")
_RED = re.compile(r"^ *([\u4e00-\u9fff()、 ]{4,40}?) *文件$")
_NAMED = re.compile(
    r"(?:发布机构|发文机关|发文单位|发布单位|主办单位|主办方) ?[:] ?([\u4e00-\u9fff()]{3,40})"
)
_LAST = frozenset("日发布印0123456789")  # characters that a line of date ends with
_YEARLY = re.compile(r"年|(?:19|20)\d\d")
_DATED = re.compile(r"(成文日期|发文日期|印发日期|发布日期|发布时间|^日期) ?:? ?")
_ABOVE = (
    re.compile(
        r"(?:根据|按照|依据|遵照|转发|落实|关于印发|下发的"
        r"|印发的)[^。;《]{0,40}(《[^《》]{4,90}(?:通知|函|方案|意见|公告"
        r"|部署)》(?: ?\([^()]{2,30}号\))?)"
    ),
    re.compile(
        r"(?:根据|按照|依据|遵照) ?([\u4e00-\u9fff、()]{2,30}(?:关于"
        r"|\d{4}年)[^,。;《》]{2,60}(?:通知|函|方案|部署))"
    ),
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_FOOT = re.compile(r" *([^\d,。:;]{0,40}?)(?=\d{4} ?年|[二〇○零]{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the head and the foot of a notice say of it."""

    title: Told | None
    issuer: Told | None
    number: Told | None
    issued: ReadDate | None
    parent: Told | None
    year: int | None
    year_from: YearFrom
    dates: frozenset[int]  # where phrases stand that are dates of issue, or of the page


def read_head(plain: Plain, outline: Outline) -> Head:
    """Read the head and the foot."""
    text, paragraphs = plain.text, outline.paragraphs
    title = _title(plain, paragraphs)
    signed = list(_signed(text, paragraphs))
    issued, foot = _issued(plain, signed)
    number = _number(plain, paragraphs)
    year, year_from = _year(text, issued, title, number)
    return Head(
        title=title,
        issuer=_issuer(plain, paragraphs, title, foot),
        number=number,
        issued=issued,
        parent=_parent(plain, title),
        year=year,
        year_from=year_from,
        dates=frozenset(phrase.start for _, phrase, _ in signed),
    )


def _title(plain: Plain, paragraphs: tuple[Paragraph, ...]) -> Told | None:
    text, top = plain.text, paragraphs[:60]
    if run := _RUN_ON.match(text, paragraphs[0].start, paragraphs[0].end):
        return told(plain, *run.span())
    for at, one in enumerate(top):
        words = one.words
        if "关于" not in words or "。" in words or len(words) > 160 or words.startswith(("名称:", "附件")):
            continue
        for end in top[at : at + 4]:
            if _TITLE_END.search(text[one.start : end.end].strip()):
                start = _with_issuer(text, top, at) if words.startswith("关于") else one.start
                return told(plain, start, end.end)
    for one in top[:12]:
        words = one.words
        if words.startswith("附件"):
            continue
        numbered = one.headings and one.headings[-1].strip().startswith(words[:20])
        if (
            not numbered
            and 4 <= len(words) <= 80
            and _OTHER_TITLE.search(words)
            and not re.search(r"[。:]$", words)
        ):
            return told(plain, one.start, one.end)
    first = paragraphs[0]
    named = 2 < len(first.words) <= 80 and not _NO_TITLE.search(first.words)
    return told(plain, first.start, first.end) if named else None


def _with_issuer(text: str, top: tuple[Paragraph, ...], at: int) -> int:
    before = text[top[at - 1].start : top[at - 1].end].strip() if at else ""
    return top[at - 1].start if _ORG.search(before) and len(before) <= 40 else top[at].start


def _signed(text: str, paragraphs: tuple[Paragraph, ...]) -> Iterator[tuple[int, Phrase, str]]:
    """Yield rank (the least is the surest), date and office of every line that only dates the paper."""
    before = ""
    for index, one in enumerate(paragraphs):
        words = one.words
        if (
            len(words) <= 60
            and words[-1:] in _LAST
            and _YEARLY.search(words)
            and (found := _dating(text, one, before))
            and not (found[0] == 2 and _goes_on(paragraphs[index + 1 : index + 2]))
        ):
            yield found
        elif (
            len(words) <= 400 and ("日期" in words or "发布时间" in words) and (label := _DATED.search(words))
        ):
            at = text.index(label[0], one.start)
            near = phrases(text, at, min(one.end, at + 40))
            if near and near[0].last.whole and (label[1] != "日期" or PAGE.match(text, near[0].end)):
                yield (1 if label[1] == "成文日期" else 4), near[0], ""
        before = words or before


def _goes_on(after: tuple[Paragraph, ...]) -> bool:
    """Return whether a sentence follows: then a date alone is a line of a schedule, no date of issue."""
    return any(one.words.endswith(("。", ";")) and PROSE.search(one.words[:80]) for one in after)


def _dating(text: str, one: Paragraph, before: str) -> tuple[int, Phrase, str] | None:
    found = phrases(text, one.start, one.end)
    if len(found) != 1 or found[0].first or found[0].now or not found[0].last.whole or found[0].last.until:
        return None
    org, rest = text[one.start : found[0].start].strip(), text[found[0].end : one.end].strip()
    if rest not in ("", "印发", "发布", "发", "印", "印制") or (org and not _ORG.search(org)):
        return None
    if rest:
        return 3, found[0], org
    if org or _ORG.search(before[-40:]):
        return 0, found[0], org or before
    return None if re.search(r"时间|日期|截止|期限|\|$|:$", before[-12:]) else (2, found[0], "")


def _issued(plain: Plain, signed: list[tuple[int, Phrase, str]]) -> tuple[ReadDate | None, str]:
    for _, phrase, foot in sorted(signed, key=lambda one: one[0]):
        when = days(phrase, Context())
        if when.last:
            return ReadDate(words=plain.span(phrase.start, phrase.end), day=when.last), foot
    return None, ""


def _number(plain: Plain, paragraphs: tuple[Paragraph, ...]) -> Told | None:
    for one in paragraphs[:200]:
        if one.end - one.start <= 60 and "号" in one.words and (found := _NUMBER.match(one.words)):
            at = plain.text.index(found[1], one.start)
            return told(plain, at, at + len(found[1]))
    return None


def _issuer(plain: Plain, paragraphs: tuple[Paragraph, ...], title: Told | None, foot: str) -> Told | None:
    if title and not title.text.startswith("关于") and "关于" in title.text:
        who = title.text.split("关于", 1)[0]
        if _ORG.search(who) or who.endswith(("部门", "单位")):
            return _within(plain, title, who)
    for one in paragraphs[:30]:
        words = one.words
        if len(words) <= 48 and (red := _RED.match(words)):
            at = plain.text.index(red[1], one.start)
            return told(plain, at, at + len(red[1]))
    foot = next(iter(foot.split()), "")  # of several offices the first
    if foot and (at := plain.text.rfind(foot)) >= 0:
        return told(plain, at, at + len(foot))
    if named := _NAMED.search(plain.text):
        return told(plain, named.start(1), named.end(1))
    return None


def _within(plain: Plain, title: Told, who: str) -> Told:
    """Return the beginning of the title, and where it ends in the original (which may have breaks inside)."""
    end = title.span.start
    for char in who:
        end = plain.source.index(char, end) + 1
    return Told(text=who, span=Span(title.span.start, end))


def _parent(plain: Plain, title: Told | None) -> Told | None:
    for pattern in _ABOVE:
        for found in pattern.finditer(plain.text):
            if title is None or found[1].strip("《》") not in title.text or "转发" in title.text:
                return told(plain, found.start(1), found.end(1))
    return None


def _year(
    text: str, issued: ReadDate | None, title: Told | None, number: Told | None
) -> tuple[int | None, YearFrom]:
    if issued and issued.day:
        return issued.day.year, YearFrom.ISSUED
    for words, source in ((title, YearFrom.TITLE), (number, YearFrom.ISSUED)):
        if words and (found := _YEAR.search(words.text)):
            return int(found[1]), source
    counted = Counter(found[1] for found in _YEAR.finditer(text) if 1990 <= int(found[1]) <= date.max.year)
    return (int(counted.most_common(1)[0][0]), YearFrom.CONTEXT) if counted else (None, YearFrom.NOWHERE)
