"""Official sheets to download: the application form of one case, the table of a list, blanks."""

from pathlib import Path

from fastapi import APIRouter, HTTPException
from sqlalchemy import Connection
from starlette.responses import Response

from config.official import OfficialSheet
from engine.official.choosing import form_of_case, sheet_of_list
from engine.official.filling import blank, fill
from engine.official.home_sheets import sheets_of
from engine.official.records import Cases
from web.access import allow
from web.desks.lists.case_query import read_query
from web.file_made import file_made, file_written
from web.reach import Reach
from web.visit import Visit, VisitDep

router = APIRouter()


@router.get("/cases/official.xlsx")
@allow(slow=True)
def official_table(visit: VisitDep) -> Response:
    """Give the activities of a list as the table that their notice asks for."""
    wanted = read_query(visit.request.query_params.multi_items()).wanted(visit.me.actor)
    with visit.read() as conn:
        found = sheet_of_list(conn, wanted, sheets_of(visit.home.path), now=visit.now)
    if found is None:
        return visit.see_other("/cases", told="official.none", tone="soon")
    return _answer(visit, found.sheet, found.refs, f"{found.sheet.name.in_(visit.lang)}.xlsx")


@router.get("/cases/{ref}/official.docx")
@allow(reach=Reach.CASE)
def official_form(ref: str, visit: VisitDep) -> Response:
    """Give the application form of one activity, filled in."""
    with visit.read() as conn:
        form = form_of_case(conn, ref, sheets_of(visit.home.path), now=visit.now)
    if form is None:
        return visit.see_other(f"/cases/{ref}", told="official.none", tone="soon")
    return _answer(visit, form, [ref], f"{ref}.docx")


@router.get("/official/{form_key}/blank")
@allow()
def blank_sheet(form_key: str, visit: VisitDep) -> Response:
    """Give a blank sheet."""
    sheet = sheets_of(visit.home.path).get(form_key)
    if sheet is None:
        raise HTTPException(404)
    name = f"{sheet.name.in_(visit.lang)}.{sheet.file}"
    return file_made(visit, name, lambda path: blank(sheet, path, year=visit.now.year))


def _answer(visit: Visit, sheet: OfficialSheet, cases: Cases, name: str) -> Response:
    def write(conn: Connection, path: Path) -> None:
        fill(conn, sheet, cases, path, now=visit.now, store=visit.home.store)

    return file_written(visit, name, write)
