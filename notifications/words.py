"""How dates and amounts are said to people. Filters of the mail templates."""

from collections.abc import Iterable
from datetime import date

from jinja2 import pass_context
from jinja2.runtime import Context

_WEEKDAYS = "一二三四五六日"
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ZH_VERBS = ("提交", "报送", "上报", "完善", "登记", "填报", "填写", "补充", "发布", "注册", "举办", "开展")
_EN_VERBS = frozenset(
    ("hand", "complete", "file", "register", "send", "report", "fill", "hold", "publish", "submit")
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def zh_day(day: date, *, year: int | None = None) -> str:
    """Return ``9月28日``; with the year in front where it is not ``year``."""
    text = f"{day.month}月{day.day}日"
    return text if year in (None, day.year) else f"{day.year}年{text}"


def en_day(day: date, *, year: int | None = None) -> str:
    """Return ``28 Sep``; with the year behind where it is not ``year``."""
    text = f"{day.day} {_MONTHS[day.month - 1]}"
    return text if year in (None, day.year) else f"{text} {day.year}"


def zh_date(day: date, *, year: int | None = None) -> str:
    """Return ``9月28日 周四``."""
    return f"{zh_day(day, year=year)} 周{_WEEKDAYS[day.weekday()]}"


def en_date(day: date, *, year: int | None = None) -> str:
    """Return ``Thu 28 Sep``."""
    return f"{_DAYS[day.weekday()]} {en_day(day, year=year)}"


@pass_context
def day(context: Context, value: date) -> str:
    """Say a day in the letter's language, without its weekday."""
    letter = context["letter"]
    say = en_day if letter.to.lang == "en" else zh_day
    return say(value, year=letter.at.year)


@pass_context
def weekday(context: Context, value: date) -> str:
    """Say a day and its weekday in the letter's language."""
    letter = context["letter"]
    say = en_date if letter.to.lang == "en" else zh_date
    return say(value, year=letter.at.year)


def plural(count: int, one: str, many: str) -> str:
    """Return ``3 activities``: the count with the fitting English word."""
    return f"{count} {one if count == 1 else many}"


def grouped(count: int) -> str:
    """Return ``20,448``: a number as it is read."""
    return f"{count:,}"


def clip(text: str, length: int) -> str:
    """Cut ``text`` to ``length`` characters, the last of them … where something was cut."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


@pass_context
def task(context: Context, milestone: str, verb: str = "") -> str:
    """Say a milestone so that it can follow 请 or "please".

    A notice names it by a verb (提交总结) or by a noun (活动总结): a noun becomes 完成“活动总结”, with
    ``verb`` in place of 完成 where one is given.
    """
    if context["letter"].to.lang == "en":
        known = milestone.split(" ", 1)[0].lower() in _EN_VERBS
        return small(milestone) if known else f'{verb or "see to"} "{milestone}"'
    return milestone if milestone.startswith(_ZH_VERBS) else f"{verb or '完成'}“{milestone}”"


def capital(text: str) -> str:
    """Return ``text`` with its first letter large; the rest is left as it is."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """Return ``text`` to stand within a sentence: first letter small, unless the word is in capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def listed(parts: Iterable[str], lang: str) -> str:
    """Join several short texts as a list in running text."""
    return (", " if lang == "en" else "、").join(parts)


def one_line(text: str) -> str:
    """Replace every control character, line break and run of spaces by one space."""
    kept = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(kept.split())
