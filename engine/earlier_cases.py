"""Activities of earlier years, to be copied: the same weekdays, in the season of a new notice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, false, or_, select, true

from config.errors import UserError
from config.schedule import Schedule, Window
from engine.actors import Actor
from engine.new_case import ENTERING
from engine.rules import zone
from engine.schedules import schedule_by_hash, schedule_of
from engine.scope import in_region
from engine.tables import case, notice, unit

MOST = 200
_CHINA = zone("Asia/Shanghai")
_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """One activity of an earlier year."""

    ref: str
    title: str
    unit: str
    starts_on: date
    ends_on: date | None
    place: str | None
    participants: int | None
    state: str


def last_years(conn: Connection, actor: Actor, *, now: datetime, most: int = MOST) -> tuple[Earlier, ...]:
    """Return what the actor's units did in years before this one and did not cancel, the latest first."""
    new_year = date(now.astimezone(_CHINA).year, 1, 1)
    query = _copied_by(actor).where(case.c.starts_on < new_year, case.c.state != "cancelled")
    rows = conn.execute(query.order_by(case.c.starts_on.desc(), case.c.id.desc()).limit(most))
    return tuple(_earlier(row) for row in rows)


def copy_of(conn: Connection, ref: str, notice_id: str, *, actor: Actor) -> Mapping[str, Any]:
    """Return the values of a new activity like an earlier one, for ``open_new`` and its page.

    Its days are moved to the same weekdays in the new notice's season, a year in its title too. What
    took place online gets a new address each year, so the old one is left out.
    """
    row = conn.execute(_copied_by(actor).where(case.c.ref == ref)).first()
    if row is None:
        raise UserError(
            zh=f"没有可以复制的活动 {ref}；请在往年活动列表中选择。",
            en=f"there is no activity {ref} to copy; choose one of the list of earlier years",
            code="case.not_copied",
        )
    old, new = schedule_by_hash(conn, row.schedule_hash), schedule_of(conn, notice_id)
    return in_season(row, old, new)


def in_season(row: Any, old: Schedule, new: Schedule) -> Mapping[str, Any]:
    """Return the values of an activity of one notice as it would be in another notice's season."""
    by = _shift(row.starts_on, old, new)
    starts_on, ends_on = (day + by if day else None for day in (row.starts_on, row.ends_on))
    return {
        "title": _of_year(row.title, row.starts_on, starts_on),
        "unit_id": row.unit_id,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "place": row.place,
        "online": row.online,
    }


def _copied_by(actor: Actor) -> Select[Any]:
    return (
        select(case, unit.c.name.label("unit_name"), notice.c.schedule_hash)
        .join(unit, unit.c.id == case.c.unit_id)
        .join(notice, notice.c.id == case.c.notice)
        .where(case.c.kind == "activity", _mine(actor))
    )


def _mine(actor: Actor) -> ColumnElement[bool]:
    if actor.everything:
        return true()
    reached = [
        case.c.unit_id == grant.unit_id
        if grant.unit_id is not None
        else in_region(case.c.region, grant.region)
        for grant in actor.grants
        if grant.role in ENTERING
    ]
    own = false() if actor.person_id is None else case.c.coordinator_id == actor.person_id
    return or_(own, *reached)


def _earlier(row: Any) -> Earlier:
    return Earlier(
        ref=row.ref,
        title=row.title,
        unit=row.unit_name,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        place=row.place,
        participants=row.participants,
        state=row.state,
    )


def _shift(day: date | None, old: Schedule, new: Schedule) -> timedelta:
    """Return how far a day moves: whole weeks, from its season to the new one's."""
    then, now = _season(old), _season(new)
    if day is None or now is None:
        return timedelta()
    begun = then[0] if then and abs((then[0] - day).days) < 183 else day
    weeks = round(((now[0] - begun).days) / _WEEK)
    by = timedelta(weeks=weeks)
    if then and then[0] <= day <= then[1]:
        by += _back_inside(day + by, now)
    return by


def _back_inside(day: date, season: tuple[date, date]) -> timedelta:
    """Return a week forward or back where that brings a day into the season again."""
    for weeks in (0, 1, -1):
        by = timedelta(weeks=weeks)
        if season[0] <= day + by <= season[1]:
            return by
    return timedelta()


def _season(schedule: Schedule) -> tuple[date, date] | None:
    """Return first and last day of the season's heart: its shortest window with both dates."""
    known = [found for one in schedule.windows if (found := _days(one))]
    return min(known, key=lambda days: (days[1] - days[0], days[0]), default=None)


def _days(window: Window) -> tuple[date, date] | None:
    first, last = window.start.start, window.end.day
    return (first, last) if first and last else None


def _of_year(title: str, old: date | None, new: date | None) -> str:
    return title.replace(str(old.year), str(new.year)) if old and new else title
