"""Days as people write them in a sheet: 2023-09-17, 2023/9/17, 2023.9.17, 9月17日, 9月17日至23日.

A day without a year is of the year given. What is ambiguous or does not exist is refused.
"""

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from unicodedata import normalize

from config.reading.numerals import number
from engine.sheets.cells import Raw, as_text
from engine.sheets.problems import Wrong

FIRST_YEAR, LAST_YEAR = 2000, 2100

_TIME = r"(?:(?:T|\s+|(?<=[日号]))(?:上午|下午|晚上|全天)?\s*(?:\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?)?"
_WEEKDAY = re.compile(r"\(?(?:星期|周)[一二三四五六日天]\)?")
_FULL = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?" + _TIME)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SHORT = re.compile(r"(\d{1,2})\s*([-/.月])\s*(\d{1,2})\s*[日号]?" + _TIME)
_DAY_ONLY = re.compile(r"(\d{1,2})\s*[日号]?")
_BETWEEN = re.compile(r"\s*(?:至|到|~|—+|–|--)\s*")
_NUMERAL = re.compile(
    r"(?<![\d零〇○一二三四五六七八九十廿卅])[零〇○一二三四五六七八九十廿卅]+(?![\d零〇○一二三四五六七八九十廿卅])"
)
_SERIAL = re.compile(r"[345]\d{4}")
_EPOCH = date(1899, 12, 30)

_HOW = Wrong(
    zh="看不懂这个日期；请写成 2023-09-17 或 9月17日 这样",
    en="this date cannot be read; write it like 2023-09-17",
)


def day(raw: Raw, *, year: int) -> date:
    """Return the day that a cell means. Raises ``Wrong``."""
    if isinstance(raw, date):
        return _in_range(raw.date() if isinstance(raw, datetime) else raw)
    text = _plain(raw)
    if found := _FULL.fullmatch(text) or _COMPACT.fullmatch(text):
        return _date(int(found[1]), int(found[2]), int(found[3]), told=f"{found[1]}年")
    if found := _SHORT.fullmatch(text):
        # a spreadsheet turns 9.10 into the number 9.1: it may mean either day
        if found[2] == "." and found[3] in ("1", "2", "3"):
            raise _either(int(found[1]), int(found[3]))
        return _date(year, int(found[1]), int(found[3]))
    raise _serial(text) if _SERIAL.fullmatch(text) else _HOW


def period(raw: Raw, *, year: int) -> tuple[date, date]:
    """Return the first and last day that a cell means; one day alone is both. Raises ``Wrong``."""
    halves = [] if isinstance(raw, date) else _halves(_plain(raw))
    if not halves:
        only = day(raw, year=year)
        return only, only
    first = day(halves[0], year=year)
    if found := _DAY_ONLY.fullmatch(halves[1]):
        return first, _date(first.year, first.month, int(found[1]))
    return first, day(halves[1], year=first.year)


def with_digits(text: str) -> str:
    """Return a text of days with Arabic digits: 二〇二三年九月十七日 is 2023年9月17日."""
    return _NUMERAL.sub(lambda found: str(number(found[0])), text)


def _plain(raw: Raw) -> str:
    return with_digits(_WEEKDAY.sub("", normalize("NFKC", as_text(raw)))).strip()


def _halves(text: str) -> list[str]:
    """Return the two ends of a period, nothing for one day."""
    parts = _BETWEEN.split(text)
    if len(parts) == 1 and text.count("-") == 1 and not _SHORT.fullmatch(text):
        parts = text.split("-")
    return [part.strip() for part in parts] if len(parts) == 2 else []


def _date(year: int, month: int, number: int, *, told: str = "") -> date:
    if not 1 <= month <= 12:
        raise Wrong(
            zh=f"没有 {month} 月；请写成 2023-09-17 或 9月17日 这样",
            en=f"there is no month {month}; write it like 2023-09-17",
        )
    _check_year(year)
    last = monthrange(year, month)[1]
    if not 1 <= number <= last:
        raise Wrong(
            zh=f"没有这一天；请改为 {told}{month}月1日 至 {month}月{last}日 之间的日期",
            en=f"there is no such day; write one from {year}-{month:02}-01 to {year}-{month:02}-{last}",
        )
    return date(year, month, number)


def _in_range(found: date) -> date:
    _check_year(found.year)
    return found


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Wrong(
            zh=f"年份不对；请写 {FIRST_YEAR} 至 {LAST_YEAR} 年之间的日期",
            en=f"the year cannot be right; write one from {FIRST_YEAR} to {LAST_YEAR}",
        )


def _either(month: int, number: int) -> Wrong:
    return Wrong(
        zh=f"可能是 {month}月{number}日，也可能是 {month}月{number}0日；请写成 {month}月{number}日 这样",
        en=f"it may mean day {number} or {number}0 of month {month}; write it like 2023-09-17",
    )


def _serial(text: str) -> Wrong:
    meant = _EPOCH + timedelta(days=int(text))
    return Wrong(
        zh=f"是 Excel 的日期序号（{meant.isoformat()}）；请把这一列的单元格格式设为“日期”",
        en=f"it is a serial number of Excel's ({meant.isoformat()}); format the column as dates",
    )
