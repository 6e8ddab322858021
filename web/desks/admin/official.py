"""Official sheets taken in on a page: what their headings mean, what they would change, then the import."""

from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.responses import Response

from config.errors import UserError
from config.schedule import Role
from engine.new_case import notices_for
from engine.official.home_sheets import broken_sheets, sheets_near, sheets_of
from engine.official.marking import write_marked_sheet
from engine.official.problems import OfficialRefused
from engine.official.reading import Asked, Reading, read_official
from engine.official.rehearsing import problems_of, rehearse_sheet
from engine.official.taking import take_in_sheet
from engine.sheet_import import SheetKind
from engine.waiting_sheets import WaitingRoom, WaitingSheet
from web.access import allow
from web.file_made import file_made
from web.forms import Form, FormDep, empty_form
from web.visit import Visit, VisitDep

router = APIRouter()

_HERE = "/imports/official"
SHOWN = 200
"""So many changes and problems are shown; the file has them all."""


@router.get("/imports/official")
@allow(Role.ADMIN)
def upload_page(visit: VisitDep) -> Response:
    """Show the field for the file, and the blanks there are."""
    return _upload_page(visit, empty_form(visit))


@router.post("/imports/official")
@allow(Role.ADMIN, uploads=True)
def upload(visit: VisitDep, form: FormDep) -> Response:
    """Take a file in and read it; nothing is imported yet."""
    given, notice = form.file("file"), form.text("notice")
    if given is None:
        form.wrong("file", "imports.no_file")
        return _upload_page(visit, form)
    room, name = _room(visit), given.filename or ""
    with visit.read() as conn:
        if notice not in {one.id for one in notices_for(conn, visit.me.actor, now=visit.now)}:
            form.wrong("notice", "form.required")
            return _upload_page(visit, form)
    try:
        token = room.take(given.file, kind=SheetKind.ACTIVITY, name=name, notice=notice, now=visit.now)
        waiting = room.find(token, now=visit.now)
        if waiting is not None:
            _read(visit, waiting)
    except UserError as error:
        form.note({"file": error.text})
        return _upload_page(visit, form)
    return visit.see_other(f"{_HERE}/{token}")


@router.post("/imports/official/{token}/headings")
@allow(Role.ADMIN)
def headings(token: str, visit: VisitDep, form: FormDep) -> Response:
    """Take over what a person says of headings never seen."""
    said = [("map", f"{name[2:]}={form.text(name, most=60)}") for name in form.data if name.startswith("h.")]
    return visit.see_other(f"{_HERE}/{token}?{urlencode(said)}")


@router.get("/imports/official/{token}")
@allow(Role.ADMIN)
def plan_page(token: str, visit: VisitDep) -> Response:
    """Show what a waiting file would change, what is wrong with it, or which headings are not known."""
    waiting = _room(visit).find(token, now=visit.now)
    if waiting is None:
        return _gone(visit)
    reading = _read(visit, waiting)
    shown: dict[str, Any] = {
        "name": waiting.name,
        "reading": reading,
        "most": SHOWN,
        "here": f"{_HERE}/{token}",
        "asked": visit.request.url.query,
    }
    if reading.guesses or reading.missing:
        return visit.page("imports/official_ask.html", **shown)
    try:
        taken = rehearse_sheet(visit.home.database, reading, str(waiting.order.notice), **_hand(visit))
    except OfficialRefused as error:
        return visit.page("imports/official_problems.html", status=422, problems=error.problems, **shown)
    return visit.page("imports/official_plan.html", taken=taken, saved=taken.saved, **shown)


@router.get("/imports/official/{token}/marked")
@allow(Role.ADMIN)
def marked(token: str, visit: VisitDep) -> Response:
    """Give a refused file back with its problems marked."""
    waiting = _room(visit).find(token, now=visit.now)
    if waiting is None:
        return _gone(visit)
    reading = _read(visit, waiting)
    problems = problems_of(visit.home.database, reading, str(waiting.order.notice), **_hand(visit))
    if not problems:
        return visit.see_other(f"{_HERE}/{token}?{visit.request.url.query}")
    given, name = waiting.order.path, visit.say("official.marked_name", name=waiting.name)
    return file_made(
        visit, name, lambda path: write_marked_sheet(path, reading, given, problems, lang=visit.lang)
    )


@router.post("/imports/official/{token}")
@allow(Role.ADMIN)
def confirm(token: str, visit: VisitDep) -> Response:
    """Import a file that was looked at."""
    room = _room(visit)
    waiting = room.find(token, now=visit.now)
    if waiting is None:
        return _gone(visit)
    try:
        reading, notice = _read(visit, waiting), str(waiting.order.notice)
        with visit.write() as conn:
            taken = take_in_sheet(conn, reading, notice, **_hand(visit))
    except OfficialRefused:  # something has changed since it was looked at
        return visit.see_other(f"{_HERE}/{token}?{visit.request.url.query}")
    room.drop(token)
    counts: dict[str, Any] = {
        "created": len(taken.saved.created),
        "updated": len(taken.saved.updated),
        "same": len(taken.saved.unchanged),
    }
    return visit.see_other("/cases", told="imports.done", **counts)


def _read(visit: Visit, waiting: WaitingSheet) -> Reading:
    said = (one.rpartition("=") for one in visit.request.query_params.getlist("map"))
    meanings = {heading[:200]: item[:60] for heading, mark, item in said if mark and heading}
    return read_official(Asked(path=waiting.order.path, meanings=meanings), sheets_of(visit.home.path))


def _hand(visit: Visit) -> dict[str, Any]:
    """Return who takes a file in, when, and where the forms are."""
    return {"actor": visit.me.actor, "now": visit.now, "store": visit.home.store}


def _room(visit: Visit) -> WaitingRoom:
    return WaitingRoom(visit.home.path, visit.me.person_id)


def _gone(visit: Visit) -> Response:
    return visit.see_other(_HERE, told="imports.gone", tone="soon")


def _upload_page(visit: Visit, form: Form) -> Response:
    with visit.read() as conn:
        notices = notices_for(conn, visit.me.actor, now=visit.now)
    mine, others = sheets_near(visit.home.path, visit.me.actor, [one.id for one in notices])
    shown = {"form": form, "notices": notices, "sheets": mine, "others": others}
    broken = [one.text for one in broken_sheets(visit.home.path)]
    status = 422 if form.problems else 200
    return visit.page("imports/official.html", status=status, broken=broken, **shown)
