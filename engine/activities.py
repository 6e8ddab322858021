"""Activities saved from drafts: entered if new, edited if known, nothing if the same."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from config.regions import is_within
from config.schedule import CaseKind
from engine.actors import Actor
from engine.cases import enter
from engine.do import Order, do
from engine.drafts import ActivityDraft, DraftsRejected, Rejected, Saved
from engine.history import Row
from engine.roster import people_by_email, units_by_key
from engine.schedules import schedule_of
from engine.tables import case

EDITED = (
    "title",
    "unit_id",
    "region",
    "coordinator_id",
    "starts_on",
    "ends_on",
    "place",
    "online",
    "online_url",
    "participants",
)


def save_activities(
    conn: Connection, notice_id: str, drafts: Sequence[ActivityDraft], *, actor: Actor, now: datetime
) -> Saved:
    """Enter or edit the activities of one notice: all of them, or DraftsRejected and none.

    An activity is the one of its ``ref``, else of the same unit, title and first day.
    """
    home = schedule_of(conn, notice_id).region
    rows, rejected = _rows(conn, drafts, home)
    known = conn.execute(select(case).where(case.c.notice == notice_id, case.c.kind == "activity")).all()
    by_ref = {row.ref: row for row in known}
    by_key = {(row.unit_id, row.title, row.starts_on): row for row in known}
    rejected += [
        Rejected(
            index=index,
            field="ref",
            zh=f"通知 {notice_id} 中没有编号 {draft.ref}；新活动请把编号留空。",
            en=f"notice {notice_id} has no case {draft.ref}; leave the number empty for a new one",
        )
        for index, draft in enumerate(drafts)
        if draft.ref is not None and draft.ref not in by_ref
    ]
    if rejected:
        raise DraftsRejected(sorted(rejected, key=lambda one: one.index))
    fresh, edits, same = [], [], []
    for draft, row in zip(drafts, rows, strict=True):
        found = (
            by_ref[draft.ref] if draft.ref else by_key.get((row["unit_id"], row["title"], row["starts_on"]))
        )
        if found is None:
            fresh.append(row)
        elif changes := {
            name: row[name] for name in EDITED if row[name] is not None and getattr(found, name) != row[name]
        }:
            edits.append((found.ref, changes))
        else:
            same.append(found.ref)
    for ref, changes in edits:
        do(conn, Order(trigger="edit", refs=(ref,), actor=actor, changes=changes), now=now)
    entered = enter(conn, notice_id, fresh, kind=CaseKind.ACTIVITY, actor=actor, now=now)
    return Saved(created=tuple(entered), updated=tuple(ref for ref, _ in edits), unchanged=tuple(same))


def _rows(conn: Connection, drafts: Sequence[ActivityDraft], home: str) -> tuple[list[Row], list[Rejected]]:
    """Return the case rows of drafts, with what is unknown in them."""
    units, people = units_by_key(conn), people_by_email(conn)
    rows, rejected = [], []
    for index, draft in enumerate(drafts):
        unit = units.get((draft.region, draft.unit))
        who = people.get(draft.coordinator.lower()) if draft.coordinator else None
        if unit is None:
            rejected.append(_no_unit(index, draft))
        elif not is_within(draft.region, home):
            rejected.append(_elsewhere(index, draft, home))
        if draft.coordinator and who is None:
            rejected.append(_nobody(index, draft))
        rows.append(_row(draft, unit, who))
    return rows, rejected


def _row(draft: ActivityDraft, unit: Any, who: Any) -> Row:
    return {
        "unit_id": unit.id if unit else None,
        "region": draft.region,
        "coordinator_id": who.id if who else None,
        "title": draft.title,
        "starts_on": draft.starts_on,
        "ends_on": draft.ends_on or draft.starts_on,
        "place": draft.place,
        "online": draft.online,
        "online_url": draft.online_url,
        "participants": draft.participants,
    }


def _no_unit(index: int, draft: ActivityDraft) -> Rejected:
    return Rejected(
        index=index,
        field="unit",
        zh=f"没有单位“{draft.unit}”（地区 {draft.region}）；请先导入单位，或改正名称。",
        en=f"there is no unit {draft.unit!r} in region {draft.region}; import it first or mend the name",
    )


def _elsewhere(index: int, draft: ActivityDraft, home: str) -> Rejected:
    return Rejected(
        index=index,
        field="region",
        zh=f"地区 {draft.region} 不属于本通知的地区 {home}。",
        en=f"region {draft.region} is not within the notice's region {home}",
    )


def _nobody(index: int, draft: ActivityDraft) -> Rejected:
    return Rejected(
        index=index,
        field="coordinator",
        zh=f"没有邮箱为 {draft.coordinator} 的人员；请先导入人员，或改正邮箱。",
        en=f"nobody has the address {draft.coordinator}; import the person first or mend the address",
    )
