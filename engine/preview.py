"""What will be sent: the sweep itself, run at each coming instant in a transaction that is thrown away."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from engine.database import Database
from engine.items import Reader
from engine.letters import letters_of_sweep
from engine.sweep import sweep_due
from engine.tables import firing, ledger
from notifications.letter import Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingFiring:
    """One firing to come: which rung of which milestone, when, for which day, on how many cases."""

    notice: str
    milestone: str
    rung: str
    at: datetime
    due: str | None
    template: str
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """One instant at which something will be sent."""

    at: datetime
    firings: tuple[ComingFiring, ...]
    letters: tuple[tuple[int, Letter], ...]


def preview(
    database: Database, *, start: datetime, end: datetime, base_url: str, notice_id: str | None = None
) -> list[Coming]:
    """Return every instant from ``start`` to ``end`` with its firings and letters; nothing is changed.

    With ``notice_id`` only what that notice's firings cause is told.
    """
    with database.rehearse() as conn:
        return list(_play(conn, start, end, base_url=base_url, notice_id=notice_id))


def _play(
    conn: Connection, start: datetime, end: datetime, *, base_url: str, notice_id: str | None
) -> Iterator[Coming]:
    coming = select(func.min(firing.c.at)).where(firing.c.settled_at.is_(None), firing.c.at <= end)
    while (at := _utc(conn.scalar(coming))) is not None:
        swept = sweep_due(conn, now=max(at, start))
        if swept is None:
            return
        firings = tuple(_firings(conn, swept.sweep_id, notice_id))
        if firings or notice_id is None:
            reader = Reader(now=max(at, start), base_url=base_url)
            told = None if notice_id is None else _told_of(conn, swept.sweep_id, notice_id)
            letters = letters_of_sweep(conn, swept.sweep_id, reader)
            chosen = tuple(one for one in letters if told is None or one[0] in told)
            yield Coming(at=max(at, start), firings=firings, letters=chosen)


def _told_of(conn: Connection, sweep_id: int, notice_id: str) -> set[int]:
    """Return the people whom a sweep mails because of one notice."""
    rows = (
        select(ledger.c.person_id)
        .join(firing, firing.c.id == ledger.c.firing_id)
        .where(ledger.c.sweep_id == sweep_id, ledger.c.outcome == "mailed", firing.c.notice == notice_id)
    )
    return set(conn.scalars(rows))


def _utc(value: Any) -> datetime | None:
    return value if value is None or isinstance(value, datetime) else None


def _firings(conn: Connection, sweep_id: int, notice_id: str | None) -> Iterator[ComingFiring]:
    rows = (
        select(firing, func.count(ledger.c.case_id.distinct()).label("cases"))
        .outerjoin(ledger, ledger.c.firing_id == firing.c.id)
        .where(firing.c.sweep_id == sweep_id)
        .group_by(firing.c.id)
        .order_by(firing.c.at, firing.c.id)
    )
    if notice_id is not None:
        rows = rows.where(firing.c.notice == notice_id)
    for row in conn.execute(rows):
        yield ComingFiring(
            notice=row.notice,
            milestone=row.milestone,
            rung=row.rung,
            at=row.at,
            due=row.due.isoformat() if row.due else None,
            template=row.template,
            cases=row.cases,
        )
