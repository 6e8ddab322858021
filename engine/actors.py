"""Who acts, and what their rights reach."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import ColumnElement, Connection, bindparam, or_, select

from config.regions import is_within
from config.schedule import Role
from engine.prepared import Prepared
from engine.tables import person, right

_within = lru_cache(maxsize=4096)(is_within)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """One right of one person: a role in a region and all below it, or for one unit.

    It holds before the instant ``until`` (None: it stays).
    """

    role: Role
    region: str
    unit_id: int | None = None
    until: datetime | None = None

    def covers(self, region: str, unit_id: int) -> bool:
        """Return whether this right reaches a unit in a region (GB/T 2260 code)."""
        if self.unit_id is not None:
            return self.unit_id == unit_id
        return region == self.region if self.role is Role.COORDINATOR else _within(region, self.region)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who makes a change: a person with grants, or the system itself (``everything``)."""

    name: str
    person_id: int | None = None
    grants: tuple[Grant, ...] = ()
    everything: bool = False

    def roles_for(self, *, region: str, unit_id: int, coordinator_id: int | None) -> Collection[Role]:
        """Return the roles that the actor has for a case."""
        if self.everything:
            return tuple(Role)
        held = {grant.role for grant in self.grants if grant.covers(region, unit_id)}
        if self.person_id is not None and self.person_id == coordinator_id:
            held.add(Role.COORDINATOR)
        return held


SYSTEM = Actor(name="system", everything=True)
"""The engine itself, in its own jobs."""


def operator(name: str = "operator") -> Actor:
    """Return who works at the machine's own command line: trusted with everything, and named."""
    return Actor(name=name, everything=True)


def in_force(now: datetime) -> ColumnElement[bool]:
    """Return the condition that a right has not ended."""
    return or_(right.c.until.is_(None), right.c.until > now)


def actor_of(conn: Connection, person_id: int, *, now: datetime | None = None) -> Actor:
    """Return a person as an actor, with the grants in force at ``now``; somebody inactive has none.

    Without ``now`` only those count that never end.
    """
    rows = _RIGHTS.rows(conn, {"person": person_id, "now": now})
    grants = tuple(
        Grant(role=Role(row.role), region=row.region, unit_id=row.unit_id, until=row.until) for row in rows
    )
    return Actor(name=f"person:{person_id}", person_id=person_id, grants=grants)


_RIGHTS = Prepared(
    select(right.c.role, right.c.region, right.c.unit_id, right.c.until)
    .join(person, person.c.id == right.c.person_id)
    .where(right.c.person_id == bindparam("person"), person.c.active)
    .where(or_(right.c.until.is_(None), right.c.until > bindparam("now")))  # after None comes nothing
    .order_by(right.c.id)
)
"""Asked at every request."""
