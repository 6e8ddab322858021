"""Deciding what becomes of a reading: date by date, and where the notice belongs."""

from dataclasses import replace

from fastapi import APIRouter, HTTPException
from starlette.responses import Response

from config.errors import UserError
from config.reading.drafting.decisions import Decision, Verdict
from config.reading.reading import Reading, Sort
from config.regions import find
from config.schedule import Role
from engine.notice_reading.choices import Choices
from engine.notice_reading.kept import choose, reading_of
from web.access import allow
from web.desks.notices.reading.page import Number, show_reading
from web.forms import Form, FormDep
from web.reach import Reach
from web.visit import Visit, VisitDep

router = APIRouter()


@router.post("/notices/readings/{reading}/clauses/{clause}")
@allow(Role.ADMIN, reach=Reach.READING)
def decide(reading: Number, clause: str, visit: VisitDep, form: FormDep) -> Response:
    """Take one date over, correct it or leave it out."""
    with visit.write() as conn:
        kept = reading_of(conn, reading)
        decision = _decision(form, kept.reading, clause)
        if decision is not None:
            choose(conn, kept, kept.choices.deciding(clause, decision), actor=visit.me.actor)
    return _answer(visit, reading, form, changed=clause)


@router.post("/notices/readings/{reading}/heading")
@allow(Role.ADMIN, reach=Reach.READING)
def place(reading: Number, visit: VisitDep, form: FormDep) -> Response:
    """Say where the notice belongs: its region, the notice above, what it is called here."""
    try:
        with visit.write() as conn:
            kept = reading_of(conn, reading)
            region = find(form.text("region", most=60)).code if form.text("region") else kept.region
            choose(conn, kept, _named(form, kept.choices), region=region, actor=visit.me.actor)
    except UserError as error:
        form.note({"region": error.text})
    return _answer(visit, reading, form, changed="heading")


def _answer(visit: Visit, reading: int, form: Form, *, changed: str) -> Response:
    if form.problems or visit.is_htmx:
        return show_reading(visit, reading, form, changed=changed)
    return visit.see_other(f"/notices/readings/{reading}#{changed}")


def _decision(form: Form, reading: Reading, key: str) -> Decision | None:
    """Return what a form decides of a clause, None where something in it is wrong."""
    found = next((one for one in reading.clauses if one.key == key), None)
    if found is None:
        raise HTTPException(404)
    verdict = form.text("verdict", most=16)
    if verdict not in (Verdict.ACCEPT, Verdict.CORRECT, Verdict.DROP):
        form.wrong("verdict", "reading.no_verdict")
        return None
    if verdict != Verdict.CORRECT:
        return Decision(verdict=Verdict(verdict))
    name = f"{key}-day"
    day, start = form.day(name), form.day(f"{key}-start")
    if form.problems:
        return None
    if day is None and (start is None or found.sort is Sort.WINDOW):
        form.wrong(name, "reading.day_missing")
        return None
    if day and start and start > day:
        form.wrong(name, "reading.reversed")
        return None
    return Decision(verdict=Verdict.CORRECT, day=day, start=start)


def _named(form: Form, choices: Choices) -> Choices:
    """Return the choices with what the form says; what was left empty is as proposed."""
    parent = form.text("parent", most=64) if "parent" in form.data else choices.parent
    return replace(
        choices,
        parent=parent,
        id=form.text("id", most=64).lower() or None,
        code=form.text("code", most=24).upper() or None,
    )
