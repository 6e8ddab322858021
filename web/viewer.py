"""Who looks: the signed-in person of a request."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from config.schedule import Role
from engine.accounts.sessions import Session
from engine.actors import Actor, actor_of


class Desk(StrEnum):
    """The three places of work; a person has those that their rights give."""

    COORDINATOR = "coordinator"
    ADMIN = "admin"
    AUDITOR = "auditor"


FRONT = {Desk.ADMIN: "/overview", Desk.COORDINATOR: "/my", Desk.AUDITOR: "/history"}
"""The first page of each desk, the one with most to do first."""

_DESK = {
    Role.COORDINATOR: Desk.COORDINATOR,
    Role.LEAD: Desk.ADMIN,
    Role.ADMIN: Desk.ADMIN,
    Role.AUDITOR: Desk.AUDITOR,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """A signed-in person, with what they may do. ``writes`` is False for an API token that only looks."""

    person_id: int
    name: str
    email: str | None
    lang: str
    actor: Actor
    session_id: int | None = None
    writes: bool = True

    @property
    def roles(self) -> frozenset[Role]:
        """Return every role held anywhere."""
        return frozenset(grant.role for grant in self.actor.grants)

    @property
    def desks(self) -> tuple[Desk, ...]:
        """Return the desks of this person; whoever has no right at all may still answer for a case."""
        mine = {_DESK[role] for role in self.roles} or {Desk.COORDINATOR}
        return tuple(desk for desk in Desk if desk in mine)

    @property
    def front(self) -> str:
        """Return the page to begin on."""
        return next(path for desk, path in FRONT.items() if desk in self.desks)


def viewer_of(conn: Connection, session: Session, *, now: datetime) -> Viewer:
    """Return the person of a session, with the rights of this moment."""
    return Viewer(
        person_id=session.person_id,
        name=session.name,
        email=session.email,
        lang=session.lang,
        actor=actor_of(conn, session.person_id, now=now),
        session_id=session.id,
    )
