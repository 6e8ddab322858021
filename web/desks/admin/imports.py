"""Sheets taken in: first what they would change or what is wrong with them, then the import."""

from functools import partial
from pathlib import Path
from typing import Any

from fastapi import APIRouter, HTTPException
from starlette.responses import Response

from config.errors import UserError
from config.schedule import Role
from engine.new_case import OpenNotice, notices_for
from engine.sheet_import import SheetKind, problems_in, take_in
from engine.sheets.problems import SheetRefused
from engine.sheets.templates import write_template
from engine.sheets_marked import write_marked
from engine.waiting_sheets import WaitingRoom, WaitingSheet
from web.access import allow
from web.desks.admin.import_changes import changes_of
from web.file_made import file_made
from web.forms import Form, FormDep, empty_form
from web.visit import Visit, VisitDep

router = APIRouter()

_LISTS = {SheetKind.UNIT: "/units", SheetKind.PERSON: "/people", SheetKind.ACTIVITY: "/cases"}
SHOWN = 200
"""So many rows and problems are shown; the sheet has them all."""


@router.get("/imports/{sheet}")
@allow(Role.ADMIN)
def upload_page(sheet: str, visit: VisitDep) -> Response:
    """Show how a sheet is imported, with its template and the field for the file."""
    return _upload_page(visit, _kind(sheet), empty_form(visit))


@router.get("/imports/{sheet}/template.xlsx")
@allow(Role.ADMIN)
def template(sheet: str, visit: VisitDep) -> Response:
    """Give the empty sheet to fill in."""
    kind = _kind(sheet)
    make = partial(write_template, kind=kind, lang=visit.lang)
    return file_made(visit, visit.say(f"imports.template_{kind}"), make)


@router.post("/imports/{sheet}")
@allow(Role.ADMIN, uploads=True)
def upload(sheet: str, visit: VisitDep, form: FormDep) -> Response:
    """Take a sheet in, and show what it would change; nothing is imported yet."""
    kind, given = _kind(sheet), form.file("file")
    if given is None:
        form.wrong("file", "imports.no_file")
        return _upload_page(visit, kind, form)
    room, notice = _room(visit), form.text("notice") or None
    try:
        token = room.take(given.file, kind=kind, name=given.filename or "", notice=notice, now=visit.now)
        _tried(visit, room, token)
    except UserError as error:
        form.note({"notice" if error.code == "import.notice" else "file": error.text})
        return _upload_page(visit, kind, form)
    return visit.see_other(f"/imports/{kind}/{token}")


@router.get("/imports/{sheet}/{token}")
@allow(Role.ADMIN)
def plan_page(sheet: str, token: str, visit: VisitDep) -> Response:
    """Show what a waiting sheet would change, or what is wrong with it."""
    kind, waiting = _kind(sheet), _room(visit).find(token, now=visit.now)
    if waiting is None:
        return _gone(visit, kind)
    shown: dict[str, Any] = {"kind": kind, "token": token, "name": waiting.name, "most": SHOWN}
    try:
        with visit.write(dry_run=True) as conn:
            saved = take_in(conn, waiting.order, actor=visit.me.actor, now=visit.now)
    except SheetRefused as error:
        return visit.page("imports/problems.html", status=422, problems=error.problems, **shown)
    changes = tuple(changes_of(saved, kind, visit.lang))
    return visit.page("imports/plan.html", saved=saved, changes=changes, back=_LISTS[kind], **shown)


@router.get("/imports/{sheet}/{token}/problems.xlsx")
@allow(Role.ADMIN)
def marked(sheet: str, token: str, visit: VisitDep) -> Response:
    """Give a refused sheet back with its problems marked."""
    kind, waiting = _kind(sheet), _room(visit).find(token, now=visit.now)
    if waiting is None:
        return _gone(visit, kind)
    problems = problems_in(visit.home.database, waiting.order, actor=visit.me.actor, now=visit.now)
    if not problems:
        return visit.see_other(f"/imports/{kind}/{token}")
    make = partial(write_marked, sheet=waiting.order.path, kind=kind, problems=problems, lang=visit.lang)
    name = visit.say("imports.marked_name", name=Path(waiting.name).stem)
    return file_made(visit, name, make)


@router.post("/imports/{sheet}/{token}")
@allow(Role.ADMIN)
def confirm(sheet: str, token: str, visit: VisitDep) -> Response:
    """Import a sheet that was looked at."""
    kind, room = _kind(sheet), _room(visit)
    waiting = room.find(token, now=visit.now)
    if waiting is None:
        return _gone(visit, kind)
    try:
        with visit.write() as conn:
            saved = take_in(conn, waiting.order, actor=visit.me.actor, now=visit.now)
    except SheetRefused:  # something has changed since it was looked at
        return visit.see_other(f"/imports/{kind}/{token}")
    room.drop(token)
    counts: dict[str, Any] = {
        "created": len(saved.created),
        "updated": len(saved.updated),
        "same": len(saved.unchanged),
    }
    return visit.see_other(_LISTS[kind], told="imports.done", **counts)


def _tried(visit: Visit, room: WaitingRoom, token: str) -> None:
    """Refuse a file that is no such sheet at once; one with wrong cells waits, to be given back marked."""
    waiting: WaitingSheet | None = room.find(token, now=visit.now)
    if waiting is None:
        return
    try:
        problems_in(visit.home.database, waiting.order, actor=visit.me.actor, now=visit.now)
    except UserError:
        room.drop(token)
        raise


def _kind(sheet: str) -> SheetKind:
    if sheet not in tuple(SheetKind):
        raise HTTPException(404)
    return SheetKind(sheet)


def _room(visit: Visit) -> WaitingRoom:
    return WaitingRoom(visit.home.path, visit.me.person_id)


def _gone(visit: Visit, kind: SheetKind) -> Response:
    return visit.see_other(f"/imports/{kind}", told="imports.gone", tone="soon")


def _upload_page(visit: Visit, kind: SheetKind, form: Form) -> Response:
    notices: tuple[OpenNotice, ...] = ()
    if kind is SheetKind.ACTIVITY:
        with visit.read() as conn:
            notices = notices_for(conn, visit.me.actor, now=visit.now)
    return visit.page(
        "imports/upload.html", status=422 if form.problems else 200, kind=kind, form=form, notices=notices
    )
