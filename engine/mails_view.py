"""The outbox as an admin looks at it: in boxes by what is to be done, and one mail with its history."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select
from sqlalchemy import case as when

from engine.actors import Actor
from engine.admins import is_admin
from engine.audit.search import ChangeFilter, find_changes
from engine.audit.telling import ToldChange, tell
from engine.draft_subjects import draft_subjects
from engine.listing import Page, paged
from engine.mail_actions import mails_in_hand
from engine.outbox import TRIES, message_row
from engine.scope import mails_seen
from engine.tables import case, ledger, message, person

_CHANGES = 100


class Box(StrEnum):
    """What is to be done with a mail: look through it, nothing yet, nothing more, decide, mend."""

    DRAFT = "draft"
    QUEUED = "queued"
    SENT = "sent"
    DOUBTFUL = "doubtful"
    DEAD = "dead"
    OBSOLETE = "obsolete"


STATES: Mapping[Box, tuple[str, ...]] = {
    Box.DRAFT: ("draft",),
    Box.QUEUED: ("queued", "sending"),
    Box.SENT: ("sent",),
    Box.DOUBTFUL: ("uncertain", "held"),
    Box.DEAD: ("dead",),
    Box.OBSOLETE: ("obsolete",),
}
_BOX = {state: box for box, states in STATES.items() for state in states}


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFilter:
    """Which mails: of a box, to whom (``text`` of name or address), ``doubted``: once without an answer."""

    box: Box
    text: str = ""
    person: int | None = None
    doubted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxLine:
    """One mail in the outbox.

    ``subject`` is None until it is made, but a draft's is told before; ``ref`` and ``title`` are of its
    only case, where ``cases`` is 1; ``in_hand`` says that the viewer may release, hold or drop it;
    ``gave_up`` that all tries are used up.
    """

    number: int
    state: str
    box: Box
    template: str
    person_id: int
    name: str
    to: str | None
    subject: str | None
    message_id: str
    date: datetime
    sent_at: datetime | None
    not_before: datetime | None
    attempts: int
    doubts: int
    error: str | None
    cases: int
    ref: str | None
    in_hand: bool
    title: str | None = None

    @property
    def gave_up(self) -> bool:
        """Return whether it was tried as often as it may be."""
        return self.attempts >= TRIES


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFile:
    """One mail and its history in words, the newest change first."""

    line: OutboxLine
    changes: tuple[ToldChange, ...]


def mails_in(
    conn: Connection, actor: Actor, wanted: MailFilter, *, now: datetime, page: int = 1, per_page: int = 50
) -> Page[OutboxLine]:
    """Return one page of a box: drafts the oldest first, other mails the newest first."""
    query = _lines(actor).where(mails_seen(actor), *_conditions(wanted))
    order = message.c.id if wanted.box is Box.DRAFT else message.c.id.desc()
    rows, total = paged(conn, query.order_by(order), page, per_page)
    lines = _titled(conn, [_line(row) for row in rows], now)
    return Page(items=lines, total=total, page=page, per_page=per_page)


def box_counts(conn: Connection, actor: Actor) -> Mapping[Box, int]:
    """Return how many mails an actor finds in each box."""
    counted = select(message.c.state, func.count()).where(mails_seen(actor)).group_by(message.c.state)
    counts = dict.fromkeys(Box, 0)
    for state, count in conn.execute(counted):
        counts[_BOX[state]] += count
    return counts


def count_doubted(conn: Connection, actor: Actor) -> int:
    """Return how many mails were sent after a try without an answer: their readers may have them twice."""
    twice = (message.c.state == "sent") & (message.c.doubts > 0)
    return conn.scalar(select(func.count()).select_from(message).where(twice, mails_seen(actor))) or 0


def mails_named(
    conn: Connection, actor: Actor, numbers: Sequence[int], *, now: datetime
) -> tuple[OutboxLine, ...]:
    """Return those of some mails that an actor may see, by number."""
    query = _lines(actor).where(message.c.id.in_(numbers), mails_seen(actor)).order_by(message.c.id)
    return _titled(conn, [_line(row) for row in conn.execute(query)], now)


def mail_file(conn: Connection, number: int, *, actor: Actor, now: datetime, local: ZoneInfo) -> MailFile:
    """Return one mail for whoever reaches it (``engine.reach`` has said so); UserError if there is none."""
    message_row(conn, number)
    row = conn.execute(_lines(actor).where(message.c.id == number)).one()
    found = find_changes(conn, actor, ChangeFilter(subject=f"mail:{number}"), limit=_CHANGES)
    [line] = _titled(conn, [_line(row)], now)
    return MailFile(line=line, changes=tell(conn, found, local=local, year=now.astimezone(local).year))


def _conditions(wanted: MailFilter) -> Iterator[ColumnElement[bool]]:
    yield message.c.state.in_(STATES[wanted.box])
    if text := wanted.text.strip():
        columns = (person.c.name, person.c.email, message.c.address)
        yield or_(*(column.icontains(text, autoescape=True) for column in columns))
    if wanted.person is not None:
        yield message.c.person_id == wanted.person
    if wanted.doubted:
        yield message.c.doubts > 0


def _lines(actor: Actor) -> Select[Any]:
    told = (
        (ledger.c.sweep_id == message.c.sweep_id)
        & (ledger.c.person_id == message.c.person_id)
        & (ledger.c.outcome == "mailed")
    )
    cases = select(func.count(ledger.c.case_id.distinct())).where(told).scalar_subquery()
    told_ref = select(func.min(case.c.ref)).join(ledger, ledger.c.case_id == case.c.id).where(told)
    own_ref = select(case.c.ref).where(case.c.id == message.c.case_id)
    mine = (
        when((mails_in_hand(actor), 1), else_=0) if is_admin(actor) else when((message.c.id < 0, 1), else_=0)
    )
    return select(
        message,
        person.c.name,
        person.c.email,
        when((message.c.sweep_id.is_not(None), cases), (message.c.case_id.is_not(None), 1), else_=0).label(
            "cases"
        ),
        func.coalesce(own_ref.scalar_subquery(), told_ref.scalar_subquery()).label("ref"),
        mine.label("in_hand"),
    ).join(person, person.c.id == message.c.person_id)


def _line(row: Any) -> OutboxLine:
    return OutboxLine(
        number=row.id,
        state=row.state,
        box=_BOX[row.state],
        template=row.template,
        person_id=row.person_id,
        name=row.name,
        to=row.address or row.email,
        subject=row.subject,
        message_id=row.message_id,
        date=row.date,
        sent_at=row.sent_at,
        not_before=row.not_before,
        attempts=row.attempts,
        doubts=row.doubts,
        error=row.error,
        cases=row.cases,
        ref=row.ref if row.cases == 1 else None,
        in_hand=bool(row.in_hand),
    )


def _titled(conn: Connection, lines: Sequence[OutboxLine], now: datetime) -> tuple[OutboxLine, ...]:
    """Return the lines with the titles of their only cases, drafts with the subjects they would have now."""
    refs = sorted({one.ref for one in lines if one.ref})
    titles = {
        row.ref: row.title
        for row in conn.execute(select(case.c.ref, case.c.title).where(case.c.ref.in_(refs)))
    }
    coming = draft_subjects(conn, lines, now=now)
    return tuple(
        replace(
            one, title=titles.get(one.ref) if one.ref else None, subject=one.subject or coming.get(one.number)
        )
        for one in lines
    )
