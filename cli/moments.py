"""Days and moments as they are typed, and as they are shown."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cli.words import lang, refusal
from config.dates import parse_when
from config.errors import UserError
from config.schedule import Precision

CHINA = ZoneInfo("Asia/Shanghai")
"""The zone of what belongs to no notice."""

_WEEKDAYS = {"zh": "一二三四五六日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}


def day_of(text: str) -> date:
    """Read a day, ``2023-09-28``; UserError says what is wrong with it."""
    when = parse_when(text)
    if when.precision is not Precision.DAY or when.day is None:
        raise refusal("date.not_a_day", text=text)
    return when.day


def moment_of(text: str, *, at_end: bool = False, zone: ZoneInfo = CHINA) -> datetime:
    """Read a moment: a day (its beginning, or its end), ``2023-09-28 18:00``, or ISO with an offset."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise _not_a_moment(text) from None
    if len(text) <= len("2023-09-28") and at_end:
        found = datetime.combine(found.date() + timedelta(days=1), time()) - timedelta(microseconds=1)
    return found if found.tzinfo else found.replace(tzinfo=zone)


def _not_a_moment(text: str) -> UserError:
    try:
        parse_when(text)
    except UserError as error:
        if error.code != "date.unreadable":
            return error
    return refusal("date.not_a_moment", text=text)


def local(at: datetime | None, zone: ZoneInfo = CHINA) -> str:
    """Return a moment as people read it, ``2023-09-28 18:00``; nothing for None."""
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M") if at else ""


def weekday(day: date) -> str:
    """Return the day of the week: 周四, Thu."""
    name = _WEEKDAYS[lang()][day.weekday()]
    return f"周{name}" if lang() == "zh" else name


def day_shown(day: date | None) -> str:
    """Return a day with its day of the week; nothing for None."""
    return f"{day.isoformat()} {weekday(day)}" if day else ""
