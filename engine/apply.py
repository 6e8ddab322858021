"""Putting a schedule in force: plan and apply are the same work, a plan's transaction is thrown away.

What has fired stays fired; a date that moves gets a new revision and new firings, and an instant
already past is settled at once, so that no change sends a burst of old reminders.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from config.catalogue import catalogue
from config.firings import DAILY, Firing, plan
from config.moved import with_moved
from config.resolve import resolve
from config.schedule import Milestone, Schedule
from config.stored import dump
from engine.actors import Actor
from engine.excused import Excused, ask_again, excuse_reports
from engine.notice_record import NoticeStep, record_notice
from engine.owed import owe_reports
from engine.rules import calendar_of
from engine.schedule_diff import FieldChange, differences
from engine.schedules import applied_sources, content_hash, schedule_by_hash
from engine.tables import firing, notice, schedule


@dataclass(frozen=True, slots=True, kw_only=True)
class FiringChange:
    """One reminder that an apply moves, adds or drops (``what``), with its instants before and after."""

    what: str
    notice: str
    milestone: str
    rung: str
    before: datetime | None = None
    after: datetime | None = None
    id: int | None = None
    occurrence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What an apply does to one notice, and to those that extend it.

    ``owed`` are the reports that units owe from now on, ``excused`` those that they owe no more.
    """

    notice: str
    version: int
    fields: tuple[FieldChange, ...] = ()
    firings: tuple[FiringChange, ...] = ()
    owed: tuple[str, ...] = ()
    excused: Excused = field(default_factory=Excused)
    past: int = 0
    settled: int = 0
    children: tuple["Applied", ...] = field(default=())

    @property
    def changes_nothing(self) -> bool:
        """Return whether everything already is as the file says."""
        own = self.fields or self.firings or self.owed or self.excused.waived
        return not (own or any(not c.changes_nothing for c in self.children))


def apply_notice(
    conn: Connection, notice_id: str, text: str, *, actor: Actor, now: datetime, reason: str | None = None
) -> Applied:
    """Put a notice's YAML text in force, with all notices that extend it, in the caller's transaction.

    ``reason`` is kept in the history (why a notice with errors was applied all the same).
    Raises UserError where the text or a parent is not sound.
    """
    sources = {**catalogue(), **applied_sources(conn), notice_id: text}
    applied = _apply_one(conn, resolve(notice_id, sources), text, actor=actor, now=now, reason=reason)
    children = []
    for child, its_text in sorted(applied_sources(conn).items()):
        resolved = resolve(child, sources) if child != notice_id else None
        if resolved is not None and notice_id in resolved.line:
            one = _apply_one(conn, resolved, its_text, actor=actor, now=now)
            if not one.changes_nothing:
                children.append(one)
    return replace(applied, children=tuple(children))


def _apply_one(
    conn: Connection, new: Schedule, text: str, *, actor: Actor, now: datetime, reason: str | None = None
) -> Applied:
    row = conn.execute(select(notice).where(notice.c.id == new.id).with_for_update()).first()
    if row is None:
        _open(conn, new, actor, now)
        row = conn.execute(select(notice).where(notice.c.id == new.id)).one()
    old = schedule_by_hash(conn, row.schedule_hash) if row.schedule_version else None
    new = with_moved(old, new) if old else new
    effective = dump(new)
    name = content_hash(effective)
    version, revisions = row.schedule_version, _revisions(conn, row, old, new)
    changed = name != row.schedule_hash
    if changed:
        version += 1
        values = {"notice": new.id, "version": version, "source": text, "effective": effective}
        values |= {"hash": name, "revisions": revisions, "applied_at": now, "actor": actor.name}
        conn.execute(insert(schedule).values(values))
        current = {
            "schedule_version": version,
            "schedule_hash": name,
            "region": new.region,
            "review": new.review,
        }
        conn.execute(update(notice).where(notice.c.id == new.id).values(current))
    moved, past = align_firings(conn, new, revisions, now=now)
    if changed:
        details = {"version": version, "schedule": name, "firings": len(moved)}
        trigger = "apply" if row.state == "draft" else "revise"
        record_notice(conn, new.id, NoticeStep(trigger, details, actor.name, "in_force", reason), now=now)
    excused = excuse_reports(conn, old, new, actor=actor, now=now) if old else Excused()
    again = ask_again(conn, new, actor=actor, now=now) if old else ()
    owed = (*again, *owe_reports(conn, new, actor=actor, now=now))
    return Applied(
        notice=new.id,
        version=version,
        fields=differences(old, new) if changed else (),
        firings=moved,
        owed=owed,
        excused=excused,
        past=past,
        settled=_settled(conn, new.id),
    )


def _open(conn: Connection, new: Schedule, actor: Actor, now: datetime) -> None:
    row = {"id": new.id, "code": new.code, "region": new.region, "state": "draft", "version": 0, "head": ""}
    conn.execute(insert(notice).values(row | {"review": new.review}))
    details = {"set": {"code": new.code, "region": new.region}}
    record_notice(conn, new.id, NoticeStep("enter", details, actor.name), now=now)


