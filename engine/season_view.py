"""A notice's season as it stands: its schedule in force, and on which days reminders left or will leave."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from config.schedule import Schedule
from engine.schedules import schedule_of
from engine.tables import firing

_MOST_TICKS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderDay:
    """A day on which reminders of a milestone leave, or have left."""

    day: date
    sent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonView:
    """A schedule and the days of its reminders, by milestone."""

    schedule: Schedule
    reminders: Mapping[str, tuple[ReminderDay, ...]]


def season_view(conn: Connection, notice_id: str) -> SeasonView:
    """Return the season of a notice; UserError where it was never applied."""
    columns = (firing.c.milestone, firing.c.day, firing.c.settled_at.is_not(None).label("sent"))
    query = select(*columns).where(firing.c.notice == notice_id, firing.c.occurrence == "").distinct()
    found: dict[str, tuple[ReminderDay, ...]] = {}
    for row in conn.execute(query.order_by(firing.c.day)):
        days = found.get(row.milestone, ())
        if len(days) < _MOST_TICKS:
            found[row.milestone] = (*days, ReminderDay(day=row.day, sent=bool(row.sent)))
    return SeasonView(schedule=schedule_of(conn, notice_id), reminders=found)
