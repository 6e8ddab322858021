"""Delivery: claim a message, hand it to the transport, mark what became of it.

The claim is committed before any network byte and the mark after the answer; nothing is locked while
a mail server is slow. ``sent`` means accepted; a lost answer is ``uncertain``, never guessed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage
from enum import StrEnum
from time import sleep
from typing import Any, NamedTuple
from uuid import uuid4

import orjson
from sqlalchemy import Connection, select

from config.errors import UserError
from engine.accounts.key import AccountsKey
from engine.accounts.letters import carries_ticket, letter_of_ticket, link_of, render_ticket
from engine.checkpoint_mail import letter_of_checkpoint
from engine.clock import Clock, stamp
from engine.commendation.telling import TEMPLATES as COMMENDATIONS
from engine.commendation.telling import letter_of_commendation
from engine.database import Database
from engine.items import Reader
from engine.letters import letters_of_sweep
from engine.notes import letter_about_case
from engine.outbox import LEASE, TRIES, Move, message_row, move, next_queued, wait_after
from engine.pace import wait_for_slot
from engine.roster import mark_address
from engine.tables import message
from engine.template_texts import Written, fault_told, render_in_force
from notifications.compose import compose
from notifications.letter import Envelope, Letter
from notifications.outcome import Answer, Outcome
from notifications.render import Templates
from notifications.transport import Transport

_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+")
"""A mail server's answer repeats the address; history keeps none."""


class Policy(StrEnum):
    """What becomes of a mail whose first try stayed without an answer."""

    RESEND = "resend"
    HOLD = "hold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What every mail of this installation has in common; at most ``per_second`` leave (None: no limit).

    Without a ``key`` no link to sign in can be sent.
    """

    sender: str
    base_url: str
    templates: Templates
    policy: Policy = Policy.RESEND
    reply_to: str | None = None
    per_second: float | None = None
    key: AccountsKey | None = None


class Claimed(NamedTuple):
    """A message in this worker's hands."""

    id: int
    token: str
    mail: EmailMessage


class Sent(NamedTuple):
    """What became of one message in one go."""

    id: int
    state: str
    whole_host: bool = False


def deliver_next(database: Database, office: Office, transport: Transport, *, clock: Clock) -> Sent | None:
    """Deliver the oldest message that may go; None when there is none."""
    with database.write() as conn:
        taken = claim_next(conn, office, now=clock())
    if not isinstance(taken, Claimed):
        return taken
    outcome = transport.send(taken.mail)
    with database.write() as conn:
        state = mark(conn, taken, outcome, policy=office.policy, now=clock())
    return Sent(taken.id, state, outcome.whole_host)


def claim_next(conn: Connection, office: Office, *, now: datetime) -> Claimed | Sent | None:
    """Take the next message for sending, its facts looked at again; Sent if nothing is left to say."""
    row = next_queued(conn, now=now)
    if row is None:
        return None
    reader = Reader(now=now, base_url=office.base_url)
    letter = letter_of(conn, row, reader)
    if letter is None or not letter.to.email:
        move(conn, row, [Move("obsolete", {}, {"why": "nothing left to tell"})], now=now)
        return Sent(row.id, "obsolete")
    try:
        mail, faults = _compose(conn, row, letter, office=office, reader=reader)
    except UserError as error:
        move(conn, row, [Move("hold", {"error": error.text.en[:500]}, {"why": error.code})], now=now)
        return Sent(row.id, "held")
    token = str(uuid4())
    values = {
        "token": token,
        "attempts": row.attempts + 1,
        "lease_until": now + LEASE,
        "address": letter.to.email,
        "subject": str(mail["Subject"]),
        "content": orjson.dumps(letter),
    }
    refs = sorted({item.ref for item in letter.items})
    told = {"attempt": row.attempts + 1, "cases": refs} | faults
    move(conn, row, [Move("claim", values, told)], now=now)
    return Claimed(row.id, token, mail)


def letter_of(conn: Connection, row: Any, reader: Reader) -> Letter | None:
    """Return the letter of a message as the facts are now; None when nothing is left to tell."""
    if carries_ticket(row):
        return letter_of_ticket(conn, row, reader)
    if row.template in COMMENDATIONS:
        return letter_of_commendation(conn, row, reader)
    if row.sweep_id is None and row.case_id is None:
        return letter_of_checkpoint(conn, row, reader)
    if row.sweep_id is None:
        return letter_about_case(conn, row, reader)
    found = next(letters_of_sweep(conn, row.sweep_id, reader, person_id=row.person_id), None)
    return found[1] if found else None


