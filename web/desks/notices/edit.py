"""Changing a notice's schedule, as a form or as its YAML text; both lead to the plan."""

from collections.abc import Sequence

from fastapi import APIRouter
from starlette.responses import Response

from config.errors import UserError
from config.schedule import Name, Role
from engine.schedule_form import ScheduleForm, edit_all, schedule_form
from web.access import allow
from web.desks.notices.fields import fields_of
from web.desks.notices.filled import changes_in
from web.desks.notices.mistakes import is_refusal, mistakes_of
from web.forms import Form, empty_form
from web.reach import Reach
from web.visit import Visit, VisitDep

router = APIRouter()

TEXT = "text"
"""The field of a whole text, and the word in an address that asks for it."""


@router.get("/notices/{notice}/edit")
@allow(Role.ADMIN, reach=Reach.NOTICE)
def edit_page(notice: str, visit: VisitDep) -> Response:
    """Show the schedule as a form, or as text where the address asks for it."""
    with visit.read() as conn:
        current = schedule_form(conn, notice)
    as_text = visit.request.query_params.get("as") == TEXT
    return show_edit(visit, current, empty_form(visit), as_text=as_text)


def show_edit(
    visit: Visit, current: ScheduleForm, form: Form, *, as_text: bool, mistakes: Sequence[Name] = ()
) -> Response:
    """Show one version to be edited, with what was typed and what is wrong with it."""
    wrong = bool(mistakes or form.problems)
    return visit.page(
        "notices/edit_text.html" if as_text else "notices/edit_form.html",
        status=422 if wrong else 200,
        notice=current.schedule,
        current=current,
        fields=None if as_text else fields_of(current, visit.lang),
        form=form,
        mistakes=tuple(mistakes),
    )


def text_asked_for(form: Form, current: ScheduleForm, lang: str) -> tuple[str, tuple[Name, ...]]:
    """Return the text that a filled-in form asks for, and what is wrong beside its fields."""
    if TEXT in form.data:
        return str(form.value(TEXT)), ()
    changes = changes_in(form, fields_of(current, lang))
    try:
        edited = edit_all(current.text, changes)
    except UserError as error:
        if is_refusal(error):
            raise
        return current.text, mistakes_of(error)
    form.note(edited.problems)
    return edited.text, ()
