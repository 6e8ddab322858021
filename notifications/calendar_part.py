"""The due dates of a letter as a calendar file that phones and Outlook understand."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from hashlib import sha256

from notifications.letter import Item, Letter

MOST = 20
"""A calendar carries this many dates at most, the most urgent."""

_SILENT = frozenset(("returned", "closing", "commendation", "daily", "test"))
_FOLDED = 75  # RFC 5545 3.1: longer lines are folded
_SOME_DAY = date(1900, 1, 1)
_SOME_NUMBER = 1900


def calendar(letter: Letter) -> bytes | None:
    """Return an .ics with an all-day event on the last working day of each case still to come.

    None where there is nothing to come. The same case and milestone have the same UID in every
    mail, so that a calendar program updates the event instead of adding one.
    """
    today = letter.at.date()
    if letter.template in _SILENT:
        return None
    dated = [(item, item.act_by) for item in letter.items if item.act_by is not None and item.act_by >= today]
    if not dated:
        return None
    urgent = sorted(dated, key=lambda pair: pair[1])[:MOST]
    begin, end = _frame()
    return begin + b"".join(_event(item, day, letter) for item, day in urgent) + end


def uid(item: Item) -> str:
    """Return the calendar's name for one case and milestone."""
    told = f"{item.ref}\n{item.key or item.milestone}"
    return f"{sha256(told.encode()).hexdigest()[:32]}@duban"


@cache
def _frame() -> tuple[bytes, bytes]:
    """Return what stands before and after the events."""
    from icalendar import Calendar  # noqa: PLC0415  # costs a tenth of a second, and few commands need it

    whole = Calendar()
    whole.add("prodid", "-//Duban//Duban//ZH")
    whole.add("version", "2.0")
    whole.add("method", "PUBLISH")
    end = b"END:VCALENDAR\r\n"
    return whole.to_ical().removesuffix(end), end


@cache
def _pattern() -> tuple[bytes, ...]:
    """Return the lines of an event with places for what differs.

    icalendar takes a third of a millisecond for an event, as long as the rest of a mail; so it
    makes one, and the values are put into its lines.
    """
    from icalendar import Alarm, Event  # noqa: PLC0415

    event, alarm = Event(), Alarm()
    for name in ("uid", "summary", "description"):
        event.add(name, name.upper())
    event.add("dtstamp", datetime(1900, 1, 1, tzinfo=UTC))
    event.add("sequence", _SOME_NUMBER)
    event.add("dtstart", _SOME_DAY)
    event.add("dtend", _SOME_DAY)
    event.add("transp", "TRANSPARENT")
    alarm.add("action", "DISPLAY")
    alarm.add("description", "Duban 督办")
    # nine in the morning of the day: an all-day event begins at midnight
    alarm.add("trigger", timedelta(hours=9))
    event.add_component(alarm)
    return tuple(event.to_ical().splitlines(keepends=True))


def _event(item: Item, day: date, letter: Letter) -> bytes:
    after = day + timedelta(days=1)
    stamp = letter.at.astimezone(UTC)
    mark = ": " if letter.to.lang == "en" else "："
    values = {
        b"UID:UID\r\n": _line("UID", uid(item).encode()),
        b"SUMMARY:SUMMARY\r\n": _line("SUMMARY", _text(f"{item.milestone}{mark}{item.title}")),
        b"DESCRIPTION:DESCRIPTION\r\n": _line("DESCRIPTION", _text("\n".join((*item.missing, item.url)))),
        b"DTSTAMP:19000101T000000Z\r\n": _line("DTSTAMP", stamp.strftime("%Y%m%dT%H%M%SZ").encode()),
        b"SEQUENCE:1900\r\n": _line("SEQUENCE", b"%d" % (int(stamp.timestamp()) // 60)),
        b"DTSTART;VALUE=DATE:19000101\r\n": _line("DTSTART;VALUE=DATE", day.strftime("%Y%m%d").encode()),
        b"DTEND;VALUE=DATE:19000101\r\n": _line("DTEND;VALUE=DATE", after.strftime("%Y%m%d").encode()),
    }
    return b"".join(values.get(line, line) for line in _pattern())


def _text(value: str) -> bytes:
    from icalendar import vText  # noqa: PLC0415

    written: bytes = vText(value).to_ical()
    return written


def _line(name: str, value: bytes) -> bytes:
    from icalendar.parser import Contentline  # noqa: PLC0415

    line: bytes = name.encode() + b":" + value
    if len(line) >= _FOLDED:
        line = Contentline(line.decode()).to_ical()  # type: ignore[no-untyped-call]  # icalendar is half typed
    return line + b"\r\n"
