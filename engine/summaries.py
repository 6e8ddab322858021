"""The admins' daily summary: who reads it after a sweep, and the numbers in it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, or_, select

from config.firings import DAILY
from config.schedule import Schedule
from engine.actors import in_force
from engine.figures import Figures, figures_of
from engine.prepared import Prepared
from engine.rules import rules_of
from engine.schedules import schedule_by_hash
from engine.tables import firing, notice, person, right
from notifications.letter import Figure, Person

_LABELS = (
    ("late", "late", "逾期", "late"),
    ("soon", "soon", "三个工作日内到期", "due within three working days"),
    ("not_handed_in", "open", "未报送", "not handed in"),
    ("refused", "late", "邮箱被拒收", "addresses refused"),
    ("on_time", "done", "按时", "on time"),
)


_ANY = Prepared(
    select(firing.c.id).where(firing.c.sweep_id == bindparam("sweep"), firing.c.rung == DAILY).limit(1)
)


class Summary(NamedTuple):
    """What one admin is told of one day."""

    to: Person
    figures: tuple[Figure, ...]
    schedules: tuple[Schedule, ...]


def readers_of_summaries(conn: Connection, sweep_id: int, *, now: datetime) -> dict[int, int]:
    """Return the admins with something to know after a sweep, with the firing that tells them."""
    if not _ANY.rows(conn, {"sweep": sweep_id}):
        return {}
    worth = {row.id: _figures(conn, row, now) for row in conn.execute(_daily(sweep_id))}
    told = conn.execute(_admins(sweep_id, now).order_by(person.c.id, firing.c.id.desc()))
    return {row.id: row.firing_id for row in told if worth[row.firing_id].worth_a_mail}


def summaries(
    conn: Connection, sweep_id: int, *, now: datetime, person_id: int | None = None
) -> Mapping[int, Summary]:
    """Return each admin's summary of a sweep, over all the notices it is about."""
    if not _ANY.rows(conn, {"sweep": sweep_id}):
        return {}
    rows = _admins(sweep_id, now).order_by(person.c.id, firing.c.id)
    if person_id is not None:
        rows = rows.where(person.c.id == person_id)
    found: dict[int, Summary] = {}
    for row in conn.execute(rows):
        figures = _figures(conn, row, now)
        schedule = schedule_by_hash(conn, row.schedule_hash)
        if not figures.worth_a_mail:
            continue
        to = Person(name=row.name, email=row.email, lang=row.lang)
        before = found.get(row.id)
        added = _added(before.figures if before else (), figures, row.lang)
        found[row.id] = Summary(to, added, ((before.schedules if before else ()) + (schedule,)))
    return found


def _daily(sweep_id: int) -> Any:
    return (
        select(firing.c.id, firing.c.notice, notice.c.schedule_hash)
        .join(notice, notice.c.id == firing.c.notice)
        .where(firing.c.sweep_id == sweep_id, firing.c.rung == DAILY, firing.c.outcome == "swept")
    )


def _admins(sweep_id: int, now: datetime) -> Any:
    """Return the query for the admins of the notices whose day a sweep sums up, once a notice."""
    latest = (
        select(func.max(firing.c.id))
        .where(firing.c.sweep_id == sweep_id, firing.c.rung == DAILY, firing.c.outcome == "swept")
        .group_by(firing.c.notice)
    )
    reachable = person.c.email.is_not(None) & person.c.active & ~person.c.address_bad
    awake = or_(person.c.muted_until.is_(None), person.c.muted_until <= firing.c.at)
    return (
        select(
            person.c.id,
            person.c.name,
            person.c.email,
            person.c.lang,
            firing.c.id.label("firing_id"),
            firing.c.notice,
            notice.c.schedule_hash,
        )
        .join(right, (right.c.person_id == person.c.id) & (right.c.role == "admin") & in_force(now))
        .join(notice, notice.c.region == right.c.region)
        .join(firing, firing.c.notice == notice.c.id)
        .where(firing.c.id.in_(latest), reachable, awake)
        .distinct()
    )


def _figures(conn: Connection, row: Any, now: datetime) -> Figures:
    schedule = schedule_by_hash(conn, row.schedule_hash)
    return figures_of(conn, row.notice, rules_of(row.schedule_hash, schedule), now=now)


def _added(before: tuple[Figure, ...], figures: Figures, lang: str) -> tuple[Figure, ...]:
    """Return the numbers of one more notice added to those there are; zeros are left out."""
    counts = {figure.label: figure.count for figure in before}
    told = []
    for name, tone, zh, en in _LABELS:
        label = en if lang == "en" else zh
        count = counts.get(label, 0) + getattr(figures, name)
        if count:
            told.append(Figure(label=label, count=count, tone=tone))
    return tuple(told)
