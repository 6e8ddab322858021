"""Dates as a notice states them: a small grammar, and the way out where one is wrong.

``2023-09-30`` a day (until 24:00), ``2023-09-30 18:00`` a moment, ``early|mid|late 2023-09`` and
``2023-08`` and ``2023`` fuzzy, ``held + 3 working days`` and ``held + 3 days`` relative to a case's
last day, ``tbd`` unknown yet. ``about`` before a date marks it as our reading. The same said in
Chinese (2023年9月下旬, 举办后3个工作日, 待定) is taken too.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

from config.dates_zh import from_chinese, to_chinese
from config.errors import UserError
from config.schedule import Precision, When

FIRST_YEAR, LAST_YEAR = 1990, 2100
MOST_DAYS = 366

_MONTH = r"([0-9]{4})-([0-9]{2})"
_DAY = _MONTH + r"-([0-9]{2})"
_LOOSE = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?")
_THIRDS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}

_Build = Callable[[re.Match[str]], When]


def parse_when(text: str) -> When:
    """Read one date expression; ``parse_when(when.text) == when``. Raises ``UserError`` (``date.*``)."""
    words = from_chinese(" ".join(text.split()))
    about, bare = words.startswith("about "), words.removeprefix("about ")
    for pattern, build in _FORMS:
        if found := pattern.fullmatch(bare):
            when = build(found)
            return replace(when, text=words, approximate=about or when.approximate)
    raise _unreadable(words)


def _tbd(_: re.Match[str]) -> When:
    return When(text="tbd", precision=Precision.TBD)


def _day(found: re.Match[str]) -> When:
    day = _date(found)
    return When(text=found[0], precision=Precision.DAY, start=day, day=day)


def _moment(found: re.Match[str]) -> When:
    day, hour, minute = _date(found), int(found[4]), int(found[5])
    if (hour, minute) == (24, 0):  # midnight at the end of the day: the day itself
        return When(text=found[0], precision=Precision.DAY, start=day, day=day)
    if hour > 23 or minute > 59:
        raise UserError(
            zh=f"“{found[0]}”：没有 {hour:02}:{minute:02} 这个时刻，请写 00:00 至 24:00 之间的时刻",
            en=f"'{found[0]}': there is no {hour:02}:{minute:02}; write an hour from 00:00 to 24:00",
            code="date.no_such_hour",
        )
    return When(text=found[0], precision=Precision.TIME, start=day, day=day, until=time(hour, minute))


def _third(found: re.Match[str]) -> When:
    first, last = _THIRDS[found[1]]
    year, month = _month(found[0], found[2], found[3])
    return _fuzzy(found[0], date(year, month, first), _last(year, month, last))


def _whole_month(found: re.Match[str]) -> When:
    year, month = _month(found[0], found[1], found[2])
    return _fuzzy(found[0], date(year, month, 1), _last(year, month))


def _whole_year(found: re.Match[str]) -> When:
    year = _year(found[0], found[1])
    return _fuzzy(found[0], date(year, 1, 1), date(year, 12, 31))


def _relative(found: re.Match[str]) -> When:
    after = int(found[1])
    if after > MOST_DAYS:
        raise UserError(
            zh=f"“{found[0]}”：最多 {MOST_DAYS} 天，请写更小的天数",
            en=f"'{found[0]}': at most {MOST_DAYS} days; write a smaller number",
            code="date.too_far",
        )
    return When(text=found[0], precision=Precision.RELATIVE, after=after, working=bool(found[2]))


_FORMS: tuple[tuple[re.Pattern[str], _Build], ...] = (
    (re.compile(_DAY), _day),
    (re.compile(_DAY + r"[ T]([0-9]{1,2}):([0-9]{2})"), _moment),
    (re.compile(r"tbd"), _tbd),
    (re.compile(r"(early|mid|late) " + _MONTH), _third),
    (re.compile(_MONTH), _whole_month),
    (re.compile(r"([0-9]{4})"), _whole_year),
    (re.compile(r"held ?\+ ?([0-9]{1,6}) (working )?days?"), _relative),
)


def _fuzzy(text: str, start: date, day: date) -> When:
    return When(text=text, precision=Precision.FUZZY, start=start, day=day, approximate=True)


def _last(year: int, month: int, day: int = 31) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))


def _date(found: re.Match[str]) -> date:
    year, month = _month(found[0], found[1], found[2])
    day, days = int(found[3]), monthrange(year, month)[1]
    if 1 <= day <= days:
        return date(year, month, day)
    first, last = f"{year}-{month:02}-01", f"{year}-{month:02}-{days}"
    raise UserError(
        zh=f"“{found[0]}”：{year}年{month}月只有{days}天，请写 {first} 至 {last} 之间的日期",
        en=f"'{found[0]}': {year}-{month:02} has {days} days; write a day from {first} to {last}",
        code="date.no_such_day",
    )


def _month(text: str, year: str, month: str) -> tuple[int, int]:
    if 1 <= int(month) <= 12:
        return _year(text, year), int(month)
    raise UserError(
        zh=f"“{text}”：没有{int(month)}月，月份请写 01 至 12",
        en=f"'{text}': there is no month {month}; write 01 to 12",
        code="date.no_such_month",
    )


def _year(text: str, year: str) -> int:
    if FIRST_YEAR <= int(year) <= LAST_YEAR:
        return int(year)
    raise UserError(
        zh=f"“{text}”：年份请写 {FIRST_YEAR} 至 {LAST_YEAR}",
        en=f"'{text}': write a year from {FIRST_YEAR} to {LAST_YEAR}",
        code="date.year_out_of_range",
    )


def _unreadable(text: str) -> UserError:
    shown = text if len(text) <= 60 else f"{text[:60]}…"
    loose = _LOOSE.search(text)
    guess = f"{loose[1]}-{int(loose[2]):02}-{int(loose[3]):02}" if loose else "2023-09-30"
    forms = f"{guess}, {guess} 18:00, 2023-09, late 2023-09, held + 3 working days, tbd"
    chinese = f"{to_chinese(guess)}、2023年9月下旬、2023年9月、举办后3个工作日、待定"
    return UserError(
        zh=f"看不懂日期“{shown}”，请按这些写法之一填写：{guess}、{chinese}",
        en=f"cannot read the date '{shown}'; write it in one of these ways: {forms}",
        code="date.unreadable",
    )
