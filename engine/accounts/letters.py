"""The mails that carry a ticket. The link is put in when a mail is sent; no row of ours ever holds it."""

from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, select

from engine.accounts.key import AccountsKey, missing_key
from engine.accounts.tickets import Purpose, arm, ticket_by_id
from engine.checkpoint_mail import ZONE
from engine.items import Reader
from engine.letters import senders_of
from engine.outbox import MailDraft, queue
from engine.rules import zone
from engine.schedules import schedules_in_force
from engine.tables import person
from notifications.letter import Letter, Person, Sender
from notifications.render import Rendered, Templates

TEMPLATES = {Purpose.SIGN_IN: "sign_in", Purpose.INVITE: "invitation"}
"""The mail of each purpose of a ticket."""

LINK = "/sign-in/link/"
"""The page of a ticket, before its token."""


def queue_tickets(
    conn: Connection,
    tickets: dict[int, int],
    *,
    purpose: Purpose,
    inviter_id: int | None = None,
    now: datetime,
) -> list[int]:
    """Queue the mails of some tickets, given by person; return their numbers."""
    drafts = [
        MailDraft(
            key=f"ticket:{number}",
            template=TEMPLATES[purpose],
            person_id=person_id,
            note=None if inviter_id is None else str(inviter_id),
        )
        for person_id, number in tickets.items()
    ]
    return queue(conn, drafts, now=now)


def carries_ticket(mail: Any) -> bool:
    """Return whether a message is one of these mails."""
    return mail.template in TEMPLATES.values()


def letter_of_ticket(conn: Connection, mail: Any, reader: Reader) -> Letter | None:
    """Return the letter of a ticket's mail without its link; None if the ticket is good no more."""
    found = ticket_by_id(conn, _number(mail), now=reader.now)
    if found is None or found.email is None:
        return None
    place = zone(ZONE)
    return Letter(
        template=mail.template,
        to=Person(name=found.name, email=found.email, lang=found.lang),
        at=reader.now.astimezone(place),
        senders=_senders(conn, mail.note),
        link_until=found.expires_at.astimezone(place),
    )


def link_of(conn: Connection, mail: Any, key: AccountsKey | None, *, reader: Reader) -> str:
    """Return the link of a ticket's mail, the only one that works from now on; UserError without a key."""
    found = ticket_by_id(conn, _number(mail), now=reader.now)
    if key is None or found is None:
        raise missing_key()
    return f"{reader.base_url}{LINK}{arm(conn, found, key)}"


def render_ticket(letter: Letter, link: str) -> Rendered:
    """Return the mail as it goes out, in the shipped words alone: others could carry the link elsewhere."""
    return _shipped().render(replace(letter, link=link))


def _number(mail: Any) -> int:
    return int(mail.key.removeprefix("ticket:"))


def _senders(conn: Connection, inviter_id: str | None) -> tuple[Sender, ...]:
    """Return who invited, else the contacts of the notices in force."""
    if inviter_id is None:
        return senders_of(schedules_in_force(conn).values())
    row = conn.execute(select(person).where(person.c.id == int(inviter_id))).one()
    return (Sender(name=row.name, phone=row.phone, email=row.email),)


@cache
def _shipped() -> Templates:
    return Templates()
