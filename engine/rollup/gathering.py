"""All that a package is made of, read in a few queries however many activities there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, func, literal, select

from config.form import form_of
from engine.clock import unstamp
from engine.forms.filled import file_name
from engine.rollup.choices import LINKS, choice_of
from engine.rollup.coverage import OwedReport, SilentHost, owed_reports, silent_hosts
from engine.rollup.subject import Subject
from engine.tables import case, history, material, person, unit

FORM = "activity_application"
CANCELLED = "cancelled"
_PAPERS = ("report", "summary_sheet")


class Item(NamedTuple):
    """One material: the number of its row, whose it is, what it is, since when."""

    id: int
    case_id: int
    kind: str
    name: str
    uri: str
    sha256: str | None
    size: int | None
    added_at: datetime


class Move(NamedTuple):
    """A case came from one state into another."""

    source: str
    dest: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One activity with its materials, its way so far, and the answers of its application form."""

    row: Any
    items: tuple[Item, ...]
    moves: tuple[Move, ...]
    answers: Mapping[str, Any]

    @property
    def ref(self) -> str:
        """Return its public number."""
        return str(self.row.ref)

    @property
    def off(self) -> bool:
        """Return whether it was cancelled."""
        return bool(self.row.state == CANCELLED)

    def of_kind(self, *kinds: str) -> tuple[Item, ...]:
        """Return its materials of some kinds, the oldest first."""
        return tuple(one for one in self.items if one.kind in kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """All that a package tells; ``changed_at`` is when any of it last changed.

    ``papers`` are what accepted reports of others carry, by their numbers; ``own`` what was handed
    in for the report itself.
    """

    subject: Subject
    activities: tuple[Activity, ...]
    reports: tuple[OwedReport, ...]
    silent: tuple[SilentHost, ...]
    papers: Mapping[str, tuple[Item, ...]]
    own: tuple[Item, ...]
    changed_at: datetime
    links: frozenset[int] | None = None

    @property
    def counted(self) -> tuple[Activity, ...]:
        """Return the activities that were not cancelled."""
        return tuple(one for one in self.activities if not one.off)


def gather(conn: Connection, subject: Subject, *, store: Path, now: datetime) -> Gathered:
    """Read everything that the package of a subject tells, as it is now."""
    reports = owed_reports(conn, subject, now=now)
    accepted = {one.id: one.ref for one in reports if one.state == "accepted"}
    return Gathered(
        subject=subject,
        activities=_activities(conn, subject, store),
        reports=reports,
        silent=silent_hosts(conn, subject),
        papers=_papers(conn, accepted),
        own=_own(conn, subject),
        changed_at=_changed_at(conn, subject),
        links=choice_of(conn, subject, LINKS),
    )


def _activities(conn: Connection, subject: Subject, store: Path) -> tuple[Activity, ...]:
    items: dict[int, list[Item]] = {}
    for item in _items(conn, subject):
        items.setdefault(item.case_id, []).append(item)
    moves = _moves(conn, subject)
    return tuple(
        Activity(
            row=row,
            items=tuple(items.get(row.id, ())),
            moves=tuple(moves.get(row.ref, ())),
            answers=_answers(items.get(row.id, ()), store),
        )
        for row in _rows(conn, subject)
    )


def _rows(conn: Connection, subject: Subject) -> Sequence[Any]:
    query = (
        select(case, unit.c.name.label("unit_name"), person.c.name.label("person_name"), person.c.phone)
        .join(unit, unit.c.id == case.c.unit_id)
        .outerjoin(person, person.c.id == case.c.coordinator_id)
        .where(case.c.kind == "activity", subject.cases())
    )
    return conn.execute(query.order_by(case.c.region, unit.c.name, case.c.starts_on, case.c.ref)).all()


def _items(conn: Connection, subject: Subject) -> list[Item]:
    query = _materials().where(case.c.kind == "activity", subject.cases())
    return [Item(*row) for row in conn.execute(query)]


def _materials() -> Any:
    m = material.c
    return (
        select(m.id, m.case_id, m.kind, m.name, m.uri, m.sha256, m.size, m.added_at)
        .join(case, case.c.id == m.case_id)
        .where(m.removed_at.is_(None))
        .order_by(m.id)
    )


def _moves(conn: Connection, subject: Subject) -> dict[str, list[Move]]:
    query = (
        select(case.c.ref, history.c.source, history.c.dest, history.c.occurred_at)
        .join(history, history.c.subject == literal("case:") + case.c.ref)
        .where(case.c.kind == "activity", subject.cases(), history.c.source != history.c.dest)
        .order_by(history.c.id)
    )
    found: dict[str, list[Move]] = {}
    for ref, source, dest, at in conn.execute(query):
        found.setdefault(ref, []).append(Move(source, dest, unstamp(at)))
    return found


def _answers(items: Sequence[Item], store: Path) -> Mapping[str, Any]:
    """Return the answers of the newest form among some materials; none where its file is lost or altered."""
    form = form_of(FORM)
    own = [one for one in items if one.kind == form.material and one.name == file_name(form) and one.sha256]
    if not own:
        return {}
    try:
        data = (store / str(own[-1].sha256)).read_bytes()
        told = orjson.loads(data)["answers"] if sha256(data).hexdigest() == own[-1].sha256 else {}
    except (OSError, ValueError, TypeError, KeyError):
        return {}
    return told if isinstance(told, dict) else {}


def _papers(conn: Connection, accepted: Mapping[int, str]) -> dict[str, tuple[Item, ...]]:
    if not accepted:
        return {}
    query = _materials().where(material.c.case_id.in_(sorted(accepted)), material.c.kind.in_(_PAPERS))
    found: dict[str, tuple[Item, ...]] = {}
    for row in conn.execute(query):
        item = Item(*row)
        ref = accepted[item.case_id]
        found[ref] = (*found.get(ref, ()), item)
    return found


def _own(conn: Connection, subject: Subject) -> tuple[Item, ...]:
    if subject.ref is None:
        return ()
    return tuple(
        Item(*row) for row in conn.execute(_materials().where(material.c.case_id == subject.case_id))
    )


def _changed_at(conn: Connection, subject: Subject) -> datetime:
    """Return when any case of the package last changed, or else when its notice was issued."""
    query = (
        select(func.max(history.c.recorded_at))
        .select_from(case)
        .join(history, history.c.subject == literal("case:") + case.c.ref)
        .where(subject.cases())
    )
    last: str | None = conn.scalar(query)
    if last is not None:
        return unstamp(last)
    issued = subject.schedule.issued
    day = (issued and (issued.day or issued.start)) or date(2000, 1, 1)
    return datetime(day.year, day.month, day.day, tzinfo=subject.family[subject.notice].zone)
