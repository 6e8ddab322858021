"""Sheets: taken in whole or not at all, and given out."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

from fastapi import Form, Query, UploadFile
from pydantic import Field
from sqlalchemy import Connection
from starlette.responses import FileResponse, Response

from config.schedule import Role
from engine.audit.export import export_changes
from engine.case_export import export_cases
from engine.case_filter import CaseFilter
from engine.export import Format
from engine.sheet_import import SheetKind, SheetOrder, problems_in, take_in
from engine.sheets.templates import write_template
from engine.sheets_marked import write_marked
from engine.uploads.naming import shown_name
from web.access import Door, allow
from web.api.cases import Asked
from web.api.changing import Answer, ChangeDep
from web.api.files import NOTHING, given_as, kept
from web.api.history import ChangesAsked
from web.api.models import Given, Told
from web.api.route import routes_of
from web.api.types import NoticeId
from web.file_made import TYPES, XLSX, file_made, file_written
from web.visit import VisitDep

router = routes_of("sheets")


class Import(Given):
    """A sheet (.xlsx or .csv) to be taken in; activities say for which notice."""

    kind: SheetKind
    notice: NoticeId | None = None
    file: UploadFile


class Saved(Told):
    """What became of a sheet: units by name, people by address, activities by number."""

    created: list[str] = Field(examples=[["QZ-2023-0042"]])
    updated: list[str] = Field(examples=[[]])
    unchanged: list[str] = Field(examples=[[]])


class SheetFormat(StrEnum):
    """How a list is written to a file."""

    XLSX = "xlsx"
    CSV = "csv"


class CasesOut(Asked):
    """Which cases are given out, and how."""

    format: SheetFormat = SheetFormat.XLSX


class HistoryOut(ChangesAsked):
    """Which changes are given out, and how."""

    format: Format = Format.JSONL


Sheet = Annotated[Import, Form(media_type="multipart/form-data")]


@router.post("/imports", response_model=Saved)
@allow(Role.ADMIN, door=Door.API, uploads=True)
def import_sheet(body: Sheet, change: ChangeDep) -> Response:
    """Take in a sheet of units, people or activities; 422 tells every cell that is wrong."""
    visit = change.visit
    with kept(body.file, ".xlsx", ".csv") as path:
        order = SheetOrder(kind=body.kind, path=path, notice=body.notice)

        def work(conn: Connection) -> Answer:
            return Answer(Saved.of(take_in(conn, order, actor=visit.me.actor, now=visit.now)))

        return change.do(work)


@router.post("/imports/marked", response_class=FileResponse, responses={**given_as(XLSX), **NOTHING})
@allow(Role.ADMIN, door=Door.API, uploads=True)
def mark_sheet(body: Sheet, visit: VisitDep) -> Response:
    """Give a sheet back with its wrong cells marked, and what is to be mended; nothing is taken in."""
    with kept(body.file, ".xlsx", ".csv") as path:
        order = SheetOrder(kind=body.kind, path=path, notice=body.notice)
        problems = problems_in(visit.home.database, order, actor=visit.me.actor, now=visit.now)
        if not problems:
            return Response(status_code=204)
        own = Path(shown_name(body.file.filename or "")).stem
        name = visit.say("imports.marked_name", name=own or str(body.kind))
        return file_made(visit, name, lambda to: write_marked(to, path, body.kind, problems, lang=visit.lang))


@router.get("/imports/{sheet}/template", response_class=FileResponse, responses=given_as(XLSX))
@allow(Role.ADMIN, door=Door.API)
def read_import_template(sheet: SheetKind, visit: VisitDep) -> Response:
    """Download the empty sheet of units, people or activities, with the headings that an import knows."""
    name = visit.say(f"imports.template_{sheet}")
    return file_made(visit, name, lambda path: write_template(path, sheet, lang=visit.lang))


@router.get("/exports/cases", response_class=FileResponse, responses=given_as(XLSX, TYPES[".csv"]))
@allow(door=Door.API, slow=True)
def export_case_list(visit: VisitDep, wanted: Annotated[CasesOut, Query()]) -> Response:
    """Give the cases of a filter out as a sheet."""
    asked = CaseFilter(actor=visit.me.actor, **wanted.asked())

    def write(conn: Connection, path: Path) -> None:
        export_cases(conn, asked, path, now=visit.now, lang=visit.lang)

    return file_written(visit, f"cases.{wanted.format}", write)


@router.get(
    "/exports/history",
    response_class=FileResponse,
    responses=given_as(TYPES[".csv"], TYPES[".jsonl"], TYPES[".xes"]),
)
@allow(Role.AUDITOR, Role.ADMIN, door=Door.API, slow=True)
def export_history_rows(visit: VisitDep, wanted: Annotated[HistoryOut, Query()]) -> Response:
    """Give changes out as CSV, JSON Lines or XES; Duban-Root is the root of the whole history."""
    roots: list[str] = []

    def write(conn: Connection, path: Path) -> None:
        found = wanted.filter()
        roots.append(export_changes(conn, visit.me.actor, found, path, format=wanted.format))

    answer = file_written(visit, f"history.{wanted.format}", write)
    answer.headers["duban-root"] = roots[0]
    return answer
