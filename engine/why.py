"""Why did somebody (not) get a mail: the ledger says what was sent, history why it was not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, or_, select

from config.errors import UserError
from config.schedule import CaseKind, Milestone
from engine.cases import cases_by_ref
from engine.clock import unstamp
from engine.entry import RUNG as ENTERED
from engine.history import Row
from engine.lagging import waits_for_end
from engine.schedules import schedule_by_hash
from engine.tables import case, firing, history, ledger, message, person
from workflows.lifecycle import Lifecycle
from workflows.registry import lifecycle, target_of

_NOW = datetime.max.replace(tzinfo=UTC)
"""As far as the history goes: a firing to come finds the case as it is now."""


class Reason(StrEnum):
    """Why a firing did, or did not, put a case into a mail."""

    MAILED = "mailed"
    NO_ADDRESS = "no_address"
    MUTED = "muted"
    STALE = "stale"
    ALREADY_DONE = "already_done"
    CANCELLED = "cancelled"
    ENTERED_LATER = "entered_later"
    NOT_YET_OPEN = "not_yet_open"
    HELD_LATER = "held_later"
    NOT_CONCERNED = "not_concerned"
    PAST_WHEN_APPLIED = "past_when_applied"
    DROPPED = "dropped"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One firing's answer for one case: when, which rung, why, and the mail if there is one.

    ``mail_state`` says what became of it; ``done_at`` when what it asked for was done.
    """

    ref: str
    milestone: str
    rung: str
    at: datetime
    due: date | None
    reason: Reason
    role: str | None = None
    person: str | None = None
    mail: int | None = None
    mail_state: str | None = None
    sent_at: datetime | None = None
    done_at: datetime | None = None


def why(conn: Connection, asked: str) -> list[Answer]:
    """Answer for a case (its public number) or a person (a mail address); UserError for neither."""
    if "@" not in asked:
        return _why_case(conn, asked)
    who = conn.execute(select(person).where(func.lower(person.c.email) == asked.lower())).first()
    if who is None:
        raise UserError(
            zh=f"没有邮箱为 {asked} 的人员；用 duban person list 查看。",
            en=f"nobody has the address {asked}; duban person list shows everyone",
            code="person.unknown",
        )
    told = select(case.c.ref).join(ledger, ledger.c.case_id == case.c.id).where(ledger.c.person_id == who.id)
    own = (
        select(case.c.ref)
        .where(or_(case.c.coordinator_id == who.id, case.c.ref.in_(told)))
        .order_by(case.c.ref)
    )
    answers = [one for ref in conn.scalars(own) for one in _why_case(conn, ref)]
    return [one for one in answers if one.person in (None, who.email)]


def _why_case(conn: Connection, ref: str) -> list[Answer]:
    row = cases_by_ref(conn, [ref])[0]
    schedule = schedule_by_hash(conn, row.schedule_hash)
    told = _told(conn, row.id)
    past = _history(conn, row.ref)
    answers = []
    for fired in conn.execute(
        select(firing).where(firing.c.notice == row.notice).order_by(firing.c.at, firing.c.id)
    ):
        milestone = schedule.milestone(fired.milestone)
        if milestone is None or not _concerns(row, milestone):
            continue
        for one in told.get(fired.id, []):
            answers.append(_of_ledger(row, fired, one))
        if fired.id not in told and not (fired.anchor_to and not _anchored(row, fired)):
            answers.append(_of_history(row, fired, milestone, past))
    return [one for one in answers if one.rung != ENTERED or one.mail is not None]


def _concerns(row: Any, milestone: Milestone) -> bool:
    if milestone.kind is CaseKind.REPORT:
        return bool(row.kind == "report" and row.milestone == milestone.key)
    return bool(row.kind == "activity")


def _anchored(row: Any, fired: Any) -> bool:
    return row.ends_on is not None and fired.anchor_from <= row.ends_on <= fired.anchor_to


