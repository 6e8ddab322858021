"""A plan with all that a page needs to tell it: the texts and schedules before and after, and their names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from config.catalogue import catalogue
from config.findings import Finding
from config.lint import lint_source
from config.noticefile import parse
from config.resolve import resolve
from config.schedule import Schedule
from engine.actors import Actor
from engine.apply import Applied
from engine.database import Database
from engine.notice_versions import differences_between, text_of_version
from engine.planning import Plan, plan_notice
from engine.schedule_diff import FieldChange
from engine.schedules import applied_sources, schedules_in_force
from engine.tables import notice


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedNotice:
    """What putting ``text`` in force would do.

    ``old_text`` is the text in force (empty: none yet); ``before`` and ``after`` are the schedules of the
    notice and of all that change with it, by id; ``findings`` are those of the schedule in force.
    """

    notice: str
    text: str
    old_text: str
    plan: Plan
    before: Mapping[str, Schedule]
    after: Mapping[str, Schedule]
    findings: tuple[Finding, ...]

    @property
    def schedule(self) -> Schedule:
        """Return the schedule that the text asks for."""
        return self.after[self.notice]

    @property
    def changes(self) -> tuple[Applied, ...]:
        """Return what the plan does to each notice, the planned one first."""
        return tuple(all_applied(self.plan.applied))


def planned_notice(
    database: Database, notice_id: str, text: str, *, actor: Actor, now: datetime
) -> PlannedNotice:
    """Plan a text; UserError where it is not sound or the actor is no admin of the notice's region."""
    plan = plan_notice(database, notice_id, text, actor=actor, now=now)
    with database.read() as conn:
        sources = {**catalogue(), **applied_sources(conn)}
        before = schedules_in_force(conn)
        old_text = text_of_version(conn, notice_id, plan.version) if plan.version else ""
        findings = lint_source(notice_id, sources, today=now.date())[1] if plan.version else []
    changed = [one.notice for one in all_applied(plan.applied)]
    return PlannedNotice(
        notice=notice_id,
        text=text,
        old_text=old_text,
        plan=plan,
        before={name: before[name] for name in changed if name in before},
        after={name: resolve(name, {**sources, notice_id: text}) for name in changed},
        findings=tuple(findings),
    )


def all_applied(applied: Applied) -> Iterator[Applied]:
    """Give what an apply does to a notice and to all below it."""
    yield applied
    for child in applied.children:
        yield from all_applied(child)


def id_in(text: str) -> str:
    """Return the id that a notice's YAML text gives itself; UserError where the text is not sound."""
    return parse(text).notice.id


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedMeanwhile:
    """What others changed between the version that somebody saw and the one in force."""

    seen: int
    version: int
    fields: tuple[FieldChange, ...]


def changed_meanwhile(conn: Connection, notice_id: str, seen: int) -> ChangedMeanwhile | None:
    """Return what others changed since version ``seen`` of a notice (0: none yet), None where nothing."""
    version = conn.scalar(select(notice.c.schedule_version).where(notice.c.id == notice_id)) or 0
    if version == seen:
        return None
    known = 0 < seen < version
    fields = differences_between(conn, notice_id, seen if known else 0, version) if version else ()
    return ChangedMeanwhile(seen=seen, version=version, fields=fields)
