"""Handing a case over to a colleague: one of the unit, or somebody new."""

from fastapi import APIRouter
from starlette.responses import Response

from config.errors import UserError
from engine.do import StepsBlocked
from engine.field_problems import FieldProblems
from engine.handing_over import colleagues, hand_over, hand_over_to_new
from engine.reach import reaches_case
from web.access import allow
from web.desks.case.gathered import is_stale, note_blockers, version_seen
from web.desks.case.sheet import file_of, known
from web.forms import Form, FormDep
from web.reach import Reach
from web.visit import Visit, VisitDep

router = APIRouter()

NEW = "new"


@router.get("/cases/{ref}/hand-over")
@allow(reach=Reach.CASE)
def hand_over_page(ref: str, visit: VisitDep) -> Response:
    """Ask who takes the case over."""
    return _ask(visit, ref)


@router.post("/cases/{ref}/hand-over")
@allow(reach=Reach.CASE)
def hand_over_case(ref: str, visit: VisitDep, form: FormDep) -> Response:
    """Hand the case over."""
    to = form.text("to", required=True, most=20)
    if form.problems:
        return _ask(visit, ref, form=form, status=422)
    try:
        _hand_over(visit, ref, to, form)
    except StepsBlocked as error:
        stale = is_stale(error.blocked[0].blockers)
        note_blockers(form, () if stale else error.blocked[0].blockers)
        return _ask(visit, ref, form=form, status=409 if stale else 422)
    except UserError as error:
        form.note(error.by_field if isinstance(error, FieldProblems) else {"to": error.text})
        return _ask(visit, ref, form=form, status=409 if error.code == "step.raced" else 422)
    with visit.read() as conn:
        still = reaches_case(conn, visit.me.actor, ref, ())
    return visit.see_other(f"/cases/{ref}" if still else "/my", told="case.handed_over", ref=ref)


def _hand_over(visit: Visit, ref: str, to: str, form: Form) -> None:
    actor, expect = visit.me.actor, version_seen(form, ref).get(ref)
    with visit.write() as conn:
        if to == NEW:
            values = {name: form.text(name) for name in ("name", "email", "phone")}
            hand_over_to_new(conn, ref, values, actor=actor, now=visit.now, expect=expect)
        else:
            number = int(to) if to.isdecimal() else 0
            hand_over(conn, ref, number, actor=actor, now=visit.now, expect=expect)


def _ask(visit: Visit, ref: str, *, form: Form | None = None, status: int = 200) -> Response:
    file = file_of(visit, ref)
    if form is None and all(one.trigger != "hand_over" for one in file.view.steps):
        return visit.see_other(f"/cases/{ref}", told="case.not_now", tone="soon")
    with visit.read() as conn:
        people = colleagues(conn, ref, now=visit.now)
    values = known(visit, file, form, stale=status == 409)
    return visit.page("case/hand_over.html", status=status, people=people, **values)