def _told(conn: Connection, case_id: int) -> dict[int, list[Any]]:
    rows = (
        select(
            ledger.c.firing_id,
            ledger.c.role,
            ledger.c.outcome,
            person.c.email,
            message.c.id.label("mail"),
            message.c.state,
            message.c.sent_at,
        )
        .outerjoin(person, person.c.id == ledger.c.person_id)
        .outerjoin(
            message, (message.c.sweep_id == ledger.c.sweep_id) & (message.c.person_id == ledger.c.person_id)
        )
        .where(ledger.c.case_id == case_id)
        .order_by(ledger.c.firing_id, ledger.c.role)
    )
    found: dict[int, list[Any]] = {}
    for row in conn.execute(rows):
        found.setdefault(row.firing_id, []).append(row)
    return found


def _of_ledger(row: Any, fired: Any, told: Any) -> Answer:
    return Answer(
        ref=row.ref,
        milestone=fired.milestone,
        rung=fired.rung,
        at=fired.at,
        due=fired.due,
        reason=Reason(told.outcome),
        role=told.role,
        person=told.email,
        mail=told.mail,
        mail_state=told.state,
        sent_at=told.sent_at,
    )


def _history(conn: Connection, ref: str) -> list[Row]:
    rows = select(history.c.dest, history.c.recorded_at)
    found = conn.execute(rows.where(history.c.subject == f"case:{ref}").order_by(history.c.version))
    return [row._asdict() for row in found]


def _of_history(row: Any, fired: Any, milestone: Milestone, past: Sequence[Row]) -> Answer:
    reason, done_at = _reason(row, fired, milestone, past)
    return Answer(
        ref=row.ref,
        milestone=fired.milestone,
        rung=fired.rung,
        at=fired.at,
        due=fired.due,
        reason=reason,
        done_at=done_at,
    )


def _reason(
    row: Any, fired: Any, milestone: Milestone, past: Sequence[Row]
) -> tuple[Reason, datetime | None]:
    """Return why a firing did not find the case lagging, and since when where that is a moment."""
    if (early := _before_asking(fired, milestone, entered=unstamp(past[0]["recorded_at"]))) is not None:
        return early, None
    life = lifecycle(row.kind, row.lifecycle)
    until = fired.settled_at or _NOW
    state, since = _state_at(past, until)
    if state in ("cancelled", "waived"):
        return Reason.CANCELLED, since
    target = target_of(milestone)
    if target is not None and state not in life.before(target):
        return Reason.ALREADY_DONE, _reached(past, life, target, until)
    if fired.settled_at is None:
        return Reason.PLANNED, None
    if waits_for_end(milestone, life):
        return Reason.HELD_LATER, None
    return (Reason.ALREADY_DONE if milestone.needs else Reason.NOT_CONCERNED), None


def _before_asking(fired: Any, milestone: Milestone, *, entered: datetime) -> Reason | None:
    """Return the reason that needs no look at what the case had done by then."""
    if fired.outcome in ("dropped", "past"):
        return Reason.DROPPED if fired.outcome == "dropped" else Reason.PAST_WHEN_APPLIED
    if entered > fired.at:
        return Reason.ENTERED_LATER
    opens = milestone.opens.start if milestone.opens else None
    return Reason.NOT_YET_OPEN if opens and opens > fired.day else None


def _state_at(past: Sequence[Row], at: datetime) -> tuple[str, datetime | None]:
    """Return the state as recorded by ``at`` and since when."""
    state, since = "", None
    for entry in past:
        recorded = unstamp(entry["recorded_at"])
        if recorded <= at and entry["dest"] != state:
            state, since = entry["dest"], recorded
    return state, since


def _reached(past: Sequence[Row], life: Lifecycle, target: str, by: datetime) -> datetime | None:
    """Return when the case last came to have ``target`` behind it."""
    before, since = life.before(target), None
    was_before = True
    for entry in past:
        recorded = unstamp(entry["recorded_at"])
        if recorded > by:
            break
        is_before = entry["dest"] in before
        if was_before and not is_before:
            since = recorded
        was_before = is_before
    return since
