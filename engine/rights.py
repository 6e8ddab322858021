"""Rights: given and taken by admins, never beyond what their own rights cover, always with history."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, or_, select, update

from config.errors import UserError
from config.regions import full_name, is_within
from config.regions import region as region_of
from config.schedule import Role
from engine.actors import Actor, Grant
from engine.clock import stamp
from engine.person_record import Deed, record_people
from engine.rights_taken import require_address_free, require_takeable
from engine.tables import person, right, unit


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRight:
    """A right to be given: a role in a region, or for one unit of it, until an instant (None: it stays)."""

    role: Role
    region: str
    unit_id: int | None = None
    until: datetime | None = None
    reason: str | None = None


def grant(conn: Connection, person_id: int, wanted: NewRight, *, actor: Actor, now: datetime) -> int:
    """Give somebody a right, or the one they have a new end; return its number.

    Raises UserError where it is no possible right, the actor may not give it or the person is not active.
    """
    checked = _checked(conn, wanted, now)
    require_within(actor, [checked])
    _require_active(conn, person_id)
    _require_no_less(conn, person_id, checked, actor=actor, now=now)
    number = _written(conn, person_id, checked)
    trigger = "grant" if checked.until is None else "delegate"
    _record(conn, person_id, Deed(trigger, {"rights": [_told(checked)]}, wanted.reason), actor=actor, now=now)
    return number


def delegate(conn: Connection, person_id: int, wanted: NewRight, *, actor: Actor, now: datetime) -> int:
    """Give somebody a right for a time; UserError without an end or a reason."""
    if wanted.until is None or not (wanted.reason or "").strip():
        raise UserError(
            zh="临时授权要写明截止时间和原因。请补上。",
            en="a right for a time needs an end and a reason; give both",
            code="rights.delegation",
        )
    return grant(conn, person_id, wanted, actor=actor, now=now)


def revoke(conn: Connection, right_id: int, *, reason: str | None, actor: Actor, now: datetime) -> None:
    """End a right now; one that has ended stays as it is. UserError where the actor may not."""
    row = conn.execute(select(right).where(right.c.id == right_id).with_for_update()).first()
    if row is None:
        raise UserError(
            zh=f"没有编号为 {right_id} 的权限。请在人员页面查看现有的权限。",
            en=f"there is no right {right_id}; the person's page shows those there are",
            code="right.unknown",
        )
    held = _grant(row)
    if not may_manage(actor, [held]):
        raise _beyond(held.role, held.region)
    if row.until is not None and row.until <= now:
        return
    require_takeable(actor, row.person_id, [held])
    conn.execute(update(right).where(right.c.id == right_id).values(until=now))
    deed = Deed("revoke", {"rights": [_told(held)]}, reason)
    _record(conn, row.person_id, deed, actor=actor, now=now)


def may_grant(actor: Actor, wanted: NewRight) -> bool:
    """Return whether a right lies within an admin's right of the actor, in place and in time."""
    if actor.everything:
        return True
    return any(_covers(mine, wanted) and _outlasts(mine, wanted) for mine in _admin(actor))


def may_manage(actor: Actor, held: Collection[Grant]) -> bool:
    """Return whether each of somebody's rights lies in a region of which the actor is admin.

    Of somebody without any right every admin is one.
    """
    mine = _admin(actor)
    if actor.everything or not mine:
        return actor.everything
    return all(any(_covers(own, one) for own in mine) for one in held)


def require_within(actor: Actor, wanted: Sequence[NewRight]) -> None:
    """Refuse rights that the actor may not give: UserError ``rights.beyond`` names the first."""
    for one in wanted:
        if not may_grant(actor, one):
            raise _beyond(one.role, one.region)


def require_over(conn: Connection, actor: Actor, people: Collection[int], *, now: datetime) -> None:
    """Refuse an actor who is not admin wherever these people have rights: UserError ``rights.beyond``.

    Of somebody whose rights have all ended, those count that there were.
    """
    held = _grants_of(conn, people)
    for person_id in people:
        all_of = held.get(person_id, ())
        present = [one for one in all_of if one.until is None or one.until > now]
        first = next((one for one in present or all_of if not may_manage(actor, [one])), None)
        if first is not None:
            raise _beyond(first.role, first.region)
        if not may_manage(actor, ()):
            raise _no_admin()


def require_free_of(conn: Connection, actor: Actor, person_id: int, *, now: datetime) -> None:
    """Refuse an actor who may not take every right that somebody has now."""
    require_takeable(actor, person_id, _held_now(conn, person_id, now))


def require_free_address(conn: Connection, actor: Actor, person_id: int, *, now: datetime) -> None:
    """Refuse an actor who may not give somebody with the rights that they have now another address."""
    require_address_free(actor, person_id, _held_now(conn, person_id, now))


def _held_now(conn: Connection, person_id: int, now: datetime) -> list[Grant]:
    held = _grants_of(conn, [person_id]).get(person_id, ())
    return [one for one in held if one.until is None or one.until > now]


def _admin(actor: Actor) -> list[Grant]:
    return [one for one in actor.grants if one.role is Role.ADMIN]


def _covers(mine: Grant, other: Grant | NewRight) -> bool:
    if mine.unit_id is not None and mine.unit_id != other.unit_id:
        return False
    return is_within(other.region, mine.region)


