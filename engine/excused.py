"""Reports that a changed schedule asks for no more: waived where nothing was begun, due if asked again."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, select

from config.schedule import CaseKind, Schedule
from engine.actors import Actor
from engine.do import Order, do
from engine.owed import owes
from engine.tables import case, history, unit

DROPPED = "通知改版后不再要求报送"
"""The reason that history gives for waiving what a new version of the notice asks for no more."""

RESTORED = "通知改版后又要求报送"
"""The reason that history gives for asking again."""


class Excused(NamedTuple):
    """Reports no longer asked for: those waived, and those begun, which are left to a person."""

    waived: tuple[str, ...] = ()
    begun: tuple[str, ...] = ()


def excuse_reports(conn: Connection, old: Schedule, new: Schedule, *, actor: Actor, now: datetime) -> Excused:
    """Waive the reports due that ``new`` asks for no more and nothing was handed in for."""
    due = conn.execute(_reports(new.id).where(case.c.state == "due"))
    rows = [row for row in due if _no_more(row, old, new)]
    waived = tuple(row.ref for row in rows if not row.materials)
    _do(conn, "waive", waived, DROPPED, actor=actor, now=now)
    return Excused(waived=waived, begun=tuple(row.ref for row in rows if row.materials))


def ask_again(conn: Connection, new: Schedule, *, actor: Actor, now: datetime) -> tuple[str, ...]:
    """Let the reports be due again that an earlier version dropped and this one asks for; return them."""
    rows = conn.execute(_reports(new.id).where(case.c.state == "waived")).all()
    asked = [row.ref for row in rows if _asks(new, row)]
    refs = tuple(ref for ref in asked if _why_waived(conn, ref) == DROPPED)
    _do(conn, "reinstate", refs, RESTORED, actor=actor, now=now)
    return refs


def _reports(notice: str) -> Select[Any]:
    columns = case.c.ref, case.c.milestone, case.c.materials, unit.c.region, unit.c.level, unit.c.kind
    mine = (case.c.notice == notice) & (case.c.kind == "report") & case.c.milestone.is_not(None)
    return select(*columns).join(unit, unit.c.id == case.c.unit_id).where(mine).order_by(case.c.id)


def _no_more(row: Any, old: Schedule, new: Schedule) -> bool:
    """Return whether a report is asked for no more: its milestone is gone, or its unit is no longer meant."""
    return not _asks(new, row) and (new.milestone(row.milestone) is None or _asks(old, row))


def _asks(schedule: Schedule, row: Any) -> bool:
    milestone = schedule.milestone(row.milestone)
    return (
        milestone is not None and milestone.kind is CaseKind.REPORT and owes(row, milestone, schedule.region)
    )


def _why_waived(conn: Connection, ref: str) -> str | None:
    mine = (history.c.subject == f"case:{ref}") & (history.c.trigger == "waive")
    return conn.scalar(select(history.c.reason).where(mine).order_by(history.c.version.desc()).limit(1))


def _do(
    conn: Connection, trigger: str, refs: tuple[str, ...], reason: str, *, actor: Actor, now: datetime
) -> None:
    if refs:
        do(conn, Order(trigger=trigger, refs=refs, actor=actor, reason=reason), now=now)
