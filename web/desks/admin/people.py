"""People of a region: in a list, and one by one with rights, mails and history."""

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.responses import Response

from config.schedule import Role
from engine.accounts.invitations import invite
from engine.case_choices import MOST_PLACES, regions_of
from engine.field_problems import FieldProblems
from engine.people_view import PersonFilter, people_of, person_view
from engine.person_edit import PersonValues, add_person, edit_person, unit_named
from engine.rights import NewRight
from web.access import allow
from web.desks.admin.region_asked import region_asked
from web.desks.admin.right_forms import read_right
from web.desks.lists.paging import page_number, paging_of
from web.forms import Form, FormDep, empty_form
from web.reach import Reach
from web.visit import Visit, VisitDep
from web.wake import wake

router = APIRouter()

_ASKED = ("q", "role", "region", "refused", "inactive")


@router.get("/people")
@allow(Role.ADMIN, Role.LEAD)
def people_page(visit: VisitDep) -> Response:
    """Show the people of the viewer's region."""
    params = visit.request.query_params
    asked = {name: params[name].strip()[:100] for name in _ASKED if params.get(name, "").strip()}
    region, problem = region_asked(asked)
    with visit.read() as conn:
        page = people_of(
            conn, visit.me.actor, _wanted(asked, region), now=visit.now, page=page_number(params.get("page"))
        )
    return visit.page(
        "people/list.html",
        status=422 if problem else 200,
        people=page,
        pager=paging_of(page),
        asked=asked,
        regions=regions_of(visit.me.actor, Role.ADMIN, Role.LEAD, most=MOST_PLACES),
        problem=problem,
    )


@router.get("/people/new")
@allow(Role.ADMIN)
def new_person_page(visit: VisitDep) -> Response:
    """Show the form of somebody new; ``?unit=`` begins it for a unit."""
    with visit.read() as conn:
        home = unit_named(conn, visit.request.query_params.get("unit", ""), visit.me.actor)
    return _form_page(visit, empty_form(visit), home=home)


@router.post("/people/new")
@allow(Role.ADMIN)
def new_person(visit: VisitDep, form: FormDep) -> Response:
    """Enter somebody with a first right, and invite them if asked."""
    try:
        with visit.write() as conn:
            wanted = read_right(conn, form)
            number = _added(conn, visit, form, wanted) if wanted else None
    except FieldProblems as error:
        form.note(error.by_field)
        number = None
    if number is None:
        return _form_page(visit, form)
    wake(visit.office)
    return visit.see_other(f"/people/{number}", told="people.added", name=form.text("name"))


@router.get("/people/{person}")
@allow(Role.ADMIN, Role.LEAD, reach=Reach.PERSON)
def person_page(person: int, visit: VisitDep) -> Response:
    """Show one person."""
    return answer_person(visit, person, empty_form(visit))


@router.post("/people/{person}")
@allow(Role.ADMIN, reach=Reach.PERSON)
def change_person(person: int, visit: VisitDep, form: FormDep) -> Response:
    """Correct a name, an address, a phone number or a language."""
    try:
        with visit.write() as conn:
            edit_person(conn, person, _values(form), actor=visit.me.actor, now=visit.now)
    except FieldProblems as error:
        form.note(error.by_field)
        return answer_person(visit, person, form)
    return visit.see_other(f"/people/{person}", told="people.saved")


def answer_person(visit: Visit, person: int, form: Form) -> Response:
    """Answer with one person's page; what is wrong with a form on it is told there."""
    with visit.read() as conn:
        view = person_view(conn, person, actor=visit.me.actor, now=visit.now, local=visit.office.zone)
    return visit.page(
        "people/page.html",
        status=422 if form.problems else 200,
        view=view,
        form=form,
        regions=regions_of(visit.me.actor, Role.ADMIN, most=MOST_PLACES),
        roles=tuple(Role),
    )


def _wanted(asked: dict[str, str], region: str | None) -> PersonFilter:
    role = asked.get("role")
    return PersonFilter(
        text=asked.get("q", ""),
        role=Role(role) if role in tuple(Role) else None,
        region=region,
        refused="refused" in asked,
        inactive="inactive" in asked,
    )


def _values(form: Form) -> PersonValues:
    return PersonValues(
        name=form.text("name"), email=form.text("email"), phone=form.text("phone"), lang=form.text("lang")
    )


def _added(conn: Connection, visit: Visit, form: Form, wanted: NewRight) -> int:
    number = add_person(conn, _values(form), wanted, actor=visit.me.actor, now=visit.now)
    if form.checked("invite"):
        invite(conn, [number], actor=visit.me.actor, now=visit.now)
    return number


def _form_page(visit: Visit, form: Form, home: tuple[str, str] | None = None) -> Response:
    return visit.page(
        "people/new.html",
        status=422 if form.problems else 200,
        form=form,
        home=home,
        regions=regions_of(visit.me.actor, Role.ADMIN, most=MOST_PLACES),
        roles=tuple(Role),
    )
