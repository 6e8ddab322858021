"""Reminders to come: when, to how many, about what; and each mail as it will look. Nothing is sent here."""

from collections.abc import Sequence
from datetime import datetime

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.responses import Response

from config.schedule import Role
from engine.case_choices import NoticeChoice, notice_choices
from engine.coming_mails import coming_mails, letter_then
from notifications.letter import Letter
from web.access import allow
from web.desks.admin.mails_look import base_url, look
from web.desks.admin.reminders_query import DAYS, by_day, by_person, part_of, query_of
from web.desks.admin.reminders_words import rung_said
from web.desks.auditor.asked import number_of
from web.desks.lists.paging import page_number
from web.desks.lists.recent import recent_of
from web.visit import Visit, VisitDep

router = APIRouter()


@router.get("/reminders")
@allow(Role.ADMIN, Role.LEAD)
def reminders_page(visit: VisitDep) -> Response:
    """Show what will be sent in the coming days, by day or by person."""
    with visit.read() as conn:
        notices = notices_in_force(conn, visit)
    query = query_of(visit, notices)
    sends = coming_mails(visit.home.database, query.asked(visit), recent=recent_of(visit.office))
    people, pager = part_of(by_person(sends), page_number(visit.request.query_params.get("page")))
    return visit.page(
        "reminders/page.html",
        query=query,
        notices=notices,
        choices=DAYS,
        sends=sends,
        days=by_day(sends, visit),
        people=people,
        pager=pager,
        rung_said=rung_said,
    )


@router.get("/reminders/mail")
@allow(Role.ADMIN, Role.LEAD)
def coming_mail_page(visit: VisitDep) -> Response:
    """Show a mail that is to come, as it would look if it left as things are now."""
    letter = _letter(visit)
    if letter is None:
        return visit.see_other("/reminders", told="reminders.no_mail", tone="soon")
    with visit.read() as conn:
        seen = look(visit, conn, letter)
    params = visit.request.query_params
    asked = {"at": params["at"], "person": params["person"]}
    return visit.page("reminders/mail.html", letter=letter, look=seen, asked=asked)


@router.get("/reminders/mail/body")
@allow(Role.ADMIN, Role.LEAD)
def coming_mail_body(visit: VisitDep) -> Response:
    """Show nothing but the mail, for a frame."""
    letter = _letter(visit)
    if letter is None:
        return visit.mail(visit.say("reminders.no_mail"))
    with visit.read() as conn:
        return visit.mail(look(visit, conn, letter).html)


def notices_in_force(conn: Connection, visit: Visit) -> Sequence[NoticeChoice]:
    """Return the notices in force that concern the viewer."""
    return tuple(one for one in notice_choices(conn, visit.me.actor) if one.in_force)


def _letter(visit: Visit) -> Letter | None:
    params = visit.request.query_params
    at, person = _instant(params.get("at", "")), number_of(params.get("person", ""))
    if at is None or person is None:
        return None
    actor, now, url = visit.me.actor, visit.now, base_url(visit)
    return letter_then(visit.home.database, person, at, actor=actor, now=now, base_url=url)


def _instant(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo is not None else None
