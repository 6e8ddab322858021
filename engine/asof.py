"""Cases as they stood at any moment, from their history: by when it was entered, or by when it happened."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    Subquery,
    and_,
    func,
    literal,
    select,
)

from engine.clock import stamp, unstamp
from engine.fold import fold
from engine.schedules import version_name
from engine.tables import case, history, schedule


class By(StrEnum):
    """Which of its two times decides whether a change had been made: entered, or happened."""

    RECORDED = "recorded"
    OCCURRED = "occurred"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One subject as it stood: ``values`` are its own columns, ``materials`` what was there by kind.

    ``occurred_at`` and ``recorded_at`` are those of its last change then; ``schedule`` is the version in
    force at the moment asked about (None if none was, or the subject is no case).
    """

    subject: str
    state: str
    version: int
    trigger: str
    actor: str
    occurred_at: datetime
    recorded_at: datetime
    schedule: str | None
    values: Mapping[str, Any]
    materials: Mapping[str, int]


def as_of(
    conn: Connection, at: datetime, *, subject: str | None = None, by: By = By.RECORDED
) -> tuple[Standing, ...]:
    """Return every case (or one subject, of any kind) as it stood at an instant, in the order of subjects.

    By RECORDED it is what the system knew then; by OCCURRED what had happened by then as is known now,
    late entries included. Changes are always taken in the order of their versions.
    """
    return _stood(conn, at, _cases() if subject is None else history.c.subject == subject, by)


def standings_of(
    conn: Connection, subjects: Collection[str], at: datetime, *, by: By = By.RECORDED
) -> tuple[Standing, ...]:
    """Return some subjects as they stood at an instant, in the order of subjects; not those not yet there."""
    return _stood(conn, at, history.c.subject.in_(subjects), by) if subjects else ()


def _stood(conn: Connection, at: datetime, wanted: ColumnElement[bool], by: By) -> tuple[Standing, ...]:
    versions = _schedules(at)
    number = case.c.ref == func.substr(history.c.subject, len("case:") + 1)
    query = (
        select(history, case.c.notice, versions.c.version.label("in_force"))
        .outerjoin(case, and_(number, _cases()))
        .outerjoin(versions, versions.c.notice == case.c.notice)
        .where(by_then(at, by), wanted)
        .order_by(history.c.subject, history.c.version)
    )
    groups = groupby(conn.execute(query), key=lambda row: str(row.subject))
    return tuple(sorted((_standing(list(rows)) for _, rows in groups), key=attrgetter("subject")))


def counts_as_of(
    conn: Connection, at: datetime, *, notice: str | None = None, by: By = By.RECORDED
) -> dict[str, int]:
    """Return how many cases stood in each state at an instant, of all notices or of one."""
    last = (
        select(history.c.subject, func.max(history.c.version).label("version"))
        .where(by_then(at, by), _cases())
        .group_by(history.c.subject)
        .subquery()
    )
    same = (history.c.subject == last.c.subject) & (history.c.version == last.c.version)
    query: Select[Any] = select(history.c.dest, func.count()).join(last, same).group_by(history.c.dest)
    if notice is not None:
        mine = literal("case:") + case.c.ref == history.c.subject
        query = query.join(case, mine).where(case.c.notice == notice)
    return {str(row[0]): int(row[1]) for row in conn.execute(query.order_by(history.c.dest))}


def counts(standings: Iterable[Standing]) -> dict[str, int]:
    """Return how many of some standings are in each state."""
    return dict(sorted(Counter(one.state for one in standings).items()))


def _cases() -> ColumnElement[bool]:
    # not a range: PostgreSQL may order punctuation by another rule
    return func.substr(history.c.subject, 1, len("case:")) == "case:"


def by_then(at: datetime, by: By, *, rows: FromClause = history) -> ColumnElement[bool]:
    """Return the condition that a row of history had been made at an instant."""
    moment = rows.c.occurred_at if by is By.OCCURRED else rows.c.recorded_at
    return moment <= stamp(at)


def _schedules(at: datetime) -> Subquery:
    """Return the version of every notice's schedule that was in force at an instant."""
    applied = select(schedule.c.notice, func.max(schedule.c.version).label("version"))
    return applied.where(schedule.c.applied_at <= at).group_by(schedule.c.notice).subquery()


def _standing(rows: Sequence[Row[Any]]) -> Standing:
    last = rows[-1]
    told = fold(row._asdict() for row in rows)
    materials = told.pop("materials")
    named = None if last.in_force is None else version_name(last.notice, last.in_force)
    return Standing(
        subject=last.subject,
        state=told.pop("state"),
        version=told.pop("version"),
        trigger=last.trigger,
        actor=last.actor,
        occurred_at=unstamp(last.occurred_at),
        recorded_at=unstamp(last.recorded_at),
        schedule=named,
        values={name: value for name, value in told.items() if name != "head"},
        materials=materials,
    )
