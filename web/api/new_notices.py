"""Notices that are not here yet: those that the program carries, and any text, planned and put in force."""

from pydantic import Field
from sqlalchemy import Connection
from starlette.responses import Response

from config.catalogue import catalogue
from config.schedule import Role
from engine.notice_list import shipped_for
from engine.notice_plan import id_in
from engine.planning import ScheduleChange, apply_planned, plan_notice
from web.access import Door, allow
from web.api.changing import Answer, ChangeDep, told
from web.api.models import Given
from web.api.models_notice import Applied, Plan, ShippedNotices
from web.api.notices import plan_told
from web.api.route import PREFIX, routes_of
from web.api.types import Text
from web.visit import VisitDep

router = routes_of("notices")


class NewNotice(Given):
    """A notice as YAML; its ``id`` is its own."""

    text: str = Field(min_length=1, max_length=150_000, examples=["id: quanzhou-2024\n"])


class AppliedNotice(NewNotice):
    """A notice to be put in force; with a reason even where it contradicts itself."""

    reason: Text | None = None


@router.get("/shipped-notices", response_model=ShippedNotices)
@allow(Role.ADMIN, door=Door.API)
def list_shipped_notices(visit: VisitDep) -> Response:
    """List the notices of your regions that the program carries and nobody has put in force."""
    with visit.read() as conn:
        found = shipped_for(conn, visit.me.actor)
    names = ("id", "title", "region", "issuer")
    items = [{name: getattr(one, name) for name in names} | {"text": catalogue()[one.id]} for one in found]
    return told(ShippedNotices.of({"items": items, "next": None}))


@router.post("/notice-plans", response_model=Plan)
@allow(Role.ADMIN, door=Door.API)
def plan_new_notice(body: NewNotice, visit: VisitDep) -> Response:
    """Tell what a notice would do in force. Nothing is changed."""
    found = plan_notice(visit.home.database, id_in(body.text), body.text, actor=visit.me.actor, now=visit.now)
    return told(plan_told(body.text, found), version=found.version)


@router.post("/notices", status_code=201, response_model=Applied)
@allow(Role.ADMIN, door=Door.API)
def apply_new_notice(body: AppliedNotice, change: ChangeDep) -> Response:
    """Put a new notice in force; 409 where there is one of its id."""
    visit = change.visit

    def work(conn: Connection) -> Answer:
        asked = ScheduleChange(notice=id_in(body.text), text=body.text, expect_version=0, reason=body.reason)
        done = apply_planned(conn, asked, actor=visit.me.actor, now=visit.now)
        where = f"{PREFIX}/notices/{done.notice}"
        return Answer(Applied.of(done), 201, version=done.version, location=where)

    return change.do(work)
