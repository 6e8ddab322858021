"""My cases: what I owe, the most urgent first, each with what is missing and its next step."""

from fastapi import APIRouter
from starlette.responses import Response

from engine.desk_coordinator import MyCase, MyDesk, my_cases
from engine.urgency import Urgency
from web.access import allow
from web.desks.case.task import later_of
from web.reach import Reach
from web.visit import VisitDep

router = APIRouter()

TONES = {Urgency.LATE: "late", Urgency.THIS_WEEK: "soon", Urgency.DONE: "quiet"}


@router.get("/my")
@allow(reach=Reach.OWN)
def my_page(visit: VisitDep) -> Response:
    """Show what the viewer has to do."""
    with visit.read() as conn:
        desk = my_cases(conn, visit.me.actor, now=visit.now)
    return visit.page("my/page.html", desk=desk, tones=TONES, first=_first(desk), later_of=later_of)


def _first(desk: MyDesk) -> MyCase | None:
    """Return the case whose button is the main one: the most urgent that can go on."""
    return next((one for one in desk.cases if one.asks.trigger and one.urgency is not Urgency.WAITING), None)
