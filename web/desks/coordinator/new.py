"""A new activity: from nothing, or like one of an earlier year."""

from fastapi import APIRouter
from starlette.responses import Response

from config.errors import UserError
from engine.earlier_cases import copy_of, last_years
from engine.field_problems import FieldProblems
from engine.new_case import ENTERING, MOST_UNITS, OpenNotice, notices_for, open_new, units_for
from web.access import allow
from web.forms import Form, FormDep, empty_form
from web.visit import Visit, VisitDep

router = APIRouter()

ASKED = ("title", "unit_id", "starts_on", "ends_on", "place", "online", "online_url")


@router.get("/cases/new")
@allow(*ENTERING)
def new_page(visit: VisitDep) -> Response:
    """Ask what the new activity is."""
    return _page(visit)


@router.post("/cases/new")
@allow(*ENTERING)
def enter_new(visit: VisitDep, form: FormDep) -> Response:
    """Enter the new activity and lead to it."""
    values = {name: form.text(name) for name in ASKED}
    values["online"] = "on" if form.checked("online") else ""
    try:
        with visit.write() as conn:
            ref = open_new(conn, form.text("notice"), values, actor=visit.me.actor, now=visit.now)
    except FieldProblems as error:
        form.note(error.by_field)
        return _page(visit, form=form, status=422)
    except UserError as error:
        form.note({"notice": error.text})
        return _page(visit, form=form, status=422)
    return visit.see_other(f"/cases/{ref}", told="my.entered", ref=ref)


@router.get("/cases/copy")
@allow(*ENTERING)
def copy_page(visit: VisitDep) -> Response:
    """Show the activities of earlier years, to begin a new one from."""
    with visit.read() as conn:
        earlier = last_years(conn, visit.me.actor, now=visit.now)
    return visit.page("my/copy.html", earlier=earlier)


def _page(visit: Visit, *, form: Form | None = None, status: int = 200) -> Response:
    asked = visit.request.query_params
    chosen, called, actor = asked.get("notice", ""), asked.get("called", "")[:50], visit.me.actor
    with visit.read() as conn:
        notices = notices_for(conn, actor, now=visit.now)
        notice = _chosen(notices, form.text("notice") if form else chosen)
        units = units_for(conn, actor, notice.id, called=called) if notice else ()
        copied = dict.fromkeys(ASKED, "")
        if notice and form is None and asked.get("copy"):
            copied |= copy_of(conn, asked["copy"], notice.id, actor=actor)
    return visit.page(
        "my/new.html",
        status=status,
        form=empty_form(visit) if form is None else form,
        notices=notices,
        notice=notice,
        units=units,
        called=called,
        many=bool(called) or len(units) == MOST_UNITS,
        copied=copied,
    )


def _chosen(notices: tuple[OpenNotice, ...], wanted: str) -> OpenNotice | None:
    return next((one for one in notices if one.id == wanted), next(iter(notices), None))
