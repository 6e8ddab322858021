"""Rolling up a report: figures at a glance, who has not filed, which photos go along, the package."""

from pathlib import Path as File
from typing import Annotated

from fastapi import APIRouter, Path
from sqlalchemy import Connection
from starlette.responses import FileResponse, Response

from config.errors import UserError
from config.schedule import Role
from engine.do import StepsBlocked
from engine.official.home_sheets import sheets_of
from engine.rollup.giving import give
from engine.rollup.handing_in import hand_in, made_ready, package_name
from engine.rollup.links import choose_links, links_now
from engine.rollup.photos import choose_photos, photos_now, thumb_of
from engine.rollup.state import roll_up
from engine.rollup.subject import report_of
from web.access import allow
from web.desks.case.gathered import note_blockers
from web.desks.case.materials import attachment
from web.desks.case.rollup_shown import charts_of, photo_page
from web.desks.lists.paging import page_number
from web.file_made import file_written
from web.forms import Form, FormDep, empty_form
from web.reach import Reach
from web.visit import Visit, VisitDep

router = APIRouter()

_ROLES = (Role.COORDINATOR, Role.LEAD, Role.ADMIN)
_FOR_A_DAY = "private, max-age=86400"
Number = Annotated[int, Path(ge=1, le=2**53)]


@router.get("/cases/{ref}/rollup")
@allow(*_ROLES, reach=Reach.CASE, slow=True)
def rollup_page(ref: str, visit: VisitDep) -> Response:
    """Show what a report has to tell as things stand, or that it was handed in."""
    return _page(visit, ref)


@router.post("/cases/{ref}/rollup")
@allow(*_ROLES, reach=Reach.CASE, slow=True)
def submit(ref: str, visit: VisitDep, form: FormDep) -> Response:
    """Build the package, freeze it, and hand the report in with it."""
    reason = form.text("reason", most=2000)
    if form.problems:
        return _page(visit, ref, form=form, status=422)
    store, actor = visit.home.store, visit.me.actor
    try:
        with visit.read() as conn:
            subject = report_of(conn, ref, actor=actor)
            if not subject.open:
                return visit.see_other(f"/cases/{ref}/rollup", told="rollup.head_frozen", tone="soon")
            sheets = sheets_of(visit.home.path)
            materials = made_ready(conn, subject, now=visit.now, store=store, shelf=store, sheets=sheets)
        with visit.write() as conn:
            hand_in(conn, subject, materials, actor=actor, now=visit.now, reason=reason or None)
    except StepsBlocked as error:
        note_blockers(form, error.blocked[0].blockers)
        return _page(visit, ref, form=form, status=422)
    return visit.see_other(f"/cases/{ref}", told="rollup.submitted")


@router.get("/cases/{ref}/rollup/package")
@allow(*_ROLES, reach=Reach.CASE, slow=True)
def package_file(ref: str, visit: VisitDep) -> Response:
    """Give the package: as it would be now, or as it was handed in."""
    home = visit.home

    def write(conn: Connection, path: File) -> None:
        subject = report_of(conn, ref, actor=visit.me.actor)
        give(conn, subject, path, now=visit.now, store=home.store, sheets=sheets_of(home.path))

    name = package_name(ref)
    headers = {"content-disposition": attachment(name)}
    return file_written(visit, name, write, headers=headers)


@router.post("/cases/{ref}/rollup/photos")
@allow(*_ROLES, reach=Reach.CASE, slow=True)
def choose(ref: str, visit: VisitDep, form: FormDep) -> Response:
    """Keep which photos go along: of those shown the ticked ones, of the others those chosen before."""
    shown = {int(one) for one in form.many("shown") if _is_number(one)}
    ticked = {int(one) for one in form.many("photo") if _is_number(one)}
    actor = visit.me.actor
    try:
        with visit.read() as conn:
            subject = report_of(conn, ref, actor=actor)
            photos = photos_now(conn, subject, now=visit.now, store=visit.home.store)
        before = {one.item.id for one in photos if one.chosen}
        wanted = (before - shown) | (ticked & shown & {one.item.id for one in photos})
        with visit.write() as conn:
            choose_photos(conn, subject, photos, wanted, actor=actor, now=visit.now)
    except StepsBlocked as error:
        note_blockers(form, error.blocked[0].blockers)
        return _page(visit, ref, form=form, status=422)
    except UserError as error:
        if not error.code.startswith("rollup."):
            raise
        form.note({"photo": error.text})
        return _page(visit, ref, form=form, status=422)
    page = page_number(form.text("page"))
    back = f"/cases/{ref}/rollup?page={page}#photos"
    return visit.see_other(back, told="rollup.chosen", n=len(wanted))


@router.post("/cases/{ref}/rollup/links")
@allow(*_ROLES, reach=Reach.CASE, slow=True)
def choose_press(ref: str, visit: VisitDep, form: FormDep) -> Response:
    """Keep which links of the media the report names: the ticked ones."""
    ticked = {int(one) for one in form.many("link") if _is_number(one)}
    actor = visit.me.actor
    try:
        with visit.read() as conn:
            subject = report_of(conn, ref, actor=actor)
            links = links_now(conn, subject, now=visit.now, store=visit.home.store)
        known = ticked & {one.item.id for one in links}
        with visit.write() as conn:
            count = choose_links(conn, subject, links, known, actor=actor, now=visit.now)
    except UserError as error:
        if not error.code.startswith("rollup."):
            raise
        form.note({"link": error.text})
        return _page(visit, ref, form=form, status=422)
    return visit.see_other(f"/cases/{ref}/rollup#links", told="rollup.links_chosen", n=count)


@router.get("/cases/{ref}/rollup/photos/{material}")
@allow(*_ROLES, reach=Reach.CASE)
def photo_thumb(ref: str, material: Number, visit: VisitDep) -> Response:
    """Give the small picture of a photo that may go along."""
    with visit.read() as conn:
        subject = report_of(conn, ref, actor=visit.me.actor)
        place = thumb_of(conn, subject, material, visit.home.store)
    headers = {"content-security-policy": "sandbox; default-src 'none'", "cache-control": _FOR_A_DAY}
    return FileResponse(place, media_type="image/jpeg", headers=headers)


def _page(visit: Visit, ref: str, *, form: Form | None = None, status: int = 200) -> Response:
    with visit.read() as conn:
        found = roll_up(conn, ref, actor=visit.me.actor, now=visit.now, store=visit.home.store)
    return visit.page(
        "case/rollup.html",
        status=status,
        subject=found.subject,
        figures=found.figures,
        package=found.package,
        charts=charts_of(visit, found.figures) if found.figures else (),
        links=found.links,
        photos=photo_page(found.photos, page_number(visit.request.query_params.get("page"))),
        form=empty_form(visit) if form is None else form,
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 16
