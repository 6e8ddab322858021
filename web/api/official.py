"""Official sheets: listed, blank, filled from cases, taken in with unknown headings explained, marked."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from fastapi import Form, HTTPException, Query
from sqlalchemy import Connection
from starlette.responses import FileResponse, Response

from config.errors import UserError
from config.official import FileKind
from config.official import OfficialSheet as Sheet
from config.schedule import Role
from engine.case_filter import CaseFilter
from engine.official.choosing import form_of_case, sheet_of_list
from engine.official.filling import blank, fill
from engine.official.home_sheets import sheets_of
from engine.official.marking import write_marked_sheet
from engine.official.reading import Asked as ToRead
from engine.official.reading import Reading, read_official
from engine.official.rehearsing import problems_of
from engine.official.taking import take_in_sheet
from engine.sheet_import import require_open_notice
from web.access import Door, allow
from web.api.cases import Asked
from web.api.changing import Answer, ChangeDep, told
from web.api.files import NOTHING, Docs, given_as, kept
from web.api.models_official import FormKey, OfficialImport, OfficialSheets, Taken
from web.api.route import routes_of
from web.api.types import Ref
from web.file_made import DOCX, XLSX, ZIP, file_made, file_written
from web.reach import Reach
from web.typed import file_name
from web.visit import Visit, VisitDep

router = routes_of("official-sheets")

ENDINGS = (".xlsx", ".docx", ".zip")
MARKED: Docs = {**given_as(DOCX, XLSX, ZIP), **NOTHING}

Given = Annotated[OfficialImport, Form(media_type="multipart/form-data")]


class TableOut(Asked):
    """Which activities are given out, and onto which sheet; left out: the table of their notice."""

    sheet: FormKey | None = None


@router.get("/official-sheets", response_model=OfficialSheets)
@allow(door=Door.API)
def list_official_sheets(visit: VisitDep) -> Response:
    """List the official sheets, with every heading and what may stand under it."""
    found = list(sheets_of(visit.home.path).values())
    return told(OfficialSheets.of({"items": found, "next": None}))


@router.get("/official-sheets/{form_key}/blank", response_class=FileResponse, responses=given_as(DOCX, XLSX))
@allow(door=Door.API)
def read_blank_sheet(form_key: FormKey, visit: VisitDep) -> Response:
    """Download a blank sheet."""
    sheet = sheets_of(visit.home.path).get(form_key)
    if sheet is None:
        raise HTTPException(404)
    name = f"{sheet.name.in_(visit.lang)}.{sheet.file}"
    return file_made(visit, name, lambda path: blank(sheet, path, year=visit.now.year))


@router.get("/exports/official", response_class=FileResponse, responses=given_as(XLSX, ZIP))
@allow(door=Door.API, slow=True)
def export_official_sheet(visit: VisitDep, wanted: Annotated[TableOut, Query()]) -> Response:
    """Give the activities of a filter out on an official sheet: one table, or a .zip of documents."""
    asked = CaseFilter(actor=visit.me.actor, **wanted.asked())
    with visit.read() as conn:
        found = sheet_of_list(conn, asked, sheets_of(visit.home.path), key=wanted.sheet, now=visit.now)
    if found is None:
        raise _choose()
    ending = "xlsx" if found.sheet.file is FileKind.XLSX else "zip"
    return _filled(visit, found.sheet, found.refs, ending)


@router.get("/cases/{ref}/official-form", response_class=FileResponse, responses=given_as(DOCX))
@allow(reach=Reach.CASE, door=Door.API)
def read_official_form(ref: Ref, visit: VisitDep) -> Response:
    """Download the application form of an activity as its notice wants it, filled in."""
    with visit.read() as conn:
        sheet = form_of_case(conn, ref, sheets_of(visit.home.path), now=visit.now)
    if sheet is None:
        raise HTTPException(404)
    return _filled(visit, sheet, (ref,), "docx")


@router.post("/imports/official", response_model=Taken)
@allow(Role.ADMIN, door=Door.API, uploads=True)
def import_official_sheet(body: Given, change: ChangeDep) -> Response:
    """Take in an official sheet, all or nothing; 422 tells every wrong place or heading never seen."""
    visit = change.visit
    with kept(body.file, *ENDINGS) as path, TemporaryDirectory(prefix="duban-") as tried:
        reading = _read(visit, body, path)
        keep = Path(tried) if change.dry_run else visit.home.store

        def work(conn: Connection) -> Answer:
            return Answer(Taken.of(take_in_sheet(conn, reading, body.notice, keep=keep, **_hand(visit))))

        return change.do(work)


@router.post("/imports/official/marked", response_class=FileResponse, responses=MARKED)
@allow(Role.ADMIN, door=Door.API, uploads=True)
def mark_official_sheet(body: Given, visit: VisitDep) -> Response:
    """Give a file back with what is to be mended marked where it stands; nothing is taken in."""
    with kept(body.file, *ENDINGS) as path:
        reading = _read(visit, body, path)
        problems = problems_of(visit.home.database, reading, body.notice, **_hand(visit))
        if not problems:
            return Response(status_code=204)
        called = Path(file_name(body.file.filename or path.name)).stem
        name = visit.say("official.marked_name", name=f"{called}{path.suffix}")
        return file_made(
            visit, name, lambda to: write_marked_sheet(to, reading, path, problems, lang=visit.lang)
        )


def _read(visit: Visit, body: OfficialImport, path: Path) -> Reading:
    with visit.read() as conn:
        require_open_notice(conn, body.notice, actor=visit.me.actor, now=visit.now)
    return read_official(ToRead(path=path, meanings=body.meanings), sheets_of(visit.home.path))


def _choose() -> UserError:
    return UserError(
        zh="没有活动，或属于几个通知，或通知没有汇总表；请用 sheet 指明用哪张表，或用 notice 只选一个通知。",
        en="there are no activities, or they are of several notices, or theirs has no table;"
        " name one by sheet, or choose one notice",
        code="official.choose",
    )


def _hand(visit: Visit) -> dict[str, Any]:
    """Return who takes a file in, when, and where the forms are."""
    return {"actor": visit.me.actor, "now": visit.now, "store": visit.home.store}


def _filled(visit: Visit, sheet: Sheet, refs: tuple[str, ...], ending: str) -> Response:
    def write(conn: Connection, path: Path) -> None:
        fill(conn, sheet, refs, path, now=visit.now, store=visit.home.store)

    return file_written(visit, f"{sheet.name.in_(visit.lang)}.{ending}", write)
