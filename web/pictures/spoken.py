"""How days are written in pictures."""

from datetime import date

from config.schedule import Name
from notifications.words import en_date, en_day, zh_date, zh_day

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
UNKNOWN = Name(zh="日期待定", en="date to come")


def day(when: date, lang: str) -> str:
    """Return 9月30日, or 30 Sep."""
    return en_day(when) if lang == "en" else zh_day(when)


def weekday(when: date, lang: str, *, year: int | None = None) -> str:
    """Return 9月30日 周六, or Sat 30 Sep; with its year where that is not ``year``."""
    return en_date(when, year=year) if lang == "en" else zh_date(when, year=year)


def period(start: date, end: date, lang: str) -> str:
    """Return 9月17日–23日, or 17–23 Sep."""
    if start == end:
        return day(start, lang)
    if (start.year, start.month) != (end.year, end.month):
        return f"{day(start, lang)}–{day(end, lang)}"
    return f"{start.day}–{en_day(end)}" if lang == "en" else f"{zh_day(start)}–{end.day}日"


def month(when: date, lang: str, *, year: bool = False) -> str:
    """Return 9月, or Sep; with its year on demand."""
    if lang == "en":
        return f"{MONTHS[when.month - 1]} {when.year}" if year else MONTHS[when.month - 1]
    return f"{when.year}年{when.month}月" if year else f"{when.month}月"
