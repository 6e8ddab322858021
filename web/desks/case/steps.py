"""Doing a step of a case: from its page in one go, or from a small page that asks one question."""

from dataclasses import replace

from fastapi import APIRouter, HTTPException
from starlette.responses import Response

from config.errors import UserError
from config.schedule import Name, Role
from engine.do import Done, Order, StepsBlocked, do
from web.access import allow
from web.desks.case.gathered import FORWARD, is_stale, note_blockers, order_of
from web.desks.case.page import show_case
from web.desks.case.sheet import file_of, known
from web.forms import Form, FormDep
from web.reach import Reach
from web.visit import Visit, VisitDep
from workflows.registry import lifecycle

router = APIRouter()

_PAGES_OF_THEIR_OWN = frozenset({"attach", "detach", "hand_over"})
_RACED = frozenset({"step.raced", "order.key_reused"})
AWARDS = (
    Name(zh="优秀组织单位", en="Excellent organiser"),
    Name(zh="优秀活动", en="Excellent activity"),
    Name(zh="优秀工作者", en="Excellent worker"),
)


@router.get("/cases/{ref}/steps/{trigger}")
@allow(reach=Reach.CASE)
def step_page(ref: str, trigger: str, visit: VisitDep) -> Response:
    """Ask what a step needs to know."""
    return ask(visit, ref, trigger)


@router.post("/cases/{ref}/steps/{trigger}")
@allow(reach=Reach.CASE, uploads=True)
def do_step(ref: str, trigger: str, visit: VisitDep, form: FormDep) -> Response:
    """Do a step, with what is handed in and set in the same go."""
    return carry_out(visit, ref, trigger, form)


@router.get("/cases/{ref}/edit")
@allow(reach=Reach.CASE)
def edit_page(ref: str, visit: VisitDep) -> Response:
    """Ask what is different."""
    return ask(visit, ref, "edit")


@router.post("/cases/{ref}/edit")
@allow(reach=Reach.CASE)
def edit(ref: str, visit: VisitDep, form: FormDep) -> Response:
    """Change what is known of a case."""
    return carry_out(visit, ref, "edit", form)


@router.get("/cases/{ref}/postpone")
@allow(reach=Reach.CASE)
def postpone_page(ref: str, visit: VisitDep) -> Response:
    """Ask for the new dates."""
    return ask(visit, ref, "postpone")


@router.post("/cases/{ref}/postpone")
@allow(reach=Reach.CASE)
def postpone(ref: str, visit: VisitDep, form: FormDep) -> Response:
    """Change the dates of an activity."""
    return carry_out(visit, ref, "postpone", form)


@router.get("/cases/{ref}/cancel")
@allow(reach=Reach.CASE)
def cancel_page(ref: str, visit: VisitDep) -> Response:
    """Ask why an activity is cancelled."""
    return ask(visit, ref, "cancel")


@router.post("/cases/{ref}/cancel")
@allow(reach=Reach.CASE)
def cancel(ref: str, visit: VisitDep, form: FormDep) -> Response:
    """Cancel an activity."""
    return carry_out(visit, ref, "cancel", form)


@router.get("/cases/{ref}/force")
@allow(Role.ADMIN, reach=Reach.CASE)
def force_page(ref: str, visit: VisitDep) -> Response:
    """Ask which step is to be forced, and why."""
    return _ask_force(visit, ref)


@router.post("/cases/{ref}/force")
@allow(Role.ADMIN, reach=Reach.CASE)
def force(ref: str, visit: VisitDep, form: FormDep) -> Response:
    """Do a step although something stands against it; it stays marked as forced for ever."""
    trigger = form.text("trigger", required=True, most=40)
    form.text("reason", required=True)
    order = None if form.problems else order_of(visit, ref, trigger, form)
    if order is None:
        return _ask_force(visit, ref, form=form, status=422)
    return _done(visit, replace(order, force=True, changes={}, materials=()), form)


def carry_out(visit: Visit, ref: str, trigger: str, form: Form) -> Response:
    """Do a step and lead back to the case; refused, what was typed is shown again with what is wrong."""
    if trigger in _PAGES_OF_THEIR_OWN:
        raise HTTPException(404)
    order = order_of(visit, ref, trigger, form)
    if order is None:
        return _refused(visit, ref, trigger, form)
    return _done(visit, order, form)


def _done(visit: Visit, order: Order, form: Form) -> Response:
    ref, trigger = order.refs[0], "force" if order.force else order.trigger
    try:
        with visit.write() as conn:
            done = do(conn, order, now=visit.now).done[0]
    except StepsBlocked as error:
        blockers = error.blocked[0].blockers
        if is_stale(blockers):
            return _refused(visit, ref, trigger, form, status=409)
        note_blockers(form, blockers)
        return _refused(visit, ref, trigger, form)
    except UserError as error:
        if error.code not in _RACED:
            raise
        return _refused(visit, ref, trigger, form, status=409)
    return _told(visit, order.trigger, done)


def _told(visit: Visit, trigger: str, done: Done) -> Response:
    kinds = [lifecycle("report"), lifecycle("activity")]
    step = {one: name for life in kinds for one, name in life.triggers.items()}[trigger].in_(visit.lang)
    state = {one: name for life in kinds for one, name in life.labels.items()}[done.dest].in_(visit.lang)
    told = "case.told_kept" if done.source == done.dest else "case.told_moved"
    return visit.see_other(f"/cases/{done.ref}", told=told, step=step, state=state)


def _refused(visit: Visit, ref: str, trigger: str, form: Form, *, status: int = 422) -> Response:
    """Answer with the page that the form came from; 409: with what somebody else changed meanwhile."""
    if trigger == "force":
        return _ask_force(visit, ref, form=form, status=status)
    if trigger in FORWARD:
        return show_case(visit, ref, form=form, status=status, stale=status == 409)
    return ask(visit, ref, trigger, form=form, status=status)


def ask(visit: Visit, ref: str, trigger: str, *, form: Form | None = None, status: int = 200) -> Response:
    """Answer with the small page of a step; who cannot do it now is led to the case."""
    file = file_of(visit, ref)
    possible = trigger not in FORWARD and any(one.trigger == trigger for one in file.view.steps)
    if not possible and form is None:
        return visit.see_other(f"/cases/{ref}", told="case.not_now", tone="soon")
    if not possible:
        return show_case(visit, ref, form=form, status=status, stale=status == 409)
    values = known(visit, file, form, stale=status == 409)
    return visit.page("case/ask.html", status=status, trigger=trigger, awards=AWARDS, **values)


def _ask_force(visit: Visit, ref: str, *, form: Form | None = None, status: int = 200) -> Response:
    file = file_of(visit, ref)
    case = file.view.case
    life = lifecycle(case.kind, case.lifecycle)
    moving = dict.fromkeys(step.trigger for step in life.steps if step.source != step.dest)
    choices = [(trigger, life.triggers[trigger]) for trigger in moving]
    values = known(visit, file, form, stale=status == 409)
    return visit.page("case/force.html", status=status, choices=choices, **values)
