"""Activities saved from drafts: entered if new, edited if known, nothing if the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from config.regions import is_within
from config.schedule import CaseKind, Schedule
from engine.actors import Actor
from engine.cases import enter
from engine.do import Blocked, Order, blocked_by, do_all
from engine.drafts import ActivityDraft, DraftsRejected, Edited, Rejected, Saved
from engine.history import Row
from engine.roster import UnitKey, people_by_email, units_by_key
from engine.rules import far_from_season
from engine.schedules import schedule_of
from engine.tables import case
from workflows.wording import say

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
    plan = _planned(conn, notice_id, drafts, actor=actor)
    if rejected := _rejected(conn, plan, now=now):
        raise DraftsRejected(rejected)
    edits = list(plan.edits.values())
    do_all(conn, edits, now=now)
    entered = enter(conn, notice_id, plan.fresh, kind=CaseKind.ACTIVITY, actor=actor, now=now)
    return Saved(
        created=tuple(entered),
        updated=tuple(order.refs[0] for order in edits),
        unchanged=tuple(plan.same),
        titles={**plan.titles, **dict(zip(entered, (row["title"] for row in plan.fresh), strict=True))},
        edited=tuple(plan.edited),
    )


def rejected_activities(
    conn: Connection, notice_id: str, drafts: Sequence[ActivityDraft], *, actor: Actor, now: datetime
) -> list[Rejected]:
    """Return all for which ``save_activities`` would reject some drafts; asking changes nothing."""
    return _rejected(conn, _planned(conn, notice_id, drafts, actor=actor), now=now)


@dataclass(slots=True, kw_only=True)
class _Plan:
    """What is to become of some drafts; ``edits`` by their place in the list given."""

    fresh: list[Row] = field(default_factory=list)
    edits: dict[int, Order] = field(default_factory=dict)
    same: list[str] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    edited: list[Edited] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """The units and people that activities may name."""

    units: Mapping[UnitKey, Any]
    people: Mapping[str, Any]
    named: Mapping[str, Mapping[object, str]]

    def told(self, found: Any, name: str, value: object) -> Edited:
        """Return a change as people read it: units by name, people by address."""
        known = self.named.get(name, {})
        before = getattr(found, name)
        return Edited(
            name=found.ref,
            field=name.removesuffix("_id"),
            before=known.get(before, before),
            after=known.get(value, value),
        )


def _around(conn: Connection) -> _Around:
    units, people = units_by_key(conn), people_by_email(conn)
    named: Mapping[str, Mapping[object, str]] = {
        "unit_id": {row.id: row.name for row in units.values()},
        "coordinator_id": {row.id: row.email for row in people.values()},
    }
    return _Around(units=units, people=people, named=named)


def _planned(conn: Connection, notice_id: str, drafts: Sequence[ActivityDraft], *, actor: Actor) -> _Plan:
    schedule = schedule_of(conn, notice_id)
    around = _around(conn)
    rows, rejected = _rows(around, drafts, schedule.region)
    plan = _Plan(rejected=rejected)
    known = conn.execute(select(case).where(case.c.notice == notice_id, case.c.kind == "activity")).all()
    by_ref = {row.ref: row for row in known}
    by_key = {(row.unit_id, row.title, row.starts_on): row for row in known}
    met: set[str] = set()
    for index, (draft, row) in enumerate(zip(drafts, rows, strict=True)):
        key = (row["unit_id"], row["title"], row["starts_on"])
        found = by_ref.get(draft.ref) if draft.ref else by_key.get(key)
        if draft.ref and found is None:
            plan.rejected.append(_no_such(index, draft, notice_id))
        elif found is None:
            plan.rejected += _far(index, row, schedule)
            plan.fresh.append(row)
        elif found.ref in met:
            plan.rejected.append(_twice(index, found))
        else:
            met.add(found.ref)
            changes = _changes(found, row)
            _plan_known(plan, index, found, changes=changes, actor=actor)
            plan.edited += (around.told(found, name, value) for name, value in changes.items())
    return plan


def _plan_known(plan: _Plan, index: int, found: Any, *, changes: Row, actor: Actor) -> None:
    plan.titles[found.ref] = found.title
    if changes:
        plan.edits[index] = Order(trigger="edit", refs=(found.ref,), actor=actor, changes=changes)
    else:
        plan.same.append(found.ref)


def _changes(found: Any, row: Row) -> Row:
    told = {**row, "title": row["title"] or None}  # a wrong one is told as such, and changes nothing
    return {
        name: told[name] for name in EDITED if told[name] is not None and getattr(found, name) != told[name]
    }


def _rejected(conn: Connection, plan: _Plan, *, now: datetime) -> list[Rejected]:
    """Return all that is wrong with the drafts: also whose activities cannot be changed now, and why."""
    places = {order.refs[0]: index for index, order in plan.edits.items()}
    blocked = blocked_by(conn, list(plan.edits.values()), now=now)
    found = [*plan.rejected, *(_not_editable(places[one.ref], one) for one in blocked)]
    return sorted(found, key=lambda one: one.index)


def _rows(around: _Around, drafts: Sequence[ActivityDraft], home: str) -> tuple[list[Row], list[Rejected]]:
    """Return the case rows of drafts, with what is unknown in them."""
    units, people = around.units, around.people
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


def _far(index: int, row: Row, schedule: Schedule) -> list[Rejected]:
    """Return what is wrong with the days of a new activity; one far day is told of once."""
    found = list(far_from_season(schedule, row))[:1]
    return [Rejected(index=index, field=name, zh=f"{why.zh}。", en=why.en) for name, why in found]


def _not_editable(index: int, blocked: Blocked) -> Rejected:
    zh = "；".join(say(one, "zh") for one in blocked.blockers)
    en = "; ".join(say(one, "en") for one in blocked.blockers)
    return Rejected(
        index=index,
        field="title",
        zh=f"{blocked.ref} 现在不能改：{zh}。请先处理好这一项，或删去这一行。",
        en=f"{blocked.ref} cannot be changed now: {en}; mend that first, or delete the row",
    )


def _twice(index: int, found: Any) -> Rejected:
    return Rejected(
        index=index,
        field="title",
        zh=f"与前面一行说的都是活动 {found.ref}；请删去一行。",
        en=f"an earlier row is about {found.ref} too; delete one of them",
    )


def _no_such(index: int, draft: ActivityDraft, notice_id: str) -> Rejected:
    return Rejected(
        index=index,
        field="ref",
        zh=f"通知 {notice_id} 中没有编号 {draft.ref}；新活动请把编号留空。",
        en=f"notice {notice_id} has no case {draft.ref}; leave the number empty for a new one",
    )


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
