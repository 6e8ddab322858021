"""From a reading to the plan and into force: what was decided becomes a text, planned like any other."""

from functools import partial

from fastapi import APIRouter
from starlette.responses import Response

from config.errors import UserError
from config.schedule import Role
from engine.notice_plan import id_in
from engine.notice_reading.applying import apply_reading, proposal_to_plan
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
    try:
        with visit.read() as conn:
            proposal = proposal_to_plan(conn, reading, now=visit.now)
        text = str(form.value(TEXT)) or proposal.text
        return show_plan(visit, id_in(text), text, form, origin=_origin(visit, reading))
    except UserError as error:
        if is_refusal(error):
            raise
        return show_reading(visit, reading, form, mistakes=mistakes_of(error))


@router.post("/notices/readings/{reading}/apply")
@allow(Role.ADMIN, reach=Reach.READING)
def put_reading_in_force(reading: Number, visit: VisitDep, form: FormDep) -> Response:
    """Put the notice in force as it was planned."""
    return put_in_force(visit, id_in(str(form.value(TEXT))), form, origin=_origin(visit, reading))


def _origin(visit: Visit, reading: int) -> Origin:
    apply = partial(apply_reading, number=reading, lang=visit.lang)
    return Origin(path=f"/notices/readings/{reading}", apply=apply)
