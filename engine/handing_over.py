"""Handing a case over to a colleague of the same unit: to one who is known, or to somebody new."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select

from config.errors import UserError
from config.schedule import Name, Role
from engine.accounts.invitations import invite
from engine.actors import Actor, in_force
from engine.cases import cases_by_ref
from engine.do import Done, Order, do
from engine.drafts import PersonDraft
from engine.field_problems import FieldProblems, Problem
from engine.rights import NewRight, grant
from engine.roster import save_people
from engine.sheets import values as cells
from engine.sheets.problems import Wrong
from engine.tables import person, right, unit

MOST_NAME = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody who may answer for the cases of a unit, with an address that works."""

    person_id: int
    name: str
    email: str


def colleagues(conn: Connection, ref: str, *, now: datetime) -> tuple[Colleague, ...]:
    """Return to whom a case may be handed over: the other coordinators of its unit who can be reached."""
    [row] = cases_by_ref(conn, [ref])
    known = coordinators_of(conn, row.unit_id, row.region, now=now)
    return tuple(one for one in known if one.person_id != row.coordinator_id)


def coordinators_of(conn: Connection, unit_id: int, region: str, *, now: datetime) -> tuple[Colleague, ...]:
    """Return the active coordinators of a unit whose mail arrives, by name."""
    query = _reachable().where(
        right.c.role == str(Role.COORDINATOR),
        in_force(now),
        or_(right.c.unit_id == unit_id, right.c.unit_id.is_(None) & (right.c.region == region)),
    )
    rows = conn.execute(query.order_by(person.c.name, person.c.id).distinct())
    return tuple(Colleague(person_id=row.id, name=row.name, email=row.email) for row in rows)


def hand_over(
    conn: Connection,
    ref: str,
    person_id: int,
    *,
    actor: Actor,
    now: datetime,
    expect: int | None = None,
) -> Done:
    """Hand a case over to a colleague; UserError where it is none, StepsBlocked where it cannot be."""
    if person_id not in {one.person_id for one in colleagues(conn, ref, now=now)}:
        raise UserError(
            zh="只能转给本单位在册、邮箱可用的联系人；请在名单中选择，或填写新同事的姓名和邮箱。",
            en="a case goes only to a coordinator of its unit whose mail arrives; choose one of the list,"
            " or give the name and address of somebody new",
            code="hand_over.no_colleague",
        )
    order = Order(
        trigger="hand_over",
        refs=(ref,),
        actor=actor,
        changes={"coordinator_id": person_id},
        expect={} if expect is None else {ref: expect},
    )
    return do(conn, order, now=now).done[0]


def hand_over_to_new(
    conn: Connection,
    ref: str,
    values: Mapping[str, str],
    *,
    actor: Actor,
    now: datetime,
    expect: int | None = None,
) -> int:
    """Hand a case over to somebody by ``name``, ``email`` (and ``phone``); return the person's number.

    Who is new is entered as a coordinator of the unit and invited by mail; who is known keeps their
    name and gets the right. Only for a unit that the actor's own rights reach. FieldProblems tells
    what is wrong with the values.
    """
    [row] = cases_by_ref(conn, [ref])
    _require_own_unit(actor, row)
    draft = _draft(values)
    found = conn.execute(select(person).where(func.lower(person.c.email) == draft.email.lower())).first()
    if found is not None:
        _require_usable(found, row)
    trusted = replace(actor, everything=True)  # for this one unit, as was just checked
    number = found.id if found else _add(conn, draft, actor=actor, now=now)
    region = conn.scalars(select(unit.c.region).where(unit.c.id == row.unit_id)).one()
    wanted = NewRight(role=Role.COORDINATOR, region=region, unit_id=row.unit_id)
    grant(conn, number, wanted, actor=trusted, now=now)
    hand_over(conn, ref, number, actor=actor, now=now, expect=expect)
    if found is None:
        invite(conn, [number], actor=trusted, now=now)
    return int(number)


def _reachable() -> Select[Any]:
    return (
        select(person.c.id, person.c.name, person.c.email)
        .join(right, right.c.person_id == person.c.id)
        .where(person.c.active, person.c.email.is_not(None), ~person.c.address_bad)
    )


def _require_own_unit(actor: Actor, row: Any) -> None:
    roles = {one.role for one in actor.grants if one.covers(row.region, row.unit_id)}
    if not actor.everything and not roles & {Role.COORDINATOR, Role.LEAD, Role.ADMIN}:
        raise UserError(
            zh="只能为自己负责的单位添加新同事；请联系该单位的联系人或市级管理员。",
            en="colleagues are added only to one's own unit; ask its coordinator or the city admin",
            code="hand_over.other_unit",
        )


def _require_usable(found: Any, row: Any) -> None:
    if not found.active or found.address_bad or found.id == row.coordinator_id:
        told = Name(
            zh="这个邮箱的人员已停用、收不到邮件，或已经是这一项的联系人；请换一个，或联系管理员",
            en="whoever has this address is inactive, cannot be reached, or has this case already;"
            " give another, or ask the admin",
        )
        raise FieldProblems([("email", told)])


def _draft(values: Mapping[str, str]) -> PersonDraft:
    read: dict[str, str] = {}
    problems: list[Problem] = []
    for field, ask in (("name", cells.name), ("email", cells.email), ("phone", cells.phone)):
        text = values.get(field, "").strip()
        try:
            read[field] = ask(text) if text else ""
        except Wrong as error:
            problems.append((field, Name(zh=error.zh, en=error.en)))
    if "name" in read and not 0 < len(read["name"]) <= MOST_NAME:
        problems.append(
            (
                "name",
                Name(zh=f"请填写姓名，最多 {MOST_NAME} 个字", en=f"a name of 1 to {MOST_NAME} characters"),
            )
        )
    if read.get("email") == "":
        problems.append(("email", Name(zh="请填写邮箱", en="give a mail address")))
    if problems:
        raise FieldProblems(problems)
    return PersonDraft(name=read["name"], email=read["email"], phone=read["phone"] or None)


def _add(conn: Connection, draft: PersonDraft, *, actor: Actor, now: datetime) -> int:
    save_people(conn, [draft], actor=actor, now=now)
    number = conn.scalars(select(person.c.id).where(person.c.email == draft.email)).one()
    return int(number)
