"""What an admin does with mails: release, send again, hold, drop; all that are ticked, or none."""

from collections.abc import Callable, Mapping

from fastapi import APIRouter
from starlette.responses import Response

from config.errors import UserError
from config.schedule import Role
from engine.mail_actions import drop, hold, release, release_sweep, retry
from engine.mails_view import mails_named
from engine.template_names import KINDS
from web.access import allow
from web.desks.auditor.asked import number_of
from web.forms import Form, FormDep
from web.visit import Visit, VisitDep, is_ours
from web.wake import wake

router = APIRouter()

_LONGEST = 500
_OVERTAKEN = "mail.state"  # somebody, or the delivery, was faster
Act = Callable[..., Mapping[int, str]]


@router.post("/mails/release")
@allow(Role.ADMIN)
def release_mails(visit: VisitDep, form: FormDep) -> Response:
    """Let mails go that wait for review: those ticked, or the whole batch of a sweep."""
    sweep = number_of(form.text("sweep"))
    if sweep is None:
        return _done(visit, form, release, "mails.released")
    with visit.write() as conn:
        moved = release_sweep(conn, sweep, actor=visit.me.actor, now=visit.now)
    wake(visit.office)
    return visit.see_other("/mails?box=draft", told="mails.released", n=len(moved))


@router.post("/mails/retry")
@allow(Role.ADMIN)
def retry_mails(visit: VisitDep, form: FormDep) -> Response:
    """Send mails again that are held or failed."""
    return _done(visit, form, retry, "mails.retried")


@router.post("/mails/hold")
@allow(Role.ADMIN)
def hold_mails(visit: VisitDep, form: FormDep) -> Response:
    """Hold mails that have not left."""
    return _done(visit, form, hold, "mails.held")


@router.post("/mails/drop")
@allow(Role.ADMIN)
def drop_mails(visit: VisitDep, form: FormDep) -> Response:
    """Give mails up for good; asks for the reason where none is given yet."""
    numbers = _numbers(form)
    reason = form.text("reason", most=_LONGEST)
    if not numbers or (reason and not form.problems):
        return _done(visit, form, drop, "mails.dropped", reason=reason)
    if "reason" in form.data:
        form.wrong("reason", "mails.reason_missing")
    with visit.read() as conn:
        lines = mails_named(conn, visit.me.actor, numbers, now=visit.now)
    if not lines:
        raise UserError(
            zh="没有这些邮件，或者不归您处理。请从发件箱里重新选择。",
            en="there are no such mails, or they are not yours to handle; choose from the outbox",
            code="mail.unknown",
        )
    status = 422 if form.problems else 200
    return visit.page("mails/drop.html", status=status, form=form, mails=lines, back=_back(form), kinds=KINDS)


def _done(visit: Visit, form: Form, act: Act, told: str, **given: str) -> Response:
    """Do something with the mails ticked, let go what may leave, and say how many there were."""
    numbers = _numbers(form)
    if not numbers:
        return visit.see_other(_back(form), told="mails.none_chosen", tone="soon")
    try:
        with visit.write() as conn:
            moved = act(conn, numbers, actor=visit.me.actor, now=visit.now, **given)
    except UserError as error:
        if error.code != _OVERTAKEN:
            raise
        return visit.see_other(
            _back(form), told="mails.overtaken", tone="soon", why=error.text.in_(visit.lang)
        )
    wake(visit.office)
    return visit.see_other(_back(form), told=told, n=len(moved))


def _numbers(form: Form) -> list[int]:
    return [number for text in form.many("mails") if (number := number_of(text)) is not None]


def _back(form: Form) -> str:
    """Return the page that the form stood on: a mail's own, else the box."""
    given = form.text("back", most=200)
    return given if is_ours(given) else "/mails"
