"""The sweep: settle every firing whose instant has come, in one transaction, set by set.

Safe at any time, twice, and after any outage: what is due and not settled is in rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, FromClause, func, insert, literal, or_, select, update
from sqlalchemy import case as when

from config.firings import DAILY
from config.schedule import Milestone, Role, Schedule
from engine.actors import in_force
from engine.entry import RUNG as ENTERED
from engine.entry import instant
from engine.lagging import lags_sql
from engine.notice_record import NoticeStep, record_notice
from engine.outbox import MailDraft, queue
from engine.rules import calendar_of
from engine.schedules import schedule_by_hash
from engine.summaries import readers_of_summaries
from engine.tables import case, firing, ledger, notice, person, right, sweep

WORTHLESS_AFTER = timedelta(days=14)
"""A firing found that late is settled as stale: a later rung has said it better."""

RANK = ("closing", "opening", "reminder", "already_due", "overdue")
"""Which template a mail takes that gathers several: the last of these."""


class Swept(NamedTuple):
    """What one sweep did."""

    sweep_id: int
    firings: int
    messages: int


def sweep_due(conn: Connection, *, now: datetime) -> Swept | None:
    """Settle all due firings; return None if none was due."""
    due = _due(conn, now)
    if not due:
        return None
    begun = insert(sweep).values(at=now, firings=len(due), messages=0).returning(sweep.c.id)
    sweep_id: int = conn.execute(begun).scalar_one()
    settling = _Settling(conn=conn, sweep_id=sweep_id, now=now)
    rows = dict.fromkeys((row.notice for row in due), 0)
    for row in due:
        outcome, count = settling.settle(row, schedule_by_hash(conn, row.schedule_hash))
        rows[row.notice] += count
        settled = {"outcome": outcome, "settled_at": now, "sweep_id": sweep_id}
        conn.execute(update(firing).where(firing.c.id == row.id).values(settled))
    messages = _write_messages(conn, due, sweep_id, now)
    conn.execute(update(sweep).where(sweep.c.id == sweep_id).values(messages=messages))
    _record(conn, due, rows, sweep_id=sweep_id, now=now)
    return Swept(sweep_id, len(due), messages)


def _due(conn: Connection, now: datetime) -> Sequence[Any]:
    ready = (
        select(
            firing,
            notice.c.schedule_hash,
            notice.c.state.label("notice_state"),
            notice.c.region.label("home"),
        )
        .join(notice, notice.c.id == firing.c.notice)
        .where(firing.c.settled_at.is_(None), firing.c.at <= now)
        .order_by(firing.c.at, firing.c.id)
        .with_for_update(of=firing)
    )
    return conn.execute(ready).all()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Settling:
    """One sweep at work on the ledger."""

    conn: Connection
    sweep_id: int
    now: datetime

    def settle(self, row: Any, schedule: Schedule) -> tuple[str, int]:
        """Write the ledger rows of one firing; return its outcome and how many there are."""
        milestone = schedule.milestone(row.milestone)
        if row.notice_state != "in_force" or (milestone is None and row.rung != DAILY):
            return "dropped", 0
        stale = self.now - row.at > WORTHLESS_AFTER
        if milestone is None:
            return ("stale" if stale else "swept"), 0
        if stale:
            return "stale", self._tell(row, milestone, Role.COORDINATOR, literal("stale"))
        count = 0
        for role in row.roles.split(","):
            told = self._tell(row, milestone, Role(role), outcome_now(self.now))
            if role == Role.COORDINATOR and not told:
                break  # no case lags, so there is nothing to tell those above either
            count += told
        return "swept", count

    def _entered_since(self, row: Any) -> datetime:
        """Return the sending hour before that of a firing for late entries: it is for those entered after."""
        schedule = schedule_by_hash(self.conn, row.schedule_hash)
        return instant(schedule, calendar_of(schedule).shift(row.day, -1))

    def _tell(self, row: Any, milestone: Milestone, role: Role, outcome: ColumnElement[str]) -> int:
        """Write a ledger row for every lagging case and each person in that role; return how many."""
        anchors = (row.anchor_from, row.anchor_to) if row.anchor_to else None
        lagging = (case.c.notice == row.notice) & lags_sql(milestone, day=row.day, anchors=anchors, at=row.at)
        if row.rung == ENTERED:
            lagging &= _not_told_yet(row) & (case.c.entered_at >= self._entered_since(row))
        told = (
            case.c.id,
            literal(row.id),
            literal(str(role)),
            func.coalesce(person.c.id, 0),
            literal(self.sweep_id),
            outcome,
        )
        rows = (
            select(*told)
            .select_from(people_told(role, row.home, self.now))
            .where(lagging)
            .order_by(case.c.id)
        )
        if role is not Role.COORDINATOR:
            rows = rows.distinct()  # somebody may be lead for a unit and for its region
        return self.conn.execute(insert(ledger).from_select(_LEDGER, rows)).rowcount


_LEDGER = ("case_id", "firing_id", "role", "person_id", "sweep_id", "outcome")


def people_told(role: Role, home: str, now: datetime) -> FromClause:
    """Return the join from a case to the people who have ``role`` for it now."""
    if role is Role.COORDINATOR:
        return case.outerjoin(person, person.c.id == case.c.coordinator_id)
    if role is Role.LEAD:
        of_region = right.c.unit_id.is_(None) & (right.c.region == case.c.region)
        reached = (right.c.role == "lead") & or_(right.c.unit_id == case.c.unit_id, of_region)
    else:
        reached = (right.c.role == "admin") & (right.c.region == home)
    return case.join(right, reached & in_force(now)).join(person, person.c.id == right.c.person_id)


def outcome_now(now: datetime) -> ColumnElement[str]:
    """Return whether the person joined would be mailed, or why not, as a ledger's outcome."""
    unreachable = or_(person.c.id.is_(None), person.c.email.is_(None), person.c.address_bad, ~person.c.active)
    muted = func.coalesce(person.c.muted_until > now, False)
    return when((unreachable, literal("no_address")), (muted, literal("muted")), else_=literal("mailed"))


