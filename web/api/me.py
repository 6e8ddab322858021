"""The person of a token: who that is, their desk, their sessions and tokens."""

from typing import Any

from fastapi import HTTPException
from sqlalchemy import Connection
from starlette.responses import Response

from engine.accounts import api_tokens
from engine.accounts.feeds import end_feed, renew
from engine.accounts.own import Owner, own_account
from engine.accounts.person_state import mute_until, set_language
from engine.accounts.sessions import end_others, end_session
from engine.desk_coordinator import MyCase as Mine
from engine.desk_coordinator import my_cases
from web.access import Door, allow
from web.api.changing import Answer, ChangeDep, told
from web.api.models_me import Desk, Feed, Me, NewOwnValues, SessionsEnded
from web.api.route import routes_of
from web.api.season import base_url
from web.api.types import Id
from web.reach import Reach
from web.visit import Visit, VisitDep

router = routes_of("me")


@router.get("/me", response_model=Me)
@allow(reach=Reach.OWN, door=Door.API)
def read_me(visit: VisitDep) -> Response:
    """Show who you are here, and what you may do."""
    with visit.read() as conn:
        return told(_me(conn, visit))


@router.patch("/me", response_model=Me)
@allow(reach=Reach.OWN, door=Door.API)
def change_me(body: NewOwnValues, change: ChangeDep) -> Response:
    """Choose your language, or get no reminders for a while."""
    visit = change.visit
    me, now = visit.me, visit.now

    def work(conn: Connection) -> Answer:
        if body.lang is not None:
            set_language(conn, me.person_id, body.lang, actor=me.actor, now=now)
        if "muted_until" in body.model_fields_set:
            mute_until(conn, me.person_id, body.muted_until, actor=me.actor, now=now)
        return Answer(_me(conn, visit))

    return change.do(work)


@router.get("/me/cases", response_model=Desk)
@allow(reach=Reach.OWN, door=Door.API)
def read_my_desk(visit: VisitDep) -> Response:
    """Show the cases that you answer for, the most urgent first."""
    with visit.read() as conn:
        found = my_cases(conn, visit.me.actor, now=visit.now)
    cases = [_mine(one) for group in found.groups for one in group.cases]
    nearest = found.nearest.isoformat() if found.nearest else None
    return told(Desk.of({"total": found.total, "to_do": found.to_do, "nearest": nearest, "cases": cases}))


@router.delete("/me/sessions", response_model=SessionsEnded)
@allow(reach=Reach.OWN, door=Door.API)
def end_my_sessions(change: ChangeDep) -> Response:
    """Sign out in every browser."""
    me = change.visit.me
    return change.do(lambda conn: Answer(SessionsEnded(ended=end_others(conn, me.person_id, keep=None))))


@router.post("/me/calendar", status_code=201, response_model=Feed)
@allow(reach=Reach.OWN, door=Door.API)
def renew_my_calendar(change: ChangeDep) -> Response:
    """Give your calendar a new secret address, told once; an old one leads nowhere any more."""
    visit = change.visit

    def work(conn: Connection) -> Answer:
        token = renew(conn, visit.me.person_id, now=visit.now)
        return Answer(Feed(url=f"{base_url(visit)}/feeds/{token}.ics"), 201)

    return change.do(work)


@router.delete("/me/calendar", status_code=204, response_class=Response)
@allow(reach=Reach.OWN, door=Door.API)
def end_my_calendar(change: ChangeDep) -> Response:
    """Take your calendar off its address."""

    def work(conn: Connection) -> Answer:
        end_feed(conn, change.visit.me.person_id)
        return Answer(None, 204)

    return change.do(work)


@router.delete("/me/sessions/{number}", status_code=204, response_class=Response)
@allow(reach=Reach.OWN, door=Door.API)
def end_my_session(number: Id, change: ChangeDep) -> Response:
    """Sign out in one browser."""
    return change.do(lambda conn: _gone(end_session(conn, number, person_id=change.visit.me.person_id)))


@router.delete("/me/tokens/{number}", status_code=204, response_class=Response)
@allow(reach=Reach.OWN, door=Door.API)
def revoke_my_token(number: Id, change: ChangeDep) -> Response:
    """End one of your tokens. New ones are made by hand, under My account."""
    visit = change.visit
    return change.do(
        lambda conn: _gone(api_tokens.revoke(conn, number, person_id=visit.me.person_id, now=visit.now))
    )


def _me(conn: Connection, visit: Visit) -> Me:
    me = visit.me
    owner = Owner(person_id=me.person_id, session_id=0, network=visit.network)
    account = own_account(conn, owner, now=visit.now)
    names = [name for name in Me.model_fields if name != "id"]
    return Me.of({"id": me.person_id} | {name: getattr(account, name) for name in names})


def _mine(one: Mine) -> dict[str, Any]:
    names = ("ref", "title", "unit", "region", "notice", "kind", "state", "version", "mine", "urgency")
    return {name: getattr(one, name) for name in names} | {
        "trigger": one.asks.trigger,
        "returned_for": one.asks.returned_for,
    }


def _gone(done: bool) -> Answer:
    if not done:
        raise HTTPException(404)
    return Answer(None, 204)
