"""The outbox to look at: mails in a list, and one as it was or will be read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from engine.delivery import letter_of
from engine.draft_subjects import draft_subjects
from engine.items import Reader
from engine.listing import Page, paged
from engine.outbox import message_row
from engine.reading import letter_from
from engine.tables import message, person
from notifications.letter import Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class MailLine:
    """One mail in a list. ``doubts`` counts tries that stayed without an answer."""

    number: int
    state: str
    template: str
    to: str | None
    name: str
    subject: str | None
    date: datetime
    sent_at: datetime | None
    not_before: datetime | None
    attempts: int
    doubts: int
    error: str | None


def list_mails(
    conn: Connection,
    *,
    now: datetime,
    state: str | None = None,
    uncertain: bool = False,
    page: int = 1,
    per_page: int = 50,
) -> Page[MailLine]:
    """Return one page of mails, the newest first; ``uncertain``: those that stayed without an answer once."""
    query = _mails()
    if state is not None:
        query = query.where(message.c.state == state)
    if uncertain:
        query = query.where(message.c.doubts > 0)
    rows, total = paged(conn, query.order_by(message.c.id.desc()), page, per_page)
    lines = _with_subjects(conn, [_mail_line(row) for row in rows], now)
    return Page(items=lines, total=total, page=page, per_page=per_page)


def one_mail(conn: Connection, number: int) -> MailLine:
    """Return one mail; UserError if there is none of that number."""
    message_row(conn, number)
    query = _mails().where(message.c.id == number)
    return _mail_line(conn.execute(query).one())


def letter_shown(conn: Connection, number: int, reader: Reader) -> Letter | None:
    """Return the letter of a mail: as it was made at its last try, else as the facts are now.

    None when nothing is left to tell.
    """
    row = message_row(conn, number)
    if row.content is not None:
        return letter_from(row.content)
    return letter_of(conn, row, reader)


def _with_subjects(conn: Connection, lines: Sequence[MailLine], now: datetime) -> tuple[MailLine, ...]:
    """Return the lines, drafts with the subjects that they would have now."""
    coming = draft_subjects(conn, lines, now=now)
    return tuple(replace(one, subject=one.subject or coming.get(one.number)) for one in lines)


def _mails() -> Select[Any]:
    return select(message, person.c.name, person.c.email).join(person, person.c.id == message.c.person_id)


def _mail_line(row: Any) -> MailLine:
    return MailLine(
        number=row.id,
        state=row.state,
        template=row.template,
        to=row.address or row.email,
        name=row.name,
        subject=row.subject,
        date=row.date,
        sent_at=row.sent_at,
        not_before=row.not_before,
        attempts=row.attempts,
        doubts=row.doubts,
        error=row.error,
    )
