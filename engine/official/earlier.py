"""Activities as they were when a sheet was written, folded from their history."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import orjson
from sqlalchemy import Connection, select

from config.form import Form
from engine.fold import fold
from engine.forms.filled import file_name
from engine.official.records import Record, answers_in
from engine.tables import history

_CHUNK = 500
_DAYS = ("starts_on", "ends_on")


def as_written(
    conn: Connection, stale: Mapping[str, tuple[Record, int]], *, store: Path | None
) -> Mapping[str, Record]:
    """Return records as of the versions given, by number; names around a case are as they are now."""
    rows: dict[str, list[Mapping[str, Any]]] = {}
    subjects = [f"case:{ref}" for ref in stale]
    for start in range(0, len(subjects), _CHUNK):
        part = history.c.subject.in_(subjects[start : start + _CHUNK])
        for row in conn.execute(select(history).where(part).order_by(history.c.subject, history.c.version)):
            ref = row.subject.removeprefix("case:")
            if row.version <= stale[ref][1]:
                rows.setdefault(ref, []).append(dict(row._mapping))
    return {ref: _earlier(stale[ref][0], found, store) for ref, found in rows.items()}


def _earlier(record: Record, rows: Sequence[Mapping[str, Any]], store: Path | None) -> Record:
    then = {name: value for name, value in fold(rows).items() if name in record.row._fields}
    then |= {name: date.fromisoformat(then[name]) for name in _DAYS if then.get(name)}
    name = _form_then(record.form, rows)
    answers = answers_in(store / name) if name and store else None
    return replace(
        record,
        row=SimpleNamespace(**{**record.row._asdict(), **then}),
        answers=record.answers if answers is None and not record.handed_in else answers or {},
        handed_in=answers is not None,
    )


def _form_then(form: Form, rows: Sequence[Mapping[str, Any]]) -> str | None:
    """Return the content's name of the form that was handed in then."""
    found: str | None = None
    for row in rows:
        details = orjson.loads(row["details"])
        mine = [one for one in details.get("materials") or () if one["name"] == file_name(form)]
        gone = [one for one in details.get("removed") or () if one["name"] == file_name(form)]
        found = mine[-1]["sha256"] if mine else None if gone else found
    return found
