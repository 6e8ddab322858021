"""The theme of a campaign, and the one that a city adds to it."""

import re

from config.reading.normal import Plain, told
from config.reading.reading import Told
from config.reading.sentences import Outline, Paragraph

_VALUE = r"[:为是]? ?[“\"'「『‘]?(?P<said>[^。;\n|\t”\"」』]{3,70})"
_BEFORE = (
    r"(?:^|[(\n,。;: |\t一二三四五六七八九十\d)、.#*-]|活动|大赛|比赛|竞赛|赛事|会议|大会|论坛"
    r"|宣传|总|征文|研讨会|评选|科普日|[会日周月节展季届年]|本次|全国)"
)
_LEADS = re.compile(rf"{_BEFORE}的?$")
_THEME = re.compile(
    rf"主题(?:口号)?(?:不变)?,?(?:仍然?|依然|继续)?(?:定为|确定为|设定为|[为是]|:| {{1,4}}(?=[“\"])){_VALUE}"
)
_SECOND = re.compile(rf"副主题(?:定为|确定为|[为是]|:){_VALUE}")
# a line may break inside a theme that stands in quotation marks
_REST = re.compile(r" *\n *(?P<more>[^。;|\t“”\"「」『』\n]{1,60})[”\"」』]")
_QUOTED = r"[“\"‘「『](?P<said>[^“”\"‘’」』\n]{3,60})[”\"’」』]"
_AS = re.compile(rf"以{_QUOTED}为(?:活动|大赛|年度)?主题")
_PLAIN = re.compile(r"[将,]以(?P<said>[^“”\"《》。;:\n]{6,40}?)为(?:活动|年度)?主题")
_AROUND = re.compile(
    rf"(?:(?:举办|举行|开展|组织|本次|本届|活动|大赛)[^。;\n“”]{{0,40}}以|围绕|紧扣|聚焦|突出|贯穿){_QUOTED}"
    r"(?:[^,。;\n“”]{0,12}主题|为(?:活动)?主题)"
)
_HEADING = re.compile(
    r" *(?:[一二三四五六七八九十]{1,3}、"
    r"|\([一二三四五六七八九十]\)|【) ?[\u4e00-\u9fff]{0,8}主题】? *:? *| *(?:\d{1,2}[.、]?|第.{1,2}["
    r"、 ])? ?(?:本次|本届)?(?:活动|大赛|比赛|竞赛|赛事|会议|大会|论坛|征文|年会"
    r"|宣传)?主 {0,4}题 *:? *"
)
_NUMBERED = re.compile(
    r"^ *(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,2}\)|\d{1,2}[.、])"
    r" ?(?:活动|宣传|大赛|会议)?主题。 ?[“\"「]?(?P<said>[^“”\"「」。;\n|\t]{3,40})[”\"」]?。?$",
    re.MULTILINE,
)
_TITLED = re.compile(
    rf"(?:开展|举办|举行|组织){_QUOTED}\s?主题(?:系列)?[\u4e00-\u9fff]{{0,8}}(?:活动|大赛|比赛|展览|征文)"
)
# the theme of another day, or of one of several courses
_OF_ANOTHER = re.compile(
    r"是(?:我国)?第[^,。;\n]{1,6}个[“\"「]?(?P<day>[^。,;\n”]{2,20})[日周月节][”\"」]?,?$"
    r"|\n *第[一二三四五六七八九十\d]{1,2}[期场次讲批][^\n]{0,40}$"
)
_NEAR = 60  # characters
_TITLE = 200  # characters in which a title stands
_NONE = re.compile(
    r"待定|^待[^。;“”]{1,24}(?:通知|下[发达]|公布|发布|确定|明确)|(?:暂|尚)未(?:确定|公布|发布)|另行|自拟|自定|不限|详见|见附件"
    r"|^(?:鲜明|突出|积极|健康|明确|要求)(?=$|[,、;。的且向])"
)
_DEMANDS = re.compile(
    r"(?:内容|作品|主题|立意|思想|导向)[^。“”]{0,6}(?:鲜明|突出|积极|健康|明确)|须|应[当围紧结]|要求"
)
_CLOSES = ("”", '"', "」", "』")
_OPENS = ("“", '"', "「", "『")
# the end of a theme without quotation marks, alone in its line above the next heading
_TORN = re.compile(
    r"(?<=[\u4e00-\u9fff])\s*\n\s*(?P<more>[\u4e00-\u9fff]{1,12})\s*\n\s*(?:[二三(]|[\u4e00-\u9fff ]{2,8}:)"
)
_OF_WHICH = re.compile(r"[\u4e00-\u9fff]{2,10}[日周月节]:(?=[\u4e00-\u9fff“])")
_DAY = re.compile(r"\d ?月 ?\d|\d ?日")
_AFTER = re.compile(r"[(,] ?(?:暂定|初定|副主题|活动时间|时间:)|[,]?(?:定于|活动时间|时间:)| {2,}")
_WAYS = ((_AROUND, 3000), (_AS, 1000), (_PLAIN, 1000))
"""Ways to say a theme by the way; further down it would be that of a part of the programme."""


