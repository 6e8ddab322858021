"""Cases: lists, one of them, new ones, steps."""

from typing import Annotated, Any

from fastapi import Query
from pydantic import Field
from sqlalchemy import Connection
from starlette.responses import Response

from config.schedule import CaseKind
from engine.bulk import Outcome, carry_out
from engine.case_filter import CaseFilter, Sort
from engine.case_view import case_view
from engine.do import Order, do
from engine.earlier_cases import copy_of, last_years
from engine.listing import cases_after
from engine.new_case import open_new
from engine.standing import Mark
from engine.step_values import step_values
from engine.uploads.links import take_link
from web.access import Door, allow
from web.api.bodies_case import NewCase, NewStep, NewSteps
from web.api.changing import Answer, ChangeDep, VersionDep, told
from web.api.models import Given
from web.api.models_case import BulkResult, Cases, Copy, EarlierCases, FullCase, Moved
from web.api.paging import After, Most
from web.api.route import PREFIX, routes_of
from web.api.types import Line, NoticeId, Ref, RegionCode, Word
from web.reach import Reach
from web.visit import Visit, VisitDep

router = routes_of("cases")


class Asked(Given):
    """Which cases are asked for, in which order."""

    kind: CaseKind | None = None
    notice: NoticeId | None = None
    state: Word | None = Field(None, examples=["held"])
    region: RegionCode | None = Field(None, description="With all within it.")
    unit: int | None = Field(None, ge=1, le=2**53 - 1)
    coordinator: Line | None = Field(None, description="A mail address or a name.")
    text: Line | None = Field(None, description="Part of a title, a number or a unit's name.")
    milestone: Word | None = Field(None, examples=["summary"])
    standing: Mark | None = Field(None, description="To the milestone; open and done only with one.")
    late: bool = False
    soon: bool = False
    on_time: bool = Field(False, description="Neither late nor soon.")
    not_filed: bool = False
    in_force: bool = False
    sort: Sort = Sort.REF
    down: bool = False

    def asked(self) -> dict[str, Any]:
        """Return the filters that were given."""
        given = {name: getattr(self, name) for name in Asked.model_fields}
        return {name: value for name, value in given.items() if value is not None}


class Wanted(Asked):
    """Which part of the cases is asked for."""

    cursor: After = None
    limit: Most = 50


@router.get("/cases", response_model=Cases)
@allow(door=Door.API)
def list_cases(visit: VisitDep, wanted: Annotated[Wanted, Query()]) -> Response:
    """List the cases that you may see."""
    asked = CaseFilter(actor=visit.me.actor, **wanted.asked())
    with visit.read() as conn:
        found = cases_after(conn, asked, now=visit.now, after=wanted.cursor, most=wanted.limit)
    return told(Cases.of({"items": found.items, "next": found.after}))


@router.post("/cases", status_code=201, response_model=FullCase)
@allow(door=Door.API)
def open_case(body: NewCase, change: ChangeDep) -> Response:
    """Enter a new activity for one of your units."""
    visit = change.visit
    values = body.model_dump(exclude={"notice"}, exclude_none=True)

    def work(conn: Connection) -> Answer:
        ref = open_new(conn, body.notice, values, actor=visit.me.actor, now=visit.now)
        return _full(conn, ref, visit, status=201)

    return change.do(work)


@router.get("/cases/{ref}", response_model=FullCase)
@allow(reach=Reach.CASE, door=Door.API)
def read_case(ref: Ref, visit: VisitDep) -> Response:
    """Show one case: what it asks, what stands in the way, what was handed in."""
    with visit.read() as conn:
        found = case_view(conn, ref, actor=visit.me.actor, now=visit.now)
    return told(FullCase.of(found, lang=visit.lang), version=found.case.version)


@router.post("/cases/{ref}/steps", response_model=Moved)
@allow(reach=Reach.CASE, door=Door.API)
def do_step(ref: Ref, body: NewStep, change: VersionDep) -> Response:
    """Do one step of one case. 409 carries every blocker."""
    visit = change.visit
    order = Order(
        trigger=body.trigger,
        refs=(ref,),
        actor=visit.me.actor,
        reason=body.reason,
        occurred_at=body.occurred_at,
        changes=step_values(body.trigger, body.values),
        materials=tuple(take_link(one.kind, one.url) for one in body.materials),
        removed=tuple(body.removed),
        force=body.force,
        expect={} if change.expect is None else {ref: change.expect},
    )

    def work(conn: Connection) -> Answer:
        [done] = do(conn, order, now=visit.now).done
        return Answer(Moved.of(done), version=done.version)

    return change.do(work)


@router.post("/steps", response_model=BulkResult)
@allow(door=Door.API)
def do_steps(body: NewSteps, change: ChangeDep) -> Response:
    """Do one step for many cases, all or none; with ``skip_blocked`` those that can take it."""
    visit = change.visit
    order = Order(
        trigger=body.trigger,
        refs=tuple(dict.fromkeys(body.refs)),
        actor=visit.me.actor,
        reason=body.reason,
        occurred_at=body.occurred_at,
        force=body.force,
        skip_blocked=body.skip_blocked,
        expect=body.expect,
    )
    return change.do(lambda conn: Answer(_bulk(carry_out(conn, order, now=visit.now), visit.lang)))


@router.get("/earlier-cases", response_model=EarlierCases)
@allow(door=Door.API)
def list_earlier_cases(visit: VisitDep) -> Response:
    """List what your units did in earlier years, to be copied."""
    with visit.read() as conn:
        found = last_years(conn, visit.me.actor, now=visit.now)
    return told(EarlierCases.of({"items": found, "next": None}))


@router.get("/cases/{ref}/copy", response_model=Copy)
@allow(reach=Reach.CASE, door=Door.API)
def copy_case(ref: Ref, notice: NoticeId, visit: VisitDep) -> Response:
    """Work out the values of a new activity like this one under another notice; nothing is changed."""
    with visit.read() as conn:
        values = copy_of(conn, ref, notice, actor=visit.me.actor)
    return told(Copy.of(values))


def _full(conn: Connection, ref: str, visit: Visit, *, status: int = 200) -> Answer:
    found = case_view(conn, ref, actor=visit.me.actor, now=visit.now)
    where = f"{PREFIX}/cases/{ref}"
    body = FullCase.of(found, lang=visit.lang)
    return Answer(body, status, version=found.case.version, location=where)


def _bulk(found: Outcome, lang: str) -> BulkResult:
    blocked = [
        {"blockers": group.blockers, "refs": [one.ref for one in group.cases]} for group in found.groups
    ]
    done = [one.ref for one in found.done]
    return BulkResult.of({"trigger": found.trigger, "done": done, "blocked": blocked}, lang=lang)
