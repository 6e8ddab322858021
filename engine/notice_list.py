"""The notices that concern somebody, and those the program carries that an admin can put in force."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from config.catalogue import catalogue
from config.noticefile import parse
from config.schedule import Schedule
from engine.actors import Actor
from engine.admins import is_admin
from engine.rules import zone
from engine.schedules import schedule_by_hash
from engine.scope import notices_seen, seen
from engine.season_dates import SeasonDate, next_dates
from engine.tables import case, notice


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLine:
    """One notice of the list.

    ``next`` is what comes next, empty once all is over; ``cases``: those not cancelled.
    """

    schedule: Schedule
    in_force: bool
    next: tuple[SeasonDate, ...]
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedNotice:
    """A notice that the program carries and nobody has put in force here."""

    id: str
    title: str
    region: str
    issuer: str


def notices_for(conn: Connection, actor: Actor, *, now: datetime) -> tuple[NoticeLine, ...]:
    """Return the notices that apply where somebody works; those in force first, by what comes next."""
    columns = (notice.c.id, notice.c.state, notice.c.schedule_hash)
    mine = select(*columns).where(notice.c.schedule_hash != "", notices_seen(actor)).order_by(notice.c.id)
    rows = conn.execute(mine).all()
    counts = _counts(conn, actor, [row.id for row in rows])
    found = []
    for row in rows:
        schedule = schedule_by_hash(conn, row.schedule_hash)
        today = now.astimezone(zone(schedule.zone)).date()
        found.append(
            NoticeLine(
                schedule=schedule,
                in_force=row.state == "in_force",
                next=next_dates(schedule, today=today),
                cases=counts.get(row.id, 0),
            )
        )
    return tuple(sorted(found, key=_order))


def shipped_for(conn: Connection, actor: Actor) -> tuple[ShippedNotice, ...]:
    """Return the shipped notices not known here yet whose region the actor is admin of."""
    known = set(conn.scalars(select(notice.c.id)))
    texts = (parse(text, f"{name}.yaml").notice for name, text in catalogue().items() if name not in known)
    return tuple(
        ShippedNotice(id=one.id, title=one.title, region=one.region, issuer=one.issuer.text)
        for one in texts
        if is_admin(actor, [one.region])
    )


def _counts(conn: Connection, actor: Actor, ids: Sequence[str]) -> Mapping[str, int]:
    counted = select(case.c.notice, func.count().label("cases")).where(
        case.c.notice.in_(ids), case.c.state != "cancelled", seen(actor)
    )
    return {row.notice: row.cases for row in conn.execute(counted.group_by(case.c.notice))}


def _order(line: NoticeLine) -> tuple[bool, bool, str, str]:
    return (
        not line.in_force,
        not line.next,
        line.next[0].day.isoformat() if line.next else "",
        line.schedule.id,
    )
