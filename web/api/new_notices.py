"""New notices: those the program carries, next year's draft, and putting one in force for the first time."""

from typing import Annotated

from fastapi import Query
from sqlalchemy import Connection
from starlette.responses import Response

from config.catalogue import catalogue
from config.schedule import Role
from engine.notice_list import shipped_for
from engine.notice_plan import id_in
from engine.planning import ScheduleChange, apply_planned, plan_notice
from engine.rollover import carry_activities, next_year
from web.access import Door, allow
from web.api.changing import Answer, ChangeDep, told
from web.api.models_new_notice import (
    AppliedNotice,
    Carried,
    Carry,
    LaterYear,
    NewNotice,
    ShippedNotices,
)
from web.api.models_notice import Applied, Plan
from web.api.route import PREFIX, routes_of
from web.api.types import NoticeId
from web.reach import Reach
from web.visit import VisitDep

router = routes_of("new-notices")

Year = Annotated[int | None, Query(ge=1990, le=2100, description="Left out: the one after the notice's own.")]


@router.get("/shipped-notices", response_model=ShippedNotices)
@allow(Role.ADMIN, door=Door.API)
def list_shipped_notices(visit: VisitDep) -> Response:
    """List the notices that the program carries for your region and nobody has put in force."""
    with visit.read() as conn:
        found = shipped_for(conn, visit.me.actor)
    own = ("id", "title", "region", "issuer")
    items = [{name: getattr(one, name) for name in own} | {"text": catalogue()[one.id]} for one in found]
    return told(ShippedNotices.of({"items": items, "next": None}))


@router.post("/new-notices/plan", response_model=Plan)
@allow(Role.ADMIN, door=Door.API)
def plan_new_notice(body: NewNotice, visit: VisitDep) -> Response:
    """Tell what a new notice would do: values, reminders, reports owed, people. Nothing is changed."""
    database, actor = visit.home.database, visit.me.actor
    found = plan_notice(database, id_in(body.text), body.text, actor=actor, now=visit.now)
    names = ("version", "applied", "mails", "findings")
    return told(Plan.of({"text": body.text, **{name: getattr(found, name) for name in names}}))


@router.post("/notices", status_code=201, response_model=Applied)
@allow(Role.ADMIN, door=Door.API)
def apply_new_notice(body: AppliedNotice, change: ChangeDep) -> Response:
    """Put a new notice in force as it was planned; 409 where there is one of its id already."""
    visit, number = change.visit, id_in(body.text)
    asked = ScheduleChange(notice=number, text=body.text, expect_version=0, reason=body.reason)

    def work(conn: Connection) -> Answer:
        done = apply_planned(conn, asked, actor=visit.me.actor, now=visit.now)
        where = f"{PREFIX}/notices/{number}"
        return Answer(Applied.of(done), 201, version=done.version, location=where)

    return change.do(work)


@router.get("/notices/{notice}/rollover", response_model=LaterYear)
@allow(Role.ADMIN, reach=Reach.NOTICE, door=Door.API)
def draft_later_notice(notice: NoticeId, visit: VisitDep, year: Year = None) -> Response:
    """Draft a notice for a later year, every guess marked; nothing is kept and nothing is in force by it."""
    with visit.read() as conn:
        return told(LaterYear.of(next_year(conn, notice, year, today=visit.now.date())))


@router.post("/notices/{notice}/rollover", response_model=Carried)
@allow(Role.ADMIN, reach=Reach.NOTICE, door=Door.API)
def carry_activities_over(notice: NoticeId, body: Carry, change: ChangeDep) -> Response:
    """Enter the activities that took place again under a later year's notice, as planned; twice is once."""
    visit = change.visit

    def work(conn: Connection) -> Answer:
        later = next_year(conn, notice, body.year, today=visit.now.date()).later
        done = carry_activities(conn, notice, later, actor=visit.me.actor, now=visit.now)
        return Answer(Carried(notice=later, created=list(done.created), already=done.already))

    return change.do(work)
