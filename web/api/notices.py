"""Notices and their schedules: as they stand, what a change would do, and the change."""

from datetime import timedelta
from typing import Annotated

from fastapi import HTTPException, Query
from sqlalchemy import Connection
from starlette.responses import Response

from config.errors import UserError
from config.schedule import Role
from engine.coming_mails import Asked, coming_mails, letter_then
from engine.mail_look import look_of
from engine.notice_versions import (
    differences_between,
    effective_values,
    schedule_of_version,
    text_of_version,
    versions_of,
)
from engine.notices_seen import NoticeSeen, all_notices, one_notice
from engine.planning import Plan as Planned
from engine.planning import ScheduleChange, apply_planned, plan_notice
from engine.schedule_edit import edit_schedule
from notifications.render import Templates
from web.access import Door, allow
from web.api.changing import Answer, VersionDep, told
from web.api.models_notice import (
    Applied,
    AppliedSchedule,
    ComingSends,
    FieldChanges,
    NewSchedule,
    Notice,
    Notices,
    Plan,
    Schedule,
    ScheduleVersions,
)
from web.api.models_template import Rendered
from web.api.route import routes_of
from web.api.season import base_url
from web.api.types import Id, Moment, NoticeId, Version
from web.reach import Reach
from web.visit import VisitDep

router = routes_of("notices")

Days = Annotated[int, Query(ge=1, le=62)]


@router.get("/notices", response_model=Notices)
@allow(door=Door.API)
def list_notices(visit: VisitDep) -> Response:
    """List the notices that you may see."""
    with visit.read() as conn:
        found = all_notices(conn, visit.me.actor)
    return told(Notices.of({"items": found, "next": None}))


@router.get("/notices/{notice}", response_model=Notice)
@allow(reach=Reach.NOTICE, door=Door.API)
def read_notice(notice: NoticeId, visit: VisitDep) -> Response:
    """Show one notice and the version of its schedule."""
    with visit.read() as conn:
        found = _line(conn, notice, visit)
    return told(Notice.of(found), version=found.version)


@router.get("/notices/{notice}/versions", response_model=ScheduleVersions)
@allow(reach=Reach.NOTICE, door=Door.API)
def list_schedule_versions(notice: NoticeId, visit: VisitDep) -> Response:
    """List all versions of a notice's schedule, the newest first."""
    with visit.read() as conn:
        found = versions_of(conn, notice)
    return told(ScheduleVersions.of({"items": found, "next": None}))


@router.get("/notices/{notice}/versions/{version}", response_model=Schedule)
@allow(reach=Reach.NOTICE, door=Door.API)
def read_schedule(notice: NoticeId, version: Version, visit: VisitDep) -> Response:
    """Show one version: its text, and every value with who says so."""
    with visit.read() as conn:
        text = text_of_version(conn, notice, version)
        values = effective_values(schedule_of_version(conn, notice, version))
    return told(Schedule.of({"notice": notice, "version": version, "text": text, "values": values}))


@router.get("/notices/{notice}/versions/{version}/differences", response_model=FieldChanges)
@allow(reach=Reach.NOTICE, door=Door.API)
def compare_schedules(notice: NoticeId, version: Version, visit: VisitDep, since: Version = 0) -> Response:
    """Tell what differs in a version from another one; from 0: everything."""
    with visit.read() as conn:
        found = differences_between(conn, notice, since, version)
    return told(FieldChanges.of({"items": found, "next": None}))


@router.post("/notices/{notice}/plan", response_model=Plan)
@allow(Role.ADMIN, reach=Reach.NOTICE, door=Door.API)
def plan_schedule(notice: NoticeId, body: NewSchedule, visit: VisitDep) -> Response:
    """Tell what a change of the schedule would do: values, reminders, cases, people. Nothing is changed."""
    with visit.read() as conn:
        text = _text(conn, notice, body, visit)
    found = plan_notice(visit.home.database, notice, text, actor=visit.me.actor, now=visit.now)
    return told(plan_told(text, found), version=found.version)


@router.post("/notices/{notice}/apply", response_model=Applied)
@allow(Role.ADMIN, reach=Reach.NOTICE, door=Door.API)
def apply_schedule(notice: NoticeId, body: AppliedSchedule, change: VersionDep) -> Response:
    """Put a schedule in force as it was planned: ``If-Match`` says over which version."""
    visit = change.visit

    def work(conn: Connection) -> Answer:
        text = _text(conn, notice, body, visit)
        asked = ScheduleChange(notice=notice, text=text, expect_version=change.expect, reason=body.reason)
        done = apply_planned(conn, asked, actor=visit.me.actor, now=visit.now)
        return Answer(Applied.of(done), version=done.version)

    return change.do(work)


@router.get("/reminders", response_model=ComingSends)
@allow(Role.LEAD, Role.ADMIN, door=Door.API)
def preview_reminders(visit: VisitDep, days: Days = 14, notice: NoticeId | None = None) -> Response:
    """Tell every mail of the next days, to whom and about what, as far as you may see; nothing is sent."""
    until = visit.now + timedelta(days=days)
    asked = Asked(actor=visit.me.actor, now=visit.now, until=until, notice=notice)
    found = coming_mails(visit.home.database, asked)
    return told(ComingSends.of({"items": found, "next": None}))


@router.get("/reminders/mail", response_model=Rendered)
@allow(Role.LEAD, Role.ADMIN, door=Door.API)
def read_coming_mail(at: Moment, person: Annotated[Id, Query()], visit: VisitDep) -> Response:
    """Show the mail that somebody will get at an instant of the preview, as it would look now."""
    database, url = visit.home.database, base_url(visit)
    letter = letter_then(database, person, at, actor=visit.me.actor, now=visit.now, base_url=url)
    if letter is None:
        raise HTTPException(404)
    with visit.read() as conn:
        return told(Rendered.of(look_of(conn, letter, Templates(), base_url=url)))


def plan_told(text: str, found: Planned) -> Plan:
    """Return a plan as the API tells it, with the text that was planned."""
    names = ("version", "applied", "mails", "findings")
    return Plan.of({"text": text} | {name: getattr(found, name) for name in names})


def _line(conn: Connection, notice: str, visit: VisitDep) -> NoticeSeen:
    found = one_notice(conn, notice, visit.me.actor)
    if found is None:
        raise HTTPException(404)
    return found


def _text(conn: Connection, notice: str, body: NewSchedule, visit: VisitDep) -> str:
    """Return the text that is meant; changes are made in the one in force."""
    if (body.text is None) is (body.changes is None):
        raise UserError(
            zh="请写 text（全文）或 changes（要改的值），二者取一。",
            en="give either text (the whole) or changes (values by place)",
            code="notice.one",
        )
    if body.changes is None:
        return body.text or ""
    version = _line(conn, notice, visit).version
    return edit_schedule(text_of_version(conn, notice, version), body.changes)
