"""What people type, read the way they mean it: full-width digits, points and slashes in dates."""

import re
import unicodedata
from datetime import date, datetime
from zoneinfo import ZoneInfo

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.0{1,6})?)?")
_YEARS = range(1990, 2101)  # beyond them nothing can be reckoned, and nobody means it
_DIGITS = 15


def clean(text: str) -> str:
    """Return a text without what nobody can see: controls, turns of direction, halves of characters."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def as_number(text: str) -> int | None:
    """Return a whole number, however its digits and thousands are written; None if it is none."""
    digits = _plain(text).replace(",", "").lstrip("+")
    if not (digits.isascii() and digits.isdecimal()):
        return None
    digits = digits.lstrip("0") or "0"
    return int(digits) if len(digits) <= _DIGITS else 10**_DIGITS


def as_day(text: str) -> date | None:
    """Return a day, None if there is no such day."""
    found = _DAY.fullmatch(_plain(text))
    if found is None or int(found[1]) not in _YEARS:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def as_moment(text: str, zone: ZoneInfo) -> datetime | None:
    """Return a local moment as an aware instant, None if there is none such."""
    whole = _plain(text).replace("T", " ")
    written, _, clock = whole.rpartition(" ")
    day, time = as_day(written.strip()), _TIME.fullmatch(clock)
    if day is None or time is None:
        return None
    hour, minute, second = int(time[1]), int(time[2]), int(time[3] or 0)
    try:
        return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


def file_name(given: str) -> str:
    """Return the bare name of an uploaded file: no folders, nothing unseen, not too long, never empty."""
    name = clean(unicodedata.normalize("NFC", given)).replace("\n", " ").replace("\\", "/").split("/")[-1]
    stem, dot, ending = name.strip(" .").rpartition(".")
    if dot and len(ending) <= 10:
        return f"{stem[:150]}.{ending}"
    return name.strip(" .")[:150] or "file"


def _plain(text: str) -> str:
    """Return a text with full-width characters as plain ones: ``２０２３－９－２８`` is ``2023-9-28``."""
    return unicodedata.normalize("NFKC", text).strip()
