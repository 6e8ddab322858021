"""The words of a date, one by one: a lexer without any judgement."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from config.reading.sentences import sentences

NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})"
_LISTED = r"(?:(?<=[\n ,;。:]\d\.)|(?<=[\n ,;。:]\d\d\.))"  # behind the number of a list: 1.9月10日
_SEP = r" {0,2}(?:-{1,3}|~{1,2}|(?:持续|延续)[至到]|起至|直至|至|到) {0,2}"
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# a pattern that ignores case is several times slower
_MONTH = (
    "(?:"
    + "|".join(f"[{one[0]}{one[0].upper()}]{one[1:]}|{one.upper()}" for one in _NAMES)
    + r")[a-zA-Z]{0,6}\.?"
)


def _one_of(rules: dict[str, str]) -> str:
    return "(?:" + "|".join(f"(?P<{name}>{rule})" for name, rule in rules.items()) + ")"


_OF_NUMBERS = {
    "english": rf"\b(?P<ed>\d{{1,2}})(?:st|nd|rd|th)?(?: ?- ?(?P<ed2>\d{{1,2}})(?:st|nd|rd"
    rf"|th)?)? (?P<em>{_MONTH}),?"
    r"(?: (?P<ey>\d{4}))?(?![A-Za-z0-9])",
    "iso": rf"(?:(?<![\d.])|{_LISTED})(?P<iy>(?:19"
    r"|20)\d\d) ?(?P<mark>[-./]) ?(?P<im>\d{1,2}) ?(?P=mark) ?(?P<id>\d{1,2})(?![\d]|\.\d)",
    "dotted": r"(?<![\d.-])(?P<jy>20\d\d)\.(?P<jm>\d{1,2})(?![\d.])",
    "year": r"(?P<y>(?<!\d)\d{4}|[〇零○O一二三四五六七八九]{4}|(?<!\d)[12]\d(?=年 ?\d{1,2}月))年度?",
    "lonely": rf"(?<=月)(?P<bd>\d{{1,2}})(?={_SEP}\d{{1,2}}[月日.]|之?前|截?止)",
    "months": rf"(?:(?<![\d.第])|{_LISTED})(?P<m1>\d{{1,2}})(?:月份?)?{_SEP}(?P<m2>\d{{1,2}})月份?"
    r"(?! ?[\d一二三]|的?[上中下]旬|[底末初])",
    "month": rf"(?:(?<![\d.第个])|{_LISTED})(?P<m>{NUMBER})月份?",
    "days": rf"(?<![\d.])(?P<d1>\d{{1,2}})[日号]?(?:{_SEP}|[、和及])(?:\d{{1,2}}[日号]?["
    rf"、和]){{0,4}}(?P<d2>\d{{1,2}})[两三四五六七]?[日号](?!内|以内)",
    "day": rf"(?<![\d.])(?P<d>{NUMBER})[日号](?!内|以内|线|楼|馆|文|院|厅|教|门|游|元|令)",
    "short": r"(?<![\d./])(?P<sm>\d{1,2})(?P<sp>[./-])(?P<sd>\d{1,2})(?![\d%./-]| ?月)",
}
_OF_WORDS = {
    "american": rf"\b(?P<fm>{_MONTH}) ?(?P<fd>\d{{1,2}})(?:st|nd|rd|th)?(?: ?- ?(?P<fd2>\d{{1,2}})(?:st|nd"
    rf"|rd|th)?)?"
    r"(?:,? ?(?P<fy>(?:19|20)\d\d))?(?![\d:]|st|nd|rd|th)",
    "yearword": r"(?P<yw>次年|翌年|来年|明年|今年|本年度?|当年|去年|上年)",
    "monthword": r"(?P<mw>本月|当月|下个?月|次月|上个?月)份?",
    "third": r"(?P<th>[上中][中上]旬|[中下][中下]旬|[上中下]旬|月[底末初]|(?<=月)[底末初]|(?<=月份)[底末初]"
    r"|(?:(?<=月)|(?<=月的)|(?<=月份)|(?<=月份的))(?:第[一二三四]个?|最后一?个?)(?:周(?!期|年|岁|边)|星期(?![一二三四五六日天])))",
    "thatday": r"(?P<td>当[日天晚]|同日)",
    "yearend": r"(?P<ye>年[底末])",
    "half": r"(?P<hy>[上下])半年",
    "week": r"\(?(?:星期|周|礼拜)[一二三四五六日天](?:[、至到-](?:星期|周)?[一二三四五六日天])?"
    r"(?!闭|休|除外)\)?",
    "closing": r"(?P<eod>下班)(?:之?前|时)?",
}
_OF_BOTH = {
    "quarter": r"第?(?P<q>[一二三四1-4])季度[末底]?",
    "clock": r"(?P<pt>上午|下午|早上?|中午|晚上?|凌晨|傍晚|午后)? ?(?P<h>\d{1,2}|二十[一二三四]?"
    r"|十?[零一二三四五六七八九十])"
    r"(?::(?P<mi>\d{2})(?::\d{2})?|[时点](?!间|候|段|到|多|名|击|位|在)(?:(?P<mi2>\d{1,2})分"
    r"|(?P<hm>半)|整|钟)?)",
    "part": r"(?:上午|下午|早上|中午|晚上?|全天)",
    "sep": _SEP,
    "same": r"(?:时间|日期|期限|时限)(?:要求|节点|、[\u4e00-\u9fff]{2,4})?"
    r"(?:同[上前]|(?:均|也|亦|与此)?(?:相同|一致)(?=[,。;)\n]|$))",
    "now": r"(?:自|从)?(?:即日|发[布文]之日|(?:(?<![\u4e00-\u9fff])|(?<=[自从在于]))本?通知(?:发布"
    r"|印发|下发)之日|今日)起?",
}
# a look at one character spares most places the trial of most rules
_DIGITS = "\\d一二三四五六七八九十廿卅〇零○O"
_LETTERS = "A-Za-z上中下月年底末初半星周礼(本当同次翌来明今去第最"
_LEAD = 28  # no date begins further before the words that show it
_SCAN = re.compile(
    rf"(?=[{_DIGITS}]){_one_of(_OF_NUMBERS)}|(?=[{_LETTERS}]){_one_of(_OF_WORDS)}"
    rf"|(?=[{_DIGITS}上下中早晚凌傍午全第持起直至到时日期限截自从即发本通今 ~-]){_one_of(_OF_BOTH)}"
)
# A month, a day, a part of either, or digits beside a mark: what begins with a class of characters is
# found several times faster than what begins by looking around.
_SHOWN = re.compile(
    r"[月日天号旬季年同./A-Za-z-](?:(?<=\d[月日号])|(?<=\d [月日号])|(?<=[一二三四五六七八九十]月)"
    r"|(?<=[本当下次上]月)|(?<=旬)|(?<=季)度|(?<=[即之今当同]日)|(?<=当天)|(?<=[月年])[底末初]|(?<=半年)|(?<=同)[上前]|(?<=相同)"
    r"|(?:(?<=\d[./-])|(?<=\d [./-])) ?\d{1,2} {0,2}[./~至到-]|(?<=20\d\d\.)\d"
    r"|(?<=[A-Za-z])[A-Za-z]{2,8}\.? ?\d|(?<=\d [A-Za-z])[A-Za-z]{2}|(?<=\d[a-z]{2} [A-Za-z])[A-Za-z]{2})"
)


class Token(NamedTuple):
    """One word of a date: its kind, its place and the groups of its rule."""

    kind: str
    start: int
    end: int
    found: re.Match[str]

    def of(self, name: str) -> str:
        """Return one group of the rule, empty where it is not written."""
        return self.found[name] or ""


def first_date(text: str, start: int, end: int) -> int:
    """Return from where on a date may stand in ``text[start:end]``, -1 for nowhere: a cheap first look."""
    found = _SHOWN.search(text, start, end)
    return max(start, found.start() - _LEAD) if found else -1


def with_dates(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of every sentence in which a date may stand."""
    return sentences(text, _SHOWN)


def tokens(text: str, start: int, end: int) -> Iterator[Token]:
    """Yield the words of dates in ``text[start:end]``, in their order."""
    for found in _SCAN.finditer(text, start, end):
        yield Token(found.lastgroup or "", found.start(), found.end(), found)
