"""A new notice: pasted, uploaded or one that the program carries; then planned and put in force."""

from fastapi import APIRouter
from starlette.responses import Response

from config.catalogue import catalogue
from config.errors import UserError
from config.schedule import Name, Role
from config.yamltree import decode
from engine.notice_list import shipped_for
from engine.notice_plan import id_in
from web.access import allow
from web.desks.notices.edit import TEXT
from web.desks.notices.mistakes import is_refusal, mistakes_of
from web.desks.notices.plan import put_in_force, show_plan
from web.forms import Form, FormDep, empty_form
from web.visit import Visit, VisitDep

router = APIRouter()

_LARGEST = 200_000  # bytes of a notice's file; a long notice has twenty thousand


@router.get("/notices/new")
@allow(Role.ADMIN)
def new_page(visit: VisitDep) -> Response:
    """Ask for a notice's text; the address may name a shipped one to begin with."""
    return _show(visit, empty_form(visit))


@router.post("/notices/new/plan")
@allow(Role.ADMIN)
def plan_new(visit: VisitDep, form: FormDep) -> Response:
    """Show what a new notice would do; nothing is changed."""
    try:
        text = _text(form)
        if not text.strip():
            form.wrong(TEXT, "notices.text_missing")
            return _show(visit, form, status=422)
        return show_plan(visit, id_in(text), text, form)
    except UserError as error:
        if is_refusal(error):
            raise
        return _show(visit, form, status=422, mistakes=mistakes_of(error))


@router.post("/notices/new/apply")
@allow(Role.ADMIN)
def apply_new(visit: VisitDep, form: FormDep) -> Response:
    """Put a new notice in force."""
    return put_in_force(visit, id_in(str(form.value(TEXT))), form)


def _text(form: Form) -> str:
    """Return the text of an uploaded file, else the one that was typed."""
    uploaded = form.file("file")
    if uploaded is None:
        return str(form.value(TEXT))
    data = uploaded.file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise UserError(
            zh="文件太大，一份通知的日程不会超过 200 KB。请确认选对了文件。",
            en="the file is too large; a notice's schedule is never more than 200 kB. Was it the right file?",
            code="notice.large",
        )
    return decode(data, "notice.yaml")


def _show(visit: Visit, form: Form, *, status: int = 200, mistakes: tuple[Name, ...] = ()) -> Response:
    with visit.read() as conn:
        shipped = shipped_for(conn, visit.me.actor)
    chosen = next((one for one in shipped if one.id == visit.request.query_params.get("shipped")), None)
    return visit.page(
        "notices/new.html",
        status=status,
        shipped=shipped,
        chosen=chosen,
        text=catalogue()[chosen.id] if chosen else "",
        form=form,
        mistakes=mistakes,
    )