def themes(plain: Plain, outline: Outline) -> tuple[Told | None, Told | None]:
    """Return the theme and the second theme."""
    return _theme(plain, outline), _said(plain, _SECOND.search(plain.text))


def _theme(plain: Plain, outline: Outline) -> Told | None:
    if titled := _said(plain, _TITLED.search(plain.text, 0, _TITLE)):
        return titled
    stated, open_ = _stated(plain)
    if open_:
        return None
    below = _under_heading(plain, outline)
    if below and (stated is None or below.span.end < stated.span.start):
        return below  # what is stated further down is the theme of a part of the programme
    if stated:
        return stated
    numbered = _NUMBERED.search(plain.text)
    if numbered and not _DEMANDS.search(numbered["said"]) and (theme := _said(plain, numbered)):
        return theme
    by_the_way = (_said(plain, pattern.search(plain.text, 0, reach)) for pattern, reach in _WAYS)
    return next(filter(None, by_the_way), None)


def _stated(plain: Plain) -> tuple[Told | None, bool]:
    """Return the theme that the text states (主题为…), and whether it says that it is still open."""
    for found in _THEME.finditer(plain.text):
        if not _LEADS.search(plain.text[max(0, found.start() - 4) : found.start()] or "\n"):
            continue
        if _of_another(plain, found.start()):
            continue
        if theme := _said(plain, found):
            return theme, False
        if "待定" in found["said"]:
            return None, True
    return None, False


def _of_another(plain: Plain, place: int) -> bool:
    """Return whether the theme at ``place`` is that of a day that the title does not name, or of a course."""
    found = _OF_ANOTHER.search(plain.text, max(0, place - _NEAR), place)
    return found is not None and not (
        found["day"] and found["day"][-4:] in plain.text[: min(_TITLE, found.start())]
    )


def _under_heading(plain: Plain, outline: Outline) -> Told | None:
    for one, after in zip(outline.paragraphs, outline.paragraphs[1:], strict=False):
        heads = one.end - one.start <= 24 and _HEADING.fullmatch(plain.text, one.start, one.end)
        if heads and (theme := _below(plain, after)):
            return theme
    return None


def _below(plain: Plain, after: Paragraph) -> Told | None:
    if _NONE.search(after.words) or _DEMANDS.search(after.words):
        return None
    if len(after.words) > 80 or _DAY.search(after.words):
        return None
    named = _AS.search(plain.text, after.start, after.end)
    start, end = named.span("said") if named else (after.start, after.end)
    if lead := _OF_WHICH.match(plain.text, start, end):
        start = lead.end()
    while start < end and plain.text[start] in ' “"‘「『':
        start += 1
    end = _closed(plain.text, start, end)
    if broken := _TORN.match(plain.text, end):
        end = broken.end("more")
    while start < end and plain.text[end - 1] in ' ”"’」』。;,':
        end -= 1
    return told(plain, start, end, spaced=True) if end - start >= 3 else None


def _closed(text: str, start: int, end: int) -> int:
    """Return the end of a theme, which may go on behind a broken line up to its quotation mark."""
    rest = _REST.match(text, end) if text[start - 1 : start] in _OPENS else None
    return rest.end("more") if rest else end


def _said(plain: Plain, found: re.Match[str] | None) -> Told | None:
    if found is None or _NONE.match(found["said"].strip('“" ')):
        return None
    start, end = found.start("said"), _closed(plain.text, found.start("said"), found.end("said"))
    quoted = plain.text[start - 1 : start] in _OPENS and plain.text[end : end + 1] in _CLOSES
    if not quoted and (cut := _AFTER.search(plain.text, start, end)):
        end = cut.start()
    elif not quoted and (broken := _TORN.match(plain.text, end)):
        end = broken.end("more")
    while start < end and plain.text[end - 1] in ' ,”"’(':
        end -= 1
    return told(plain, start, end, spaced=True) if end - start >= 3 else None
