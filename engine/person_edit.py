"""People entered and corrected one by one, by an admin whose rights reach that far."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from config.errors import UserError
from config.schedule import Name, Role
from engine.accounts.closing import shut_out
from engine.accounts.person_state import LANGS
from engine.actors import Actor, Grant
from engine.drafts import PersonDraft
from engine.field_problems import FieldProblems, Problem
from engine.person_record import Deed, record_people
from engine.reach import reaches_unit
from engine.rights import (
    NewRight,
    grant,
    may_manage,
    require_free_address,
    require_over,
    require_within,
    revoke,
)
from engine.roster import save_people
from engine.sheets import values as cells
from engine.sheets.problems import Wrong
from engine.tables import person, right, unit

MOST_NAME = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonValues:
    """A person as typed."""

    name: str
    email: str
    phone: str = ""
    lang: str = "zh"


def add_person(
    conn: Connection, values: PersonValues, wanted: NewRight, *, actor: Actor, now: datetime
) -> int:
    """Enter somebody with a first right and return their number.

    FieldProblems names what is wrong with the fields; UserError ``rights.beyond`` where the right is not
    the actor's to give.
    """
    require_within(actor, [wanted])
    clean = _checked(conn, values)
    draft = PersonDraft(name=clean["name"], email=clean["email"], phone=clean["phone"], lang=clean["lang"])
    save_people(conn, [draft], actor=actor, now=now)
    number = int(conn.scalars(select(person.c.id).where(person.c.email == draft.email)).one())
    grant(conn, number, wanted, actor=actor, now=now)
    return number


def edit_person(
    conn: Connection, person_id: int, values: PersonValues, *, actor: Actor, now: datetime
) -> bool:
    """Correct a person's name, address, phone or language; return whether anything changed.

    Another address is taken to work until a mail server says otherwise, and whoever came in by the old one
    has to sign in anew. FieldProblems, or UserError where the person is not the actor's to change.
    """
    require_over(conn, actor, [person_id], now=now)
    row = conn.execute(select(person).where(person.c.id == person_id).with_for_update()).one()
    clean = _checked(conn, values, but=person_id)
    changed = {name: value for name, value in clean.items() if getattr(row, name) != value}
    if not changed:
        return False
    if "email" in changed:
        require_free_address(conn, actor, person_id, now=now)
        changed["address_bad"] = False
        shut_out(conn, person_id, now=now)
    conn.execute(update(person).where(person.c.id == person_id).values(changed))
    told = Deed("edit", {"fields": sorted(changed)})
    record_people(conn, {person_id: told}, actor=actor, now=now)
    return True


def managed(conn: Connection, actor: Actor, people: Collection[int], *, now: datetime) -> set[int]:
    """Return those of some people whom an actor may change; says the same as ``require_over``, for many."""
    held: dict[int, list[Grant]] = {}
    ended: dict[int, list[Grant]] = {}
    for row in conn.execute(select(right).where(right.c.person_id.in_(people))):
        one = Grant(role=Role(row.role), region=row.region, unit_id=row.unit_id, until=row.until)
        over = one.until is not None and one.until <= now
        (ended if over else held).setdefault(row.person_id, []).append(one)
    return {one for one in people if may_manage(actor, held.get(one) or ended.get(one, []))}


def unit_called(conn: Connection, name: str, region: str) -> int | None:
    """Return the number of the unit of that name in a region, None where there is none."""
    mine = select(unit.c.id).where(unit.c.name == name.strip(), unit.c.region == region)
    return conn.scalar(mine)


def unit_named(conn: Connection, unit_id: int | str, actor: Actor) -> tuple[str, str] | None:
    """Return region and name of a unit for which an admin or lead enters people, None beyond their reach."""
    if not reaches_unit(conn, actor, unit_id, (Role.ADMIN, Role.LEAD)):
        return None
    row = conn.execute(select(unit.c.region, unit.c.name).where(unit.c.id == int(unit_id))).one()
    return row.region, row.name


def revoke_from(
    conn: Connection, person_id: int, right_id: int, *, reason: str, actor: Actor, now: datetime
) -> None:
    """End one right of somebody, with a reason; UserError where it is not theirs or beyond the actor."""
    if not reason.strip():
        raise FieldProblems([("reason", Name(zh="请写明原因", en="give a reason"))])
    whose = conn.scalar(select(right.c.person_id).where(right.c.id == right_id))
    if whose != person_id:
        raise UserError(
            zh="这个人没有这项权限，可能刚被收回。请刷新页面查看现有的权限。",
            en="this person has no such right, it may just have been taken away; look at the page again",
            code="right.unknown",
        )
    revoke(conn, right_id, reason=reason.strip(), actor=actor, now=now)


def _checked(conn: Connection, values: PersonValues, *, but: int | None = None) -> dict[str, Any]:
    """Return the columns of a person, or raise everything that is wrong with them at once."""
    clean, problems = _parsed(values)
    clean["lang"] = values.lang if values.lang in LANGS else "zh"
    if len(clean.get("name") or "") > MOST_NAME:
        problems.append(("name", Name(zh=f"最多 {MOST_NAME} 个字", en=f"at most {MOST_NAME} characters")))
    if clean.get("email") and _is_taken(conn, clean["email"], but):
        problems.append(("email", _TAKEN))
    if problems:
        raise FieldProblems(problems)
    return clean


def _parsed(values: PersonValues) -> tuple[dict[str, Any], list[Problem]]:
    clean: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, typed, parse in (
        ("name", values.name, cells.name),
        ("email", values.email, cells.email),
        ("phone", values.phone, cells.phone),
    ):
        try:
            clean[name] = parse(typed) if typed.strip() else None
        except Wrong as wrong:
            problems.append((name, Name(zh=wrong.zh, en=wrong.en)))
    empty = [name for name in ("name", "email") if name in clean and not clean[name]]
    return clean, problems + [(name, Name(zh="请填写", en="fill this in")) for name in empty]


def _is_taken(conn: Connection, email: str, but: int | None) -> bool:
    query = select(person.c.id).where(func.lower(person.c.email) == email.lower())
    found = conn.scalar(query.limit(1))
    return found is not None and found != but


_TAKEN = Name(
    zh="这个邮箱已经登记过。请按邮箱在“人员”中查找；查不到的属于别的地区，请联系上级管理员",
    en="this address is entered already; look for it among the people: one that is not found belongs to"
    " another region, ask the admin above you",
)
