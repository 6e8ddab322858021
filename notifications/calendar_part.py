"""The due dates of a letter as a calendar file that phones and Outlook understand."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from notifications.letter import Item, Letter

if TYPE_CHECKING:
    from icalendar import Event

MOST = 20
"""A calendar carries this many dates at most, the most urgent: each costs a third of a millisecond."""

_SILENT = frozenset(("returned", "closing", "commendation", "daily", "test"))


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
    from icalendar import Calendar  # noqa: PLC0415  # costs a tenth of a second, and few commands need it

    whole = Calendar()
    whole.add("prodid", "-//Duban//Duban//ZH")
    whole.add("version", "2.0")
    whole.add("method", "PUBLISH")
    for item, day in sorted(dated, key=lambda pair: pair[1])[:MOST]:
        whole.add_component(_event(item, day, letter))
    written: bytes = whole.to_ical()
    return written


def uid(item: Item) -> str:
    """Return the calendar's name for one case and milestone."""
    told = f"{item.ref}\n{item.key or item.milestone}"
    return f"{sha256(told.encode()).hexdigest()[:32]}@duban"


def _event(item: Item, day: date, letter: Letter) -> "Event":
    from icalendar import Alarm, Event  # noqa: PLC0415

    stamp: datetime = letter.at.astimezone(UTC)
    mark = ": " if letter.to.lang == "en" else "："
    event = Event()
    event.add("uid", uid(item))
    event.add("dtstamp", stamp)
    event.add("sequence", int(stamp.timestamp()) // 60)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", f"{item.milestone}{mark}{item.title}")
    event.add("description", "\n".join((*item.missing, item.url)))
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", item.milestone)
    # nine in the morning of the day: an all-day event begins at midnight
    alarm.add("trigger", timedelta(hours=9))
    event.add_component(alarm)
    return event
