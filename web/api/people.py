"""People: in a list, one by one, entered, corrected, silenced, invited; and their rights."""

from typing import Annotated

from fastapi import Query
from pydantic import Field
from sqlalchemy import Connection
from starlette.responses import Response

from config.schedule import Role
from engine import rights
from engine.accounts.invitations import invite
from engine.accounts.person_state import deactivate, mute_until, reactivate
from engine.people_view import PersonFilter, PersonView, people_of, person_view
from engine.person_edit import PersonValues, add_person, edit_person, revoke_from
from web.access import Door, allow
from web.api.changing import Answer, ChangeDep, told
from web.api.models_people import (
    FullPerson,
    Invited,
    NewInvitations,
    NewPerson,
    NewPersonValues,
    NewRight,
    People,
    RightGiven,
    Silence,
)
from web.api.paging import Pages, part_of
from web.api.route import PREFIX, routes_of
from web.api.types import Id, Line, RegionCode, Text
from web.reach import Reach
from web.visit import Visit, VisitDep
from web.wake import wake

router = routes_of("people")


class Wanted(Pages):
    """Which people are asked for."""

    text: Line | None = Field(None, description="Part of a name, an address or a phone number.")
    role: Role | None = None
    region: RegionCode | None = Field(None, description="With a right there, or within it.")
    refused: bool = Field(False, description="Those whose address a mail server refused.")
    inactive: bool = False


@router.get("/people", response_model=People)
@allow(Role.LEAD, Role.ADMIN, door=Door.API)
def list_people(visit: VisitDep, wanted: Annotated[Wanted, Query()]) -> Response:
    """List the people whom you watch over, by name."""
    asked = PersonFilter(**wanted.asked())
    with visit.read() as conn:
        found = people_of(conn, visit.me.actor, asked, now=visit.now, page=wanted.page, per_page=wanted.limit)
    return told(People.of(part_of(found)))


@router.post("/people", status_code=201, response_model=FullPerson)
@allow(Role.ADMIN, door=Door.API)
def enter_person(body: NewPerson, change: ChangeDep) -> Response:
    """Enter somebody with a first right."""
    actor, now = change.visit.me.actor, change.visit.now
    values = PersonValues(name=body.name, email=body.email, phone=body.phone or "", lang=body.lang)

    def work(conn: Connection) -> Answer:
        number = add_person(conn, values, _right(body.right), actor=actor, now=now)
        if body.invite:
            invite(conn, [number], actor=actor, now=now)
        where = f"{PREFIX}/people/{number}"
        return Answer(FullPerson.of(_view(conn, number, change.visit)), 201, location=where)

    answer = change.do(work)
    wake(change.visit.office)
    return answer


@router.get("/people/{person}", response_model=FullPerson)
@allow(Role.LEAD, Role.ADMIN, reach=Reach.PERSON, door=Door.API)
def read_person(person: Id, visit: VisitDep) -> Response:
    """Show one person."""
    with visit.read() as conn:
        return told(FullPerson.of(_view(conn, person, visit)))


@router.patch("/people/{person}", response_model=FullPerson)
@allow(Role.ADMIN, reach=Reach.PERSON, door=Door.API)
def change_person(person: Id, body: NewPersonValues, change: ChangeDep) -> Response:
    """Correct a person's values, or say whether they may come in."""

    def work(conn: Connection) -> Answer:
        _edit(conn, person, body, change.visit)
        return Answer(FullPerson.of(_view(conn, person, change.visit)))

    return change.do(work)


@router.put("/people/{person}/silence", response_model=FullPerson)
@allow(Role.ADMIN, reach=Reach.PERSON, door=Door.API)
def silence_person(person: Id, body: Silence, change: ChangeDep) -> Response:
    """Send somebody no reminders until an instant."""
    visit = change.visit

    def work(conn: Connection) -> Answer:
        mute_until(conn, person, body.until, actor=visit.me.actor, now=visit.now)
        return Answer(FullPerson.of(_view(conn, person, visit)))

    return change.do(work)


@router.post("/people/{person}/rights", status_code=201, response_model=RightGiven)
@allow(Role.ADMIN, reach=Reach.PERSON, door=Door.API)
def give_right(person: Id, body: NewRight, change: ChangeDep) -> Response:
    """Give somebody a right that lies within yours."""
    visit = change.visit
    give = rights.grant if body.until is None else rights.delegate

    def work(conn: Connection) -> Answer:
        number = give(conn, person, _right(body), actor=visit.me.actor, now=visit.now)
        return Answer(RightGiven(right=number, person=person), 201)

    return change.do(work)


@router.delete("/people/{person}/rights/{right}", status_code=204, response_class=Response)
@allow(Role.ADMIN, reach=Reach.PERSON, door=Door.API)
def take_right(person: Id, right: Id, reason: Annotated[Text, Query()], change: ChangeDep) -> Response:
    """End one right now, with a reason."""
    visit = change.visit

    def work(conn: Connection) -> Answer:
        revoke_from(conn, person, right, reason=reason, actor=visit.me.actor, now=visit.now)
        return Answer(None, 204)

    return change.do(work)


@router.post("/invitations", response_model=Invited)
@allow(Role.ADMIN, door=Door.API)
def invite_people(body: NewInvitations, change: ChangeDep) -> Response:
    """Mail invitations to some people, all of them or none."""
    visit = change.visit

    def work(conn: Connection) -> Answer:
        return Answer(Invited(invited=invite(conn, body.people, actor=visit.me.actor, now=visit.now)))

    answer = change.do(work)
    wake(visit.office)
    return answer


def _right(body: NewRight) -> rights.NewRight:
    return rights.NewRight(**body.model_dump())


def _view(conn: Connection, person: int, visit: Visit) -> PersonView:
    return person_view(conn, person, actor=visit.me.actor, now=visit.now, local=visit.office.zone)


def _edit(conn: Connection, person: int, body: NewPersonValues, visit: Visit) -> None:
    actor, now = visit.me.actor, visit.now
    have = _view(conn, person, visit)
    if body.model_fields_set & {"name", "email", "phone", "lang"}:
        values = PersonValues(
            name=body.name or have.name,
            email=body.email or have.email or "",
            phone=(body.phone if "phone" in body.model_fields_set else have.phone) or "",
            lang=body.lang or have.lang,
        )
        edit_person(conn, person, values, actor=actor, now=now)
    if body.active is not None and body.active != have.active:
        switch = reactivate if body.active else deactivate
        switch(conn, person, reason=body.reason, actor=actor, now=now)
