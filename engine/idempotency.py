"""Work asked for twice: the same key gives the first answer, another request under it is refused."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, insert

from config.errors import UserError
from engine.answers import KEPT_ANSWER
from engine.prepared import Prepared
from engine.tables import answer

_KEEP = Prepared(insert(answer), ("key", "request", "body", "at"))


def once(conn: Connection, key: str, request: str, work: Callable[[], str], *, now: datetime) -> str:
    """Return the answer kept under ``key``, or do the work and keep its answer.

    ``request`` is a fingerprint of what is asked; UserError where the key was used for something else.
    """
    found = KEPT_ANSWER.rows(conn, {"the_key": key})
    if not found:
        body = work()
        _KEEP.run(conn, [{"key": key, "request": request, "body": body, "at": now}])
        return body
    [kept] = found
    if kept.request != request:
        raise UserError(
            zh=f"标识 {key} 已经用于另一次办理；请换一个。",
            en=f"the key {key} was used for another order; take a new one",
            code="order.key_reused",
        )
    return str(kept.body)