def _compose(
    conn: Connection, row: Any, letter: Letter, *, office: Office, reader: Reader
) -> tuple[EmailMessage, dict[str, str]]:
    """Return the mail, and what its history says of a template that failed."""
    envelope = Envelope(
        message_id=row.message_id, date=row.date, sender=office.sender, reply_to=office.reply_to
    )
    if carries_ticket(row):
        written = Written(render_ticket(letter, link_of(conn, row, office.key, reader=reader)))
    else:
        written = render_in_force(conn, letter, office.templates)
    return compose(letter, written.rendered, envelope), fault_told(written)


def mark(conn: Connection, taken: Claimed, outcome: Outcome, *, policy: Policy, now: datetime) -> str:
    """Write down what became of a try; a late worker only leaves a note in the history."""
    row = message_row(conn, taken.id)
    outcome = replace(outcome, detail=_ADDRESS.sub("<address>", outcome.detail))
    if row.state != "sending" or row.token != taken.token:
        details = {"answer": outcome.answer, "detail": outcome.detail}
        move(conn, row, [Move("late_result", {}, details)], now=now)
        return str(row.state)
    moves = _after(row, outcome, policy, now)
    move(conn, row, moves, now=now)
    if outcome.answer in (Answer.REFUSED, Answer.ACCEPTED):
        refused = outcome.answer is Answer.REFUSED
        mark_address(conn, row.person_id, bad=refused, reason=outcome.detail, now=now)
    return str(message_row(conn, taken.id).state)


def _after(row: Any, outcome: Outcome, policy: Policy, now: datetime) -> list[Move]:
    free = {"token": None, "lease_until": None, "error": outcome.detail or None}
    told = {"detail": outcome.detail}
    if outcome.answer is Answer.ACCEPTED:
        return [Move("accept", free | {"error": None, "sent_at": now}, told)]
    if outcome.answer is Answer.REFUSED:
        return [Move("refuse", free, told)]
    if outcome.answer is Answer.UNKNOWN:
        return _lost(row, free, told, policy=policy, now=now)
    if row.attempts >= TRIES:
        return [Move("give_up", free, told)]
    later = now + wait_after(row)
    return [Move("requeue", free | {"not_before": later}, told | {"not_before": stamp(later)})]


def _lost(
    row: Any, free: dict[str, Any], told: dict[str, Any], *, policy: Policy, now: datetime
) -> list[Move]:
    """Return what follows a try without an answer: once more with the same Message-ID, then a person."""
    doubts = row.doubts + 1
    lost = Move("lose", free | {"doubts": doubts}, told)
    if policy is Policy.HOLD or doubts > 1:
        return [lost, Move("hold", {}, {"why": "may have been accepted"})]
    return [
        lost,
        Move("resend", {"not_before": now + wait_after(row)}, {"why": "may not have been accepted"}),
    ]


def reap(conn: Connection, *, policy: Policy, now: datetime, all_claims: bool = False) -> int:
    """Take back messages whose worker is gone: their lease is over, or (``all_claims``) it must be dead."""
    gone = select(message).where(message.c.state == "sending")
    if not all_claims:
        gone = gone.where(message.c.lease_until < now)
    rows = conn.execute(gone.with_for_update(skip_locked=True)).all()
    for row in rows:
        free: dict[str, Any] = {"token": None, "lease_until": None, "error": "the sender was interrupted"}
        move(conn, row, _lost(row, free, {"why": "interrupted"}, policy=policy, now=now), now=now)
    return len(rows)


def next_try(conn: Connection) -> datetime | None:
    """Return the earliest instant at which a waiting message may be tried again."""
    waiting = select(message.c.not_before).where(message.c.state == "queued").order_by(message.c.not_before)
    return conn.scalar(waiting.limit(1))


def deliver_all(
    database: Database,
    office: Office,
    transport: Transport,
    *,
    clock: Clock,
    stop: Callable[[], bool] = lambda: False,
    pause: Callable[[float], object] = sleep,
) -> list[Sent]:
    """Deliver until nothing may go now, the host is in trouble, or ``stop``; ``pause`` keeps the pace."""
    sent: list[Sent] = []
    while not stop():
        if office.per_second is not None and not _keep_pace(database, office.per_second, clock, pause):
            break
        one = deliver_next(database, office, transport, clock=clock)
        if one is None:
            break
        sent.append(one)
        if one.whole_host:
            break
    return sent


def _keep_pace(database: Database, per_second: float, clock: Clock, pause: Callable[[float], object]) -> bool:
    """Wait for the next slot if a mail is waiting; return whether one is."""
    with database.write() as conn:
        if next_queued(conn, now=clock()) is None:
            return False
        seconds = wait_for_slot(conn, per_second=per_second, now=clock())
    if seconds > 0:
        pause(seconds)
    return True
