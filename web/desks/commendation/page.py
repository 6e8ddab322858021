"""Whom to commend: the ranked list with how each place came about, adjusted by hand with reasons."""

from urllib.parse import quote

from fastapi import APIRouter
from starlette.responses import Response

from config.errors import UserError
from config.schedule import Role
from engine.commendation.adjusting import MOST_REASON, Wish, adjust
from engine.commendation.proposal import proposal_of, propose, signers
from engine.commendation.sheet import write_sheet
from engine.commendation.upward import upward_of
from engine.listing import Page
from web.access import allow
from web.desks.commendation.shown import LineShown, award_shown, chosen_award, signing_of
from web.desks.lists.paging import page_number, paging_of
from web.forms import Form, FormDep, empty_form
from web.reach import Reach
from web.visit import Visit, VisitDep

router = APIRouter()

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PER_PAGE = 50


@router.get("/notices/{notice}/commendation")
@allow(Role.ADMIN, reach=Reach.NOTICE)
def commendation_page(notice: str, visit: VisitDep) -> Response:
    """Show the list of one award as it stands."""
    return show_list(visit, notice, empty_form(visit))


@router.get("/notices/{notice}/commendation/sheet.docx")
@allow(Role.ADMIN, reach=Reach.NOTICE)
def sheet(notice: str, visit: VisitDep) -> Response:
    """Give the recommendation sheet as a Word file."""
    with visit.read() as conn:
        found = proposal_of(conn, notice, now=visit.now, store=visit.home.store)
        data = write_sheet(found, signers(conn, found), upward_of(conn, found.schedule))
    name = quote(visit.say("commendation.sheet_name", notice=notice))
    headers = {"content-disposition": f"attachment; filename*=utf-8''{name}"}
    return Response(data, media_type=DOCX, headers=headers)


@router.post("/notices/{notice}/commendation")
@allow(Role.ADMIN, reach=Reach.NOTICE)
def draw_up(notice: str, visit: VisitDep) -> Response:
    """Draw the list up."""
    with visit.write() as conn:
        propose(conn, notice, actor=visit.me.actor, now=visit.now, store=visit.home.store)
    return visit.see_other(f"/notices/{notice}/commendation", told="commendation.told_drawn_up")


@router.post("/notices/{notice}/commendation/adjust")
@allow(Role.ADMIN, reach=Reach.NOTICE)
def adjust_list(notice: str, visit: VisitDep, form: FormDep) -> Response:
    """Put a candidate on the list, take one off, or move one; what was typed stays where that cannot be."""
    award, key, act = form.text("award", most=20), form.text("key", most=80), form.text("act", most=20)
    reason = form.text("reason", required=True, most=MOST_REASON)
    wish = Wish(award=award, key=key, act=act, reason=reason, place=form.number("place"))
    if form.problems:
        return show_list(visit, notice, form)
    try:
        with visit.write() as conn:
            adjust(conn, notice, wish, actor=visit.me.actor, now=visit.now, store=visit.home.store)
    except UserError as error:
        form.note({"place" if error.code == "commend.place" else "reason": error.text})
        return show_list(visit, notice, form)
    where = f"/notices/{notice}/commendation?award={quote(award)}"
    return visit.see_other(where, told=f"commendation.told_{act}")


def show_list(visit: Visit, notice: str, form: Form) -> Response:
    """Show the list; what is wrong with a form is told where it was typed."""
    params = visit.request.query_params
    with visit.read() as conn:
        found = proposal_of(conn, notice, now=visit.now, store=visit.home.store)
        names = signers(conn, found)
    award = chosen_award(found, form.text("award") or params.get("award", ""))
    shown = award_shown(found, award, visit.lang) if award else None
    others = _part(shown.others if shown else (), page_number(params.get("page")))
    return visit.page(
        "commendation/page.html",
        status=422 if form.problems else 200,
        proposal=found,
        notice=found.schedule,
        shown=shown,
        others=others.items,
        paging=paging_of(others),
        signing=signing_of(found, names, visit.me),
        form=form,
    )


def _part(others: tuple[LineShown, ...], asked: int) -> Page[LineShown]:
    number = min(asked, max(-(-len(others) // _PER_PAGE), 1))
    items = others[(number - 1) * _PER_PAGE : number * _PER_PAGE]
    return Page(items=items, total=len(others), page=number, per_page=_PER_PAGE)
