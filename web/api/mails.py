"""Mails: the outbox, one of them, what a person does with it, and why somebody got one or not."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from fastapi import Query
from pydantic import Field
from sqlalchemy import Connection
from starlette.responses import Response

from config.schedule import Role
from engine import mail_actions
from engine.items import Reader
from engine.mail_look import look_of
from engine.mailbox import letter_shown, one_mail
from engine.mails_view import Box, MailFilter, mails_in
from engine.why_asked import Asker, WhyFile, why_case, why_person
from notifications.render import Templates
from web.access import Door, allow
from web.api.changing import Answer, Change, ChangeDep, Work, told
from web.api.models_mail import Batches, Deed, Mail, Mails, MailsMoved, MailText, ManyMails, Reason, WhyTold
from web.api.paging import Pages, part_of
from web.api.route import routes_of
from web.api.season import base_url
from web.api.types import Id, Line, Ref
from web.reach import Reach
from web.visit import VisitDep
from web.wake import wake

router = routes_of("mails")

Act = Callable[..., Mapping[int, str]]
_DEEDS: Mapping[Deed, Act] = {
    Deed.RELEASE: mail_actions.release,
    Deed.RETRY: mail_actions.retry,
    Deed.HOLD: mail_actions.hold,
    Deed.DROP: mail_actions.drop,
}


class Wanted(Pages):
    """Which mails are asked for."""

    box: Box = Field(Box.QUEUED, description="What is to be done with them.")
    text: Line | None = Field(None, description="Part of the reader's name or address.")
    person: int | None = Field(None, ge=1, le=2**53 - 1)
    doubted: bool = Field(False, description="Those that stayed without an answer once.")


@router.get("/mails", response_model=Mails)
@allow(door=Door.API)
def list_mails(visit: VisitDep, wanted: Annotated[Wanted, Query()]) -> Response:
    """List the mails of a box that you may see."""
    asked = MailFilter(**wanted.asked())
    with visit.read() as conn:
        found = mails_in(conn, visit.me.actor, asked, now=visit.now, page=wanted.page, per_page=wanted.limit)
    return told(Mails.of(part_of(found)))


@router.post("/mails", response_model=MailsMoved)
@allow(Role.ADMIN, door=Door.API)
def move_mails(body: ManyMails, change: ChangeDep) -> Response:
    """Release, retry, hold or drop some mails: all of them, or none."""
    visit = change.visit
    given: dict[str, Any] = {"actor": visit.me.actor, "now": visit.now, "reason": body.reason or ""}

    def work(conn: Connection) -> Answer:
        return Answer(MailsMoved(states=dict(_DEEDS[body.deed](conn, body.mails, **given))))

    return _let_go(change, work)


@router.get("/mails/batches", response_model=Batches)
@allow(Role.LEAD, Role.ADMIN, door=Door.API)
def list_mail_batches(visit: VisitDep) -> Response:
    """List the batches of mails that wait for your review, the oldest first."""
    with visit.read() as conn:
        found = mail_actions.batches(conn, visit.me.actor)
    return told(Batches.of({"items": found, "next": None}))


@router.post("/mails/batches/{sweep}/release", response_model=MailsMoved)
@allow(Role.ADMIN, door=Door.API)
def release_mail_batch(sweep: Id, body: Reason, change: ChangeDep) -> Response:
    """Let all mails of a batch go that wait for your review."""
    visit, me = change.visit, change.visit.me

    def work(conn: Connection) -> Answer:
        moved = mail_actions.release_sweep(conn, sweep, actor=me.actor, now=visit.now, reason=body.reason)
        return Answer(MailsMoved(states=dict(moved)))

    return _let_go(change, work)


@router.get("/mails/{mail}", response_model=MailText)
@allow(reach=Reach.MAIL, door=Door.API)
def read_mail(mail: Id, visit: VisitDep) -> Response:
    """Show one mail as it was or will be read."""
    reader = Reader(now=visit.now, base_url=base_url(visit))
    with visit.read() as conn:
        line, letter = one_mail(conn, mail), letter_shown(conn, mail, reader)
        look = look_of(conn, letter, Templates(), base_url=reader.base_url) if letter else None
    texts = {name: getattr(look, name, None) for name in ("subject", "text", "html")}
    return told(MailText.of({"mail": line, **texts}))


@router.post("/mails/{mail}/release", response_model=Mail)
@allow(Role.ADMIN, reach=Reach.MAIL, door=Door.API)
def release_mail(mail: Id, body: Reason, change: ChangeDep) -> Response:
    """Let a mail go that waits for review."""
    return _act(mail_actions.release, mail, body, change)


@router.post("/mails/{mail}/retry", response_model=Mail)
@allow(Role.ADMIN, reach=Reach.MAIL, door=Door.API)
def retry_mail(mail: Id, body: Reason, change: ChangeDep) -> Response:
    """Send a mail again that is held or failed."""
    return _act(mail_actions.retry, mail, body, change)


@router.post("/mails/{mail}/hold", response_model=Mail)
@allow(Role.ADMIN, reach=Reach.MAIL, door=Door.API)
def hold_mail(mail: Id, body: Reason, change: ChangeDep) -> Response:
    """Hold a mail that has not left yet."""
    return _act(mail_actions.hold, mail, body, change)


@router.post("/mails/{mail}/drop", response_model=Mail)
@allow(Role.ADMIN, reach=Reach.MAIL, door=Door.API)
def drop_mail(mail: Id, body: Reason, change: ChangeDep) -> Response:
    """Give a mail up that has not left yet, for good; only with a reason."""
    return _act(mail_actions.drop, mail, body, change)


@router.get("/cases/{ref}/why", response_model=WhyTold)
@allow(reach=Reach.CASE, door=Door.API)
def why_of_case(ref: Ref, visit: VisitDep) -> Response:
    """Tell why somebody did, or did not, get a mail about a case."""
    with visit.read() as conn:
        return _why(why_case(conn, ref, Asker(actor=visit.me.actor, now=visit.now)))


@router.get("/people/{person}/why", response_model=WhyTold)
@allow(Role.LEAD, Role.ADMIN, reach=Reach.PERSON, door=Door.API)
def why_of_person(person: Id, visit: VisitDep) -> Response:
    """Tell why a person did, or did not, get a mail about the cases that you may see."""
    with visit.read() as conn:
        return _why(why_person(conn, person, Asker(actor=visit.me.actor, now=visit.now)))


def _why(found: WhyFile) -> Response:
    return told(WhyTold.of(found))


def _act(act: Act, mail: int, body: Reason, change: Change) -> Response:
    visit = change.visit
    given: dict[str, Any] = {"actor": visit.me.actor, "now": visit.now, "reason": body.reason or ""}

    def work(conn: Connection) -> Answer:
        act(conn, [mail], **given)
        return Answer(Mail.of(one_mail(conn, mail)))

    return _let_go(change, work)


def _let_go(change: Change, work: Work) -> Response:
    """Do some work, and let leave at once what may."""
    answer = change.do(work)
    wake(change.visit.office)
    return answer
