"""The changes of state that a webhook has not been told of, in the order of the sealed log.

On SQLite that is the order of the rows' numbers. On PostgreSQL numbers become visible out of order, so only
rows with a place in the log are told: a transaction that took long leaves nothing behind.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import orjson
from sqlalchemy import ColumnElement, Connection, Select, func, select

from engine.audit.subjects import Kind, is_kind, name_in
from engine.scope import in_region
from engine.tables import case, history, leaf

_LOOKED_AT = 5000


class Event(NamedTuple):
    """One change of state, its place in the log and what is told of it."""

    place: int
    id: str
    body: bytes


class Found(NamedTuple):
    """The next change to tell, if there is one among the rows up to ``upto``."""

    event: Event | None
    upto: int


def last_place(conn: Connection) -> int:
    """Return the place of the last row that could be told by now, -1 without any."""
    place = leaf.c.position if _is_postgresql(conn) else history.c.id
    found = conn.scalar(select(func.max(place)))
    return -1 if found is None else int(found)


def next_event(conn: Connection, *, cursor: int, region: str) -> Found:
    """Return the first change of state of a case in a region after a place in the log."""
    place = _place(conn)
    window = _rows(conn, [place.label("place")]).where(place > cursor).order_by(place).limit(_LOOKED_AT)
    upto = conn.scalar(select(func.max(window.subquery().c.place)))
    if upto is None:
        return Found(None, cursor)
    columns = [
        place.label("place"),
        history,
        case.c.ref,
        case.c.title,
        case.c.kind,
        case.c.notice,
        case.c.region,
    ]
    query = _rows(conn, columns).join(case, case.c.ref == name_in(Kind.CASE))
    query = query.where(place > cursor, place <= upto, is_kind(Kind.CASE), history.c.source != history.c.dest)
    row = conn.execute(query.where(in_region(case.c.region, region)).order_by(place).limit(1)).first()
    return Found(_event(row) if row else None, int(upto))


def _is_postgresql(conn: Connection) -> bool:
    return conn.dialect.name == "postgresql"


def _place(conn: Connection) -> ColumnElement[int]:
    return leaf.c.position if _is_postgresql(conn) else history.c.id


def _rows(conn: Connection, columns: Sequence[Any]) -> Select[Any]:
    query: Select[Any] = select(*columns).select_from(history)
    return query.join(leaf, leaf.c.history_id == history.c.id) if _is_postgresql(conn) else query


def _event(row: Any) -> Event:
    """Return what is told of a change: what happened to which case, and nothing about people."""
    name = f"evt_{row.hash[:32]}"
    told = {
        "id": name,
        "type": "case.state_changed",
        "subject": row.ref,
        "kind": row.kind,
        "title": row.title,
        "notice": row.notice,
        "region": row.region,
        "version": row.version,
        "from": row.source or None,
        "to": row.dest,
        "trigger": row.trigger,
        "forced": bool(row.forced),
        "occurred_at": row.occurred_at,
        "recorded_at": row.recorded_at,
    }
    return Event(place=row.place, id=name, body=orjson.dumps(told))
