"""Dates of a schedule in words: exact, fuzzy, counted from the day held, unknown yet."""

import re
from datetime import date

from config.dates import parse_when
from config.errors import UserError
from config.schedule import Precision, When
from notifications.words import en_date, en_day, zh_date, zh_day
from web.words import said

_THIRD = re.compile(r"(early|mid|late) (\d{4})-(\d{2})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")


def when_said(when: When, lang: str, *, year: int) -> str:
    """Return a date as people say it; its year only where it is not ``year``."""
    if when.precision is Precision.TBD:
        return said("notices.when_tbd" if when.text else "notices.when_none", lang)
    if when.precision is Precision.RELATIVE:
        return said("notices.when_working" if when.working else "notices.when_days", lang, n=when.after)
    bare = when.text.removeprefix("about ")
    fuzzy = when.precision is Precision.FUZZY
    shown = _fuzzy(bare, when, lang, year=year) if fuzzy else _exact(when, lang, year)
    return said("notices.when_about", lang, day=shown) if bare != when.text else shown


def text_said(text: str, lang: str, *, year: int) -> str:
    """Return a date's expression as people say it; what is none stands as it is."""
    try:
        return when_said(parse_when(text), lang, year=year)
    except UserError:
        return text


def day_said(day: date, lang: str, *, year: int) -> str:
    """Return a day with its weekday."""
    return (en_date if lang == "en" else zh_date)(day, year=year)


def _exact(when: When, lang: str, year: int) -> str:
    if when.day is None:
        return when.text
    day = day_said(when.day, lang, year=year)
    return f"{day} {when.until:%H:%M}" if when.until else day


def _fuzzy(text: str, when: When, lang: str, *, year: int) -> str:
    third, month = _THIRD.fullmatch(text), _MONTH.fullmatch(text)
    if when.start is None or when.day is None or not (third or month):
        return said("notices.when_year", lang, year=text)
    short = en_day if lang == "en" else zh_day
    key = f"notices.when_{third[1]}" if third else "notices.when_month"
    name = said(f"notices.month_{when.start.month}", lang)
    shown = said(key, lang, month=name, first=short(when.start, year=year), last=short(when.day, year=year))
    if when.start.year == year:
        return shown
    return said("notices.when_of_year", lang, year=str(when.start.year), when=shown)
