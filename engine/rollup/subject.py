"""What a package is about: a report that a unit owes, or a whole notice; and who may ask for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, select

from config.errors import UserError
from config.regions import Level, is_within, region
from config.schedule import Role, Schedule
from engine.actors import Actor
from engine.rules import Rules, rules_of
from engine.schedules import schedule_by_hash
from engine.scope import in_region, unknown_case
from engine.tables import case, notice, unit
from workflows.materials import requires_for
from workflows.registry import lifecycle

ROLES = frozenset({Role.COORDINATOR, Role.LEAD, Role.ADMIN})
"""Who collects a report: those who may hand it in."""

COLLECTS = "association"
"""The kind of unit that reports for its whole region; any other reports for itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is rolled up.

    ``family`` are the notices whose activities count: the notice itself and all that extend it.
    ``ref`` None: the whole notice, which nobody owes. ``own`` is the unit whose activities alone
    count, None where those of the whole region do.
    """

    notice: str
    schedule: Schedule
    family: Mapping[str, Rules]
    region: str
    unit: str
    title: str
    ref: str | None = None
    case_id: int = 0
    own: int | None = None
    unit_id: int = 0
    state: str = ""
    version: int = 0
    milestone: str | None = None
    needs: Mapping[str, int] = field(default_factory=dict)

    @property
    def level(self) -> Level:
        """Return the level of the region."""
        return region(self.region).level

    @property
    def open(self) -> bool:
        """Return whether the package may still change."""
        return self.ref is None or self.state == "due"

    def cases(self) -> ColumnElement[bool]:
        """Return the condition that a case of any kind belongs to the package."""
        mine = in_region(case.c.region, self.region) if self.own is None else case.c.unit_id == self.own
        return and_(case.c.notice.in_(sorted(self.family)), mine)


def subject_of(conn: Connection, name: str, *, actor: Actor) -> Subject:
    """Return what a case's number or a notice's id names; UserError as if it were not there for others."""
    found = conn.execute(select(notice).where(notice.c.id == name)).first()
    return report_of(conn, name.upper(), actor=actor) if found is None else _whole(conn, found, actor)


def report_of(conn: Connection, ref: str, *, actor: Actor) -> Subject:
    """Return a report case as what is rolled up.

    UserError: ``case.unknown`` for whom it is not, ``rollup.no_report`` for an activity.
    """
    query = (
        select(case, unit.c.name.label("unit_name"), unit.c.kind.label("unit_kind"), notice.c.schedule_hash)
        .join(unit, unit.c.id == case.c.unit_id)
        .join(notice, notice.c.id == case.c.notice)
        .where(case.c.ref == ref)
    )
    row = conn.execute(query).first()
    if row is None or not _may(actor, row):
        raise unknown_case(ref)
    if row.kind != "report":
        raise UserError(
            zh=f"{ref} 是活动，不是报送事项；汇总从报送事项开始，用 duban activity list --kind report 查看。",
            en=f"{ref} is an activity, not a report; duban activity list --kind report has the reports",
            code="rollup.no_report",
        )
    schedule = schedule_by_hash(conn, row.schedule_hash)
    return Subject(
        notice=row.notice,
        schedule=schedule,
        family=_family(conn, row.notice),
        region=row.region,
        unit=row.unit_name,
        title=row.title,
        ref=row.ref,
        case_id=row.id,
        own=None if row.unit_kind == COLLECTS else row.unit_id,
        unit_id=row.unit_id,
        state=row.state,
        version=row.version,
        milestone=row.milestone,
        needs=requires_for(schedule, "submit", schedule.milestone(row.milestone or "")),
    )


def require_due(subject: Subject) -> None:
    """Refuse to change what was handed in already."""
    if subject.ref is not None and not subject.open:
        state = lifecycle("report").labels[subject.state]
        raise UserError(
            zh=f"{subject.ref} 现在是“{state.zh}”，汇总包不再变动；要重新汇总，请先由管理员退回。",
            en=f"{subject.ref} is {state.en.lower()} and its package is fixed; have it sent back first",
            code="rollup.frozen",
        )


def _may(actor: Actor, row: Any) -> bool:
    if actor.everything:
        return True
    held = actor.roles_for(region=row.region, unit_id=row.unit_id, coordinator_id=row.coordinator_id)
    return bool(ROLES & set(held))


def _whole(conn: Connection, row: Any, actor: Actor) -> Subject:
    admin = (one for one in actor.grants if one.role is Role.ADMIN and one.unit_id is None)
    if not (actor.everything or any(is_within(row.region, one.region) for one in admin)):
        raise UserError(
            zh=f"没有代号为 {row.id} 的通知。用 duban notice list 查看。",
            en=f"there is no notice {row.id}; duban notice list has them",
            code="notice.unknown",
        )
    schedule = schedule_by_hash(conn, row.schedule_hash)
    return Subject(
        notice=row.id,
        schedule=schedule,
        family=_family(conn, row.id),
        region=row.region,
        unit=schedule.issuer,
        title=schedule.title,
    )


def _family(conn: Connection, notice_id: str) -> Mapping[str, Rules]:
    """Return the rules of a notice and of all that extend it, by their ids."""
    rows = conn.execute(
        select(notice.c.id, notice.c.schedule_hash).where(notice.c.schedule_hash != "").order_by(notice.c.id)
    )
    schedules = {row.id: (row.schedule_hash, schedule_by_hash(conn, row.schedule_hash)) for row in rows}
    return {
        one: rules_of(name, schedule)
        for one, (name, schedule) in schedules.items()
        if notice_id in schedule.line
    }
