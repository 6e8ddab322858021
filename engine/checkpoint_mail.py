"""The checkpoint that leaves the house: mailed to every auditor once a working day.

The copy in a mailbox is what nobody with the database can rewrite.
"""

from datetime import datetime, time
from typing import Any

from sqlalchemy import Connection, Select, select

from config.workdays import WorkCalendar
from engine.actors import in_force
from engine.items import Reader
from engine.letters import senders_of
from engine.meta import get_meta, set_meta
from engine.outbox import MailDraft, queue
from engine.rules import zone
from engine.schedules import schedules_in_force
from engine.seal import alone, latest
from engine.tables import message, person, right
from engine.verifier import read_note
from notifications.letter import Letter, Person, Sealed

CHECKPOINT = "checkpoint"
"""The mail's template."""

ZONE = "Asia/Shanghai"
SENT_FROM = time(9)
"""The hour of the zone from which the day's checkpoint goes out."""

_META = "checkpoint_mailed"
_CALENDAR = WorkCalendar()


def mail_checkpoint(conn: Connection, *, now: datetime) -> int:
    """Queue the last checkpoint for every auditor, once a working day; return how many mails.

    A day without a checkpoint or an auditor is not used up: the mail follows when there are both.
    """
    local = now.astimezone(zone(ZONE))
    day = local.date()
    if local.time() < SENT_FROM or not _CALENDAR.is_working(day):
        return 0
    alone(conn)
    sealed = latest(conn)
    if sealed is None or get_meta(conn, _META) == day.isoformat():
        return 0
    drafts = [
        MailDraft(
            key=f"{CHECKPOINT}:{day.isoformat()}:{number}",
            template=CHECKPOINT,
            person_id=number,
            note=sealed.note,
        )
        for number in conn.scalars(_auditors(now).with_only_columns(person.c.id).order_by(person.c.id))
    ]
    if not drafts:
        return 0
    set_meta(conn, _META, day.isoformat())
    return len(queue(conn, _unsent(conn, drafts), now=now))


def _auditors(now: datetime) -> Select[Any]:
    """Return the query for who gets it. Whoever asked for silence as well: a proof is not a reminder."""
    held = select(right.c.person_id).where(right.c.role == "auditor", in_force(now))
    reachable = person.c.active & person.c.email.is_not(None) & ~person.c.address_bad
    return select(person).where(reachable, person.c.id.in_(held))


def _unsent(conn: Connection, drafts: list[MailDraft]) -> list[MailDraft]:
    """Leave out what a clock that was set back would send once more."""
    keys = [draft.key for draft in drafts]
    known = set(conn.scalars(select(message.c.key).where(message.c.key.in_(keys))))
    return [draft for draft in drafts if draft.key not in known]


def letter_of_checkpoint(conn: Connection, mail: Any, reader: Reader) -> Letter | None:
    """Return the letter of a checkpoint's mail; None if the person is no auditor any more."""
    to = conn.execute(_auditors(reader.now).where(person.c.id == mail.person_id)).first()
    if to is None:
        return None
    try:
        note = read_note(mail.note or "")
    except ValueError:  # tampered with in its row: there is nothing to prove with it
        return None
    return Letter(
        template=CHECKPOINT,
        to=Person(name=to.name, email=to.email, lang=to.lang),
        at=reader.now.astimezone(zone(ZONE)),
        senders=senders_of(schedules_in_force(conn).values()),
        list_url=f"{reader.base_url}/history",
        note=mail.note,
        sealed=Sealed(rows=note.size, root=note.root.hex()),
    )
