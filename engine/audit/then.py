"""All that a page about one subject as of a moment tells: a case, rights, a schedule, a template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from config.schedule import Name
from engine.actors import Actor
from engine.asof import Standing
from engine.audit.cases_then import Moment
from engine.audit.names import Names, names_of
from engine.audit.search import AuditLine, ChangeFilter, find_changes
from engine.audit.standing import (
    RightThen,
    ScheduleThen,
    Stood,
    TemplateThen,
    rights_then,
    schedule_then,
    stood,
    template_then,
)
from engine.audit.subjects import Kind, kind_of, number_of, own_name
from engine.audit.values import field_name, rights_said, value_said
from engine.clock import stamp
from engine.notice_versions import EffectiveValue, effective_values

_LEFT_OUT = frozenset({"kind", "lifecycle", "entered_at", "milestone", "notice", "code"})
"""Values of a case that never change, or that its page says elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """One value then and now, in words."""

    field: Name
    then: Name
    now: Name
    differs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectThen:
    """One subject then and now; what does not fit its kind is empty.

    ``line`` is its last change, ``stood`` is None of a template that nobody ever changed.
    """

    subject: str
    kind: str
    line: AuditLine | None
    stood: Stood | None
    beside: tuple[Beside, ...] = ()
    rights: tuple[Name, ...] = ()
    rights_now: tuple[Name, ...] = ()
    schedule: ScheduleThen | None = None
    effective: tuple[EffectiveValue, ...] = ()
    template: TemplateThen | None = None


def subject_then(
    conn: Connection, actor: Actor, subject: str, moment: Moment, *, now: datetime
) -> SubjectThen:
    """Return a subject as of a moment; UserError where it is not the actor's to look at."""
    kind = kind_of(subject)
    if kind == Kind.TEMPLATE:
        return _template(conn, actor, subject, moment)
    held = stood(conn, actor, subject, moment.at, by=moment.by)
    (line,) = find_changes(conn, actor, ChangeFilter(subject=subject), limit=1).lines
    plain = SubjectThen(subject=subject, kind=kind, line=line, stood=held, beside=_beside(held))
    number = number_of(subject, Kind.PERSON)
    if number is not None:
        then, today = (rights_then(conn, actor, number, at) for at in (moment.at, now))
        return replace(plain, rights=_rights(conn, then), rights_now=_rights(conn, today))
    if kind == Kind.NOTICE:
        found = schedule_then(conn, actor, own_name(subject), moment.at)
        return replace(plain, schedule=found, effective=effective_values(found.schedule) if found else ())
    return plain


def _template(conn: Connection, actor: Actor, subject: str, moment: Moment) -> SubjectThen:
    lines = find_changes(conn, actor, ChangeFilter(subject=subject), limit=1).lines
    return SubjectThen(
        subject=subject,
        kind=Kind.TEMPLATE,
        line=next(iter(lines), None),
        stood=None,
        template=template_then(conn, own_name(subject), moment.at),
    )


def _beside(held: Stood) -> tuple[Beside, ...]:
    """Return the values that were or are given, in the order in which people read them."""
    then, now = _values(held.then), _values(held.now)
    changed = {one.field for one in held.differences}
    left_out = _LEFT_OUT - {"kind"} if held.subject.startswith(f"{Kind.UNIT}:") else _LEFT_OUT
    return tuple(
        Beside(
            field=field_name(field),
            then=value_said(field, then.get(field), held.names),
            now=value_said(field, now.get(field), held.names),
            differs=field in changed,
        )
        for field in dict.fromkeys([*now, *then])
        if field not in left_out and (_given(then.get(field)) or _given(now.get(field)))
    )


def _values(standing: Standing | None) -> Mapping[str, Any]:
    return {**standing.values, "materials": standing.materials} if standing else {}


def _given(value: object) -> bool:
    return value is not None and value not in ("", {})


def _rights(conn: Connection, rights: Sequence[RightThen]) -> tuple[Name, ...]:
    names = names_of(conn, {f"{Kind.UNIT}:{one.unit_id}" for one in rights if one.unit_id is not None})
    return tuple(_right(one, names) for one in rights)


def _right(one: RightThen, names: Names) -> Name:
    until = stamp(one.until) if one.until else None
    told = {"role": one.role, "region": one.region, "unit_id": one.unit_id, "until": until}
    return rights_said([told], names)
