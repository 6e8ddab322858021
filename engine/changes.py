"""The history of one subject, and what was handed in for a case, to look at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, select

from config.errors import UserError
from engine.cases import cases_by_ref
from engine.clock import unstamp
from engine.prepared import Prepared
from engine.tables import case, history, material, person

PREFIXES = ("case", "notice", "mail", "person", "unit", "template", "webhook", "lifecycle")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """One change: what was done, by whom, why, and what it set. ``who`` is the actor's name now."""

    id: int
    version: int
    trigger: str
    source: str
    dest: str
    actor: str
    who: str
    reason: str | None
    details: dict[str, Any]
    occurred_at: datetime
    recorded_at: datetime
    schedule: str | None
    forced: bool
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialLine:
    """One material of a case: its kind, its name, where it is, since when."""

    kind: str
    name: str
    uri: str
    size: int | None
    added_at: datetime


def changes_of(conn: Connection, subject: str) -> list[ChangeLine]:
    """Return every change of a subject (``case:REF``, ``notice:ID``, ``mail:N`` …; a bare REF is a case).

    Raises UserError where history knows no such subject.
    """
    name = subject if subject.partition(":")[0] in PREFIXES and ":" in subject else f"case:{subject}"
    rows = _CHAIN.rows(conn, {"the_subject": name})
    if not rows:
        if name.startswith("case:"):
            cases_by_ref(conn, [name.removeprefix("case:")])
        raise UserError(
            zh=f"历史中没有 {name}。请写事项编号，或 notice:代号、mail:编号、person:编号、unit:编号。",
            en=f"history has nothing of {name};"
            " give the number of a case, or notice:ID, mail:N, person:N, unit:N",
            code="history.unknown",
        )
    names = _names(conn, {row.actor for row in rows})
    return [change_line(row, names) for row in rows]


_CHAIN = Prepared(
    select(history).where(history.c.subject == bindparam("the_subject")).order_by(history.c.version)
)


def materials_of(conn: Connection, ref: str) -> Sequence[MaterialLine]:
    """Return what was handed in for a case and not removed, the oldest first."""
    query = (
        select(material)
        .join(case, case.c.id == material.c.case_id)
        .where(case.c.ref == ref, material.c.removed_at.is_(None))
        .order_by(material.c.id)
    )
    return [
        MaterialLine(kind=row.kind, name=row.name, uri=row.uri, size=row.size, added_at=row.added_at)
        for row in conn.execute(query)
    ]


def _names(conn: Connection, actors: set[str]) -> dict[str, str]:
    """Return the names of the people among some actors (``person:12``)."""
    ids = {int(actor[7:]): actor for actor in actors if actor.startswith("person:") and actor[7:].isdecimal()}
    if not ids:
        return {}
    found = conn.execute(select(person.c.id, person.c.name).where(person.c.id.in_(ids)))
    return {ids[row.id]: row.name for row in found}


def change_line(row: Any, names: Mapping[str, str]) -> ChangeLine:
    """Return a row of history as a change, with the actor's name if it is among ``names``."""
    return ChangeLine(
        id=row.id,
        version=row.version,
        trigger=row.trigger,
        source=row.source,
        dest=row.dest,
        actor=row.actor,
        who=names.get(row.actor, row.actor),
        reason=row.reason,
        details=orjson.loads(row.details),
        occurred_at=unstamp(row.occurred_at),
        recorded_at=unstamp(row.recorded_at),
        schedule=row.schedule,
        forced=bool(row.forced),
        hash=row.hash,
    )
