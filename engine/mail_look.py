"""A mail as it was, is or will be read: texts by the templates in force, and the dates of its calendar."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from engine.accounts.letters import LINK, TEMPLATES, render_ticket
from engine.template_texts import render_in_force
from notifications.letter import Letter
from notifications.render import Rendered, Templates

_HIDDEN = "…"
"""Stands for the token of a link to sign in: nobody but its reader gets to see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """One date that a mail puts into its reader's calendar."""

    day: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the reader of a mail sees."""

    subject: str
    text: str
    html: str
    days: tuple[CalendarDay, ...]


def look_of(conn: Connection, letter: Letter, shipped: Templates, *, base_url: str) -> Look:
    """Return how a letter looks, by the templates in force; ``shipped`` where nobody wrote any."""
    if letter.template in TEMPLATES.values():
        rendered = render_ticket(letter, f"{base_url}{LINK}{_HIDDEN}")
    else:
        rendered = render_in_force(conn, letter, shipped).rendered
    return Look(subject=rendered.subject, text=rendered.text, html=rendered.html, days=_days(rendered))


def _days(rendered: Rendered) -> tuple[CalendarDay, ...]:
    if rendered.calendar is None:
        return ()
    from icalendar import Calendar  # noqa: PLC0415  # costs a tenth of a second, and few pages need it

    events = Calendar.from_ical(rendered.calendar).walk("VEVENT")
    found = (CalendarDay(day=one.decoded("DTSTART"), text=str(one["SUMMARY"])) for one in events)
    return tuple(sorted(found, key=lambda one: one.day))
