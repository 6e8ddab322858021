"""A realistic, sound history of any size: what the verifier's speed is measured on.

``python -m bench.history_rows copy.db 1000000``
"""

import sqlite3
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import create_engine

from engine import refusals
from engine.clock import stamp
from engine.history import FIELDS, GENESIS, Change, Head, Row, canonical, link
from engine.tables import metadata

START = datetime(2023, 8, 21, 1, 0, tzinfo=UTC)
WAVE = 20_000
UNITS = 500
STEPS = (
    ("register", "planned", "registered"),
    ("hold", "registered", "held"),
    ("complete_info", "held", "info_completed"),
    ("summarize", "info_completed", "summarized"),
)
NOTICE_STEPS = (("issue", "draft", "in_force"),)
COLUMNS = (*FIELDS, "hash")
INSERT = f"INSERT INTO history ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"


class Case(NamedTuple):
    """One case as its table holds it."""

    number: int
    fields: dict[str, Any]
    materials: list[dict[str, Any]]
    head: Head
    state: str


def make(path: Path, rows: int) -> None:
    """Write a sound SQLite database of about ``rows`` history rows, five a case."""
    engine = create_engine(f"sqlite:///{path}")
    metadata.create_all(engine)
    engine.dispose()
    raw = sqlite3.connect(path)
    raw.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
    cases = max(1, (rows - 3 - UNITS * 2) // (len(STEPS) + 1))
    with raw:
        _add_base(raw)
        numbers = iter(range(1, cases + 1))
        while wave := list(islice(numbers, WAVE)):
            _add_wave(raw, wave)
        for statement in refusals.statements("sqlite"):
            raw.execute(statement)
    raw.close()


def _add(raw: sqlite3.Connection, rows: Iterable[Row]) -> None:
    raw.executemany(INSERT, ([row[name] for name in COLUMNS] for row in rows))


def _publish(name: str, steps: tuple[tuple[str, str, str], ...]) -> Row:
    details = {
        "name": name,
        "version": 1,
        "initial": [steps[0][1]],
        "final": [steps[-1][2]],
        "path": [steps[0][1], *(dest for _, _, dest in steps)],
        "steps": [list(step) for step in steps],
    }
    return link(GENESIS, _change(f"lifecycle:{name}@1", "publish", "", "", details, START))


def _change(
    subject: str, trigger: str, source: str, dest: str, details: dict[str, Any], at: datetime
) -> Change:
    return Change(
        subject,
        trigger,
        source,
        dest,
        "system",
        details,
        at,
        at + timedelta(seconds=3),
        None,
        "quanzhou-2023@1",
    )


def _add_base(raw: sqlite3.Connection) -> None:
    _add(raw, [_publish("activity", STEPS), _publish("notice", NOTICE_STEPS)])
    first = link(GENESIS, _change("notice:quanzhou-2023", "enter", "", "draft", {"set": {}}, START))
    _add(raw, [first])
    notice = {
        "id": "quanzhou-2023",
        "code": "QZ-2023",
        "region": "350500",
        "state": "draft",
        "version": 1,
        "head": first["hash"],
    }
    _insert(raw, "notice", notice)
    for number in range(1, UNITS + 1):
        unit = {"name": f"第{number}科技馆", "level": "county", "kind": "venue", "region": "350502"}
        row = link(GENESIS, _change(f"unit:{number}", "enter", "", "", {"set": unit}, START))
        who = link(
            GENESIS, _change(f"person:{number}", "enter", "", "", {"set": {"fields": ["name"]}}, START)
        )
        _add(raw, [row, who])
        _insert(raw, "unit", {"id": number, **unit, "version": 1, "head": row["hash"]})
        person = {"id": number, "name": f"王敏{number}", "email": f"wang{number}@example.cn"}
        _insert(raw, "person", {**person, "version": 1, "head": who["hash"]})


def _insert(raw: sqlite3.Connection, name: str, values: dict[str, Any]) -> None:
    """Add one row, with plain zeros where the table wants more than is told."""
    for column in metadata.tables[name].columns:
        if column.name not in values and not column.nullable:
            values[column.name] = 0
    marks = ", ".join("?" * len(values))
    raw.execute(f"INSERT INTO {name} ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))


def _fields(number: int, at: datetime) -> dict[str, Any]:
    return {
        "award": None,
        "coordinator_id": number % UNITS + 1,
        "ends_on": "2023-09-23",
        "entered_at": stamp(at),
        "kind": "activity",
        "lifecycle": 1,
        "milestone": None,
        "notice": "quanzhou-2023",
        "online": False,
        "online_url": None,
        "participants": None,
        "place": "泉州市科技馆一层报告厅",
        "recommended_by": None,
        "region": "350502",
        "starts_on": "2023-09-17",
        "title": f"走近科学 第{number}场 “提升全民科学素质”科普报告会",
        "unit_id": number % UNITS + 1,
    }


def _material(kind: str, number: int) -> dict[str, Any]:
    uri = f"https://example.cn/files/{number}/{kind}"
    return {"kind": kind, "name": f"{kind}-{number}.jpg", "sha256": None, "size": 84_211, "uri": uri}


def _told(number: int, index: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return what each step after the first sets and hands in."""
    kinds = (("application",), (), ("photo", "video"), ("summary",))[index]
    fields = {"participants": 100 + number % 900} if index == 3 else {}
    return fields, [_material(kind, number) for kind in kinds]


def _details(fields: dict[str, Any], materials: list[dict[str, Any]]) -> dict[str, Any]:
    return {key: value for key, value in (("set", fields), ("materials", materials)) if value}


def _add_wave(raw: sqlite3.Connection, numbers: list[int]) -> None:
    """Enter many cases, then take all of them through each step, as a season does."""
    cases, rows = [], []
    for number in numbers:
        at = START + timedelta(seconds=number)
        fields = _fields(number, at)
        row = link(GENESIS, _change(_subject(number), "enter", "", STEPS[0][1], {"set": fields}, at))
        rows.append(row)
        cases.append(Case(number, fields, [], Head(1, row["hash"]), STEPS[0][1]))
    _add(raw, rows)
    for index in range(len(STEPS)):
        moved = [_advanced(case, index) for case in cases]
        _add(raw, (row for _, row in moved))
        cases = [case for case, _ in moved]
    marks = ", ".join("?" * len(metadata.tables["case_"].columns))
    raw.executemany(f"INSERT INTO case_ VALUES ({marks})", map(_table_row, cases))
    raw.executemany(
        "INSERT INTO material (case_id, kind, name, sha256, size, uri, added_at) VALUES (?,?,?,?,?,?,?)",
        ((case.number, *one.values(), _sqlite(START)) for case in cases for one in case.materials),
    )


def _advanced(case: Case, index: int) -> tuple[Case, Row]:
    trigger, source, dest = STEPS[index]
    fields, materials = _told(case.number, index)
    at = START + timedelta(days=index + 1, seconds=case.number)
    change = _change(_subject(case.number), trigger, source, dest, _details(fields, materials), at)
    row = link(case.head, change)
    head = Head(case.head.version + 1, row["hash"])
    return Case(case.number, {**case.fields, **fields}, case.materials + materials, head, dest), row


def _subject(number: int) -> str:
    return f"case:QZ-2023-{number:04d}"


def _sqlite(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S.%f}"


def _table_row(case: Case) -> tuple[object, ...]:
    counts: dict[str, int] = {}
    for one in case.materials:
        counts[one["kind"]] = counts.get(one["kind"], 0) + 1
    values = {
        **case.fields,
        "id": case.number,
        "ref": _subject(case.number).removeprefix("case:"),
        "state": case.state,
        "materials": canonical(counts).decode(),
        "entered_at": case.fields["entered_at"].replace("T", " ").rstrip("Z"),
        "version": case.head.version,
        "head": case.head.hash,
    }
    return tuple(values[column.name] for column in metadata.tables["case_"].columns)


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
