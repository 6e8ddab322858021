"""What an admin does for one person: rights given and taken, invited, reminded or not, let in or not."""

from collections.abc import Callable

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.responses import Response

from config.errors import UserError
from config.schedule import Role
from engine.accounts.invitations import invite
from engine.accounts.person_state import deactivate, mute_until, reactivate
from engine.field_problems import FieldProblems
from engine.person_edit import revoke_from
from engine.rights import delegate, grant
from web.access import allow
from web.desks.admin.people import answer_person
from web.desks.admin.right_forms import end_of, read_right
from web.forms import Form, FormDep
from web.reach import Reach
from web.visit import Visit, VisitDep
from web.wake import wake

router = APIRouter()

_FIELD = {
    "rights.delegation": "reason",
    "rights.own": "reason",
    "rights.stand_in": "reason",
    "right.over": "until",
    "person.mute_over": "muted_until",
}
"""Which field a refusal belongs to."""


@router.post("/people/{person}/rights")
@allow(Role.ADMIN, reach=Reach.PERSON)
def give_right(person: int, visit: VisitDep, form: FormDep) -> Response:
    """Give a right; one with an end needs a reason."""
    return _done(
        visit, person, form, lambda conn: _given(conn, visit, person, form), told="people.right_given"
    )


@router.post("/people/{person}/rights/{right}/revoke")
@allow(Role.ADMIN, reach=Reach.PERSON)
def take_right(person: int, right: int, visit: VisitDep, form: FormDep) -> Response:
    """End a right now."""
    reason = form.text("reason", required=True, most=500)
    return _done(
        visit,
        person,
        form,
        lambda conn: revoke_from(conn, person, right, reason=reason, actor=visit.me.actor, now=visit.now),
        told="people.right_taken",
    )


@router.post("/people/{person}/deactivate")
@allow(Role.ADMIN, reach=Reach.PERSON)
def close_account(person: int, visit: VisitDep, form: FormDep) -> Response:
    """Let somebody in no more and mail them nothing."""
    reason = form.text("reason", required=True, most=500)
    return _done(
        visit,
        person,
        form,
        lambda conn: deactivate(conn, person, reason=reason, actor=visit.me.actor, now=visit.now),
        told="people.closed",
    )


@router.post("/people/{person}/reactivate")
@allow(Role.ADMIN, reach=Reach.PERSON)
def open_account(person: int, visit: VisitDep, form: FormDep) -> Response:
    """Let somebody in again."""
    return _done(
        visit,
        person,
        form,
        lambda conn: reactivate(
            conn, person, reason=form.text("reason") or None, actor=visit.me.actor, now=visit.now
        ),
        told="people.opened",
    )


@router.post("/people/{person}/mute")
@allow(Role.ADMIN, reach=Reach.PERSON)
def silence(person: int, visit: VisitDep, form: FormDep) -> Response:
    """Send somebody no reminders to the end of a day; without a day, send them again."""
    until = end_of(form, "muted_until")
    return _done(
        visit,
        person,
        form,
        lambda conn: mute_until(conn, person, until, actor=visit.me.actor, now=visit.now),
        told="people.muted" if until else "people.unmuted",
    )


@router.post("/people/{person}/invite")
@allow(Role.ADMIN, reach=Reach.PERSON)
def send_invitation(person: int, visit: VisitDep, form: FormDep) -> Response:
    """Mail somebody an invitation."""
    answer = _done(
        visit,
        person,
        form,
        lambda conn: invite(conn, [person], actor=visit.me.actor, now=visit.now),
        told="people.invited",
    )
    wake(visit.office)
    return answer


def _given(conn: Connection, visit: Visit, person: int, form: Form) -> None:
    wanted = read_right(conn, form)
    if wanted is not None:
        give = grant if wanted.until is None else delegate
        give(conn, person, wanted, actor=visit.me.actor, now=visit.now)


def _done(
    visit: Visit, person: int, form: Form, work: Callable[[Connection], object], *, told: str
) -> Response:
    """Do some work for one person and show their page; what is wrong with the form is told there."""
    try:
        if not form.problems:
            with visit.write() as conn:
                work(conn)
    except FieldProblems as error:
        form.note(error.by_field)
    except UserError as error:
        if error.code not in _FIELD:
            raise
        form.note({_FIELD[error.code]: error.text})
    if form.problems:
        return answer_person(visit, person, form)
    return visit.see_other(f"/people/{person}", told=told)
