"""From the words of a date to its days: the year and month that are not written come from the context."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from config.reading.phrases import Phrase
from config.reading.points import Point
from config.reading.reading import Certainty, YearFrom
from config.schedule import Name

_THIRDS = {"上旬": (1, 10), "初": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "底": (31, 31), "末": (31, 31)}
_WEEKS = {"第一": (1, 7), "第二": (8, 14), "第三": (15, 21), "第四": (22, 28), "最后": (25, 31)}
_TWO_THIRDS = {frozenset("上中"): (1, 20), frozenset("中下"): (11, 31)}
_YEAR_WORDS = {"次年": 1, "翌年": 1, "来年": 1, "明年": 1, "去年": -1, "上年": -1}
_MONTH_WORDS = {"下": 1, "次": 1, "上": -1}
_BACK = timedelta(days=183)  # a month further back than this belongs to the next year
_SOON = timedelta(days=75)
_FIRST, _LAST = 1900, 2100


@dataclass(frozen=True, slots=True)
class Context:
    """What the text before a date gives for what it leaves out."""

    year: int | None = None
    year_from: YearFrom = YearFrom.NOWHERE
    issued: date | None = None
    near_year: int | None = None  # of a date before in the same paragraph
    near_month: int | None = None
    near_day: date | None = None  # of which 当日 speaks

    def after(self, when: "Days", *, due: bool = False) -> "Context":
        """Return the context of the next date in the paragraph; 当日 is never a day that was a deadline."""
        last = when.last or when.first
        if last is None or (self.year and abs(last.year - self.year) > 1):
            return self  # a date of long ago gives no year to others
        said = when.year_from in (YearFrom.CLAUSE, YearFrom.CONTEXT)
        near_year = last.year if said else None
        single = last if when.first in (None, last) else None
        day = self.near_day if due else single
        return Context(self.year, self.year_from, self.issued, near_year, last.month, day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The first and last day that a phrase means; the first is None where only an end is named."""

    first: date | None = None
    last: date | None = None
    until: time | None = None
    period: bool = False
    certainty: Certainty = Certainty.DAY
    approximate: bool = False
    year_from: YearFrom = YearFrom.CLAUSE
    wrong: Name | None = None


def days(phrase: Phrase, context: Context, *, ahead: bool = False) -> Days:
    """Return the days that ``phrase`` means; ``ahead`` where it asks for something still to be done."""
    back = _SOON if ahead else _BACK
    if phrase.now:
        return replace(_one(phrase.last, context, back), first=context.issued, period=True)
    if phrase.first is None:
        return _one(phrase.last, context, back)
    begin = _one(phrase.first, context, back)
    if begin.first is None:
        borrowed = _written_back(phrase.first, phrase.last)
        begin = _one(borrowed, context, back) if borrowed else begin
    end = _end(phrase.last, begin, context.after(begin), back)
    return replace(
        end,
        first=begin.first,
        period=True,
        approximate=begin.approximate or end.approximate,
        certainty=_vaguer(begin.certainty, end.certainty),
        wrong=begin.wrong or end.wrong,
    )


def _end(last: Point, begin: Days, context: Context, back: timedelta) -> Days:
    """Return the end of a period: what it leaves out is as in its beginning."""
    if last.month is None:
        last = replace(last, month=_month_of(begin, last))
    if last.year is not None or begin.first is None:
        return _one(last, context, back)
    year = begin.first.year + _YEAR_WORDS.get(last.year_word, 0)
    end = _one(replace(last, year=year, year_word=""), context, back)
    if end.last and end.last < begin.first:  # 12月20日至1月10日
        end = _one(replace(last, year=begin.first.year + 1, year_word=""), context, back)
    return replace(end, year_from=begin.year_from)


def _vaguer(one: Certainty, other: Certainty) -> Certainty:
    order = [Certainty.TIME, Certainty.DAY, Certainty.THIRD, Certainty.MONTH]
    return max(other, one, key=order.index) if one is not Certainty.TIME else other


def _written_back(first: Point, last: Point) -> Point | None:
    """Give a day without month (17日—9月23日) what its end names."""
    return replace(first, month=last.month, year=first.year or last.year) if last.month else None


def _month_of(begin: Days, last: Point) -> int | None:
    return begin.first.month if begin.first and not last.month_word else None


def _one(point: Point, context: Context, back: timedelta) -> Days:
    if point.that_day:
        return _that_day(point, context)
    month = _month(point, context)
    if month is None:
        return Days(wrong=None if point.day is None else _no_month())
    year, year_from = _year(point, month, context, back)
    if year_from is YearFrom.CONTEXT and back is _SOON:
        year = _still_to_come(point, year, month, context)
    if year is None:
        return Days(year_from=YearFrom.NOWHERE, wrong=_no_year(month))
    if point.month_word in _MONTH_WORDS and point.month_word:
        year, month = _shift(year, month, _MONTH_WORDS[point.month_word])
    return _days_in(point, year, month, year_from=year_from)


