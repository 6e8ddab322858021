"""The page of one case: what it asks now, with the means to do it; its history; its sheet for paper."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from engine.case_file import CaseFile, changes_told
from engine.rollup.frozen import packed
from engine.rollup.subject import report_of
from engine.seal import latest
from web.access import allow
from web.desks.case.controls import form_for, material_name
from web.desks.case.path import path_of
from web.desks.case.sheet import ACTING, file_of, known
from web.desks.case.task import task_of
from web.forms import Form
from web.pictures.qr import qr_picture
from web.reach import Reach
from web.visit import Visit, VisitDep
from workflows.materials import either
from workflows.wording import MATERIALS

router = APIRouter()

_OWN_PAGES = {"edit": "edit", "postpone": "postpone", "cancel": "cancel", "hand_over": "hand-over"}
_NO_PAGES = frozenset({"attach", "detach"})
_LAST = ("cancel", "waive", "return")


@router.get("/cases/{ref}")
@allow(reach=Reach.CASE)
def case_page(ref: str, visit: VisitDep) -> Response:
    """Show one case."""
    return show_case(visit, ref)


@router.get("/cases/{ref}/history")
@allow(reach=Reach.CASE)
def case_history(ref: str, visit: VisitDep) -> Response:
    """Show every change of one case as sentences, the newest first."""
    given = visit.request.query_params.get("after", "")
    after = int(given) if given.isdecimal() and len(given) < 19 else None
    file = file_of(visit, ref)
    with visit.read() as conn:
        changes, following = changes_told(
            conn, ref, actor=visit.me.actor, local=visit.office.zone, after=after
        )
    return visit.page("case/history.html", **known(visit, file), changes=changes, following=following)


@router.get("/cases/{ref}/print")
@allow(reach=Reach.CASE)
def case_print(ref: str, visit: VisitDep) -> Response:
    """Show one case as a sheet of paper, with a code that leads back to it."""
    file = file_of(visit, ref)
    with visit.read() as conn:
        changes, _ = changes_told(conn, ref, actor=visit.me.actor, local=visit.office.zone)
        sealed = latest(conn)
    link = f"{str(visit.home.settings.base_url).rstrip('/')}/cases/{ref}"
    code = qr_picture(link, key="qr", lang=visit.lang, title=visit.say("case.scan"))
    shown = _shown(visit, file)
    return visit.page("case/print.html", **shown, changes=changes, sealed=sealed, link=link, code=code)


def show_case(
    visit: Visit, ref: str, *, form: Form | None = None, status: int = 200, stale: bool = False
) -> Response:
    """Answer with the page of a case as it is now; ``form`` is what was typed and not done."""
    values = _shown(visit, file_of(visit, ref), form, stale=stale)
    return visit.page("case/page.html", status=status, kept="", **values)


def show_work(visit: Visit, ref: str, *, form: Form, kept: str = "", stale: bool = False) -> Response:
    """Answer with those parts of the page that materials change, for htmx to put in their places."""
    values = _shown(visit, file_of(visit, ref), form, stale=stale)
    status = 409 if stale else 422 if form.problems else 200
    return visit.page("case/work_only.html", status=status, kept=kept, **values)


def _shown(visit: Visit, file: CaseFile, form: Form | None = None, *, stale: bool = False) -> dict[str, Any]:
    more = {
        "task": task_of(file.view),
        "path": path_of(file.view, visit),
        "kinds": _kinds(file),
        "actions": _actions(file),
        "has_form": _takes_form(file),
        "rolls_up": _rolls_up(visit, file),
    }
    return {**known(visit, file, form, stale=stale), **more}


def _kinds(file: CaseFile) -> list[tuple[str, Any]]:
    """Return the kinds of material to choose from, those that the notice asks for first."""
    asked = [kind for one in file.view.asked for kind in either(one.kinds)]
    return [(kind, material_name(kind)) for kind in dict.fromkeys((*asked, *MATERIALS))]


def _actions(file: CaseFile) -> list[tuple[str, str]]:
    """Return the further actions, those that end or undo something last: each with its page."""
    steps = [one.trigger for one in file.view.steps if not one.main and one.trigger not in _NO_PAGES]
    return [
        (trigger, _OWN_PAGES.get(trigger, f"steps/{trigger}"))
        for trigger in sorted(steps, key=lambda one: one in _LAST)
    ]


def _takes_form(file: CaseFile) -> bool:
    asked = (kind for one in file.view.asked for kind in either(one.kinds))
    return any(form_for(kind) is not None for kind in asked)


def _rolls_up(visit: Visit, file: CaseFile) -> bool:
    """Return whether the page of the package has something to show: what will go along, or what did."""
    case = file.view.case
    if case.kind != "report" or not ACTING & set(file.view.roles):
        return False
    with visit.read() as conn:
        subject = report_of(conn, case.ref, actor=visit.me.actor)
        return subject.open or packed(conn, subject) is not None
