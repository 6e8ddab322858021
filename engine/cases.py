"""Cases: how they are entered and looked up."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from config.errors import UserError
from config.schedule import CaseKind
from engine.actors import Actor
from engine.clock import stamp
from engine.entry import note_late_entry
from engine.facts_query import with_facts
from engine.history import GENESIS, Change, Row, append, link
from engine.prepared import Prepared
from engine.schedules import version_name
from engine.tables import case, notice
from workflows.registry import lifecycle

TOLD = (
    "kind",
    "lifecycle",
    "notice",
    "milestone",
    "unit_id",
    "region",
    "coordinator_id",
    "title",
    "starts_on",
    "ends_on",
    "place",
    "online",
    "online_url",
    "participants",
    "recommended_by",
    "award",
    "entered_at",
)
"""A case's own columns: its history holds every value they ever had."""

_CHUNK = 500
_INSERT = insert(case)


# as many markers as a chunk has refs; a shorter one is filled up with its last
_BY_REFS = Prepared(with_facts().where(case.c.ref.in_([bindparam(f"ref{n}") for n in range(_CHUNK)])))
_BY_REF = Prepared(with_facts().where(case.c.ref == bindparam("ref")))


def cases_by_ref(conn: Connection, refs: Sequence[str]) -> list[Any]:
    """Return cases with their facts in the order asked for; UserError names the refs that do not exist."""
    if len(refs) == 1:
        rows = _BY_REF.rows(conn, {"ref": refs[0]})
    else:
        rows = [
            row for start in range(0, len(refs), _CHUNK) for row in _chunk(conn, refs[start : start + _CHUNK])
        ]
    found = {row.ref: row for row in rows}
    absent = [ref for ref in refs if ref not in found]
    if absent:
        shown = "、".join(absent[:5])
        raise UserError(
            zh=f"没有编号为 {shown} 的事项（共 {len(absent)} 个找不到）。用 duban activity list 查看编号。",
            en=f"there is no case {', '.join(absent[:5])} ({len(absent)} not found);"
            " duban activity list has the numbers",
            code="case.unknown",
        )
    return [found[ref] for ref in dict.fromkeys(refs)]


def _chunk(conn: Connection, refs: Sequence[str]) -> list[Any]:
    padded = (*refs, *([refs[-1]] * (_CHUNK - len(refs))))
    return _BY_REFS.rows(conn, {f"ref{n}": ref for n, ref in enumerate(padded)})


def told(values: Row) -> Row:
    """Return a case's values as its history holds them (days and instants as text)."""
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return stamp(value)
    return value.isoformat() if isinstance(value, date) else value


def enter(
    conn: Connection, notice_id: str, rows: Iterable[Row], *, kind: CaseKind, actor: Actor, now: datetime
) -> list[str]:
    """Enter new cases of one notice and return their public numbers.

    ``rows`` give unit_id, region, title and whatever else of a case's columns is known; the history
    keeps ``copied_from``, the number of the case that one was made after.
    """
    about = conn.execute(select(notice).where(notice.c.id == notice_id).with_for_update()).one()
    life = lifecycle(kind)
    counter = notice.c.last_activity if kind is CaseKind.ACTIVITY else notice.c.last_report
    last = getattr(about, counter.name)
    entries, cases = [], []
    for number, given in enumerate(rows, last + 1):
        row = dict.fromkeys(TOLD) | {"online": False, "kind": str(kind), "lifecycle": life.version}
        row |= {"notice": notice_id, "entered_at": now} | given
        origin = {"copied_from": row.pop("copied_from")} if "copied_from" in row else {}
        row["ref"] = (
            f"{about.code}-{number:04d}" if kind is CaseKind.ACTIVITY else f"{about.code}-R{number:03d}"
        )
        change = Change(
            subject=f"case:{row['ref']}",
            trigger="enter",
            source="",
            dest=life.initial,
            actor=actor.name,
            details={"set": told({name: row[name] for name in TOLD}), **origin},
            occurred_at=now,
            recorded_at=now,
            schedule=version_name(notice_id, about.schedule_version),
        )
        entry = link(GENESIS, change)
        entries.append(entry)
        cases.append(row | {"state": life.initial, "materials": {}, "version": 1, "head": entry["hash"]})
    if not cases:
        return []
    conn.execute(_INSERT, cases)
    append(conn, entries)
    conn.execute(update(notice).where(notice.c.id == notice_id).values({counter.name: last + len(cases)}))
    note_late_entry(conn, notice_id, kind=kind, now=now)
    return [str(row["ref"]) for row in cases]