def _revisions(conn: Connection, row: Any, old: Schedule | None, new: Schedule) -> dict[str, int]:
    """Return the revision of each milestone: one more where what its reminders count from has changed."""
    kept: Mapping[str, int] = {}
    if old is not None:
        same = (schedule.c.notice == row.id) & (schedule.c.version == row.schedule_version)
        kept = conn.execute(select(schedule.c.revisions).where(same)).scalar_one()
    revisions = dict(kept)
    for milestone in new.milestones:
        before = old.milestone(milestone.key) if old else None
        if milestone.key not in kept:
            revisions[milestone.key] = 1
        elif before is None or _timing(before) != _timing(milestone):
            revisions[milestone.key] = kept[milestone.key] + 1
    return revisions


def _timing(milestone: Milestone) -> tuple[object, ...]:
    due, opens = milestone.due, milestone.opens
    return (
        (due.start, due.day, due.until, due.after, due.working),
        (opens.start, opens.day) if opens else None,
        milestone.ladder,
    )


def align_firings(
    conn: Connection, new: Schedule, revisions: Mapping[str, int], *, now: datetime
) -> tuple[tuple[FiringChange, ...], int]:
    """Make a notice's unsettled firings those of its schedule; return the changes and how many are past."""
    wanted = {_key(f): f for f in plan(new, calendar_of(new), revisions=revisions)}
    known = {_row_key(row): row for row in conn.execute(select(firing).where(firing.c.notice == new.id))}
    changes = []
    for key, row in known.items():
        if row.settled_at is None and row.rung != "entered":
            change = _move_or_drop(conn, row, wanted.get(key), now)
            changes += [change] if change else []
    fresh = [f for key, f in wanted.items() if key not in known]
    rows = [_row(f, now) for f in fresh]
    if rows:
        conn.execute(insert(firing), rows)
    changes += [_change("add", f, after=f.at) for f in fresh if f.at > now and f.rung != DAILY]
    return _paired(changes), sum(f.at <= now for f in fresh)


def _move_or_drop(conn: Connection, row: Any, planned: Firing | None, now: datetime) -> FiringChange | None:
    mine = firing.c.id == row.id
    if planned is None:
        conn.execute(update(firing).where(mine).values(outcome="dropped", settled_at=now))
        return FiringChange(
            what="drop",
            notice=row.notice,
            milestone=row.milestone,
            rung=row.rung,
            before=row.at,
            id=row.id,
            occurrence=row.occurrence,
        )
    if planned.at == row.at and planned.day == row.day and planned.due == row.due:
        return None
    values = {"at": planned.at, "day": planned.day, "due": planned.due, "provisional": planned.provisional}
    conn.execute(update(firing).where(mine).values(values))
    return replace(_change("move", planned, after=planned.at), before=row.at, id=row.id)


def _change(what: str, planned: Firing, *, after: datetime) -> FiringChange:
    return FiringChange(
        what=what,
        notice=planned.notice,
        milestone=planned.milestone,
        rung=planned.rung,
        after=after,
        occurrence=planned.occurrence,
    )


def _paired(changes: Sequence[FiringChange]) -> tuple[FiringChange, ...]:
    """Return the changes with a dropped and an added firing of one rung told as one move."""
    added = {(c.milestone, c.rung, c.occurrence): c for c in changes if c.what == "add"}
    told = []
    for change in changes:
        twin = (
            added.pop((change.milestone, change.rung, change.occurrence), None)
            if change.what == "drop"
            else None
        )
        if twin is not None:
            told.append(replace(change, what="move", after=twin.after))
        elif change.what != "add":
            told.append(change)
    return tuple(told + list(added.values()))


def _key(planned: Firing) -> tuple[str, str, int, str]:
    return planned.milestone, planned.rung, planned.revision, planned.occurrence


def _row_key(row: Any) -> tuple[str, str, int, str]:
    return row.milestone, row.rung, row.revision, row.occurrence


def _row(planned: Firing, now: datetime) -> dict[str, Any]:
    past = planned.at <= now
    return {
        "notice": planned.notice,
        "milestone": planned.milestone,
        "rung": planned.rung,
        "revision": planned.revision,
        "occurrence": planned.occurrence,
        "at": planned.at,
        "day": planned.day,
        "due": planned.due,
        "anchor_from": planned.anchors[0] if planned.anchors else None,
        "anchor_to": planned.anchors[1] if planned.anchors else None,
        "roles": ",".join(planned.roles),
        "template": planned.template,
        "provisional": planned.provisional,
        "outcome": "past" if past else None,
        "settled_at": now if past else None,
    }


def _settled(conn: Connection, notice_id: str) -> int:
    fired = select(firing.c.id).where(firing.c.notice == notice_id, firing.c.outcome == "swept")
    return len(conn.execute(fired).all())
