"""Changes found: filtered, searched, the newest first, within what somebody may look at."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, and_, or_, select

from engine.actors import Actor
from engine.asof import By
from engine.audit.names import Names, meant_by, names_of
from engine.audit.reach import changes_seen, changes_within
from engine.audit.subjects import (
    LIFECYCLES,
    Kind,
    is_kind,
    kind_of,
    named,
    own_name,
)
from engine.changes import ChangeLine, change_line
from engine.clock import stamp
from engine.tables import case, history, person, unit
from workflows import registry

_MOST_WORDS = 8  # of one search

BACK = ("return", "reinstate", "postpone", "cancel", "waive", "detach")
"""Steps by which something done or planned was taken back or put off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFilter:
    """Which changes are asked for; None asks for all.

    ``subject`` is a whole one (``notice:quanzhou-2023``) or the number of a case. ``actor`` is the number of
    a person, or a text: part of a name, ``system`` or ``operator``. ``since`` is the first instant, ``until``
    the one from which it is no longer asked for, both by the time that ``by`` says. ``region`` is a code or a
    name and means all within it. Every word of ``text`` may stand in reason, details, number, title, names,
    or the name of the step.
    """

    kind: Kind | None = None
    subject: str | None = None
    actor: int | str | None = None
    trigger: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    by: By = By.RECORDED
    region: str | None = None
    forced: bool = False
    back: bool = False
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """One change with what it is about.

    ``ref`` is the subject without its kind; ``about`` the title of a case, the name of a unit or a person,
    or of whom a mail is for; ``unit`` that of the case; ``lifecycle`` whose words its states have.
    """

    subject: str
    kind: str
    ref: str
    about: str | None
    unit: str | None
    lifecycle: str | None
    change: ChangeLine


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePage:
    """Some changes, the newest first, with the names of all they mention; ask on after ``following``."""

    lines: tuple[AuditLine, ...]
    names: Names
    following: int | None


def find_changes(
    conn: Connection, actor: Actor, wanted: ChangeFilter, *, after: int | None = None, limit: int = 50
) -> ChangePage:
    """Return a page of changes, the newest first; ``after`` is what the page before was ``following``."""
    found = select(history).where(changes_wanted(conn, actor, wanted))
    if after is not None:
        found = found.where(history.c.id < after)
    rows = conn.execute(found.order_by(history.c.id.desc()).limit(limit + 1)).all()
    shown = rows[:limit]
    cases = _cases_of(conn, shown)
    names = names_of(conn, {one for row in shown for one in _mentioned(row)})
    lines = tuple(_line(row, cases.get(row.subject), names) for row in shown)
    return ChangePage(lines=lines, names=names, following=shown[-1].id if len(rows) > limit else None)


def changes_wanted(conn: Connection, actor: Actor, wanted: ChangeFilter) -> ColumnElement[bool]:
    """Return the condition on ``history`` that a filter means for an actor, for lists and for exports."""
    return and_(changes_seen(actor), *_conditions(conn, wanted))


def _conditions(conn: Connection, wanted: ChangeFilter) -> Iterator[ColumnElement[bool]]:
    at = history.c.occurred_at if wanted.by is By.OCCURRED else history.c.recorded_at
    if wanted.kind is not None:
        yield is_kind(wanted.kind)
    if wanted.subject:
        whole = ":" in wanted.subject
        yield history.c.subject == (wanted.subject if whole else f"case:{wanted.subject.upper()}")
    if wanted.actor is not None and wanted.actor != "":
        yield _by_whom(conn, wanted.actor)
    if wanted.trigger:
        yield history.c.trigger == wanted.trigger
    if wanted.since is not None:
        yield at >= stamp(wanted.since)
    if wanted.until is not None:
        yield at < stamp(wanted.until)
    if wanted.region:
        yield changes_within(wanted.region)
    if wanted.forced:
        yield history.c.forced == 1
    if wanted.back:
        yield history.c.trigger.in_(BACK)
    for word in (wanted.text or "").split()[:_MOST_WORDS]:
        yield _says(conn, word)


def _by_whom(conn: Connection, actor: int | str) -> ColumnElement[bool]:
    if isinstance(actor, int):
        return history.c.actor == f"person:{actor}"
    called = select(named(Kind.PERSON, person)).where(holds(conn, person.c.name, actor))
    return or_(history.c.actor == actor, history.c.actor.in_(called))


def _says(conn: Connection, text: str) -> ColumnElement[bool]:
    """Return the condition that a word stands in a change, names its step, or what it is about."""
    units = select(named(Kind.UNIT, unit)).where(holds(conn, unit.c.name, text))
    people = select(named(Kind.PERSON, person)).where(holds(conn, person.c.name, text))
    cases = (
        select(named(Kind.CASE, case, "ref"))
        .join(unit, unit.c.id == case.c.unit_id)
        .outerjoin(person, person.c.id == case.c.coordinator_id)
        .where(or_(*(holds(conn, column, text) for column in (case.c.title, unit.c.name, person.c.name))))
    )
    own = (history.c.reason, history.c.details, history.c.subject)
    return or_(
        *(holds(conn, column, text) for column in own),
        history.c.subject.in_(cases),
        history.c.subject.in_(units),
        history.c.subject.in_(people),
        history.c.actor.in_(people),
        history.c.trigger.in_(_steps_called(text)),
    )


def _steps_called(word: str) -> list[str]:
    """Return the steps whose name, as people read it, holds a word (退回)."""
    steps = {(trigger, name) for life in registry.LIFECYCLES for trigger, name in life.triggers.items()}
    called = word.lower()
    return sorted({one for one, name in steps if called in name.zh or called in name.en.lower()})


def holds(conn: Connection, column: ColumnElement[Any], text: str) -> ColumnElement[bool]:
    """Return the condition that a text stands in a column, capital or small; % and _ mean themselves."""
    if conn.dialect.name == "sqlite":
        return column.contains(text, autoescape=True)  # its LIKE does not tell capital from small
    return column.icontains(text, autoescape=True)


def _cases_of(conn: Connection, rows: Sequence[Any]) -> Mapping[str, Any]:
    """Return the cases that some rows of history are about, by subject."""
    refs = {own_name(row.subject) for row in rows if kind_of(row.subject) == Kind.CASE}
    if not refs:
        return {}
    query = (
        select(case.c.ref, case.c.title, case.c.kind, unit.c.name.label("unit"))
        .join(unit, unit.c.id == case.c.unit_id)
        .where(case.c.ref.in_(sorted(refs)))
    )
    return {f"{Kind.CASE}:{row.ref}": row for row in conn.execute(query)}


def _mentioned(row: Any) -> Iterator[str]:
    yield row.actor
    yield row.subject
    details = orjson.loads(row.details)
    for field, value in (details.get("set") or {}).items():
        yield meant_by(field, value)
    for grant in details.get("rights") or ():
        yield meant_by("unit_id", grant.get("unit_id"))


def _line(row: Any, about: Any | None, names: Names) -> AuditLine:
    kind = kind_of(row.subject)
    return AuditLine(
        subject=row.subject,
        kind=kind,
        ref=own_name(row.subject),
        about=about.title if about else names.get(row.subject),
        unit=about.unit if about else None,
        lifecycle=about.kind if about else LIFECYCLES.get(kind),
        change=change_line(row, names),
    )
