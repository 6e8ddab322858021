"""The applied notices that somebody may see, each with the version of its schedule."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, select

from engine.actors import Actor
from engine.schedules import schedule_by_hash
from engine.scope import notices_seen
from engine.tables import notice


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeSeen:
    """One notice; ``version`` is that of its schedule, ``extends`` the notice above it."""

    id: str
    code: str
    title: str
    number: str | None
    issuer: str
    issued: date | None
    region: str
    extends: str | None
    state: str
    version: int
    review: bool
    zone: str


def all_notices(conn: Connection, actor: Actor) -> tuple[NoticeSeen, ...]:
    """Return every applied notice that an actor may see, in the order of region and id."""
    rows = conn.execute(_applied(actor).order_by(notice.c.region, notice.c.id))
    return tuple(_seen(conn, row) for row in rows)


def one_notice(conn: Connection, notice_id: str, actor: Actor) -> NoticeSeen | None:
    """Return an applied notice, None where there is none that the actor may see."""
    row = conn.execute(_applied(actor).where(notice.c.id == notice_id)).first()
    return None if row is None else _seen(conn, row)


def _applied(actor: Actor) -> Select[Any]:
    return select(notice).where(notices_seen(actor), notice.c.schedule_version > 0)


def _seen(conn: Connection, row: Any) -> NoticeSeen:
    told = schedule_by_hash(conn, row.schedule_hash)
    return NoticeSeen(
        id=told.id,
        code=told.code,
        title=told.title,
        number=told.number,
        issuer=told.issuer,
        issued=told.issued.day if told.issued else None,
        region=told.region,
        extends=next(iter(told.line[1:]), None),
        state=row.state,
        version=row.schedule_version,
        review=told.review,
        zone=told.zone,
    )
