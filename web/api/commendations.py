"""Commendations to look at: the ranked list, how each place came about, the sheet, who is told."""

from typing import Annotated
from urllib.parse import quote

from fastapi import HTTPException, Query
from sqlalchemy import Connection
from starlette.responses import Response

from config.criteria import Award
from config.schedule import Role
from engine.commendation.proposal import Proposal, proposal_of, signers
from engine.commendation.sheet import write_sheet
from engine.commendation.told import told_readers
from engine.commendation.upward import upward_of
from engine.items import Reader
from engine.mail_look import look_of
from notifications.render import Templates
from web.access import Door, allow
from web.api.changing import told
from web.api.commendation_told import candidate_told, commendation_told, mail_told
from web.api.files import given_as
from web.api.models_commendation import Candidates, Commendation, CommendationMails
from web.api.models_template import Rendered
from web.api.paging import Pages, page_of, part_of
from web.api.route import routes_of
from web.api.season import base_url
from web.api.types import Address, NoticeId
from web.file_made import DOCX
from web.reach import Reach
from web.visit import Visit, VisitDep

router = routes_of("commendations")


class OfAward(Pages):
    """Which candidates are asked for."""

    award: Award


@router.get("/notices/{notice}/commendation", response_model=Commendation)
@allow(Role.ADMIN, reach=Reach.NOTICE, door=Door.API)
def read_commendation(notice: NoticeId, visit: VisitDep) -> Response:
    """Show whom a notice would commend as things are, or commends, and who has signed; nothing is changed."""
    with visit.read() as conn:
        return told(Commendation.of(commendation_told(conn, _proposal(conn, notice, visit))))


@router.get("/notices/{notice}/commendation/candidates", response_model=Candidates)
@allow(Role.ADMIN, reach=Reach.NOTICE, door=Door.API)
def list_candidates(notice: NoticeId, visit: VisitDep, wanted: Annotated[OfAward, Query()]) -> Response:
    """List the candidates of an award by rank, each with its points and how they came about."""
    with visit.read() as conn:
        found = _proposal(conn, notice, visit)
    award = found.listed.award(wanted.award)
    lines = page_of(award.lines if award else (), wanted)
    part = part_of(lines)
    items = [candidate_told(one, found.schedule.region) for one in lines.items]
    return told(Candidates.of(part | {"items": items}))


@router.get("/notices/{notice}/commendation/sheet", response_class=Response, responses=given_as(DOCX))
@allow(Role.ADMIN, reach=Reach.NOTICE, door=Door.API)
def read_recommendation_sheet(notice: NoticeId, visit: VisitDep) -> Response:
    """Download the recommendation sheet as a Word file; one that is not decided yet says so."""
    with visit.read() as conn:
        found = _proposal(conn, notice, visit)
        data = write_sheet(found, signers(conn, found), upward_of(conn, found.schedule))
    name = quote(visit.say("commendation.sheet_name", notice=notice))
    headers = {"content-disposition": f"attachment; filename*=utf-8''{name}"}
    return Response(data, media_type=DOCX, headers=headers)


@router.get("/notices/{notice}/commendation/mails", response_model=CommendationMails)
@allow(Role.ADMIN, reach=Reach.NOTICE, door=Door.API)
def list_commendation_mails(notice: NoticeId, visit: VisitDep, wanted: Annotated[Pages, Query()]) -> Response:
    """List who would be told once the list is approved, and from then on who was told."""
    with visit.read() as conn:
        found = told_readers(conn, _proposal(conn, notice, visit), _reader(visit))
    part = part_of(page_of(found, wanted))
    return told(CommendationMails.of(part | {"items": [mail_told(one) for one in part["items"]]}))


@router.get("/notices/{notice}/commendation/mail", response_model=Rendered)
@allow(Role.ADMIN, reach=Reach.NOTICE, door=Door.API)
def read_commendation_mail(notice: NoticeId, to: Address, visit: VisitDep) -> Response:
    """Show the mail of a list to one address as it will be read."""
    reader = _reader(visit)
    with visit.read() as conn:
        mails = told_readers(conn, _proposal(conn, notice, visit), reader)
        one = next((one.letter for one in mails if one.letter.to.email == to), None)
        if one is None:
            raise HTTPException(404)
        return told(Rendered.of(look_of(conn, one, Templates(), base_url=reader.base_url)))


def _proposal(conn: Connection, notice: str, visit: Visit) -> Proposal:
    return proposal_of(conn, notice, now=visit.now, store=visit.home.store)


def _reader(visit: Visit) -> Reader:
    return Reader(now=visit.now, base_url=base_url(visit))
