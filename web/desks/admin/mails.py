"""The outbox: what waits, what left, what needs a person; and one mail as it looks, with its history."""

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.responses import Response

from config.schedule import Role
from engine.mail_actions import batches
from engine.mailbox import letter_shown
from engine.mails_view import Box, MailFilter, box_counts, count_doubted, mail_file, mails_in
from engine.template_names import KINDS
from web.access import allow
from web.desks.admin.mails_look import look, reader_of
from web.desks.auditor.asked import asked, number_of, one_of
from web.desks.lists.paging import page_number, paging_of
from web.forms import Form
from web.reach import Reach
from web.visit import VisitDep

router = APIRouter()

_URGENT = (Box.DRAFT, Box.DOUBTFUL, Box.DEAD)
_LONGEST = 100
_PER_PAGE = 25


@router.get("/mails")
@allow(Role.ADMIN, Role.LEAD)
def outbox_page(visit: VisitDep) -> Response:
    """Show one box of the outbox; without a choice the first that needs a person."""
    form, actor = asked(visit), visit.me.actor
    with visit.read() as conn:
        counts = box_counts(conn, actor)
        wanted = _wanted(form, counts)
        page = page_number(form.text("page"))
        mails = mails_in(conn, actor, wanted, now=visit.now, page=page, per_page=_PER_PAGE)
        waiting = batches(conn, actor) if wanted.box is Box.DRAFT else ()
        doubted = count_doubted(conn, actor) if wanted.box is Box.DOUBTFUL else 0
    return visit.page(
        "mails/list.html",
        mails=mails,
        pager=paging_of(mails),
        counts=counts,
        wanted=wanted,
        batches=waiting,
        doubted=doubted,
        kinds=KINDS,
    )


@router.get("/mails/{mail}")
@allow(reach=Reach.MAIL)
def mail_page(mail: int, visit: VisitDep) -> Response:
    """Show one mail: as it looks, where it stands, its history, and what can be done."""
    with visit.read() as conn:
        file = mail_file(conn, mail, actor=visit.me.actor, now=visit.now, local=visit.office.zone)
        letter = letter_shown(conn, mail, reader_of(visit))
        seen = look(visit, conn, letter) if letter else None
    return visit.page("mails/page.html", file=file, mail=file.line, look=seen, kinds=KINDS)


@router.get("/mails/{mail}/body")
@allow(reach=Reach.MAIL)
def mail_body(mail: int, visit: VisitDep) -> Response:
    """Show nothing but the mail, for a frame."""
    with visit.read() as conn:
        letter = letter_shown(conn, mail, reader_of(visit))
        return visit.mail(look(visit, conn, letter).html if letter else visit.say("mails.nothing_left"))


def _wanted(form: Form, counts: Mapping[Box, int]) -> MailFilter:
    """Return which mails are asked for; without a box those that need a person, else what was sent."""
    first = next((box for box in _URGENT if counts[box]), Box.SENT)
    return MailFilter(
        box=one_of(Box, form.text("box")) or first,
        text=form.text("q", most=_LONGEST),
        person=number_of(form.text("person")),
        doubted=form.checked("doubted"),
    )
