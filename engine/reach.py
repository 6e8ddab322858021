"""Whether somebody's rights reach one thing: a case, a notice, a person, a unit, a mail, a region.

``roles`` are those that count; none given means any. What does not exist is not reached either, so that
nobody learns the difference.
"""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import CompoundSelect, Connection, bindparam, select

from config.regions import is_within, regions
from config.schedule import Role
from engine.actors import Actor, Grant
from engine.prepared import Prepared
from engine.tables import case, message, notice, person, right, unit

_WATCHING = frozenset({Role.LEAD, Role.ADMIN, Role.AUDITOR})


def reaches_case(conn: Connection, actor: Actor, ref: str, roles: Collection[Role]) -> bool:
    """Return whether the actor has one of ``roles`` for a case."""
    found = _OF_CASE.rows(conn, {"ref": ref})
    if not found:
        return False
    row = found[0]
    held = actor.roles_for(region=row.region, unit_id=row.unit_id, coordinator_id=row.coordinator_id)
    return bool(set(held) & set(roles) if roles else held)


_OF_CASE = Prepared(
    select(case.c.region, case.c.unit_id, case.c.coordinator_id).where(case.c.ref == bindparam("ref"))
)


def reaches_notice(conn: Connection, actor: Actor, notice_id: str, roles: Collection[Role]) -> bool:
    """Return whether a notice is the actor's to read (it applies where they work) or, by role, to change."""
    region = conn.scalar(select(notice.c.region).where(notice.c.id == notice_id))
    if region is None:
        return False
    if actor.everything:
        return True
    if roles:
        return any(is_within(region, grant.region) for grant in _of(actor, roles))
    return any(
        is_within(region, grant.region) or is_within(grant.region, region) for grant in actor.grants
    ) or _answers_in(conn, actor, notice_id)


def _answers_in(conn: Connection, actor: Actor, notice_id: str) -> bool:
    mine = (case.c.notice == notice_id) & (case.c.coordinator_id == actor.person_id)
    return conn.execute(select(case.c.id).where(mine).limit(1)).first() is not None


def reaches_unit(conn: Connection, actor: Actor, unit_id: int | str, roles: Collection[Role]) -> bool:
    """Return whether one of the actor's rights covers a unit."""
    number = _number(unit_id)
    region = conn.scalar(select(unit.c.region).where(unit.c.id == number)) if number else None
    if region is None or number is None:
        return False
    return actor.everything or any(grant.covers(region, number) for grant in _of(actor, roles))


def reaches_person(conn: Connection, actor: Actor, person_id: int | str, roles: Collection[Role]) -> bool:
    """Return whether somebody is the actor, or has a right or a case where the actor watches."""
    number = _number(person_id)
    if number is None or conn.scalar(select(person.c.id).where(person.c.id == number)) is None:
        return False
    if actor.everything or (number == actor.person_id and not roles):
        return True
    places = {str(row.region) for row in conn.execute(_places_of(number))}
    grants = _of(actor, roles or _WATCHING)
    return any(
        is_within(place, grant.region) for place in places for grant in grants if grant.unit_id is None
    )


def _places_of(number: int) -> CompoundSelect[Any]:
    rights = select(right.c.region).where(right.c.person_id == number)
    return rights.union(select(case.c.region).where(case.c.coordinator_id == number))


def reaches_mail(conn: Connection, actor: Actor, message_id: int | str, roles: Collection[Role]) -> bool:
    """Return whether a mail is to the actor or to somebody whom they watch over."""
    number = _number(message_id)
    to = conn.scalar(select(message.c.person_id).where(message.c.id == number)) if number else None
    if to is None:
        return False
    if to == actor.person_id and not roles:
        return True
    return reaches_person(conn, actor, to, roles or _WATCHING)


def reaches_region(conn: Connection, actor: Actor, region: str, roles: Collection[Role]) -> bool:
    """Return whether a region (GB/T 2260 code) is within one of the actor's."""
    del conn  # asked like the others
    if region not in regions():
        return False
    return actor.everything or any(is_within(region, grant.region) for grant in _of(actor, roles))


def _of(actor: Actor, roles: Collection[Role]) -> Iterable[Grant]:
    return [grant for grant in actor.grants if not roles or grant.role in roles]


def _number(text: int | str) -> int | None:
    """Return the number that a path names, None where it is none (or too large for any row)."""
    if isinstance(text, int):
        return text if 0 < text < 2**63 else None
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 19 else None
