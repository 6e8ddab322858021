"""Mails as a table, as they are read, and as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from cli.labels import label, state_label
from cli.moments import local
from cli.show import Cell, Column, line, record, tell
from cli.words import say
from engine.delivery import Office
from engine.items import Reader
from engine.mailbox import MailLine, letter_shown, one_mail
from engine.outbox import message_row
from engine.template_texts import render_in_force
from notifications.render import Rendered

COLUMNS = (
    Column("mail", right=True),
    Column("to"),
    Column("subject", wraps=True),
    Column("state"),
    Column("made"),
    Column("note", wraps=True),
)
_TONES = {"sent": "done", "dead": "late", "held": "soon", "uncertain": "soon", "obsolete": "quiet"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPage:
    """One mail with its headers; ``rendered`` is None when nothing is left to tell."""

    line: MailLine
    message_id: str
    sender: str
    rendered: Rendered | None


def read_mail(conn: Connection, number: int, *, office: Office, now: datetime) -> MailPage:
    """Read one mail: as it was made at its last try, else as it would be made now."""
    one = one_mail(conn, number)
    letter = letter_shown(conn, number, Reader(now=now, base_url=office.base_url))
    return MailPage(
        line=one,
        message_id=message_row(conn, number).message_id,
        sender=office.sender,
        rendered=render_in_force(conn, letter, office.templates).rendered if letter else None,
    )


def mail_row(one: MailLine) -> Sequence[str | Cell]:
    """Return a mail as a row of a table."""
    state = Cell(state_label("message", one.state), _TONES.get(one.state, ""))
    subject = one.subject or label("template", one.template)
    return str(one.number), one.to or one.name, subject, state, local(one.date), _note(one)


def mail_form(mail: MailPage) -> dict[str, object]:
    """Return a mail as JSON."""
    rendered = mail.rendered
    return record(mail.line) | {
        "message_id": mail.message_id,
        "from": mail.sender,
        "subject": rendered.subject if rendered else mail.line.subject,
        "text": rendered.text if rendered else None,
        "html": rendered.html if rendered else None,
    }


def show_mail(mail: MailPage) -> None:
    """Print headers and text."""
    one, rendered = mail.line, mail.rendered
    headers = {
        "from": mail.sender,
        "to": f"{one.name} <{one.to}>" if one.to else one.name,
        "subject": rendered.subject if rendered else one.subject or "–",
        "date": local(one.date),
        "message_id": mail.message_id,
        "state": _standing(one),
    }
    for name, value in headers.items():
        line(f"{say(f'header.{name}')}{value}")
    line()
    if rendered:
        line(rendered.text.rstrip("\n"))
    else:
        tell("mail.nothing_left", number=one.number)


def _standing(one: MailLine) -> str:
    parts = [state_label("message", one.state)]
    parts += [local(one.sent_at)] if one.sent_at else []
    note = _note(one)
    return say("list.semicolon").join([*parts, *([note] if note else [])])


def _note(one: MailLine) -> str:
    parts = [say("mail.doubts", count=one.doubts)] if one.doubts else []
    if one.state == "queued" and one.not_before:
        parts.append(say("mail.not_before", at=local(one.not_before)))
    parts += [one.error] if one.error else []
    return say("list.semicolon").join(parts)
