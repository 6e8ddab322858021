"""Signing a list: put forward by one admin, approved or sent back by another; and the mails it will send."""

from collections.abc import Callable

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.responses import Response

from config.errors import UserError
from config.schedule import Name, Role
from engine.commendation.deciding import approve, put_forward, send_back
from engine.commendation.proposal import Proposal, proposal_of
from engine.commendation.telling import COMMENDED, letters_to_come
from engine.do import StepsBlocked
from notifications.letter import Letter
from web.access import allow
from web.desks.admin.mails_look import look, reader_of
from web.desks.commendation.page import show_list
from web.forms import Form, FormDep
from web.reach import Reach
from web.visit import Visit, VisitDep

router = APIRouter()

SIGN, RETURN = "sign", "return_reason"
"""Where on the page a refusal is told."""


@router.post("/notices/{notice}/commendation/put-forward")
@allow(Role.ADMIN, reach=Reach.NOTICE)
def put_list_forward(notice: str, visit: VisitDep, form: FormDep) -> Response:
    """Sign the list first."""

    def work(conn: Connection) -> Proposal:
        who, seen = visit.me.actor, form.text("seen", most=64)
        return put_forward(conn, notice, actor=who, now=visit.now, store=visit.home.store, seen=seen)

    done = _tried(visit, notice, form, work)
    if isinstance(done, Response):
        return done
    return visit.see_other(f"/notices/{notice}/commendation", told="commendation.told_put_forward")


@router.post("/notices/{notice}/commendation/approve")
@allow(Role.ADMIN, reach=Reach.NOTICE)
def approve_list(notice: str, visit: VisitDep, form: FormDep) -> Response:
    """Sign the list second: from now on the commendations hold."""

    def work(conn: Connection) -> Proposal:
        return approve(conn, notice, actor=visit.me.actor, now=visit.now, seen=form.text("seen", most=64))

    done = _tried(visit, notice, form, work)
    if isinstance(done, Response):
        return done
    activities, mails = len(done.commended), done.chain.mails
    where = f"/notices/{notice}/commendation"
    return visit.see_other(where, told="commendation.told_approved", activities=activities, mails=mails)


@router.post("/notices/{notice}/commendation/send-back")
@allow(Role.ADMIN, reach=Reach.NOTICE)
def send_list_back(notice: str, visit: VisitDep, form: FormDep) -> Response:
    """Give the list back, with a reason."""
    reason = form.text(RETURN, required=True, most=500)
    if form.problems:
        return show_list(visit, notice, form)

    def work(conn: Connection) -> Proposal:
        return send_back(conn, notice, actor=visit.me.actor, now=visit.now, reason=reason)

    done = _tried(visit, notice, form, work)
    if isinstance(done, Response):
        return done
    return visit.see_other(f"/notices/{notice}/commendation", told="commendation.told_sent_back")


@router.get("/notices/{notice}/commendation/mails")
@allow(Role.ADMIN, reach=Reach.NOTICE)
def mails_page(notice: str, visit: VisitDep) -> Response:
    """Show which mails the approval will send, and one of them as it looks."""
    with visit.read() as conn:
        found = proposal_of(conn, notice, now=visit.now, store=visit.home.store)
        letters = letters_to_come(conn, found.listed, reader_of(visit))
        one = _asked(visit, letters)
        seen = look(visit, conn, one) if one else None
    return visit.page(
        "commendation/mails.html",
        notice=found.schedule,
        letters=letters,
        warm=sum(letter.template == COMMENDED for letter in letters),
        one=one,
        look=seen,
    )


@router.get("/notices/{notice}/commendation/mails/body")
@allow(Role.ADMIN, reach=Reach.NOTICE)
def mail_body(notice: str, visit: VisitDep) -> Response:
    """Show nothing but one mail, for a frame."""
    with visit.read() as conn:
        found = proposal_of(conn, notice, now=visit.now, store=visit.home.store)
        one = _asked(visit, letters_to_come(conn, found.listed, reader_of(visit)))
        if one is None:
            return visit.mail(visit.say("commendation.mails_none"))
        return visit.mail(look(visit, conn, one).html)


def _asked(visit: Visit, letters: tuple[Letter, ...]) -> Letter | None:
    """Return the mail to the address asked for, the first where there is none."""
    to = visit.request.query_params.get("to")
    return next((one for one in letters if one.to.email == to), next(iter(letters), None))


def _tried(
    visit: Visit, notice: str, form: Form, work: Callable[[Connection], Proposal]
) -> Proposal | Response:
    """Return the list after some work in one transaction, or the page that says why it was refused."""
    try:
        with visit.write() as conn:
            return work(conn)
    except UserError as error:
        form.note({SIGN: _why(error)})
        return show_list(visit, notice, form)


def _why(error: UserError) -> Name:
    """Return a refusal, with the numbers of the activities that stand against it."""
    if not isinstance(error, StepsBlocked):
        return error.text
    refs = [one.ref for one in error.blocked[:10]]
    return Name(zh=f"{error.text.zh}{'、'.join(refs)}", en=f"{error.text.en}: {', '.join(refs)}")
