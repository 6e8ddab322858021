"""The guide on one page: what to do when, for the viewer's desks first. Anyone may read it."""

from collections.abc import Mapping
from typing import NamedTuple

from fastapi import APIRouter
from starlette.responses import Response

from web.access import allow_anyone
from web.viewer import Desk
from web.visit import VisitDep

router = APIRouter()


class Advice(NamedTuple):
    """One question with its answer (``help.KEY``, ``help.KEY_how``) and the page that it leads to."""

    key: str
    href: str | None = None


EVERYBODY = (
    Advice("sign_in", "/sign-in"),
    Advice("no_link"),
    Advice("language"),
    Advice("password", "/me"),
)
BY_DESK: Mapping[Desk, tuple[Advice, ...]] = {
    Desk.COORDINATOR: (
        Advice("got_mail", "/my"),
        Advice("missing", "/my"),
        Advice("new_activity", "/cases/new"),
        Advice("postponed", "/my"),
        Advice("hand_over", "/my"),
        Advice("calendar", "/me#calendar"),
    ),
    Desk.ADMIN: (
        Advice("who_is_late", "/overview"),
        Advice("move_date", "/notices"),
        Advice("what_leaves", "/reminders"),
        Advice("what_if", "/reminders/day"),
        Advice("review", "/mails?box=draft"),
        Advice("uncertain", "/mails?box=doubtful"),
        Advice("why", "/why"),
        Advice("many", "/cases"),
        Advice("new_person", "/people"),
        Advice("import", "/imports/activity"),
        Advice("words", "/templates"),
        Advice("stopped", "/settings"),
    ),
    Desk.AUDITOR: (
        Advice("who_changed", "/history"),
        Advice("as_of", "/history/at"),
        Advice("altered", "/verify"),
        Advice("forced", "/history?forced=1"),
        Advice("export", "/history"),
    ),
}


@router.get("/help")
@allow_anyone()
def help_page(visit: VisitDep) -> Response:
    """Show the guide; the parts of desks that are not the viewer's stand folded at its end."""
    mine = visit.viewer.desks if visit.viewer else ()
    return visit.page(
        "help/page.html",
        everybody=EVERYBODY,
        mine={desk: BY_DESK[desk] for desk in mine},
        others={desk: advice for desk, advice in BY_DESK.items() if desk not in mine},
    )
