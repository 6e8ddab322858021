"""Answers of the API kept by key: who asks again with the same key gets the first answer."""

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from config.errors import UserError
from engine.prepared import Prepared
from engine.tables import answer

KEPT = timedelta(days=7)
"""How long an answer is given again."""

_PREFIX = "api:"


class Asked(NamedTuple):
    """One request: of whom, under which key, and the fingerprint of what is asked."""

    person_id: int
    key: str
    request: str


class Kept(NamedTuple):
    """An answer; ``replayed`` where it was given before."""

    body: str
    replayed: bool


def answer_once(conn: Connection, asked: Asked, work: Callable[[], str], *, now: datetime) -> Kept:
    """Return the answer kept for a key, or do the work and keep its answer, in the caller's transaction.

    Two requests at once with one key do the work once: the second waits for the first to commit.
    UserError where the key was used for something else.
    """
    name = _name(asked)
    fresh = {"key": name, "request": asked.request, "body": "", "at": now}
    if _TAKE[conn.dialect.name].run(conn, [fresh]):
        body = work()
        _FILL.run(conn, [{"the_key": name, "the_body": body}])
        return Kept(body, replayed=False)
    [kept] = KEPT_ANSWER.rows(conn, {"the_key": name})
    if kept.request != asked.request:
        raise _used(asked.key)
    return Kept(kept.body, replayed=True)


def answer_again(conn: Connection, asked: Asked, body: str) -> None:
    """Keep another answer for a key: of what was begun under it, how it ended."""
    _FILL.run(conn, [{"the_key": _name(asked), "the_body": body}])


def _name(asked: Asked) -> str:
    return f"{_PREFIX}{asked.person_id}:{sha256(asked.key.encode()).hexdigest()}"


KEPT_ANSWER = Prepared(
    select(answer.c.request, answer.c.body).where(answer.c.key == bindparam("the_key")),
)
"""The answer of a key (``the_key``)."""

_FILL = Prepared(
    update(answer).where(answer.c.key == bindparam("the_key")).values(body=bindparam("the_body"))
)
_TAKE = {
    dialect: Prepared(insert(answer).on_conflict_do_nothing(), ("key", "request", "body", "at"))
    for dialect, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}


def forget_answers(conn: Connection, *, now: datetime) -> int:
    """Take out the answers that are not given again any more; return how many."""
    old = answer.c.key.startswith(_PREFIX) & (answer.c.at < now - KEPT)
    return conn.execute(delete(answer).where(old)).rowcount


def _used(key: str) -> UserError:
    return UserError(
        zh=f"标识 {key} 已经用于另一次请求；请换一个。",
        en=f"the key {key} was used for another request; take a new one",
        code="order.key_reused",
    )
