"""Units of a region: in a list, one by one, entered and corrected."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from config.regions import Level
from config.schedule import Role
from engine.case_choices import MOST_PLACES, regions_of
from engine.coverage import Gap, silent_units
from engine.field_problems import FieldProblems
from engine.people_view import watcher
from engine.sheets.fields import KINDS
from engine.unit_edit import UnitValues, add_unit, edit_unit
from engine.unit_view import UnitFilter, unit_view, units_of
from web.access import allow
from web.desks.admin.region_asked import region_asked
from web.desks.lists.paging import page_number, paging_of
from web.forms import Form, FormDep, empty_form
from web.reach import Reach
from web.visit import Visit, VisitDep

router = APIRouter()

_SPARE = ("q", "region", "kind", "gap", "notice")


@router.get("/units")
@allow(Role.ADMIN, Role.LEAD)
def units_page(visit: VisitDep) -> Response:
    """Show the units of the viewer's region, or those that have not been heard of."""
    params = visit.request.query_params
    asked = {name: params[name].strip()[:100] for name in _SPARE if params.get(name, "").strip()}
    number, actor = page_number(params.get("page")), watcher(visit.me.actor)
    gap = Gap(asked["gap"]) if asked.get("gap") in tuple(Gap) else None
    region, problem = region_asked(asked)
    wanted = UnitFilter(text=asked.get("q", ""), region=region, kind=asked.get("kind"))
    with visit.read() as conn:
        if gap is not None:
            silent = silent_units(conn, actor, gap=gap, notice=asked.get("notice"), page=number)
            return visit.page("units/silent.html", units=silent, pager=paging_of(silent), asked=asked)
        page = units_of(conn, actor, wanted, page=number)
    return visit.page(
        "units/list.html",
        status=422 if problem else 200,
        units=page,
        pager=paging_of(page),
        asked=asked,
        regions=regions_of(visit.me.actor, Role.ADMIN, Role.LEAD, most=MOST_PLACES),
        kinds=KINDS,
        problem=problem,
    )


@router.get("/units/new")
@allow(Role.ADMIN)
def new_unit_page(visit: VisitDep) -> Response:
    """Show the form of a new unit."""
    return _form_page(visit, empty_form(visit))


@router.post("/units/new")
@allow(Role.ADMIN)
def new_unit(visit: VisitDep, form: FormDep) -> Response:
    """Enter a unit."""
    values = _values(form)
    if not values.region:
        form.wrong("region", "form.required")
        return _form_page(visit, form)
    try:
        with visit.write() as conn:
            number = add_unit(conn, values, actor=visit.me.actor, now=visit.now)
    except FieldProblems as error:
        form.note(error.by_field)
        return _form_page(visit, form)
    return visit.see_other(f"/units/{number}", told="people.unit_added", unit=values.name)


@router.get("/units/{unit}")
@allow(Role.ADMIN, Role.LEAD, reach=Reach.UNIT)
def unit_page(unit: int, visit: VisitDep) -> Response:
    """Show one unit with its people and its cases."""
    return _unit_page(visit, unit, empty_form(visit))


@router.post("/units/{unit}")
@allow(Role.ADMIN, reach=Reach.UNIT)
def change_unit(unit: int, visit: VisitDep, form: FormDep) -> Response:
    """Correct a unit."""
    try:
        with visit.write() as conn:
            edit_unit(conn, unit, _values(form), actor=visit.me.actor, now=visit.now)
    except FieldProblems as error:
        form.note(error.by_field)
        return _unit_page(visit, unit, form)
    return visit.see_other(f"/units/{unit}", told="people.unit_saved")


def _values(form: Form) -> UnitValues:
    return UnitValues(
        name=form.text("name"), region=form.text("region"), level=form.text("level"), kind=form.text("kind")
    )


def _form_page(visit: Visit, form: Form) -> Response:
    regions = regions_of(visit.me.actor, Role.ADMIN, most=MOST_PLACES)
    return visit.page("units/new.html", status=_status(form), form=form, regions=regions, **_words())


def _unit_page(visit: Visit, unit: int, form: Form) -> Response:
    with visit.read() as conn:
        view = unit_view(conn, unit, actor=visit.me.actor, now=visit.now)
    return visit.page("units/page.html", status=_status(form), view=view, form=form, **_words())


def _status(form: Form) -> int:
    return 422 if form.problems else 200


def _words() -> dict[str, Any]:  # what templates take
    return {"kinds": KINDS, "levels": tuple(Level)}
