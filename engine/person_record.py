"""Changes of people and units, chained in their histories; nothing personal is told there."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, Table, bindparam, select, update

from engine.actors import Actor
from engine.history import Change, Head, Row, append, link
from engine.tables import person


class Deed(NamedTuple):
    """What was done to a row: ``details`` hold numbers, roles, names of fields: nobody's name or address."""

    trigger: str
    details: Row
    reason: str | None = None


def record_people(conn: Connection, deeds: Mapping[int, Deed], *, actor: Actor, now: datetime) -> None:
    """Chain one deed for each of some people, by their numbers."""
    record(conn, person, deeds, actor=actor, now=now)


def record(conn: Connection, table: Table, deeds: Mapping[int, Deed], *, actor: Actor, now: datetime) -> None:
    """Chain one deed for each of some rows of a table that has a history, and move their heads."""
    if not deeds:
        return
    columns = (table.c.id, table.c.version, table.c.head)
    mine = select(*columns).where(table.c.id.in_(deeds)).order_by(table.c.id).with_for_update()
    entries, heads = [], []
    for row in conn.execute(mine).all():
        change = change_of(table, row.id, deeds[row.id], actor=actor, now=now)
        entry = link(Head(row.version, row.head), change)
        entries.append(entry)
        heads.append({"the_id": row.id, "new_version": entry["version"], "new_head": entry["hash"]})
    moved = update(table).where(table.c.id == bindparam("the_id"))
    conn.execute(moved.values(version=bindparam("new_version"), head=bindparam("new_head")), heads)
    append(conn, entries)


def change_of(table: Table, number: int, deed: Deed, *, actor: Actor, now: datetime) -> Change:
    """Return the change that a deed is, before it is chained."""
    return Change(
        subject=f"{table.name}:{number}",
        trigger=deed.trigger,
        source="",
        dest="",
        actor=actor.name,
        details=deed.details,
        occurred_at=now,
        recorded_at=now,
        reason=deed.reason,
    )
