"""The application form of an activity: saved as one types, handed in, printed."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from config.form import FieldType, form_of
from config.form import Form as Questions
from engine.do import StepsBlocked
from engine.field_problems import FieldProblems
from engine.forms.answers import checked
from engine.forms.drafts import Draft, draft_of, save_answers
from engine.forms.filled import Filled
from engine.forms.handing_in import hand_in_form
from web.access import allow
from web.desks.case.gathered import is_stale, note_blockers, version_seen
from web.desks.case.sheet import file_of, known
from web.forms import Form, FormDep
from web.reach import Reach
from web.visit import Visit, VisitDep

router = APIRouter()

KEY = "activity_application"


@router.get("/cases/{ref}/form")
@allow(reach=Reach.CASE)
def form_page(ref: str, visit: VisitDep) -> Response:
    """Show the form as it stands."""
    return _form_page(visit, ref)


@router.post("/cases/{ref}/form/draft")
@allow(reach=Reach.CASE)
def keep_draft(ref: str, visit: VisitDep, form: FormDep) -> Response:
    """Keep what was typed, right or wrong, and tell that it is kept."""
    draft = _save(visit, ref, form)
    if not visit.is_htmx:
        return visit.see_other(f"/cases/{ref}/form", told="case.form_kept")
    return visit.page("case/form_saved.html", draft=draft)


@router.post("/cases/{ref}/form")
@allow(reach=Reach.CASE)
def hand_in(ref: str, visit: VisitDep, form: FormDep) -> Response:
    """Hand the form in; what is not right is told at its field, and everything typed is kept."""
    try:
        _save(visit, ref, form)
        with visit.write() as conn:
            _hand_in(conn, visit, ref, form)
    except FieldProblems as error:
        form.note(error.by_field)
        return _form_page(visit, ref, form=form, status=422)
    except StepsBlocked as error:
        stale = is_stale(error.blocked[0].blockers)
        note_blockers(form, () if stale else error.blocked[0].blockers)
        return _form_page(visit, ref, form=form, status=409 if stale else 422)
    return visit.see_other(f"/cases/{ref}", told="case.form_handed_in")


@router.get("/cases/{ref}/form/print")
@allow(reach=Reach.CASE)
def print_form(ref: str, visit: VisitDep) -> Response:
    """Show the form as a sheet of paper."""
    draft = _draft(visit, ref)
    values = checked(draft.form, draft.answers, year=visit.now.year).values
    filled = Filled(form=draft.form, ref=ref, values=values)
    return visit.page("case/form_print.html", filled=filled, **known(visit, file_of(visit, ref)))


def _draft(visit: Visit, ref: str) -> Draft:
    with visit.read() as conn:
        return draft_of(conn, ref, form_of(KEY), now=visit.now, store=visit.home.store)


def _save(visit: Visit, ref: str, form: Form) -> Draft:
    questions = form_of(KEY)
    with visit.write() as conn:
        return save_answers(
            conn, ref, questions, _typed(questions, form), actor=visit.me.actor, now=visit.now
        )


def _hand_in(conn: Any, visit: Visit, ref: str, form: Form) -> None:
    expect = version_seen(form, ref).get(ref)
    store, actor = visit.home.store, visit.me.actor
    hand_in_form(conn, ref, form_of(KEY), actor=actor, now=visit.now, store=store, expect=expect)


def _typed(questions: Questions, form: Form) -> Mapping[str, Any]:
    """Return the answers of a form; a box that is not ticked is an answer too."""
    read = {FieldType.CHOICES: lambda key: list(form.many(key)), FieldType.YES_NO: form.checked}
    return {
        one.key: read[one.type](one.key) if one.type in read else form.text(one.key)
        for one in questions.fields
        if one.type in read or one.key in form.data
    }


def _form_page(visit: Visit, ref: str, *, form: Form | None = None, status: int = 200) -> Response:
    file = file_of(visit, ref)
    if form is None and all(one.trigger != "attach" for one in file.view.steps):
        return visit.see_other(f"/cases/{ref}", told="case.not_now", tone="soon")
    draft = _draft(visit, ref)
    values = known(visit, file, form, stale=status == 409)
    if form is None:
        values["form"].note(dict(draft.problems))
    return visit.page("case/form.html", status=status, draft=draft, **values)
