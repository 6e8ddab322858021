"""Deciding what becomes of a reading: date by date, and where the notice belongs."""

from fastapi import APIRouter
from starlette.responses import Response

from config.errors import UserError
from config.reading.drafting.decisions import Decision, Verdict
from config.schedule import Role
from engine.field_problems import FieldProblems
from engine.notice_reading.deciding import Placing, decide, place
from engine.notice_reading.kept import reading_of
from web.access import allow
from web.desks.notices.reading.page import Number, show_reading
from web.forms import Form, FormDep
from web.reach import Reach
from web.visit import Visit, VisitDep

router = APIRouter()


@router.post("/notices/readings/{reading}/clauses/{clause}")
@allow(Role.ADMIN, reach=Reach.READING)
def decide_date(reading: Number, clause: str, visit: VisitDep, form: FormDep) -> Response:
    """Take one date over, correct it or leave it out."""
    decision = _decision(form, clause)
    if decision is not None:
        try:
            with visit.write() as conn:
                decide(conn, reading, clause, decision, actor=visit.me.actor)
        except FieldProblems as error:
            form.note({f"{clause}-{field}": text for field, text in error.problems})
    return _answer(visit, reading, form, changed=clause)


@router.post("/notices/readings/{reading}/heading")
@allow(Role.ADMIN, reach=Reach.READING)
def place_notice(reading: Number, visit: VisitDep, form: FormDep) -> Response:
    """Say where the notice belongs: its region, the notice above, what it is called here."""
    try:
        with visit.write() as conn:
            place(
                conn, reading, _placing(form, reading_of(conn, reading).choices.parent), actor=visit.me.actor
            )
    except UserError as error:
        form.note({"region": error.text})
    return _answer(visit, reading, form, changed="heading")


def _answer(visit: Visit, reading: int, form: Form, *, changed: str) -> Response:
    if form.problems or visit.is_htmx:
        return show_reading(visit, reading, form, changed=changed)
    return visit.see_other(f"/notices/readings/{reading}#{changed}")


def _decision(form: Form, key: str) -> Decision | None:
    """Return what a form decides of a date, None where it cannot be understood."""
    verdict = form.text("verdict", most=16)
    if verdict not in (Verdict.ACCEPT, Verdict.CORRECT, Verdict.DROP):
        form.wrong("verdict", "reading.no_verdict")
        return None
    if verdict != Verdict.CORRECT:
        return Decision(verdict=Verdict(verdict))
    day, start = form.day(f"{key}-day"), form.day(f"{key}-start")
    return None if form.problems else Decision(verdict=Verdict.CORRECT, day=day, start=start)


def _placing(form: Form, parent: str | None) -> Placing:
    """Return what the form says; what was left empty is as proposed."""
    return Placing(
        region=form.text("region", most=60) or None,
        parent=form.text("parent", most=64) if "parent" in form.data else parent,
        id=form.text("id", most=64).lower() or None,
        code=form.text("code", most=24).upper() or None,
    )
