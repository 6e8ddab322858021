"""One step for many cases: first what would become of each, then the step, then what became of it."""

from secrets import token_urlsafe

from fastapi import APIRouter
from starlette.responses import Response

from config.errors import UserError
from config.schedule import Name, Role
from engine.bulk import ALONE, MOST, Outcome, carry_out, found_by, offered, outcome_kept
from engine.do import Order, StepsBlocked
from web.access import allow
from web.desks.lists.case_query import query_of_text
from web.forms import Form, FormDep
from web.visit import Visit, VisitDep

router = APIRouter()

_LONGEST = MOST * 48
_BACK = "/cases"


@router.post("/cases/bulk/plan")
@allow(Role.COORDINATOR, Role.LEAD, Role.ADMIN)
def plan(visit: VisitDep, form: FormDep) -> Response:
    """Show what a step would do to the cases chosen, before anything happens."""
    order = _order(visit, form, expect={})
    return _planned(visit, form, order)


@router.post("/cases/bulk/do")
@allow(Role.COORDINATOR, Role.LEAD, Role.ADMIN)
def do_it(visit: VisitDep, form: FormDep) -> Response:
    """Do the step for all that it is possible for, or for all or none."""
    expect = _versions(form.text("versions", most=_LONGEST))
    whole = form.text("mode") == "whole"
    key = f"{form.text('key', most=60)}.{'whole' if whole else 'rest'}"
    order = _order(visit, form, expect=expect, key=key, skip=not whole)
    try:
        with visit.write() as conn:
            carry_out(conn, order, now=visit.now)
    except StepsBlocked as error:
        return _planned(visit, form, _order(visit, form, expect={}), problem=error.text)
    return visit.see_other(f"/cases/bulk/{key}?{_back_text(form)}")


@router.get("/cases/bulk/{token}")
@allow(Role.COORDINATOR, Role.LEAD, Role.ADMIN)
def result(token: str, visit: VisitDep) -> Response:
    """Show what became of a step for many cases; only whoever did it sees it."""
    with visit.read() as conn:
        outcome = outcome_kept(conn, visit.me.actor, token)
    if outcome is None:
        return visit.see_other(_BACK, told="cases.result_gone", tone="soon")
    back = query_of_text(visit.request.url.query).url()
    return visit.page("cases/result.html", outcome=outcome, back=back, step=_name(visit, outcome.trigger))


def _order(
    visit: Visit, form: Form, *, expect: dict[str, int], key: str | None = None, skip: bool = True
) -> Order:
    trigger = form.text("trigger")
    _require_offered(visit, trigger)
    return Order(
        trigger=trigger,
        refs=tuple(expect) or _refs(visit, form),
        actor=visit.me.actor,
        reason=form.text("reason", most=500) or None,
        skip_blocked=skip,
        expect=expect,
        key=key,
    )


def _refs(visit: Visit, form: Form) -> tuple[str, ...]:
    """Return the cases chosen: those ticked, those of a plan, or all of the list's filter."""
    planned = tuple(_versions(form.text("versions", most=_LONGEST)))
    if planned or not form.checked("all"):
        return planned or form.many("refs")
    wanted = query_of_text(form.text("query")).wanted(visit.me.actor)
    with visit.read() as conn:
        return found_by(conn, wanted, now=visit.now)


def _planned(visit: Visit, form: Form, order: Order, problem: Name | None = None) -> Response:
    with visit.write(dry_run=True) as conn:
        outcome = carry_out(conn, order, now=visit.now)
    return visit.page(
        "cases/plan.html",
        status=422 if problem or form.problems else 200,
        outcome=outcome,
        step=_name(visit, order.trigger),
        reason=order.reason or "",
        asks_reason=outcome.wants_reason or bool(order.reason),
        versions=_told(outcome),
        key=token_urlsafe(18),
        query=_back_text(form),
        back=query_of_text(_back_text(form)).url(),
        problem=problem,
    )


def _require_offered(visit: Visit, trigger: str) -> None:
    if trigger not in offered(visit.me.roles - {Role.AUDITOR}) or trigger in ALONE:
        raise UserError(
            zh="请先选择要办的事，再办理。",
            en="choose what is to be done first",
            code="bulk.trigger",
        )


def _name(visit: Visit, trigger: str) -> str:
    name = offered(tuple(Role))[trigger].in_(visit.lang)
    return name[0].upper() + name[1:]  # it stands first in every sentence


def _told(outcome: Outcome) -> str:
    """Return the cases of a plan with the versions seen, for the form that does it."""
    return " ".join(f"{ref}@{version}" for ref, version in outcome.versions.items())


def _versions(text: str) -> dict[str, int]:
    pairs = (one.rpartition("@") for one in text.split())
    return {ref: int(version[:9]) for ref, _, version in pairs if ref and version.isdecimal()}


def _back_text(form: Form) -> str:
    return query_of_text(form.text("query")).text_form
