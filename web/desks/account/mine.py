"""My account: one page of small sections; each change is a form of its own."""

from datetime import date, datetime, time, timedelta
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from config.errors import UserError
from engine.accounts.limits import TooOften
from engine.accounts.own import Owner, asks_old, change_password, own_account
from engine.accounts.person_state import mute_until, set_language
from web.access import allow
from web.forms import Form, FormDep, empty_form
from web.reach import Reach
from web.visit import LANG, Visit, VisitDep

router = APIRouter()

Number = Annotated[int, Path(ge=1, le=2**53)]
"""The number of a row in a path."""

_YEAR = timedelta(days=365)


def account_page(visit: Visit, *, status: int = 200, form: Form | None = None) -> Response:
    """Answer with the page of the viewer's account."""
    with visit.read() as conn:
        account = own_account(conn, owner_of(visit), now=visit.now)
    today = visit.now.astimezone(visit.office.zone).date()
    return visit.page(
        "account/me.html",
        status=status,
        account=account,
        form=empty_form(visit) if form is None else form,
        today=today,
        in_a_year=today + _YEAR,
        mine=visit.me.session_id,
    )


def owner_of(visit: Visit) -> Owner:
    """Return the viewer as the owner of an account, in this session."""
    me = visit.me
    return Owner(person_id=me.person_id, session_id=me.session_id or 0, network=visit.network)


def end_of(visit: Visit, day: date) -> datetime:
    """Return the instant at which a day is over where the viewer is."""
    return datetime.combine(day + timedelta(days=1), time.min, visit.office.zone)


@router.get("/me")
@allow(reach=Reach.OWN)
def my_account(visit: VisitDep) -> Response:
    """Show my account."""
    return account_page(visit)


@router.post("/me/language")
@allow(reach=Reach.OWN)
def my_language(visit: VisitDep, form: FormDep) -> Response:
    """Write to me, and show me pages, in the language chosen."""
    lang, me = form.text("lang"), visit.me
    with visit.write() as conn:
        set_language(conn, me.person_id, lang, actor=me.actor, now=visit.now)
    visit.lang = lang
    answer = visit.see_other("/me#language", told="account.language_saved")
    visit.set_cookie(answer, LANG, lang, max_age=int(_YEAR.total_seconds()))
    return answer


@router.post("/me/silence")
@allow(reach=Reach.OWN)
def my_silence(visit: VisitDep, form: FormDep) -> Response:
    """Send me no reminders to the end of a day."""
    last = form.day("silent_until", required=True)
    if last is None:
        return account_page(visit, status=422, form=form)
    until = end_of(visit, last)
    try:
        with visit.write() as conn:
            mute_until(conn, visit.me.person_id, until, actor=visit.me.actor, now=visit.now)
    except UserError as error:
        form.note({"silent_until": error.text})
        return account_page(visit, status=422, form=form)
    return visit.see_other("/me#mails", told="account.silent")


@router.post("/me/silence/end")
@allow(reach=Reach.OWN)
def end_my_silence(visit: VisitDep) -> Response:
    """Send me reminders again."""
    with visit.write() as conn:
        mute_until(conn, visit.me.person_id, None, actor=visit.me.actor, now=visit.now)
    return visit.see_other("/me#mails", told="account.reminded_again")


@router.post("/me/password")
@allow(reach=Reach.OWN)
def my_password(visit: VisitDep, form: FormDep) -> Response:
    """Set my password or change it; my other sessions end."""
    refused = _set_password(visit, form)
    if refused:
        return account_page(visit, status=refused, form=form)
    return visit.see_other("/me#password", told="account.password_saved")


@router.get("/me/welcome")
@allow(reach=Reach.OWN)
def welcome(visit: VisitDep) -> Response:
    """Ask somebody who has come by an invitation whether they want a password."""
    return _welcome(visit)


@router.post("/me/welcome")
@allow(reach=Reach.OWN)
def welcome_with_password(visit: VisitDep, form: FormDep) -> Response:
    """Set a first password and lead on to the work."""
    refused = _set_password(visit, form)
    if refused:
        return _welcome(visit, status=refused, form=form)
    return visit.see_other("/", told="account.password_saved")


def _welcome(visit: Visit, *, status: int = 200, form: Form | None = None) -> Response:
    with visit.read() as conn:
        old = asks_old(conn, owner_of(visit), now=visit.now)
    if old:
        return visit.see_other("/me#password")
    return visit.page("account/welcome.html", status=status, form=form or empty_form(visit))


def _set_password(visit: Visit, form: Form) -> int | None:
    """Set what the form gives; return the status of a refusal, which the form then tells."""
    old, new = str(form.value("old_password")), str(form.value("new_password"))
    try:
        change_password(visit.home.database, owner_of(visit), old=old, new=new, now=visit.now)
    except UserError as error:
        form.note({"old_password" if error.code == "password.wrong" else "new_password": error.text})
        return 429 if isinstance(error, TooOften) else 422
    return None
