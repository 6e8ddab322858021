"""Which changes somebody may look at: those of the cases, units, people, notices and mails that they see."""

from collections.abc import Iterator
from functools import lru_cache

from sqlalchemy import ColumnElement, Connection, Select, false, or_, select, true

from config.errors import UserError
from config.regions import find
from config.schedule import Role
from engine.actors import Actor, Grant
from engine.audit.subjects import Kind, is_kind, name_in, number_in
from engine.scope import in_region, in_region_of, notices_seen, people_seen, seen, units_seen
from engine.tables import case, history, message, notice, person, unit, webhook


@lru_cache(maxsize=256)  # SQLAlchemy is slower at writing this down than a database at answering it
def changes_seen(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that an actor may look at a row of history.

    What is of no region (templates, lifecycles) is for everybody who has a right at all.
    """
    if actor.everything:
        return true()
    common = [is_kind(Kind.TEMPLATE), is_kind(Kind.LIFECYCLE)] if actor.grants else []
    return or_(false(), *_by_subject(actor, notices_seen(actor)), *common)


def changes_within(region: str) -> ColumnElement[bool]:
    """Return the condition that a row of history is about something of a region (code or name)."""
    code = find(region).code
    there = Actor(name="", grants=(Grant(role=Role.AUDITOR, region=code),))
    return or_(*_by_subject(there, in_region(notice.c.region, code)))


def _by_subject(actor: Actor, notices: ColumnElement[bool]) -> Iterator[ColumnElement[bool]]:
    """Yield a condition for each kind of subject: its row is looked up by its key, a page needs few."""
    for kind, query in _looked_up(actor, notices):
        yield is_kind(kind) & query.correlate(history).exists()


def _looked_up(actor: Actor, notices: ColumnElement[bool]) -> Iterator[tuple[Kind, Select[tuple[int]]]]:
    yield Kind.CASE, select(case.c.id).where(case.c.ref == name_in(Kind.CASE), seen(actor))
    yield Kind.UNIT, select(unit.c.id).where(unit.c.id == number_in(Kind.UNIT), units_seen(actor))
    yield Kind.PERSON, select(person.c.id).where(person.c.id == number_in(Kind.PERSON), people_seen(actor))
    yield Kind.NOTICE, select(notice.c.id).where(notice.c.id == name_in(Kind.NOTICE), notices)
    of_notice = select(notice.c.id).where(notice.c.id == name_in(Kind.COMMENDATION), notices)
    yield Kind.COMMENDATION, of_notice
    hooks = in_region_of(actor, webhook.c.region)
    yield Kind.WEBHOOK, select(webhook.c.id).where(webhook.c.id == number_in(Kind.WEBHOOK), hooks)
    to = select(message.c.id).join(person, person.c.id == message.c.person_id)
    yield Kind.MAIL, to.where(message.c.id == number_in(Kind.MAIL), people_seen(actor))


def require_seen(conn: Connection, actor: Actor, subject: str) -> None:
    """Refuse a subject that an actor may not look at, in the words for one that history does not know."""
    row = select(history.c.id).where(history.c.subject == subject, changes_seen(actor)).limit(1)
    if conn.scalar(row) is None:
        raise UserError(
            zh=f"历史中没有 {subject}。请核对编号，或从历史列表中选择。",
            en=f"history has nothing of {subject}; check the number, or choose it from the list of changes",
            code="history.unknown",
        )
