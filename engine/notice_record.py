"""A notice's own chain in the history: applied, revised, reminded of, closed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, select, update

from engine.history import Change, Head, append, link
from engine.schedules import version_name
from engine.tables import notice


class NoticeStep(NamedTuple):
    """One change of a notice; ``dest`` is its new state (None: as it was)."""

    trigger: str
    details: Mapping[str, Any]
    actor: str
    dest: str | None = None
    reason: str | None = None


def record_notice(conn: Connection, notice_id: str, step: NoticeStep, *, now: datetime) -> None:
    """Chain one change of a notice and move its head."""
    row = conn.execute(select(notice).where(notice.c.id == notice_id)).one()
    change = Change(
        subject=f"notice:{notice_id}",
        trigger=step.trigger,
        source=row.state if row.version else "",
        dest=step.dest or row.state,
        actor=step.actor,
        details=step.details,
        occurred_at=now,
        recorded_at=now,
        reason=step.reason,
        schedule=version_name(notice_id, row.schedule_version),
    )
    entry = link(Head(row.version, row.head), change)
    values = {"version": entry["version"], "head": entry["hash"], "state": entry["dest"]}
    conn.execute(update(notice).where(notice.c.id == notice_id).values(values))
    append(conn, [entry])
