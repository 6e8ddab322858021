"""The versions of a notice's schedule: who applied which, what differs, and where each value comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from config.errors import UserError
from config.schedule import Milestone, Name, Schedule, Source
from engine.audit.subjects import Kind, named
from engine.schedule_diff import FieldChange, differences, values_of
from engine.schedules import schedule_by_hash
from engine.tables import person, schedule


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleVersion:
    """One applied version. ``who`` is the name of the person who applied it, None where it was not one."""

    version: int
    at: datetime
    actor: str
    who: str | None
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectiveValue:
    """One value in force: its place (``milestones.summary.due``), as written, and where it comes from.

    ``notice`` is the notice that states it (``duban``: a default of the program); ``inherited`` where that is
    another one; ``is_open`` where the notice itself leaves it open.
    """

    place: str
    value: str
    notice: str
    clause: str | None
    cite: str | None
    note: Name | None
    inherited: bool
    is_open: bool


def versions_of(conn: Connection, notice_id: str) -> tuple[ScheduleVersion, ...]:
    """Return all versions of a notice's schedule, the newest first; none for one never applied."""
    columns = (schedule.c.version, schedule.c.applied_at, schedule.c.actor, schedule.c.hash)
    query = (
        select(*columns, person.c.name)
        .outerjoin(person, named(Kind.PERSON, person) == schedule.c.actor)
        .where(schedule.c.notice == notice_id)
        .order_by(schedule.c.version.desc())
    )
    return tuple(
        ScheduleVersion(version=row.version, at=row.applied_at, actor=row.actor, who=row.name, hash=row.hash)
        for row in conn.execute(query)
    )


def text_of_version(conn: Connection, notice_id: str, version: int) -> str:
    """Return the YAML text of one version; UserError where there is none."""
    return str(_stored(conn, notice_id, version)[0])


def schedule_of_version(conn: Connection, notice_id: str, version: int) -> Schedule:
    """Return the schedule of one version, with what it inherited then; UserError where there is none."""
    return schedule_by_hash(conn, str(_stored(conn, notice_id, version)[1]))


def differences_between(conn: Connection, notice_id: str, old: int, new: int) -> tuple[FieldChange, ...]:
    """Return what differs from one version to another; everything, from version 0."""
    before = schedule_of_version(conn, notice_id, old) if old else None
    return differences(before, schedule_of_version(conn, notice_id, new))


def effective_values(told: Schedule) -> tuple[EffectiveValue, ...]:
    """Return every value of a schedule with its source and exact words, in the order of a page."""
    sources = _sources(told)
    return tuple(
        _value(told, place, value, source=sources.get(place) or Source(notice="duban"))
        for place, value in values_of(told).items()
    )


def _stored(conn: Connection, notice_id: str, version: int) -> tuple[str, str]:
    mine = (schedule.c.notice == notice_id) & (schedule.c.version == version)
    row = conn.execute(select(schedule.c.source, schedule.c.hash).where(mine)).first()
    if row is None:
        raise UserError(
            zh=f"通知 {notice_id} 没有第 {version} 版；请从版本列表中选择。",
            en=f"notice {notice_id} has no version {version}; choose one of the list",
            code="version.unknown",
        )
    return row.source, row.hash


def _value(told: Schedule, place: str, value: str, *, source: Source) -> EffectiveValue:
    return EffectiveValue(
        place=place,
        value=value,
        notice=source.notice,
        clause=source.clause,
        cite=source.cite,
        note=source.note,
        inherited=source.notice != told.id,
        is_open=place in told.open,
    )


def _sources(told: Schedule) -> Mapping[str, Source]:
    """Return where each value comes from, by its place."""
    own = told.sources.get("notice", Source(notice=told.id))
    found = dict.fromkeys(("title", "region"), own) | dict(told.sources)
    for window in told.windows:
        found[f"windows.{window.key}"] = window.source
    for milestone in told.milestones:
        found |= {
            f"milestones.{milestone.key}.{field}": _of_milestone(milestone, field, told)
            for field in ("due", "opens", "reaches", "needs", "units", "after_due", "ladder")
        }
    return found


def _of_milestone(milestone: Milestone, field: str, told: Schedule) -> Source:
    if field in milestone.sources:
        return milestone.sources[field]
    if field == "ladder":
        return told.sources.get("ladder", Source(notice="duban"))
    return Source(notice="duban") if field == "after_due" else milestone.sources["milestone"]
