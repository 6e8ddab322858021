"""Commendations drawn up, adjusted with reasons, put forward by one admin and decided by another."""

from collections.abc import Callable

from sqlalchemy import Connection
from starlette.responses import Response

from config.schedule import Role
from engine.commendation.adjusting import Wish, adjust
from engine.commendation.deciding import approve, put_forward, send_back
from engine.commendation.proposal import Proposal, propose
from web.access import Door, allow
from web.api.changing import Answer, Change, ChangeDep
from web.api.commendation_told import commendation_told
from web.api.models_commendation import Adjustment, Commendation, Seen, SentBack
from web.api.route import routes_of
from web.api.types import NoticeId
from web.reach import Reach
from web.wake import wake

router = routes_of("commendations")


@router.post("/notices/{notice}/commendation", response_model=Commendation)
@allow(Role.ADMIN, reach=Reach.NOTICE, door=Door.API)
def draw_up_commendation(notice: NoticeId, change: ChangeDep) -> Response:
    """Draw a notice's list up, to be adjusted and signed; one that is drawn up stays as it is."""
    visit = change.visit
    return _done(
        change,
        lambda conn: propose(conn, notice, actor=visit.me.actor, now=visit.now, store=visit.home.store),
    )


@router.post("/notices/{notice}/commendation/adjustments", response_model=Commendation)
@allow(Role.ADMIN, reach=Reach.NOTICE, door=Door.API)
def adjust_commendation(notice: NoticeId, body: Adjustment, change: ChangeDep) -> Response:
    """Put a candidate on the list, take one off or move one, with a reason; a first signature is lost."""
    visit, wish = change.visit, Wish(**body.model_dump())
    return _done(
        change,
        lambda conn: adjust(conn, notice, wish, actor=visit.me.actor, now=visit.now, store=visit.home.store),
    )


@router.post("/notices/{notice}/commendation/put-forward", response_model=Commendation)
@allow(Role.ADMIN, reach=Reach.NOTICE, door=Door.API)
def put_commendation_forward(notice: NoticeId, body: Seen, change: ChangeDep) -> Response:
    """Freeze the list that you looked at and sign it first; another admin has to approve it."""
    visit, store = change.visit, change.visit.home.store
    return _done(
        change,
        lambda conn: put_forward(
            conn, notice, actor=visit.me.actor, now=visit.now, store=store, seen=body.seen
        ),
    )


@router.post("/notices/{notice}/commendation/approve", response_model=Commendation)
@allow(Role.ADMIN, reach=Reach.NOTICE, door=Door.API)
def approve_commendation(notice: NoticeId, body: Seen, change: ChangeDep) -> Response:
    """Sign second, never who signed first: activities are commended, everybody concerned gets a mail."""
    visit = change.visit
    answer = _done(
        change,
        lambda conn: approve(conn, notice, actor=visit.me.actor, now=visit.now, seen=body.seen),
    )
    wake(visit.office)
    return answer


@router.post("/notices/{notice}/commendation/send-back", response_model=Commendation)
@allow(Role.ADMIN, reach=Reach.NOTICE, door=Door.API)
def send_commendation_back(notice: NoticeId, body: SentBack, change: ChangeDep) -> Response:
    """Give a list that was put forward back, with a reason; whoever put it forward withdraws it so."""
    visit = change.visit
    return _done(
        change,
        lambda conn: send_back(conn, notice, actor=visit.me.actor, now=visit.now, reason=body.reason),
    )


def _done(change: Change, work: Callable[[Connection], Proposal]) -> Response:
    return change.do(lambda conn: Answer(Commendation.of(commendation_told(conn, work(conn)))))
