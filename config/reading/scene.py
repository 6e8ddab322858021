"""Where a date stands: the words around it that decide what it is."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from config.reading import words
from config.reading.phrases import Phrase
from config.reading.sentences import Paragraph
from config.reading.years import Days

_MARKS = re.compile(
    r"^[\s\d一二三四五六七八九十、.()①-⑳*•·●◆■★☆▲△\[\]xX#>|-]+(?=[^\d年月]|$)|^第[一二三四五六七八九十]{1,2}[,、:]"
)
_CONNECTED = re.compile(
    r"(?:(?:定于|定在|截止到|截止至|截至|为|是|在|自|从|至|到|初定|暂定|拟定?于?|于|:){1,3})$"
)
_CALLED = re.compile(r" ?为([^,。;]{2,16}(?:期间?|时间|阶段|时段|活动周|活动月|宣传周|宣传月))")
_TO_DATE = re.compile(
    r"(?:日期|时间|期限|[到至于为是在均定:,( ]){0,9}(?:第[一二三四五六七八九十\d]{1,2}[期批组场轮][为:是]?)?"
)
_PARAGRAPH = re.compile(r"\s*([^\d\s][^\n]{5,200}[。;])\s*?(?:\n|$)")
_CELL = re.compile(r"\n *\d{1,3} *\n(?:[-— \d]*\n)? *([^\d\s][^\n]{2,60}?) *\n\s*$")
_ASIDE = re.compile(r"^ *\([^()]{1,24}\)$")
_CLOSED = re.compile(r"\s*(?:,[^(),。;\d]{2,16})?\)")
_WHERE = re.compile(r"[,;。 ]*(?:\([^()]{0,12}\))?[,;。 ]*(?:地点|地址|会场)")
_HEADING = 12  # characters of words that stand before a sentence as its heading
_REACH = 240  # nothing further away says what a date is


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A date with its sentence, the dates beside it and the headings above."""

    text: str
    phrase: Phrase
    when: Days
    start: int  # of the sentence
    end: int
    left: int  # where the date before ends
    right: int  # where the date after begins
    paragraph: Paragraph
    issued: date | None
    year: int | None

    @cached_property
    def lead(self) -> str:
        """Return the words of the sentence before the date, back to the date before."""
        return self.text[max(self.start, self.left, self.phrase.start - _REACH) : self.phrase.start]

    @cached_property
    def tail(self) -> str:
        """Return the words of the sentence after the date, up to the next date."""
        return self.text[self.phrase.end : min(self.end, self.right, self.phrase.end + _REACH)]

    @cached_property
    def rest(self) -> str:
        """Return the tail without 前, 起, 期间 and the like."""
        for suffix in (words.BEFORE, words.SINCE, words.THROUGH):
            if found := suffix.match(self.tail):
                return self.tail[found.end() :]
        return self.tail

    @cached_property
    def bare(self) -> str:
        """Return the lead without the number of its heading and without table cells before the last."""
        lead = _MARKS.sub("", self.lead.strip()).strip()
        cells = [cell.strip() for cell in re.split(r"[|\t]", lead) if cell.strip()]
        return cells[-1] if cells else ""

    @cached_property
    def label(self) -> str:
        """Return the words that name the date (报名时间, 初赛阶段), empty where nothing does."""
        if self.bracketed:
            return self._clause(self.bare.rstrip("( "))
        if self.bare:
            return self._label_before()
        if called := _CALLED.match(self.rest):
            return called[1]
        if self.timetable:
            return re.split(r"[,。;\n|\t]", self.tail.strip(" :|\t)-"), maxsplit=1)[0][:48]
        return "" if self.rest.strip(" 。;,()|\t.") and not _WHERE.match(self.rest) else self._label_above()

    def _label_before(self) -> str:
        if self.lead.rstrip(" ").endswith(("|", "\t")):
            return self.bare if len(self.bare) <= 30 else ""
        return _CONNECTED.sub("", self._clause(self.bare)) if self._names(self.bare) else ""

    def _label_above(self) -> str:
        if self.cell:
            return self.cell
        heading = _MARKS.sub("", self.text[self.paragraph.start : self.start].strip(" 。"))
        if 0 < len(heading) <= _HEADING:
            return heading
        before = self.paragraph.before
        if words.TIME_WORD.search(before) or not self.paragraph.headings:
            return before
        return self.paragraph.headings[-1]

    @cached_property
    def bracketed(self) -> bool:
        """Return whether the date stands alone in brackets behind a name."""
        return self.lead.rstrip().endswith("(") and _CLOSED.match(self.rest) is not None

    @cached_property
    def following(self) -> str:
        """Return the words of the paragraph after the sentence."""
        return self.text[self.end : min(self.paragraph.end, self.end + _REACH)]

    @cached_property
    def timetable(self) -> bool:
        """Return whether the date stands first and what it dates after it (3月1日：报名开始)."""
        return (
            not self.bare
            and self.tail.lstrip(" )").startswith((":", "|", "\t", "-"))
            and bool(self.tail.strip(" :|\t)-"))
        )

    @cached_property
    def below(self) -> str:
        """Return the paragraph below a date that has its line for itself, in a schedule of two lines each."""
        if self.bare or self.rest.strip(" 。;,:.") or self.paragraph.end > self.end + 1:
            return ""
        above = self.text[max(0, self.paragraph.start - 8) : self.paragraph.start].rstrip()
        listed = above.endswith(("。", ";")) or words.NEUTRAL.search(self.paragraph.before)
        found = _PARAGRAPH.match(self.text, self.paragraph.end) if listed else None
        return found[1] if found else ""

    @cached_property
    def cell(self) -> str:
        """Return the line above a date in its line for itself, where that line has a number above it."""
        rest = _ASIDE.sub("", self.rest.rstrip())
        if self.bare or rest.strip(" 。;,:.") or self.paragraph.end > self.end + 1:
            return ""
        found = _CELL.search(self.text, max(0, self.paragraph.start - 80), self.paragraph.start)
        return found[1] if found else ""

    @cached_property
    def by(self) -> bool:
        """Return whether the words say that something must be done by the date."""
        if self.phrase.last.closing or (self.phrase.now and not self.opens):
            return True
        if words.BEFORE.match(self.tail):
            return True
        near = self.lead.rstrip()[-14:]
        ends = [found.end() for found in words.END_WORD.finditer(near)]
        return bool(ends) and _TO_DATE.fullmatch(near[ends[-1] :]) is not None

    @cached_property
    def opens(self) -> bool:
        """Return whether only a beginning is named."""
        return bool(words.SINCE.match(self.tail)) and not self.phrase.first and not self.phrase.now

    @cached_property
    def asked(self) -> bool:
        """Return whether the sentence asks somebody."""
        return bool(words.ASKED.search(self.lead) or words.ASKED.search(self.tail[:120]))

    @cached_property
    def bidden(self) -> bool:
        """Return whether the very part of the sentence, from comma to comma, asks somebody."""
        asked = words.REQUESTED.search(re.split(r"[,;]", self.rest, maxsplit=1)[0])
        return bool(asked or words.BIDDEN.search(re.split(r"[,;:]", self.lead)[-1]))

    @cached_property
    def called(self) -> bool:
        """Return whether the sentence has asked somebody before an earlier date."""
        return bool(
            words.ASKED.search(self.text, max(self.start, self.phrase.start - _REACH), self.phrase.start)
        )

    @cached_property
    def asking(self) -> bool:
        """Return whether the sentence tells what the organiser does."""
        return bool(words.ASKING.search(self.lead[-40:]) or words.ASKING.search(self.tail[:48]))

    def _names(self, lead: str) -> bool:
        clause = self._clause(lead)
        if lead.endswith((":", "|")):
            return len(clause) <= 30
        stem = _CONNECTED.sub("", clause)
        return len(stem) <= 24 and bool(
            re.search(
                r"(?:时间|日期|期限|时段|截止|deadline|date|[\u4e00-\u9fff]{2}期间?)\W*$", stem, re.IGNORECASE
            )
        )

    @staticmethod
    def _clause(lead: str) -> str:
        return re.split(r"[,。;!?\n]", lead.rstrip(": |"))[-1].strip()
