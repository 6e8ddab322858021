"""Readings of notices: begun with a document, decided date by date, planned, put in force, given up."""

from typing import Annotated

from fastapi import Form
from pydantic import StringConstraints
from sqlalchemy import Connection
from starlette.responses import Response

from config.errors import UserError
from config.reading.read import read_notice
from config.schedule import Role
from engine.notice_plan import id_in
from engine.notice_reading.applying import apply_reading, differences_to_earlier, proposal_to_plan
from engine.notice_reading.deciding import Placing, decide, place
from engine.notice_reading.kept import Paper, give_up, keep_reading, reading_of, readings_for
from engine.notice_reading.proposal import home_region, proposal_of
from engine.notice_reading.taking import paper_of_file, paper_of_text
from engine.planning import ScheduleChange, plan_notice
from web.access import Door, allow
from web.api.bodies_reading import NewDecision, NewHeading, NewReading, ReadingApplied, ReadingPlanned
from web.api.changing import Answer, ChangeDep, VersionDep, told
from web.api.models_notice import Applied, FieldChanges, Plan
from web.api.models_reading import FullReading, Readings
from web.api.notices import plan_told
from web.api.reading_told import reading_told
from web.api.route import PREFIX, routes_of
from web.api.types import Id
from web.reach import Reach
from web.visit import Visit, VisitDep

router = routes_of("readings")

Document = Annotated[NewReading, Form(media_type="multipart/form-data")]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][0-9]{1,4}$")]


@router.get("/readings", response_model=Readings)
@allow(Role.ADMIN, door=Door.API)
def list_readings(visit: VisitDep) -> Response:
    """List the readings of your regions that are not in force yet."""
    with visit.read() as conn:
        found = readings_for(conn, visit.me.actor)
    return told(Readings.of({"items": found, "next": None}))


@router.post("/readings", status_code=201, response_model=FullReading)
@allow(Role.ADMIN, door=Door.API, uploads=True, slow=True)
def begin_reading(body: Document, change: ChangeDep) -> Response:
    """Read a notice from a file or a text, and keep what was read; nothing is in force by it."""
    visit = change.visit
    paper = _paper(body, visit)
    region = home_region(read_notice(paper.text), visit.me.actor)

    def work(conn: Connection) -> Answer:
        number = keep_reading(conn, paper, region=region, actor=visit.me.actor, now=visit.now)
        where = f"{PREFIX}/readings/{number}"
        return Answer(_full(conn, number, visit), 201, location=where)

    return change.do(work)


@router.get("/readings/{reading}", response_model=FullReading)
@allow(Role.ADMIN, reach=Reach.READING, door=Door.API)
def read_reading(reading: Id, visit: VisitDep) -> Response:
    """Show a document, every date that was read in it, and the schedule that it comes to."""
    with visit.read() as conn:
        return told(_full(conn, reading, visit))


@router.put("/readings/{reading}/clauses/{clause}", response_model=FullReading)
@allow(Role.ADMIN, reach=Reach.READING, door=Door.API)
def decide_date(reading: Id, clause: Key, body: NewDecision, change: ChangeDep) -> Response:
    """Take one date over, correct it or leave it out."""
    visit = change.visit

    def work(conn: Connection) -> Answer:
        decide(conn, reading, clause, body.decision(), actor=visit.me.actor)
        return Answer(_full(conn, reading, visit))

    return change.do(work)


@router.put("/readings/{reading}/heading", response_model=FullReading)
@allow(Role.ADMIN, reach=Reach.READING, door=Door.API)
def place_reading(reading: Id, body: NewHeading, change: ChangeDep) -> Response:
    """Say where the notice belongs: its region, the notice above it, what it is called here."""
    visit = change.visit

    def work(conn: Connection) -> Answer:
        place(conn, reading, Placing(**body.model_dump()), actor=visit.me.actor)
        return Answer(_full(conn, reading, visit))

    return change.do(work)


@router.get("/readings/{reading}/differences", response_model=FieldChanges)
@allow(Role.ADMIN, reach=Reach.READING, door=Door.API)
def compare_reading(reading: Id, visit: VisitDep) -> Response:
    """Tell what the draft changes in the notice that is in force under its id; without one: everything."""
    with visit.read() as conn:
        proposal = proposal_of(conn, reading_of(conn, reading), now=visit.now)
        found = differences_to_earlier(conn, proposal)
    return told(FieldChanges.of({"items": found, "next": None}))


@router.post("/readings/{reading}/plan", response_model=Plan)
@allow(Role.ADMIN, reach=Reach.READING, door=Door.API)
def plan_reading(reading: Id, body: ReadingPlanned, visit: VisitDep) -> Response:
    """Tell what the notice would do in force, once every date is decided. Nothing is changed."""
    with visit.read() as conn:
        proposal = proposal_to_plan(conn, reading, now=visit.now)
    text = body.text or proposal.text
    found = plan_notice(visit.home.database, id_in(text), text, actor=visit.me.actor, now=visit.now)
    return told(plan_told(text, found), version=found.version)


@router.post("/readings/{reading}/apply", response_model=Applied)
@allow(Role.ADMIN, reach=Reach.READING, door=Door.API)
def put_reading_in_force(reading: Id, body: ReadingApplied, change: VersionDep) -> Response:
    """Put the notice in force as it was planned; the history names its document."""
    visit = change.visit

    def work(conn: Connection) -> Answer:
        text = body.text or proposal_to_plan(conn, reading, now=visit.now).text
        asked = ScheduleChange(
            notice=id_in(text), text=text, expect_version=change.expect, reason=body.reason
        )
        done = apply_reading(conn, reading, asked, actor=visit.me.actor, now=visit.now, lang=visit.lang)
        return Answer(Applied.of(done), version=done.version, location=f"{PREFIX}/notices/{done.notice}")

    return change.do(work)


@router.delete("/readings/{reading}", status_code=204)
@allow(Role.ADMIN, reach=Reach.READING, door=Door.API)
def forget_reading(reading: Id, change: ChangeDep) -> Response:
    """Give a reading up that is not in force."""

    def work(conn: Connection) -> Answer:
        give_up(conn, reading)
        return Answer(None, 204)

    return change.do(work)


def _full(conn: Connection, reading: int, visit: Visit) -> FullReading:
    return reading_told(proposal_of(conn, reading_of(conn, reading), now=visit.now))


def _paper(body: NewReading, visit: Visit) -> Paper:
    if (body.file is None) is (body.text is None):
        raise UserError(
            zh="请交通知的文件（file）或全文（text），二者取一。",
            en="give either the notice's file (file) or its text (text)",
            code="reading.one",
        )
    if body.file is None:
        return paper_of_text(body.text or "", name=visit.say("reading.pasted"))
    return paper_of_file(body.file.file, name=body.file.filename or "", folder=visit.home.path / "tmp")
