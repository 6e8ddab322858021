"""Anything as of any moment: a case, a person's rights, a schedule, a template; and what differs since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import Connection, select

from config.errors import UserError
from config.schedule import Role, Schedule
from engine.actors import Actor
from engine.asof import By, Standing, as_of, by_then
from engine.audit.differences import Difference, between
from engine.audit.names import Names, meant_by, names_of
from engine.audit.reach import require_seen
from engine.audit.subjects import Kind
from engine.clock import unstamp
from engine.schedule_diff import FieldChange, differences
from engine.schedules import schedule_by_hash
from engine.tables import history, schedule, template_text
from notifications.sources import shipped

_AT_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """One subject as it stood ``at`` a moment (``then`` is None: it was not there yet) and as it stands now.

    ``differences`` are the values that are others now; ``names`` are those of all that it mentions.
    """

    subject: str
    at: datetime
    then: Standing | None
    now: Standing
    differences: tuple[Difference, ...]
    names: Names


@dataclass(frozen=True, slots=True, kw_only=True)
class RightThen:
    """A right that somebody had: since when, and the instant from which it no longer holds, if one is set."""

    role: Role
    region: str
    unit_id: int | None
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleThen:
    """The schedule of a notice that was in force: its text as the admin wrote it, and what it came to.

    ``differences`` is what the one now in force, ``latest``, has different.
    """

    notice: str
    version: int
    applied_at: datetime
    actor: str
    source: str
    schedule: Schedule
    latest: int
    differences: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateThen:
    """The text of a mail template that was used, and the one used now; version 0 is what the program carries.

    ``at`` and ``actor`` are those of its change, None of what the program carries.
    """

    name: str
    version: int
    text: str
    at: datetime | None
    actor: str | None
    latest: int
    text_now: str


def stood(conn: Connection, actor: Actor, subject: str, at: datetime, *, by: By = By.RECORDED) -> Stood:
    """Return a subject of any kind as it stood; UserError where it is not the actor's to look at."""
    require_seen(conn, actor, subject)
    then = next(iter(as_of(conn, at, subject=subject, by=by)), None)
    now = as_of(conn, _AT_LAST, subject=subject)[0]
    mentioned = {one for standing in (then, now) if standing for one in _mentioned(standing)}
    return Stood(
        subject=subject,
        at=at,
        then=then,
        now=now,
        differences=between(_values(then), _values(now)) if then else (),
        names=names_of(conn, mentioned),
    )


def rights_then(conn: Connection, actor: Actor, person_id: int, at: datetime) -> tuple[RightThen, ...]:
    """Return the rights that somebody had at a moment, in the order in which they were granted."""
    subject = f"{Kind.PERSON}:{person_id}"
    require_seen(conn, actor, subject)
    mine = select(history.c.details, history.c.trigger, history.c.recorded_at)
    rows = mine.where(history.c.subject == subject, by_then(at, By.RECORDED))
    held: dict[tuple[object, ...], RightThen] = {}
    for row in conn.execute(rows.order_by(history.c.version)):
        for one in orjson.loads(row.details).get("rights", ()):
            _take_in(held, row, one)
    return tuple(one for one in held.values() if one.until is None or one.until > at)


def schedule_then(conn: Connection, actor: Actor, notice_id: str, at: datetime) -> ScheduleThen | None:
    """Return a notice's schedule that was in force at a moment, None where none was yet."""
    require_seen(conn, actor, f"{Kind.NOTICE}:{notice_id}")
    columns = (
        schedule.c.version,
        schedule.c.applied_at,
        schedule.c.actor,
        schedule.c.source,
        schedule.c.hash,
    )
    versions = select(*columns).where(schedule.c.notice == notice_id).order_by(schedule.c.version)
    rows = conn.execute(versions).all()
    found = [row for row in rows if row.applied_at <= at]
    if not found:
        return None
    one, last = found[-1], rows[-1]
    effective = schedule_by_hash(conn, one.hash)
    return ScheduleThen(
        notice=notice_id,
        version=one.version,
        applied_at=one.applied_at,
        actor=one.actor,
        source=one.source,
        schedule=effective,
        latest=last.version,
        differences=differences(effective, schedule_by_hash(conn, last.hash)),
    )


def template_then(conn: Connection, name: str, at: datetime) -> TemplateThen:
    """Return a mail template (``zh/reminder/body.txt``) as it was used at a moment; UserError if unknown."""
    versions = select(template_text).where(template_text.c.name == name).order_by(template_text.c.version)
    rows = conn.execute(versions).all()
    carried = shipped().get(name)
    if carried is None and not rows:
        raise UserError(
            zh=f"没有名为 {name} 的邮件模板。请从模板列表中选择。",
            en=f"there is no mail template {name}; choose one from the list of templates",
            code="template.unknown",
        )
    one = next((row for row in reversed(rows) if row.at <= at), None)
    last = rows[-1] if rows else None
    return TemplateThen(
        name=name,
        version=one.version if one else 0,
        text=_text(one, carried),
        at=one.at if one else None,
        actor=one.actor if one else None,
        latest=last.version if last else 0,
        text_now=_text(last, carried),
    )


def _text(row: Any, carried: str | None) -> str:
    """Return the text of a version; one without a text is what the program carries."""
    return row.text if row is not None and row.text is not None else carried or ""


def _values(standing: Standing) -> Mapping[str, Any]:
    return {**standing.values, "materials": standing.materials}


def _mentioned(standing: Standing) -> Iterable[str]:
    yield standing.actor
    for field, value in standing.values.items():
        yield meant_by(field, value)


def _take_in(held: dict[tuple[object, ...], RightThen], row: Any, told: Mapping[str, Any]) -> None:
    key = (told["role"], told["region"], told.get("unit_id"))
    if row.trigger == "revoke":
        held.pop(key, None)
        return
    until = told.get("until")
    held[key] = RightThen(
        role=Role(told["role"]),
        region=told["region"],
        unit_id=told.get("unit_id"),
        since=unstamp(row.recorded_at),
        until=unstamp(until) if until else None,
    )
