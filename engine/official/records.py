"""What is known of cases for an official sheet: their own values, and the answers of their form."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, select

from config.form import Field, Form, Origin
from config.official import Item, Value
from engine.case_filter import CaseFilter
from engine.cases import cases_by_ref
from engine.facts_query import with_facts
from engine.forms.answers import checked
from engine.forms.filled import file_name
from engine.listing import refs_of
from engine.tables import case, form_draft, material, person, unit

MOST = 20_000
"""So many cases fit one sheet."""

_CHUNK = 500

Period = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One case: its row with the names around it, the answers of its form, and the form's file if handed in.

    ``typed`` are answers that were saved but not handed in.
    """

    row: Any
    form: Form
    answers: Mapping[str, Any]
    typed: Mapping[str, Any]
    handed_in: bool

    @property
    def ref(self) -> str:
        """Return the number of the case."""
        return str(self.row.ref)

    @property
    def version(self) -> int:
        """Return the version of the case."""
        return int(self.row.version)

    def of(self, item: Item) -> Any:
        """Return what an item holds of this case, None where nothing is known."""
        if item.value is not None:
            return self.value(item.value)
        asked = self.form.field(item.answer) if item.answer else None
        return self.answer(asked) if asked else None

    def value(self, value: Value) -> Any:
        """Return a value of the case itself."""
        if value is Value.PERIOD:
            days: Period = (self.row.starts_on, self.row.ends_on or self.row.starts_on)
            return days if days[0] else None
        if value is Value.UNIT:
            return self.row.unit_name
        return getattr(self.row, value) if value not in (Value.NUMBER, Value.REMARKS) else None

    def answer(self, asked: Field) -> Any:
        """Return an answer: the case's own value, else what was handed in or typed, else what is known."""
        if asked.fills:
            return getattr(self.row, asked.fills)
        return self.answers.get(asked.key, self._begun(asked.origin))

    def _begun(self, origin: Origin | None) -> str | None:
        if origin is None:
            return None
        known: Mapping[Origin, str | None] = {
            Origin.UNIT: self.row.unit_name,
            Origin.COORDINATOR: self.row.person_name,
            Origin.COORDINATOR_PHONE: self.row.phone,
            Origin.COORDINATOR_EMAIL: self.row.email,
        }
        return known[origin]


Cases = Sequence[str] | CaseFilter
"""Which cases: their numbers, or a filter of a list."""


def records(conn: Connection, cases: Cases, form: Form, *, now: datetime, store: Path | None) -> list[Record]:
    """Return what is known of some cases, in their order; without ``store`` no answers are known.

    UserError (``case.unknown``) names the numbers that do not exist.
    """
    refs = list(refs_of(conn, cases, now=now, most=MOST)) if isinstance(cases, CaseFilter) else list(cases)
    rows = {
        row.ref: row for part in _parts(refs) for row in conn.execute(_query().where(case.c.ref.in_(part)))
    }
    if absent := [ref for ref in refs if ref not in rows]:
        cases_by_ref(conn, absent)  # which says that they do not exist
    ids = [row.id for row in rows.values()]
    files = _files(conn, ids, form) if store else {}
    drafts = _drafts(conn, ids, form)
    chosen = (rows[ref] for ref in dict.fromkeys(refs) if ref in rows)
    return [_record(row, form, files=files, drafts=drafts, store=store, year=now.year) for row in chosen]


def _query() -> Any:
    query = with_facts().add_columns(
        unit.c.name.label("unit_name"), person.c.name.label("person_name"), person.c.phone
    )
    return query.join(unit, unit.c.id == case.c.unit_id)


def _parts(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))


def _files(conn: Connection, ids: Sequence[int], form: Form) -> Mapping[int, str]:
    """Return the content's name of the form last handed in, by case."""
    found: dict[int, str] = {}
    for part in _parts(ids):
        query = (
            select(material.c.case_id, material.c.sha256)
            .where(material.c.case_id.in_(part), material.c.kind == form.material)
            .where(material.c.name == file_name(form), material.c.removed_at.is_(None))
            .where(material.c.sha256.is_not(None))
            .order_by(material.c.id)
        )
        found |= {row.case_id: row.sha256 for row in conn.execute(query)}
    return found


def _drafts(conn: Connection, ids: Sequence[int], form: Form) -> Mapping[int, Mapping[str, Any]]:
    found: dict[int, Mapping[str, Any]] = {}
    for part in _parts(ids):
        query = select(form_draft.c.case_id, form_draft.c.answers).where(
            form_draft.c.case_id.in_(part), form_draft.c.form == form.key
        )
        found |= {row.case_id: row.answers for row in conn.execute(query)}
    return found


def _record(
    row: Any,
    form: Form,
    *,
    files: Mapping[int, str],
    drafts: Mapping[int, Mapping[str, Any]],
    store: Path | None,
    year: int,
) -> Record:
    handed = answers_in(store / files[row.id]) if store and row.id in files else None
    typed = drafts.get(row.id, {})
    answers = _typed(form, typed, year=year) if handed is None and typed else handed or {}
    return Record(row=row, form=form, answers=answers, typed=typed, handed_in=handed is not None)


def _typed(form: Form, typed: Mapping[str, Any], *, year: int) -> Mapping[str, Any]:
    """Return what typed answers mean; one made empty is empty, whatever else is known."""
    emptied = {key: None for key, raw in typed.items() if raw in ("", [])}
    return {**emptied, **checked(form, typed, year=year).values}


def answers_in(path: Path) -> Mapping[str, Any] | None:
    """Return the answers in a form's file; a lost or damaged one counts as none, as on the form's page."""
    try:
        found: Mapping[str, Any] = orjson.loads(path.read_bytes())["answers"]
        return dict(found)
    except (OSError, ValueError, TypeError, KeyError):
        return None