def _not_told_yet(row: Any) -> ColumnElement[bool]:
    """Return the condition that a case was never told of this milestone."""
    other = firing.alias("told")
    told = (
        select(ledger.c.case_id)
        .join(other, other.c.id == ledger.c.firing_id)
        .where(
            ledger.c.case_id == case.c.id, other.c.notice == row.notice, other.c.milestone == row.milestone
        )
        .where(other.c.rung != "opening")
    )
    return ~told.correlate(case).exists()


def _write_messages(conn: Connection, due: Sequence[Any], sweep_id: int, now: datetime) -> int:
    """Queue one message for each person of the sweep's ledger, named by its first firing for them."""
    rank = when(
        *((firing.c.template == name, place) for place, name in enumerate(RANK)), else_=RANK.index("reminder")
    )
    people = (
        select(
            ledger.c.person_id,
            func.min(firing.c.id).label("first"),
            func.max(rank).label("rank"),
            func.max(when((notice.c.review, 1), else_=0)).label("review"),
        )
        .join(firing, firing.c.id == ledger.c.firing_id)
        .join(notice, notice.c.id == firing.c.notice)
        .where(ledger.c.sweep_id == sweep_id, ledger.c.outcome == "mailed")
        .group_by(ledger.c.person_id)
        .order_by(ledger.c.person_id)
    )
    names = {row.id: _name(row) for row in due}
    drafts = {
        row.person_id: MailDraft(
            key=f"{names[row.first]}:{row.person_id}",
            template=RANK[row.rank],
            person_id=row.person_id,
            sweep_id=sweep_id,
            review=bool(row.review),
        )
        for row in conn.execute(people)
    }
    for number, first in readers_of_summaries(conn, sweep_id, now=now).items():
        key = f"{names[first]}:{number}"
        drafts.setdefault(number, MailDraft(key=key, template=DAILY, person_id=number, sweep_id=sweep_id))
    queue(conn, list(drafts.values()), now=now)
    return len(drafts)


def _name(row: Any) -> str:
    """Return what a firing is called for ever, on any database."""
    return f"{row.notice}:{row.milestone}:{row.rung}:{row.revision}:{row.occurrence}"


def _record(
    conn: Connection, due: Sequence[Any], rows: Mapping[str, int], *, sweep_id: int, now: datetime
) -> None:
    """Tell each notice's history which firings were settled, with how many ledger rows."""
    by_notice: dict[str, list[int]] = {}
    for row in due:
        by_notice.setdefault(row.notice, []).append(row.id)
    for notice_id, ids in sorted(by_notice.items()):
        details = {"sweep": sweep_id, "firings": ids, "ledger": rows[notice_id]}
        record_notice(conn, notice_id, NoticeStep("remind", details, "system"), now=now)
