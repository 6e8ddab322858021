"""Telling webhooks what happened: one call a change, in order, at least once.

A claim is committed before any network byte and the cursor moves after the answer, fenced by the number
of the try: a late worker changes nothing. Nothing is locked while the other side is slow.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, or_, select, update

from engine.actors import actor_of
from engine.clock import Clock
from engine.database import Database
from engine.tables import webhook
from engine.webhooks.events import Event, Found, last_place, next_event
from engine.webhooks.office import HookOffice
from engine.webhooks.post import LONGEST, TIMEOUT, Reply, post
from engine.webhooks.register import record, watches
from engine.webhooks.signing import secret_of, signed_headers

LEASE = timedelta(seconds=LONGEST + 3 * TIMEOUT + 30)
"""Longer than any call takes."""

TRIES = 22
"""Their waits come to three days."""

_FIRST_WAIT = 30.0
_LONGEST_WAIT = 6 * 3600.0
_WINDOWS = 10  # of rows that do not concern a webhook, passed over in one go


class Told(NamedTuple):
    """One change told to one webhook, or not."""

    hook: int
    event: str
    taken: bool


class _Claimed(NamedTuple):
    row: Any
    attempt: int
    event: Event


def deliver_hooks(
    database: Database, office: HookOffice, *, clock: Clock, stop: Callable[[], bool] = lambda: False
) -> list[Told]:
    """Tell every webhook what it has not been told, in turns; one that fails waits for its next try."""
    told: list[Told] = []
    with database.read() as conn:
        waiting = _waiting(conn, clock())
    while waiting and not stop():
        for number in list(waiting):
            one = None if stop() else _tell_next(database, office, number, clock=clock)
            if one is not None:
                told.append(one)
            if one is None or not one.taken:
                waiting.remove(number)
    return told


def wait_after(salt: str, attempt: int) -> timedelta:
    """Return how long to wait after a try that failed: min(6 h, 30 s·2ⁿ), with a jitter of its own."""
    full = min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** (attempt - 1))
    seed = sha256(f"{salt}{attempt}".encode()).digest()
    return timedelta(seconds=full * (0.75 + seed[0] / 512))


def _waiting(conn: Connection, now: datetime) -> list[int]:
    """Return the webhooks that may be called now and have rows of the log not looked at."""
    ready = _ready(now) & (webhook.c.cursor < last_place(conn))
    return list(conn.scalars(select(webhook.c.id).where(ready).order_by(webhook.c.id)))


def _ready(now: datetime) -> ColumnElement[bool]:
    # longer than any wait we give: the clock was set back since
    beyond = now + timedelta(seconds=2 * _LONGEST_WAIT)
    due = or_(webhook.c.not_before.is_(None), webhook.c.not_before <= now, webhook.c.not_before > beyond)
    return and_(webhook.c.stopped_at.is_(None), due)


def _tell_next(database: Database, office: HookOffice, number: int, *, clock: Clock) -> Told | None:
    """Tell one webhook its next change; None where there is none for it to be told now."""
    with database.write() as conn:
        claimed = _claim(conn, number, now=clock())
    if claimed is None:
        return None
    row, event = claimed.row, claimed.event
    headers = signed_headers(secret_of(office.key, row.salt), event.id, event.body, now=clock())
    reply = post(row.url, event.body, headers, private=office.private)
    with database.write() as conn:
        _mark(conn, claimed, reply, now=clock())
    return Told(number, event.id, reply.taken)


def _claim(conn: Connection, number: int, *, now: datetime) -> _Claimed | None:
    """Take a webhook for one call; rows that do not concern it are passed over for good."""
    mine = (webhook.c.id == number) & _ready(now)
    row = conn.execute(select(webhook).where(mine).with_for_update(skip_locked=True)).first()
    if row is None:
        return None
    if not _may_still(conn, row, now):
        _stop(conn, row, "its owner may no longer be told of this region", now=now)
        return None
    found, cursor = Found(None, row.cursor), row.cursor
    for _ in range(_WINDOWS):
        cursor = found.upto
        found = next_event(conn, cursor=cursor, region=row.region)
        if found.event is not None or found.upto == cursor:
            break
    if found.event is None:
        conn.execute(update(webhook).where(webhook.c.id == number).values(cursor=found.upto))
        return None
    attempt = row.attempts + 1
    values = {"cursor": cursor, "attempts": attempt, "not_before": now + LEASE}
    conn.execute(update(webhook).where(webhook.c.id == number).values(values))
    return _Claimed(row, attempt, found.event)


def _may_still(conn: Connection, row: Any, now: datetime) -> bool:
    return watches(actor_of(conn, row.person_id, now=now), row.region)


def _mark(conn: Connection, claimed: _Claimed, reply: Reply, *, now: datetime) -> None:
    """Write down what became of a call, unless another worker has taken the webhook over since."""
    row = claimed.row
    taken_over = (
        webhook.c.id == row.id,
        webhook.c.attempts == claimed.attempt,
        webhook.c.cursor < claimed.event.place,
        webhook.c.stopped_at.is_(None),
    )
    if reply.taken:
        values: dict[str, Any] = {"cursor": claimed.event.place, "attempts": 0, "not_before": None}
        values |= {"answered_at": now, "error": None}
    else:
        wait = wait_after(row.salt, claimed.attempt)
        values = {"not_before": now + wait, "error": reply.detail[:300]}
    marked = update(webhook).where(*taken_over).values(values).returning(webhook.c.id)
    if conn.execute(marked).first() and not reply.taken and (reply.gone or claimed.attempt >= TRIES):
        _stop(conn, row, reply.detail, now=now)


def _stop(conn: Connection, row: Any, why: str, *, now: datetime) -> None:
    values = {"stopped_at": now, "not_before": None, "error": why[:300]}
    conn.execute(update(webhook).where(webhook.c.id == row.id).values(values))
    record(conn, row.id, "stop", {"why": "not delivered"}, actor="system", now=now)
