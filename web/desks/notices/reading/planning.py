"""From a reading to the plan and into force: what was decided becomes a text, planned like any other."""

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.responses import Response

from config.errors import UserError
from config.schedule import Role
from engine.notice_plan import id_in
from engine.notice_reading.kept import KeptReading, mark_applied, reading_of
from engine.notice_reading.proposal import proposal_of, require_decided
from web.access import allow
from web.desks.notices.edit import TEXT
from web.desks.notices.mistakes import is_refusal, mistakes_of
from web.desks.notices.plan import Origin, put_in_force, show_plan
from web.desks.notices.reading.page import Number, show_reading
from web.forms import FormDep
from web.reach import Reach
from web.visit import Visit, VisitDep

router = APIRouter()


@router.post("/notices/readings/{reading}/plan")
@allow(Role.ADMIN, reach=Reach.READING)
def plan_reading(reading: Number, visit: VisitDep, form: FormDep) -> Response:
    """Show what the notice would do once it is in force; nothing is changed."""
    with visit.read() as conn:
        kept = reading_of(conn, reading)
        proposal = proposal_of(conn, kept, now=visit.now)
    try:
        require_decided(proposal)
        text = str(form.value(TEXT)) or proposal.text
        return show_plan(visit, id_in(text), text, form, origin=_origin(visit, kept))
    except UserError as error:
        if is_refusal(error):
            raise
        return show_reading(visit, reading, form, mistakes=mistakes_of(error))


@router.post("/notices/readings/{reading}/apply")
@allow(Role.ADMIN, reach=Reach.READING)
def apply_reading(reading: Number, visit: VisitDep, form: FormDep) -> Response:
    """Put the notice in force as it was planned."""
    with visit.read() as conn:
        kept = reading_of(conn, reading)
        require_decided(proposal_of(conn, kept, now=visit.now))
    return put_in_force(visit, id_in(str(form.value(TEXT))), form, origin=_origin(visit, kept))


def _origin(visit: Visit, kept: KeptReading) -> Origin:
    """Return what history tells of the document, and how the reading learns that it is in force."""

    def applied(conn: Connection, notice: str) -> None:
        mark_applied(conn, kept.id, notice, now=visit.now)

    told = visit.say("reading.origin", name=kept.paper.name, sha256=kept.paper.sha256)
    return Origin(path=f"/notices/readings/{kept.id}", told=told, applied=applied)
