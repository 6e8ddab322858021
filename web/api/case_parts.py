"""What belongs to one case: its history, its mails, its form, and whom to hand it over to."""

from typing import Any

from pydantic import Field, StrictBool
from sqlalchemy import Connection
from starlette.responses import Response

from config.errors import UserError
from config.form import form_of
from engine.case_view import case_view
from engine.changes import changes_of
from engine.forms.drafts import Draft, draft_of, save_answers
from engine.forms.handing_in import hand_in_form
from engine.handing_over import colleagues, hand_over, hand_over_to_new
from engine.listing import one_case
from web.access import Door, allow
from web.api.bodies_case import NewCoordinator
from web.api.changing import Answer, ChangeDep, VersionDep, told
from web.api.models import Given
from web.api.models_case import Changes, MailsAbout
from web.api.models_material import Colleagues, Form, FormHandedIn, HandedOver
from web.api.route import routes_of
from web.api.types import Ref, Text
from web.reach import Reach
from web.visit import VisitDep

router = routes_of("case-details")

FORM = "activity_application"


class Answers(Given):
    """Some answers, right or wrong; those kept before stay."""

    answers: dict[str, StrictBool | Text | list[Text]] = Field(
        max_length=100, examples=[{"title": "科学课", "place": "文化广场"}]
    )


@router.get("/cases/{ref}/history", response_model=Changes)
@allow(reach=Reach.CASE, door=Door.API)
def read_case_history(ref: Ref, visit: VisitDep) -> Response:
    """Tell every change of a case, the oldest first."""
    with visit.read() as conn:
        found = changes_of(conn, f"case:{ref}")
    return told(Changes.of({"items": found, "next": None}))


@router.get("/cases/{ref}/mails", response_model=MailsAbout)
@allow(reach=Reach.CASE, door=Door.API)
def list_case_mails(ref: Ref, visit: VisitDep) -> Response:
    """List the mails about a case that you may see."""
    with visit.read() as conn:
        found = case_view(conn, ref, actor=visit.me.actor, now=visit.now)
    return told(MailsAbout.of({"items": found.mails, "next": None}))


@router.get("/cases/{ref}/form", response_model=Form)
@allow(reach=Reach.CASE, door=Door.API)
def read_form(ref: Ref, visit: VisitDep) -> Response:
    """Show the application form of a case as it stands."""
    with visit.read() as conn:
        found = draft_of(conn, ref, form_of(FORM), now=visit.now, store=visit.home.store)
    return told(_form(found))


@router.put("/cases/{ref}/form", response_model=Form)
@allow(reach=Reach.CASE, door=Door.API)
def save_form(ref: Ref, body: Answers, change: ChangeDep) -> Response:
    """Keep some answers of the form beside those kept already."""
    visit = change.visit

    def work(conn: Connection) -> Answer:
        form = form_of(FORM)
        return Answer(_form(save_answers(conn, ref, form, body.answers, actor=visit.me.actor, now=visit.now)))

    return change.do(work)


@router.post("/cases/{ref}/form/hand-in", response_model=FormHandedIn)
@allow(reach=Reach.CASE, door=Door.API)
def hand_in(ref: Ref, change: VersionDep) -> Response:
    """Hand the form in: the case takes its values over, and it becomes one of the materials."""
    visit = change.visit

    def work(conn: Connection) -> Answer:
        done = hand_in_form(
            conn,
            ref,
            form_of(FORM),
            actor=visit.me.actor,
            now=visit.now,
            store=visit.home.store,
            expect=change.expect,
        )
        body = {"name": done.material.name, "sha256": done.material.sha256, "version": done.version}
        return Answer(FormHandedIn.of(body), version=done.version)

    return change.do(work)


@router.get("/cases/{ref}/colleagues", response_model=Colleagues)
@allow(reach=Reach.CASE, door=Door.API)
def list_colleagues(ref: Ref, visit: VisitDep) -> Response:
    """List to whom a case may be handed over."""
    with visit.read() as conn:
        found = colleagues(conn, ref, now=visit.now)
    return told(Colleagues.of({"items": found, "next": None}))


@router.post("/cases/{ref}/hand-over", response_model=HandedOver)
@allow(reach=Reach.CASE, door=Door.API)
def hand_case_over(ref: Ref, body: NewCoordinator, change: VersionDep) -> Response:
    """Hand a case over to a colleague, or to somebody new, who is invited by mail."""
    if (body.person_id is None) is (body.email is None):
        raise UserError(
            zh="请写 person_id（在册的同事），或 name 和 email（新同事），二者取一。",
            en="give either person_id (a known colleague) or name and email (somebody new)",
            code="hand_over.one",
        )

    def work(conn: Connection) -> Answer:
        number = _handed_over(conn, ref, body, change)
        version = one_case(conn, ref, now=change.visit.now).version
        return Answer(HandedOver(person_id=number, version=version), version=version)

    return change.do(work)


def _handed_over(conn: Connection, ref: str, body: NewCoordinator, change: VersionDep) -> int:
    asked: dict[str, Any] = {
        "actor": change.visit.me.actor,
        "now": change.visit.now,
        "expect": change.expect,
    }
    if body.person_id is not None:
        hand_over(conn, ref, body.person_id, **asked)
        return body.person_id
    values = {"name": body.name or "", "email": body.email or "", "phone": body.phone or ""}
    return hand_over_to_new(conn, ref, values, **asked)


def _form(draft: Draft) -> Form:
    return Form.of(
        {
            "form": draft.form.key,
            "answers": draft.answers,
            "problems": [{"field": field, "text": text} for field, text in draft.problems],
            "missing": [{"field": field, "text": text} for field, text in draft.missing],
            "complete": draft.complete,
            "saved_at": draft.saved_at,
        }
    )
