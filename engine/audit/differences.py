"""What a change made different: each value before and after, folded from the earlier rows of its subject."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import orjson
from sqlalchemy import Connection, select

from config.errors import UserError
from engine.audit.messages import FIELDS
from engine.audit.search import AuditLine
from engine.audit.subjects import Kind, kind_of, own_name
from engine.changes import ChangeLine
from engine.schedule_diff import differences
from engine.schedules import schedule_by_hash
from engine.tables import history, schedule

_ORDER = tuple(FIELDS)
Version = tuple[str, int]
"""A subject and one of its versions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One value: its field (of a schedule its place), before and after.

    Not ``known``: history says only that the field was changed, as with what is personal.
    """

    field: str
    before: Any
    after: Any
    known: bool = True


Differences = Mapping[Version, tuple[Difference, ...]]


def differences_of(conn: Connection, subject: str, version: int) -> tuple[Difference, ...]:
    """Return what one change made different; UserError where there is no such change."""
    found = differences_at(conn, [(subject, version)])
    if (subject, version) not in found:
        raise UserError(
            zh=f"历史中没有 {subject} 的第 {version} 版。请从这一对象的历史列表中选择。",
            en=f"history has no version {version} of {subject}; choose one from the list of its changes",
            code="history.unknown_version",
        )
    return found[subject, version]


def differences_on(conn: Connection, lines: Sequence[AuditLine]) -> Differences:
    """Return what each change of a page made different, in a few queries for all of them."""
    return differences_at(conn, [(line.subject, line.change.version) for line in lines])


def differences_at(conn: Connection, wanted: Sequence[Version]) -> Differences:
    """Return what each of some versions made different; those that are not there are left out."""
    asked = set(wanted)
    columns = (history.c.subject, history.c.version, history.c.details)
    subjects = sorted({subject for subject, _ in asked})
    query = select(*columns).where(history.c.subject.in_(subjects))
    rows = conn.execute(query.order_by(history.c.subject, history.c.version))
    found: dict[Version, tuple[Difference, ...]] = {}
    applied: dict[Version, int] = {}
    for subject, chain in groupby(rows, key=lambda row: str(row.subject)):
        known = ((row.version, orjson.loads(row.details)) for row in chain)
        for key, told, one in _walked(subject, known, asked):
            found[key] = told
            if kind_of(subject) == Kind.NOTICE and "schedule" in one:
                applied[key] = one["version"]
    return found | _of_schedules(conn, applied)


def differences_along(subject: str, chain: Sequence[ChangeLine]) -> Differences:
    """Return what each change of a case made different, from all its changes, the oldest first."""
    asked = {(subject, change.version) for change in chain}
    known = ((change.version, change.details) for change in chain)
    return {key: told for key, told, _ in _walked(subject, known, asked)}


def between(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Return every value that differs between two states of one subject."""
    return tuple(
        Difference(field=name, before=before.get(name), after=after.get(name))
        for name in sorted({*before, *after}, key=_place)
        if before.get(name) != after.get(name)
    )


def _place(field: str) -> tuple[int, str]:
    """Return where a field stands in a list: in the order in which people read them."""
    return (_ORDER.index(field) if field in _ORDER else len(_ORDER), field)


def _walked(
    subject: str, chain: Iterable[tuple[int, Mapping[str, Any]]], asked: set[Version]
) -> Iterator[tuple[Version, tuple[Difference, ...], Mapping[str, Any]]]:
    values: dict[str, Any] = {}
    for version, details in chain:
        new = details.get("set") or {}
        if (subject, version) in asked:
            yield (subject, version), _told(values, new, details), details
        values |= new


def _told(
    values: Mapping[str, Any], new: Mapping[str, Any], details: Mapping[str, Any]
) -> tuple[Difference, ...]:
    named = tuple(
        Difference(field=name, before=None, after=None, known=False) for name in details.get("fields", ())
    )
    return between({name: values.get(name) for name in new}, new) + named


def _of_schedules(conn: Connection, applied: Mapping[Version, int]) -> dict[Version, tuple[Difference, ...]]:
    """Return what the schedule versions applied by some changes have different from those before."""
    if not applied:
        return {}
    notices = {own_name(subject) for subject, _ in applied}
    rows = select(schedule.c.notice, schedule.c.version, schedule.c.hash).where(
        schedule.c.notice.in_(notices)
    )
    names = {(row.notice, row.version): row.hash for row in conn.execute(rows)}
    return {
        (subject, version): _of_schedule(conn, names, own_name(subject), number)
        for (subject, version), number in applied.items()
    }


def _of_schedule(
    conn: Connection, names: Mapping[Version, str], notice: str, number: int
) -> tuple[Difference, ...]:
    new, old = names.get((notice, number)), names.get((notice, number - 1))
    if new is None or old is None:  # the first one differs from nothing
        return ()
    told = differences(schedule_by_hash(conn, old), schedule_by_hash(conn, new))
    return tuple(Difference(field=one.place, before=one.before, after=one.after) for one in told)
