"""Coming in: how somebody proved who they are matters no more, all go in by the same door."""

from urllib.parse import quote, unquote, urlsplit

from starlette.responses import Response

from config.schedule import Name
from engine.accounts.sessions import end_session
from web.forms import Form, empty_form
from web.visit import SESSION, VISITOR, Visit, is_ours

GOAL = "duban_goal"
"""The cookie that leads a browser on to the page it asked for, after the way through the mailbox."""

_DOORS = ("/sign-in", "/sign-out", "/sso")
_MINUTES = 15


def goal_of(visit: Visit, asked: str = "") -> str:
    """Return the page of ours that was asked for before signing in, else the first."""
    wanted = asked or visit.request.query_params.get("next", "")
    return wanted if is_ours(wanted) and not urlsplit(wanted).path.startswith(_DOORS) else "/"


def remember_goal(visit: Visit, answer: Response, goal: str) -> None:
    """Let this browser find its way on when a mail's link has been followed."""
    visit.set_cookie(answer, GOAL, quote(goal), max_age=_MINUTES * 60)


def remembered(visit: Visit) -> str:
    """Return the page that this browser asked for before its mail came."""
    return goal_of(visit, unquote(visit.cookie(GOAL) or ""))


def sign_in_form(
    visit: Visit, *, status: int = 200, form: Form | None = None, goal: str = "/", refused: Name | None = None
) -> Response:
    """Answer with the page that asks who is there; ``refused`` says why somebody was not let in."""
    filled = empty_form(visit) if form is None else form
    by = filled.value("by") or visit.request.query_params.get("by", "")
    return visit.page(
        "account/sign_in.html",
        status=status,
        form=filled,
        goal=goal,
        refused=refused,
        by_password=by == "password",
        sso=visit.home.settings.sso_issuer is not None,
    )


def entered(visit: Visit, token: str, goal: str) -> Response:
    """Answer with a new session's cookie; the session that this browser had ends."""
    before = visit.viewer
    if before is not None and before.session_id is not None:
        with visit.write() as conn:
            end_session(conn, before.session_id, person_id=before.person_id)
    answer = visit.see_other(goal)
    visit.set_cookie(answer, SESSION, token)
    visit.delete_cookie(answer, VISITOR)
    visit.delete_cookie(answer, GOAL)
    return answer