def _that_day(point: Point, context: Context) -> Days:
    day = context.near_day
    if day is None:
        return Days()
    named = replace(point, day=day.day, that_day=False)
    return _days_in(named, day.year, day.month, year_from=YearFrom.CONTEXT)


def _month(point: Point, context: Context) -> int | None:
    if point.month is not None:
        return point.month
    if context.near_month and not point.month_word:
        return context.near_month
    return context.issued.month if context.issued else None


def _year(point: Point, month: int, context: Context, back: timedelta) -> tuple[int | None, YearFrom]:
    if point.year is not None:
        return point.year, YearFrom.CLAUSE
    base = context.near_year or context.year
    if point.year_word:
        return (base + _YEAR_WORDS.get(point.year_word, 0) if base else None), YearFrom.CONTEXT
    if context.near_year:
        return _beside(
            month, context.near_year, context.near_month or month, context.issued
        ), YearFrom.CONTEXT
    if context.issued:
        return _around(month, context.issued, back), YearFrom.ISSUED
    return context.year, context.year_from


def _still_to_come(point: Point, year: int | None, month: int, context: Context) -> int | None:
    """Return the year of what is still to be done: not the past one of a date before it in the text."""
    issued = context.issued
    if issued is None or year is None or point.year_word or year >= issued.year:
        return year
    return _around(month, issued, _SOON)


def _around(month: int, issued: date, back: timedelta) -> int:
    """Return the year in which ``month`` is meant by a notice of that day: its own, or the next."""
    end = date(issued.year, min(max(month, 1), 12), 28)
    return issued.year + (end < issued - back)


def _beside(month: int, near_year: int, near_month: int, issued: date | None) -> int:
    """Return the year of a month told beside another date: the same, or the one across the new year."""
    if month + 6 < near_month:
        return near_year + 1
    if (
        issued
        and month > near_month + 6
        and date(near_year - 1, min(month, 12), 28) >= issued - timedelta(days=31)
    ):
        return near_year - 1
    return near_year


def _shift(year: int, month: int, by: int) -> tuple[int, int]:
    moved = year * 12 + month - 1 + by
    return moved // 12, moved % 12 + 1


def _days_in(point: Point, year: int, month: int, *, year_from: YearFrom) -> Days:
    last_month = point.last_month or month
    if not (_FIRST <= year <= _LAST and 1 <= month <= 12 and 1 <= last_month <= 12):
        return Days(wrong=_impossible(year, month, point.day), year_from=year_from)
    if point.day is None:
        return replace(_part(point, year, month, last_month), year_from=year_from)
    size = monthrange(year, month)[1]
    if not (1 <= point.day <= size and (point.last_day or 1) <= size):
        return Days(wrong=_impossible(year, month, point.last_day or point.day), year_from=year_from)
    first, last = date(year, month, point.day), date(year, month, point.last_day or point.day)
    exact = Certainty.TIME if point.until or point.closing or point.midnight else Certainty.DAY
    return Days(
        first=min(first, last),
        last=max(first, last),
        until=point.until,
        period=point.last_day is not None or point.opens is not None,
        certainty=exact,
        year_from=year_from,
    )


def _part(point: Point, year: int, month: int, last_month: int) -> Days:
    size = monthrange(year, last_month + 0)[1]
    if not point.third:
        end = date(year + (last_month < month), last_month, size)
        return Days(first=date(year, month, 1), last=end, period=True, certainty=Certainty.MONTH)
    low, high = _part_of_month(point.third)
    first, last = date(year, month, min(low, size)), date(year, month, min(high, size))
    return Days(first=first, last=last, period=low < high, certainty=Certainty.THIRD, approximate=low < high)


def _part_of_month(third: str) -> tuple[int, int]:
    """Return the first and last day of 上旬, 月底, 第三周 and the like."""
    if third[:2] in _WEEKS:
        return _WEEKS[third[:2]]
    known = _THIRDS.get(third[-1] if third[-1] in "底末初" else third)
    return known or _TWO_THIRDS.get(frozenset(third[:2]), (1, 31))


def _impossible(year: int, month: int, day: int | None) -> Name:
    said = f"{year}-{month:02}" + (f"-{day:02}" if day is not None else "")
    return Name(zh=f"没有 {said} 这一天，请核对原文", en=f"there is no {said}; check the text")


def _no_year(month: int) -> Name:
    return Name(zh=f"{month}月：文中没有年份，请补上", en=f"month {month}: the text names no year; add it")


def _no_month() -> Name:
    return Name(zh="文中没有月份，请补上", en="the text names no month; add it")