def _outlasts(mine: Grant, wanted: NewRight) -> bool:
    return mine.until is None or (wanted.until is not None and wanted.until <= mine.until)


def _grants_of(conn: Connection, people: Collection[int]) -> Mapping[int, tuple[Grant, ...]]:
    found: dict[int, tuple[Grant, ...]] = {}
    for row in conn.execute(select(right).where(right.c.person_id.in_(people)).order_by(right.c.id)):
        found[row.person_id] = (*found.get(row.person_id, ()), _grant(row))
    return found


def _checked(conn: Connection, wanted: NewRight, now: datetime) -> NewRight:
    """Return the right as it is kept: an admin's and an auditor's is for the region, whatever their unit."""
    region_of(wanted.region)
    if wanted.until is not None and wanted.until <= now:
        raise UserError(
            zh="权限的截止时间已经过去。请改成今天以后的时间。",
            en="the right would have ended already; choose an end in the future",
            code="right.over",
        )
    if wanted.unit_id is not None:
        _require_unit(conn, wanted.unit_id, wanted.region)
    regional = wanted.role in (Role.ADMIN, Role.AUDITOR)
    return NewRight(
        role=wanted.role,
        region=wanted.region,
        unit_id=None if regional else wanted.unit_id,
        until=wanted.until,
    )


def _require_unit(conn: Connection, unit_id: int, region: str) -> None:
    row = conn.execute(select(unit.c.name, unit.c.region).where(unit.c.id == unit_id)).first()
    if row is None or row.region != region:
        raise UserError(
            zh=f"{full_name(region)}没有这个单位（编号 {unit_id}）。请重新选择单位。",
            en=f"{full_name(region)} has no such unit ({unit_id}); choose the unit again",
            code="unit.unknown",
        )


def _require_active(conn: Connection, person_id: int) -> None:
    """Refuse somebody unknown or not active; the row stays locked, so that no right is given twice."""
    mine = select(person.c.active).where(person.c.id == person_id).with_for_update()
    active = conn.scalar(mine)
    if active is None:
        raise UserError(
            zh=f"没有编号为 {person_id} 的人员。请在人员页面查看。",
            en=f"there is no person {person_id}; the page of people shows everyone",
            code="person.unknown",
        )
    if not active:
        raise UserError(
            zh="这个人已停用，不能授权。请先恢复启用。",
            en="this person is not active and can be given no right; make them active first",
            code="person.inactive",
        )


def _require_no_less(
    conn: Connection, person_id: int, wanted: NewRight, *, actor: Actor, now: datetime
) -> None:
    """Refuse an earlier end for a right from somebody who may not take it: that takes it, only later."""
    if wanted.until is None:
        return
    lasting = or_(right.c.until.is_(None), right.c.until > max(wanted.until, now))
    for row in conn.execute(select(right).where(right.c.person_id == person_id, *_same(wanted), lasting)):
        require_takeable(actor, person_id, [_grant(row)])


def _same(wanted: NewRight) -> list[ColumnElement[bool]]:
    key = {"role": str(wanted.role), "region": wanted.region, "unit_id": wanted.unit_id}
    return [right.c[name].is_not_distinct_from(value) for name, value in key.items()]


def _grant(row: Any) -> Grant:
    return Grant(role=Role(row.role), region=row.region, unit_id=row.unit_id, until=row.until)


def _written(conn: Connection, person_id: int, wanted: NewRight) -> int:
    """Write the right, or its new end where the person has it; return its number."""
    key = {"role": str(wanted.role), "region": wanted.region, "unit_id": wanted.unit_id}
    changed = update(right).where(right.c.person_id == person_id, *_same(wanted)).values(until=wanted.until)
    numbers = conn.scalars(changed.returning(right.c.id)).all()
    if not numbers:
        fresh = insert(right).values(person_id=person_id, until=wanted.until, **key)
        numbers = conn.scalars(fresh.returning(right.c.id)).all()
    return int(numbers[0])


def _told(one: Grant | NewRight) -> dict[str, Any]:
    """Return a right as history tells it; an end is told where there is one."""
    told = {"role": str(one.role), "region": one.region, "unit_id": one.unit_id}
    return told if one.until is None else told | {"until": stamp(one.until)}


def _record(conn: Connection, person_id: int, deed: Deed, *, actor: Actor, now: datetime) -> None:
    record_people(conn, {person_id: deed}, actor=actor, now=now)


def _beyond(role: Role, region: str) -> UserError:
    return UserError(
        zh=f"超出了您的权限：{full_name(region)}的权限（{_ROLES[role][0]}）要由管理该地区的管理员来办。",
        en=f"this is beyond your rights: a right in {full_name(region)} ({_ROLES[role][1]})"
        " is given and taken by an admin of that region",
        code="rights.beyond",
    )


def _no_admin() -> UserError:
    return UserError(
        zh="只有管理员能办理人员的事情。请联系管理员。",
        en="only an admin manages people; ask yours",
        code="rights.beyond",
    )


_ROLES = {
    Role.COORDINATOR: ("联系人", "coordinator"),
    Role.LEAD: ("负责人", "lead"),
    Role.ADMIN: ("管理员", "admin"),
    Role.AUDITOR: ("审计员", "auditor"),
}
