"""Orders asked twice: the same key gives the first answer, another order under it is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

import orjson
from sqlalchemy import Connection, insert, select

from config.errors import UserError
from engine.tables import answer

if TYPE_CHECKING:
    from engine.do import Order, Result


def answer_once(conn: Connection, order: "Order", work: Callable[[], "Result"], *, now: datetime) -> "Result":
    """Return the answer kept under the order's key, or do the work and keep its answer."""
    from engine.do import Blocked, Done, Result
    from engine.reading import blocker_from

    asked = _fingerprint(order)
    kept = conn.execute(select(answer).where(answer.c.key == f"{order.actor.name}:{order.key}")).first()
    if kept is None:
        result = work()
        body = orjson.dumps({"done": result.done, "blocked": result.blocked}).decode()
        row = {"key": f"{order.actor.name}:{order.key}", "request": asked, "body": body, "at": now}
        conn.execute(insert(answer).values(row))
        return result
    if kept.request != asked:
        raise UserError(
            zh=f"标识 {order.key} 已经用于另一次办理；请换一个。",
            en=f"the key {order.key} was used for another order; take a new one",
            code="order.key_reused",
        )
    body = orjson.loads(kept.body)
    blocked = tuple(Blocked(ref, tuple(blocker_from(item) for item in items)) for ref, items in body["blocked"])
    return Result(done=tuple(Done(*item) for item in body["done"]), blocked=blocked)


def _fingerprint(order: "Order") -> str:
    return sha256(orjson.dumps(replace(order, key=None), default=str, option=orjson.OPT_SORT_KEYS)).hexdigest()
