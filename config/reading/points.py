"""One point of time, as the words of a date name it: what each word adds to it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time

from config.reading.numerals import number
from config.reading.tokens import Token

Fields = dict[str, int | str | time | bool | None]
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LATER = ("下午", "晚", "傍晚", "午后")


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A day, a month or a part of either as the words name it; None is left to the context."""

    year: int | None = None
    year_word: str = ""
    month: int | None = None
    month_word: str = ""
    last_month: int | None = None
    day: int | None = None
    last_day: int | None = None
    third: str = ""
    opens: time | None = None
    until: time | None = None
    midnight: bool = False
    closing: bool = False  # 下班前
    that_day: bool = False  # 当日: the day told before

    @property
    def whole(self) -> bool:
        """Return whether year, month and day are all written."""
        return None not in (self.year, self.month, self.day)


def _year(word: Token) -> Fields:
    value = number(word.of("y"))
    return {"year": value + 2000 if value < 100 else value}


def _month(word: Token) -> Fields:
    return {"month": number(word.of("m"))}


def _months(word: Token) -> Fields:
    return {"month": number(word.of("m1")), "last_month": number(word.of("m2"))}


def _day(word: Token) -> Fields:
    return {"day": number(word.of("d") if word.kind == "day" else word.of("bd"))}


def _days(word: Token) -> Fields:
    return {"day": number(word.of("d1")), "last_day": number(word.of("d2"))}


def _iso(word: Token) -> Fields:
    return {"year": int(word.of("iy")), "month": int(word.of("im")), "day": int(word.of("id"))}


def _dotted(word: Token) -> Fields:
    return {"year": int(word.of("jy")), "month": int(word.of("jm"))}


def _english(word: Token) -> Fields:
    names = ("ed", "ed2", "em", "ey") if word.kind == "english" else ("fd", "fd2", "fm", "fy")
    day, last, month, year = (word.of(name) for name in names)
    return {
        "year": int(year) if year else None,
        "month": _MONTHS.index(month[:3].lower()) + 1,
        "day": int(day),
        "last_day": int(last) if last else None,
    }


def _third(word: Token) -> Fields:
    return {"third": word.of("th")}


def _quarter(word: Token) -> Fields:
    quarter = number(word.of("q"))
    return {"month": quarter * 3 - 2, "last_month": quarter * 3}


def _half(word: Token) -> Fields:
    return {"month": 1, "last_month": 6} if word.of("hy") == "上" else {"month": 7, "last_month": 12}


def clock(word: Token) -> Fields:
    """Return the hour that a clock word names."""
    hour, minute = number(word.of("h")), int(word.of("mi") or word.of("mi2") or (30 if word.of("hm") else 0))
    if word.of("pt").startswith(_LATER) and hour < 12:
        hour += 12
    if hour >= 24 or minute > 59:
        return {"until": None, "midnight": hour == 24}
    return {"until": time(hour, minute)}


RANKS = {
    "year": 1,
    "yearword": 1,
    "monthword": 2,
    "month": 2,
    "months": 4,
    "dotted": 3,
    "quarter": 4,
    "half": 4,
    "yearend": 4,
    "thatday": 4,
    "third": 4,
    "day": 4,
    "days": 4,
    "lonely": 4,
    "iso": 4,
    "english": 4,
    "american": 4,
    "clock": 5,
    "closing": 6,
    "week": 7,
    "part": 7,
}
READ: dict[str, Callable[[Token], Fields]] = {
    "year": _year,
    "yearword": lambda word: {"year_word": word.of("yw")},
    "monthword": lambda word: {"month_word": word.of("mw")[0]},
    "month": _month,
    "months": _months,
    "day": _day,
    "lonely": _day,
    "days": _days,
    "iso": _iso,
    "dotted": _dotted,
    "english": _english,
    "american": _english,
    "third": _third,
    "quarter": _quarter,
    "half": _half,
    "yearend": lambda _: {"month": 12, "third": "底"},
    "thatday": lambda _: {"that_day": True},
    "clock": clock,
    "closing": lambda _: {"closing": True},
}
