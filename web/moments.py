"""Days, moments and distances as people say them: filters of the pages."""

from datetime import date, datetime

from jinja2 import pass_context
from jinja2.runtime import Context

from notifications.words import en_date, en_day, zh_date, zh_day
from web.words import said


def _lang(context: Context) -> str:
    return str(context["visit"].lang)


def _local(context: Context, at: datetime) -> datetime:
    return at.astimezone(context["visit"].office.zone)


def _year(context: Context) -> int:
    return _local(context, context["visit"].now).year


@pass_context
def day(context: Context, value: date | datetime | None) -> str:
    """Say a day with its weekday: ``9月28日 周四``; the year only where it is not this one."""
    if value is None:
        return ""
    local = _local(context, value).date() if isinstance(value, datetime) else value
    return (en_date if _lang(context) == "en" else zh_date)(local, year=_year(context))


@pass_context
def shortday(context: Context, value: date | datetime | None) -> str:
    """Say a day: ``9月28日``."""
    if value is None:
        return ""
    local = _local(context, value).date() if isinstance(value, datetime) else value
    return (en_day if _lang(context) == "en" else zh_day)(local, year=_year(context))


@pass_context
def moment(context: Context, value: datetime | None) -> str:
    """Say a moment: ``9月28日 16:04``."""
    if value is None:
        return ""
    return f"{shortday(context, value)} {_local(context, value):%H:%M}"


@pass_context
def exact(context: Context, value: datetime | None) -> str:
    """Say a moment to the second: ``2023-09-28 16:04:05``."""
    return "" if value is None else f"{_local(context, value):%Y-%m-%d %H:%M:%S}"


@pass_context
def distance(context: Context, days_left: int | None, days_late: int = 0) -> str:
    """Say how far a date is: ``还有 3 个工作日``, ``已逾期 2 天``."""
    if days_late:
        return said("distance.late", _lang(context), days=days_late)
    if days_left is None:
        return ""
    key = {0: "distance.today", 1: "distance.tomorrow"}.get(days_left, "distance.left")
    return said(key, _lang(context), days=days_left)
