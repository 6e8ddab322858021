"""All that the page of one notice shows: its schedule, its reminders' days, its relatives, its flaws."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, or_, select

from config.catalogue import catalogue
from config.findings import Finding
from config.firings import DAILY
from config.lint import lint_source
from config.noticefile import parse
from config.schedule import Role, Schedule
from engine.actors import Actor
from engine.admins import is_admin
from engine.entry import RUNG as ENTERED
from engine.rules import zone
from engine.schedules import applied_sources, schedule_by_hash, schedules_in_force
from engine.scope import notices_seen
from engine.season_dates import SeasonDate, next_dates
from engine.tables import firing, notice


@dataclass(frozen=True, slots=True, kw_only=True)
class RungDay:
    """One reminder of a milestone on its day: the rung's key, who is told, and whether it has left.

    ``lapsed``: its day was over before it could leave; it never will.
    """

    rung: str
    day: date
    at: datetime
    roles: tuple[Role, ...]
    sent: bool
    lapsed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """A notice above or below; ``known`` where the reader can open it."""

    id: str
    title: str
    known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePage:
    """A notice as its page shows it. ``findings`` are for admins of its region alone (``may_change``).

    ``reminders`` are those of the schedule in force, by milestone; those counted from each activity's own
    day are not among them.
    """

    schedule: Schedule
    version: int
    in_force: bool
    today: date
    next: tuple[SeasonDate, ...]
    reminders: Mapping[str, tuple[RungDay, ...]]
    parents: tuple[Relative, ...]
    children: tuple[Relative, ...]
    may_change: bool
    findings: tuple[Finding, ...] = ()


def notice_page(conn: Connection, notice_id: str, *, actor: Actor, now: datetime) -> NoticePage:
    """Return what the page of a notice shows to an actor."""
    row = conn.execute(select(notice).where(notice.c.id == notice_id)).one()
    schedule = schedule_by_hash(conn, row.schedule_hash)
    today = now.astimezone(zone(schedule.zone)).date()
    sources = {**catalogue(), **applied_sources(conn)}
    seen = set(conn.scalars(select(notice.c.id).where(notice.c.schedule_hash != "", notices_seen(actor))))
    may_change = is_admin(actor, [schedule.region])
    return NoticePage(
        schedule=schedule,
        version=row.schedule_version,
        in_force=row.state == "in_force",
        today=today,
        next=next_dates(schedule, today=today),
        reminders=_reminders(conn, notice_id),
        parents=tuple(_parents(schedule, sources, seen)),
        children=tuple(_children(conn, notice_id, seen)),
        may_change=may_change,
        findings=tuple(lint_source(notice_id, sources, today=today)[1]) if may_change else (),
    )


def _reminders(conn: Connection, notice_id: str) -> Mapping[str, tuple[RungDay, ...]]:
    """Return the reminders of each milestone's newest revision that counts from a day of the schedule."""
    stands = or_(firing.c.outcome.is_(None), firing.c.outcome != "dropped")
    mine = (firing.c.notice == notice_id) & (firing.c.occurrence == "") & stands
    rows = conn.execute(select(firing).where(mine, firing.c.rung.not_in((DAILY, ENTERED)))).all()
    newest: dict[str, int] = {}
    for row in rows:
        newest[row.milestone] = max(newest.get(row.milestone, 0), row.revision)
    found: dict[str, list[RungDay]] = {}
    for row in rows:
        if row.revision == newest[row.milestone]:
            found.setdefault(row.milestone, []).append(_rung_day(row))
    return {key: tuple(sorted(days, key=lambda one: one.at)) for key, days in found.items()}


def _rung_day(row: Any) -> RungDay:
    return RungDay(
        rung=row.rung,
        day=row.day,
        at=row.at,
        roles=tuple(Role(role) for role in row.roles.split(",")),
        sent=row.outcome == "swept",
        lapsed=row.settled_at is not None and row.outcome != "swept",
    )


def _parents(schedule: Schedule, sources: Mapping[str, str], seen: set[str]) -> Iterator[Relative]:
    for name in schedule.line[1:]:
        title = parse(sources[name], f"{name}.yaml").notice.title if name in sources else name
        yield Relative(id=name, title=title, known=name in seen)


def _children(conn: Connection, notice_id: str, seen: set[str]) -> Iterator[Relative]:
    for name, schedule in schedules_in_force(conn).items():
        if notice_id in schedule.line[1:] and name in seen:
            yield Relative(id=name, title=schedule.title, known=True)
