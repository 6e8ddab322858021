"""Signing in and out: by password or by a link in a mail. A link opens a page; only its button signs in."""

from math import ceil

from fastapi import APIRouter
from starlette.responses import Response

from engine.accounts.limits import TooOften
from engine.accounts.sessions import end_session, open_session
from engine.accounts.sign_in import ask_link, sign_in
from engine.accounts.tickets import Purpose, look, redeem
from web.access import allow, allow_anyone
from web.desks.account.entering import entered, goal_of, remember_goal, remembered, sign_in_form
from web.forms import Form, FormDep, empty_form
from web.visit import LANG, SESSION, VISITOR, Visit, VisitDep
from web.wake import wake

router = APIRouter()

_YEAR = 365 * 24 * 3600
_LONGEST = 320  # characters of a mail address


@router.get("/")
@allow()
def front(visit: VisitDep) -> Response:
    """Lead everybody to the page that they begin on."""
    return visit.see_other(visit.me.front)


@router.get("/sign-in")
@allow_anyone()
def sign_in_page(visit: VisitDep) -> Response:
    """Ask who is there."""
    if visit.viewer is not None:
        return visit.see_other(goal_of(visit))
    return sign_in_form(visit, goal=goal_of(visit))


@router.post("/sign-in")
@allow_anyone()
def sign_in_by_password(visit: VisitDep, form: FormDep) -> Response:
    """Sign in by address and password."""
    goal = goal_of(visit, form.text("next"))
    address, password = form.text("address", required=True, most=_LONGEST), str(form.value("password"))
    if not password:
        form.wrong("password", "form.required")
    if form.problems:
        return sign_in_form(visit, status=422, form=form, goal=goal)
    try:
        token = sign_in(
            visit.home.database,
            address,
            password,
            device=visit.device,
            network=visit.network,
            now=visit.now,
        )
    except TooOften as error:
        return _wait(visit, form, error)
    if token is None:
        form.wrong("password", "account.not_right")
        return sign_in_form(visit, status=422, form=form, goal=goal)
    return entered(visit, token, goal)


@router.post("/sign-in/link")
@allow_anyone()
def ask_for_link(visit: VisitDep, form: FormDep) -> Response:
    """Mail a link to sign in, if the address is somebody's; the answer is the same if it is not."""
    address = form.text("address", required=True, most=_LONGEST)
    if form.problems:
        return sign_in_form(visit, status=422, form=form, goal=goal_of(visit, form.text("next")))
    try:
        with visit.write() as conn:
            ask_link(conn, address, network=visit.network, now=visit.now)
    except TooOften as error:
        return _wait(visit, form, error)
    wake(visit.office)
    answer = visit.page("account/link_sent.html", address=address)
    remember_goal(visit, answer, goal_of(visit, form.text("next")))
    return answer


def _wait(visit: Visit, form: Form, error: TooOften) -> Response:
    goal = goal_of(visit, form.text("next"))
    answer = sign_in_form(visit, status=429, form=form, goal=goal, refused=error.text)
    answer.headers["retry-after"] = str(ceil(error.wait.total_seconds()))
    return answer


@router.get("/sign-in/link/{token}")
@allow_anyone()
def link_page(token: str, visit: VisitDep) -> Response:
    """Show whose link it is, with the button that signs in; looking uses nothing up."""
    with visit.read() as conn:
        ticket = look(conn, token, now=visit.now)
    if ticket is None:
        return _over(visit)
    return visit.page(
        "account/link.html", ticket=ticket, token=token, invited=ticket.purpose is Purpose.INVITE
    )


@router.post("/sign-in/link/{token}")
@allow_anyone()
def sign_in_by_link(token: str, visit: VisitDep) -> Response:
    """Sign in by a link, which is then used up."""
    with visit.write() as conn:
        ticket = look(conn, token, now=visit.now)
        person_id = redeem(conn, token, now=visit.now)
        session = open_session(conn, person_id, device=visit.device, now=visit.now) if person_id else None
    if ticket is None or session is None:
        return _over(visit)
    return entered(visit, session, "/me/welcome" if ticket.purpose is Purpose.INVITE else remembered(visit))


def _over(visit: Visit) -> Response:
    return visit.page("account/link_over.html", status=404, form=empty_form(visit))


@router.post("/sign-out")
@allow()
def sign_out(visit: VisitDep) -> Response:
    """End this session."""
    with visit.write() as conn:
        end_session(conn, visit.me.session_id or 0, person_id=visit.me.person_id)
    answer = visit.see_other("/sign-in", told="account.signed_out")
    visit.delete_cookie(answer, SESSION)
    visit.delete_cookie(answer, VISITOR)
    return answer


@router.post("/language")
@allow_anyone()
def choose_language(visit: VisitDep, form: FormDep) -> Response:
    """Show pages in the language chosen, on this device."""
    answer = visit.see_other(form.text("next") or "/")
    visit.set_cookie(answer, LANG, "en" if form.text("lang") == "en" else "zh", max_age=_YEAR)
    return answer
