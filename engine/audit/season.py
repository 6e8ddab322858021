"""The days that an auditor can go back to, with what they are known by: milestones and reminders."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from config.errors import UserError
from config.schedule import Name
from engine.actors import Actor
from engine.scope import notices_seen
from engine.slider import Mark, MarkKind, slider_range
from engine.tables import notice


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDay:
    """A day of the season: the milestones due on it, and how many reminders left."""

    day: date
    milestones: tuple[Name, ...]
    reminders: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """The days from the first of the notices that somebody sees until today, or the season's end."""

    first: date
    last: date
    days: tuple[KnownDay, ...]


def season_seen(conn: Connection, actor: Actor, *, now: datetime, local: ZoneInfo) -> Season | None:
    """Return the past days of the notices that an actor sees, None where none has begun."""
    try:
        marks = slider_range(conn).marks
    except UserError:  # no notice was ever applied
        return None
    seen = set(conn.scalars(select(notice.c.id).where(notices_seen(actor))))
    mine = [mark for mark in marks if mark.notice in seen]
    today = now.astimezone(local).date()
    if not mine or mine[0].day >= today:
        return None
    last = min(today, max(mark.day for mark in mine))
    days = sorted({mark.day for mark in mine if mark.day <= last})
    return Season(first=days[0], last=last, days=tuple(_known(day, mine) for day in days))


def _known(day: date, marks: list[Mark]) -> KnownDay:
    here = [mark for mark in marks if mark.day == day]
    due = [mark.name for mark in here if mark.kind is MarkKind.DUE and mark.name is not None]
    return KnownDay(
        day=day,
        milestones=tuple({name.zh: name for name in due}.values()),
        reminders=sum(mark.count for mark in here if mark.kind is MarkKind.FIRINGS),
    )
