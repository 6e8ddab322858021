"""Changing a schedule: first what it would do, in cases and people; then, if it is still that, in force."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, literal, select, union_all

from config.catalogue import catalogue
from config.errors import UserError
from config.findings import Finding, Severity
from config.lint import lint_source
from config.noticefile import parse
from config.schedule import Role, Schedule
from engine.actors import Actor
from engine.admins import require_admin
from engine.apply import Applied, FiringChange, apply_notice
from engine.database import Database
from engine.entry import RUNG as ENTERED
from engine.lagging import lags_sql
from engine.schedule_edit import FieldRefused, edit_schedule
from engine.schedules import applied_sources, schedule_of
from engine.sweep import outcome_now, people_told
from engine.tables import case, firing, ledger, notice, person

__all__ = [
    "FieldRefused",
    "Mails",
    "MailsMoved",
    "Plan",
    "ScheduleChange",
    "apply_planned",
    "edit_schedule",
    "plan_notice",
]

_TOGETHER = 40  # firings counted in one query


@dataclass(frozen=True, slots=True, kw_only=True)
class Mails:
    """When a reminder leaves, about how many cases, and how many people it reaches, as the facts are now."""

    at: datetime
    cases: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MailsMoved:
    """One reminder that a change moves, adds or drops, in cases and people, before and after.

    ``sent`` counts the mails that already told people of the same milestone.
    """

    what: str
    notice: str
    milestone: str
    rung: str
    before: Mails | None
    after: Mails | None
    sent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What putting a text in force would do. ``version`` is the one it was compared with (0: none yet).

    ``mails`` are its consequences for people; ``findings`` are its contradictions, the worst first.
    """

    version: int
    applied: Applied
    mails: tuple[MailsMoved, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleChange:
    """A text to be put in force, as it was planned over ``expect_version`` (0: none yet, None: any).

    ``reason`` stays in the history; without one a text that contradicts itself is refused.
    ``origin`` is the document it was drafted from, told with the reason.
    """

    notice: str
    text: str
    expect_version: int | None
    reason: str | None = None
    origin: str | None = None

    @property
    def told(self) -> str | None:
        """Return what the history says of why."""
        return "；".join(part for part in (self.reason, self.origin) if part) or None


def plan_notice(database: Database, notice_id: str, text: str, *, actor: Actor, now: datetime) -> Plan:
    """Return what putting a text in force would do; nothing is changed.

    UserError where the text is not sound or the actor is no admin of the notice's region.
    """
    with database.rehearse() as conn:
        _require_right(conn, notice_id, text, actor)
        version = _version(conn, notice_id)
        findings = _findings(conn, notice_id, text, now)
        known = _waiting(conn)
        applied = apply_notice(conn, notice_id, text, actor=actor, now=now)
        changes = tuple(_all_changes(applied))
        after = _counted(conn, _after(changes, _waiting(conn)), now)
        sent = _sent(conn, {change.notice for change in changes})
    with database.read() as conn:
        before = _counted(conn, _before(changes, known), now)
    mails = tuple(_moved(one, before, after, sent) for one in changes)
    return Plan(version=version, applied=applied, mails=mails, findings=findings)


def apply_planned(conn: Connection, change: ScheduleChange, *, actor: Actor, now: datetime) -> Applied:
    """Put a text in force as it was planned.

    UserError where another was faster (``notice.changed_meanwhile``) or it is unsound.
    """
    _require_right(conn, change.notice, change.text, actor)
    version, expected = _version(conn, change.notice, locked=True), change.expect_version
    if expected is not None and version != expected:
        raise _changed_meanwhile(version, expected)
    findings = _findings(conn, change.notice, change.text, now)
    wrong = next((one for one in findings if one.level is Severity.ERROR), None)
    if wrong is not None and not (change.reason or "").strip():
        raise _unsound(wrong)
    return apply_notice(conn, change.notice, change.text, actor=actor, now=now, reason=change.told)


def _changed_meanwhile(version: int, seen: int) -> UserError:
    return UserError(
        zh=f"这份通知的日程刚被改过，现在是第 {version} 版（您看的是第 {seen} 版）。"
        "没有应用任何改动，请重新查看后果再应用。",
        en=f"this schedule was changed meanwhile: it is at version {version}, you saw {seen};"
        " nothing was applied, plan again first",
        code="notice.changed_meanwhile",
    )


def _unsound(wrong: Finding) -> UserError:
    return UserError(
        zh=f"日程有矛盾：{wrong.text.zh} 请改正；确需这样，请写明理由。",
        en=f"the schedule contradicts itself: {wrong.text.en} Mend it, or give a reason to apply it so",
        code="notice.unsound",
    )


def _require_right(conn: Connection, notice_id: str, text: str, actor: Actor) -> None:
    """Refuse who is no admin of the region that the notice has, and of the one it would have."""
    told = parse(text).notice
    if told.id != notice_id:
        raise UserError(
            zh=f"文本里的 id 是“{told.id}”，不是“{notice_id}”；请改回，或另存为一份新通知。",
            en=f"the text's id is '{told.id}', not '{notice_id}'; change it back, or save it as a new notice",
            code="notice.other_id",
        )
    known = conn.scalars(select(notice.c.region).where(notice.c.id == notice_id)).all()
    require_admin(actor, {told.region, *known})


def _version(conn: Connection, notice_id: str, *, locked: bool = False) -> int:
    mine = select(notice.c.schedule_version).where(notice.c.id == notice_id)
    return conn.scalar(mine.with_for_update() if locked else mine) or 0


def _findings(conn: Connection, notice_id: str, text: str, now: datetime) -> tuple[Finding, ...]:
    sources = {**catalogue(), **applied_sources(conn), notice_id: text}
    return tuple(lint_source(notice_id, sources, today=now.date())[1])


def _all_changes(applied: Applied) -> Iterator[FiringChange]:
    yield from applied.firings
    for child in applied.children:
        yield from _all_changes(child)


Key = tuple[str, str, str, datetime | None]
"""A firing as a change names it: notice, milestone, rung, instant."""

Counts = Mapping[Key, Mails]


def _waiting(conn: Connection) -> dict[Key, Any]:
    """Return the firings still to come with the region of their notice and its schedule, as of now."""
    columns = (firing, notice.c.region.label("home"))
    query = select(*columns).join(notice, notice.c.id == firing.c.notice)
    query = query.where(firing.c.settled_at.is_(None), firing.c.rung != ENTERED)
    return {(row.notice, row.milestone, row.rung, row.at): row for row in conn.execute(query)}


def _before(changes: Sequence[FiringChange], known: Mapping[Key, Any]) -> dict[Key, Any]:
    keys = [(one.notice, one.milestone, one.rung, one.before) for one in changes]
    return {key: known[key] for key in keys if key in known}


def _after(changes: Sequence[FiringChange], known: Mapping[Key, Any]) -> dict[Key, Any]:
    keys = [(one.notice, one.milestone, one.rung, one.after) for one in changes]
    return {key: known[key] for key in keys if key in known}


def _counted(conn: Connection, firings: Mapping[Key, Any], now: datetime) -> Counts:
    """Count cases and people of some firings by the schedules in force in this transaction."""
    schedules = {name: schedule_of(conn, name) for name in {key[0] for key in firings}}
    keys = list(firings)
    told = (_told(place, firings[key], schedules[key[0]], now) for place, key in enumerate(keys))
    queries = [query for query in told if query is not None]
    found: dict[Key, Mails] = {}
    for start in range(0, len(queries), _TOGETHER):
        for row in conn.execute(union_all(*queries[start : start + _TOGETHER])):
            key = keys[row.place]
            found[key] = Mails(at=firings[key].at, cases=row.cases, people=row.people)
    return found


def _told(place: int, row: Any, schedule: Schedule, now: datetime) -> Select[int, int, int] | None:
    """Return the query that counts whom a firing would mail, None for one that is about no milestone."""
    milestone = schedule.milestone(row.milestone)
    if milestone is None:
        return None
    anchors = (row.anchor_from, row.anchor_to) if row.anchor_to else None
    lagging = (case.c.notice == row.notice) & lags_sql(milestone, day=row.day, anchors=anchors, at=row.at)
    by_role = [
        select(case.c.id.label("case_id"), person.c.id.label("person_id"))
        .select_from(people_told(Role(role), row.home, now))
        .where(lagging, outcome_now(now) == "mailed")
        for role in row.roles.split(",")
    ]
    mailed = union_all(*by_role).subquery()
    cases = func.count(mailed.c.case_id.distinct()).label("cases")
    people = func.count(mailed.c.person_id.distinct()).label("people")
    return select(literal(place).label("place"), cases, people).select_from(mailed)


def _sent(conn: Connection, notices: Iterable[str]) -> Mapping[tuple[str, str], int]:
    """Return how many mails told people of each milestone so far."""
    query = (
        select(firing.c.notice, firing.c.milestone, ledger.c.sweep_id, ledger.c.person_id)
        .join(firing, firing.c.id == ledger.c.firing_id)
        .where(firing.c.notice.in_(sorted(notices)), ledger.c.outcome == "mailed")
        .distinct()
        .subquery()
    )
    counted = select(query.c.notice, query.c.milestone, func.count().label("mails"))
    rows = conn.execute(counted.group_by(query.c.notice, query.c.milestone))
    return {(row.notice, row.milestone): row.mails for row in rows}


def _moved(
    change: FiringChange, before: Counts, after: Counts, sent: Mapping[tuple[str, str], int]
) -> MailsMoved:
    name = (change.notice, change.milestone, change.rung)
    return MailsMoved(
        what=change.what,
        notice=change.notice,
        milestone=change.milestone,
        rung=change.rung,
        before=before.get((*name, change.before)),
        after=after.get((*name, change.after)),
        sent=sent.get((change.notice, change.milestone), 0),
    )
