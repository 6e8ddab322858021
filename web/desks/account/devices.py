"""Where I have signed in: the list is on my account's page, each device can be signed out from there."""

from fastapi import APIRouter, HTTPException
from starlette.responses import Response

from engine.accounts.sessions import end_others, end_session
from web.access import allow
from web.desks.account.mine import Number
from web.reach import Reach
from web.visit import VisitDep

router = APIRouter()


@router.post("/me/sessions/end-others")
@allow(reach=Reach.OWN)
def end_other_sessions(visit: VisitDep) -> Response:
    """Sign out everywhere but here."""
    with visit.write() as conn:
        count = end_others(conn, visit.me.person_id, keep=visit.me.session_id)
    return visit.see_other("/me#sessions", told="account.others_ended", n=count)


@router.post("/me/sessions/{number}/end")
@allow(reach=Reach.OWN)
def end_one_session(number: Number, visit: VisitDep) -> Response:
    """Sign out on one device."""
    with visit.write() as conn:
        ended = end_session(conn, number, person_id=visit.me.person_id)
    if not ended:
        raise HTTPException(404)
    return visit.see_other("/me#sessions", told="account.session_ended")
