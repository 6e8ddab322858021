"""Cases entered after reminders have gone out: one firing tells their people at the next sending hour."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, exists, insert, select

from config.schedule import CaseKind, Role, Schedule
from engine.rules import calendar_of, zone
from engine.schedules import schedule_of
from engine.tables import firing

RUNG = "entered"
TEMPLATE = "already_due"


def note_late_entry(conn: Connection, notice_id: str, *, kind: CaseKind, now: datetime) -> None:
    """Plan the firing for what was entered ``now``, where a milestone's first reminder is past."""
    schedule = schedule_of(conn, notice_id)
    calendar = calendar_of(schedule)
    today = now.astimezone(zone(schedule.zone)).date()
    day = calendar.on_or_after(today)
    if instant(schedule, day) <= now:
        day = calendar.on_or_after(day + timedelta(days=1))
    for milestone in schedule.milestones:
        if milestone.kind is not kind:
            continue
        row = {
            "notice": notice_id,
            "milestone": milestone.key,
            "rung": RUNG,
            "revision": 0,
            "occurrence": day.isoformat(),
        }
        if _past(conn, notice_id, milestone.key, now) and not _planned(conn, row):
            values = row | {"at": instant(schedule, day), "day": day, "due": milestone.due.day}
            values |= {"roles": str(Role.COORDINATOR), "template": TEMPLATE, "provisional": False}
            conn.execute(insert(firing).values(values))


def instant(schedule: Schedule, day: date) -> datetime:
    """Return the instant (UTC) at which a notice's mails leave on a local day."""
    return datetime.combine(day, schedule.send_at, zone(schedule.zone)).astimezone(UTC)


def _past(conn: Connection, notice_id: str, milestone: str, now: datetime) -> bool:
    """Return whether a reminder of this milestone is already behind us."""
    behind = select(
        exists().where(
            firing.c.notice == notice_id,
            firing.c.milestone == milestone,
            firing.c.rung.not_in(("opening", RUNG)),
            firing.c.at <= now,
        )
    )
    return bool(conn.scalar(behind))


def _planned(conn: Connection, row: dict[str, object]) -> bool:
    same = [firing.c[name] == value for name, value in row.items()]
    return bool(conn.scalar(select(exists().where(*same))))
