"""What must hold of a home's SQLite file whatever died just before, read without the engine."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

from workflows.registry import LIFECYCLES, lifecycle

Row = Mapping[str, Any]

HASHED = (
    *("actor", "dest", "details", "forced", "occurred_at", "prev", "reason"),
    *("recorded_at", "schedule", "source", "subject", "trigger", "version"),
)
TABLES = {"case": ("case_", "ref"), "mail": ("message", "id"), "notice": ("notice", "id")}
STEPS = {
    (life.name, life.version): {(step.trigger, step.source, step.dest) for step in life.steps}
    for life in LIFECYCLES
}


def problems(path: Path) -> list[str]:
    """Return everything that does not hold; an empty file, or none, is sound."""
    if not path.exists():
        return []
    with closing(sqlite3.connect(path)) as conn:
        conn.row_factory = sqlite3.Row
        said = conn.execute("PRAGMA quick_check").fetchone()[0]
        if said != "ok":
            return [f"quick_check: {said}"]
        if not conn.execute("SELECT 1 FROM sqlite_master WHERE name = 'history'").fetchone():
            return []
        return [problem for check in CHECKS for problem in check(conn)]


def chains(conn: sqlite3.Connection) -> Iterator[str]:
    """Give every row that is not sealed, or does not follow the one before it."""
    subject, version, head = "", 0, ""
    for row in conn.execute("SELECT * FROM history ORDER BY subject, version"):
        if row["subject"] != subject:
            subject, version, head = row["subject"], 0, ""
        if (row["version"], row["prev"]) != (version + 1, head) or row["hash"] != seal(row):
            yield f"row {row['id']} of {subject} breaks its chain"
        version, head = row["version"], row["hash"]


def seal(row: sqlite3.Row) -> str:
    """Return the hash that a row's content asks for."""
    told = {name: row[name] for name in HASHED}
    return sha256(b"\0" + json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def states(conn: sqlite3.Connection) -> Iterator[str]:
    """Give every case, mail and notice that is not the fold of its history."""
    for kind, (table, key) in TABLES.items():
        held = {f"{kind}:{row[key]}": dict(row) for row in conn.execute(f"SELECT * FROM {table}")}
        told = folded(conn, kind)
        yield from (f"{subject} is in one of table and history only" for subject in held.keys() ^ told.keys())
        for subject in held.keys() & told.keys():
            row, fold = held[subject], told[subject]
            different = [name for name in fold if name in row and not _same(row[name], fold[name])]
            if different:
                yield f"{subject} differs from its history in {', '.join(different)}"


def folded(conn: sqlite3.Connection, kind: str) -> dict[str, dict[str, Any]]:
    """Return what history says of each subject of a kind: its state, version, head and own columns."""
    found: dict[str, dict[str, Any]] = {}
    rows = conn.execute(
        "SELECT * FROM history WHERE subject LIKE ? ORDER BY subject, version", (f"{kind}:%",)
    )
    for row in rows:
        fold = found.setdefault(row["subject"], {})
        details = json.loads(row["details"])
        fold |= details.get("set", {})
        fold |= {"state": row["dest"], "version": row["version"], "head": row["hash"]}
    return found


def _same(held: Any, told: Any) -> bool:
    if isinstance(held, str) and isinstance(told, str) and told.endswith("Z"):
        return held.replace(" ", "T") + "Z" == told  # an instant, in SQLite's form and in history's
    return bool(held == told)


def paths(conn: sqlite3.Connection) -> Iterator[str]:
    """Give every history that is not a path of its lifecycle."""
    lives = {
        f"case:{row['ref']}": (row["kind"], row["lifecycle"]) for row in conn.execute("SELECT * FROM case_")
    }
    state: dict[str, str] = {}
    for row in conn.execute(
        "SELECT * FROM history WHERE subject LIKE 'case:%' OR subject LIKE 'mail:%' ORDER BY id"
    ):
        subject, step = row["subject"], (row["trigger"], row["source"], row["dest"])
        name = lives.get(subject, ("message", 1))
        if row["source"] != state.get(subject, ""):
            yield f"row {row['id']}: {subject} was {state.get(subject)!r}, not {row['source']!r}"
        if row["version"] == 1:
            life = lifecycle(*name)
            legal = row["trigger"] == "enter" and row["dest"] in (life.initial, *life.also_initial)
        else:
            legal = step in STEPS[name] or (row["forced"] and row["reason"])
        if not legal:
            yield f"row {row['id']}: {subject} has no step {step}"
        state[subject] = row["dest"]


def firings(conn: sqlite3.Connection) -> Iterator[str]:
    """Give every sweep that is only half there."""
    for row in conn.execute(
        """SELECT s.id, s.firings, s.messages,
                  (SELECT count(*) FROM firing f WHERE f.sweep_id = s.id) AS settled,
                  (SELECT count(*) FROM message m WHERE m.sweep_id = s.id) AS written
           FROM sweep s"""
    ):
        if (row["firings"], row["messages"]) != (row["settled"], row["written"]):
            yield f"sweep {row['id']} is half there: {tuple(row)}"
    yield from _count(conn, "ledger rows of firings not settled by their sweep", UNSETTLED)
    yield from _count(conn, "people mailed by the ledger without their message", UNWRITTEN)
    yield from _count(conn, "messages of reminders without a ledger row", UNFOUNDED)
    recorded = sum(
        len(json.loads(row[0])["firings"])
        for row in conn.execute("SELECT details FROM history WHERE trigger = 'remind'")
    )
    swept = conn.execute("SELECT count(*) FROM firing WHERE sweep_id IS NOT NULL").fetchone()[0]
    if recorded != swept:
        yield f"history tells of {recorded} firings, {swept} are settled"


UNSETTLED = """SELECT count(*) FROM ledger l JOIN firing f ON f.id = l.firing_id
               WHERE f.settled_at IS NULL OR f.sweep_id IS NOT l.sweep_id
                     OR f.outcome NOT IN ('swept', 'stale')"""
UNWRITTEN = """SELECT count(*) FROM (
                 SELECT l.sweep_id, l.person_id FROM ledger l WHERE l.outcome = 'mailed' GROUP BY 1, 2
                 HAVING (SELECT count(*) FROM message m
                         WHERE m.sweep_id = l.sweep_id AND m.person_id = l.person_id) <> 1)"""
UNFOUNDED = """SELECT count(*) FROM message m WHERE m.sweep_id IS NOT NULL AND m.template <> 'daily'
               AND NOT EXISTS (SELECT 1 FROM ledger l WHERE l.sweep_id = m.sweep_id
                               AND l.person_id = m.person_id AND l.outcome = 'mailed')"""


def claims(conn: sqlite3.Connection) -> Iterator[str]:
    """Give every message that somebody claims without a lease, or that has a lease nobody claims."""
    yield from _count(
        conn,
        "messages whose claim and lease disagree",
        "SELECT count(*) FROM message WHERE (state = 'sending') <> (token IS NOT NULL)"
        " OR (state = 'sending') <> (lease_until IS NOT NULL)",
    )
    yield from _count(
        conn, "messages left uncertain", "SELECT count(*) FROM message WHERE state = 'uncertain'"
    )


def _count(conn: sqlite3.Connection, what: str, query: str) -> Iterator[str]:
    number = conn.execute(query).fetchone()[0]
    if number:
        yield f"{number} {what}"


CHECKS: tuple[Callable[[sqlite3.Connection], Iterator[str]], ...] = (chains, states, paths, firings, claims)
