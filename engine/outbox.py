"""The outbox: every mail is a row first, and moves only by the message lifecycle, with history.

``draft → queued → sending → sent | queued again | uncertain → queued or held | dead | obsolete``.
A claim is fenced by a token and a lease; a late worker changes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, insert, or_, select

from config.errors import UserError
from engine.columns import Instant
from engine.history import GENESIS, Change, Head, Row, append, link
from engine.ids import reserve
from engine.meta import get_meta
from engine.prepared import Prepared, write_at_version
from engine.tables import message
from workflows.machine import destination
from workflows.registry import lifecycle

LEASE = timedelta(seconds=600 + 60 + 60)
"""Longer than the longest silence of a mail server: 600 s after the final dot, and room."""

TRIES = 12
_FIRST_WAIT = 30.0
_LONGEST_WAIT = 6 * 3600.0
_LIFE = lifecycle("message")
_BY_ID = Prepared(select(message).where(message.c.id == bindparam("id")))
_NEXT = Prepared(
    select(message)
    .where(
        message.c.state == "queued",
        or_(
            message.c.not_before.is_(None),
            message.c.not_before <= bindparam("now", type_=Instant),
            message.c.not_before > bindparam("beyond", type_=Instant),
        ),
    )
    .order_by(message.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailDraft:
    """One mail to be queued. ``key`` says which it is for ever: the same key is never queued twice."""

    key: str
    template: str
    person_id: int
    sweep_id: int | None = None
    case_id: int | None = None
    review: bool = False
    note: str | None = None


class Move(NamedTuple):
    """One step of one message with what else changes on its row."""

    trigger: str
    values: Mapping[str, Any]
    details: Mapping[str, Any]


def queue(conn: Connection, drafts: Sequence[MailDraft], *, now: datetime) -> list[int]:
    """Write new messages (``draft`` where a notice asks for review) and return their ids."""
    if not drafts:
        return []
    origin = get_meta(conn, "origin") or "duban"
    ids = reserve(conn, message, len(drafts))
    rows, entries = [], []
    for number, draft in zip(ids, drafts, strict=True):
        row = _first(draft, number, origin, now)
        rows.append(row)
        entries.append(row.pop("entry"))
    conn.execute(insert(message), rows)
    append(conn, entries)
    return ids


def _first(draft: MailDraft, number: int, origin: str, now: datetime) -> Row:
    state = "draft" if draft.review else "queued"
    name = sha256(f"{origin}\0{draft.key}".encode()).hexdigest()[:32]
    row: Row = {
        "id": number,
        "key": draft.key,
        "message_id": f"<{name}@{origin}.mail.duban>",
        "sweep_id": draft.sweep_id,
        "person_id": draft.person_id,
        "case_id": draft.case_id,
        "template": draft.template,
        "note": draft.note,
        "date": now,
        "state": state,
    }
    told = {name: row[name] for name in ("key", "message_id", "person_id", "template")}
    change = Change(
        subject=f"mail:{number}",
        trigger="enter",
        source="",
        dest=state,
        actor="system",
        details={"set": told},
        occurred_at=now,
        recorded_at=now,
    )
    entry = link(GENESIS, change)
    return row | {"version": 1, "head": entry["hash"], "entry": entry}


def move(
    conn: Connection,
    row: Any,
    moves: Iterable[Move],
    *,
    now: datetime,
    actor: str = "system",
    reason: str | None = None,
) -> None:
    """Take a message through some steps at once, fenced by the version it was read at.

    Raises UserError where a step is not open in its state or another changed it meanwhile.
    """
    move_all(conn, [row], list(moves), now=now, actor=actor, reason=reason)


def move_all(
    conn: Connection,
    rows: Sequence[Any],
    moves: Sequence[Move],
    *,
    now: datetime,
    actor: str = "system",
    reason: str | None = None,
) -> None:
    """Take some messages through the same steps, all of them or, with a UserError, none."""
    changes, entries = [], []
    for row in rows:
        values: Row = {}
        head, state = Head(row.version, row.head), row.state
        for step in moves:
            dest = destination(_LIFE, state, step.trigger)
            if dest is None:
                raise _not_open(row, state, step.trigger)
            change = Change(
                f"mail:{row.id}", step.trigger, state, dest, actor, step.details, now, now, reason
            )
            entry = link(head, change)
            entries.append(entry)
            head, state = Head(entry["version"], entry["hash"]), dest
            values |= step.values
        changes.append((row, values | {"state": state, "version": head.version, "head": head.hash}))
    if changes and not write_at_version(conn, message, changes):
        raise _raced(rows)
    append(conn, entries)


def _raced(rows: Sequence[Any]) -> UserError:
    numbers = "、".join(str(row.id) for row in rows[:5])
    named = ", ".join(str(row.id) for row in rows[:5])
    return UserError(
        zh=f"邮件 {numbers} 刚被别处改动；没有写入任何内容，请再试。",
        en=f"mail {named} was changed elsewhere meanwhile; nothing was written, try again",
        code="mail.raced",
    )


def _not_open(row: Any, state: str, trigger: str) -> UserError:
    label = _LIFE.labels[state]
    verb = _LIFE.triggers.get(trigger)
    return UserError(
        zh=f"邮件 {row.id} 现在是“{label.zh}”，不能{verb.zh if verb else trigger}。",
        en=f"mail {row.id} is {label.en.lower()}; it cannot be told to {verb.en if verb else trigger}",
        code="mail.state",
    )


def message_row(conn: Connection, number: int) -> Any:
    """Return one message; UserError if there is none of that number."""
    found = _BY_ID.rows(conn, {"id": number})
    if not found:
        raise UserError(
            zh=f"没有第 {number} 号邮件；用 duban mail list 查看。",
            en=f"there is no mail {number}; duban mail list shows them",
            code="mail.unknown",
        )
    return found[0]


def next_queued(conn: Connection, *, now: datetime) -> Any | None:
    """Return the oldest message that may be sent now, locked for this worker."""
    # longer than any wait we give: the clock was set back since
    beyond = now + timedelta(seconds=_LONGEST_WAIT + 60)
    found = _NEXT.rows(conn, {"now": now, "beyond": beyond})
    return found[0] if found else None


def wait_after(row: Any) -> timedelta:
    """Return how long to wait before the next try: min(6 h, 30 s·2ⁿ), with a jitter of its own.

    The jitter comes from the Message-ID and the number of the try, so that a season can be repeated.
    """
    full = min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** max(0, row.attempts - 1))
    seed = sha256(f"{row.message_id}{row.attempts}".encode()).digest()
    return timedelta(seconds=full * (0.5 + seed[0] / 512))
