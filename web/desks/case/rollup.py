"""Rolling up a report: figures at a glance, who has not filed, which photos go along, the package."""

from pathlib import Path as File
from shutil import rmtree
from tempfile import mkdtemp
from typing import Annotated, Any

from fastapi import APIRouter, Path
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from config.errors import UserError
from config.schedule import Role
from engine.do import StepsBlocked
from engine.official.home_sheets import sheets_of
from engine.rollup.figures import figures_of
from engine.rollup.frozen import frozen_package
from engine.rollup.gathering import gather
from engine.rollup.giving import give
from engine.rollup.handing_in import hand_in, shelve
from engine.rollup.package import built
from engine.rollup.photos import choose_photos, photos_of, thumb_of, wanted_photos
from engine.rollup.subject import Subject, report_of
from web.access import allow
from web.desks.case.gathered import note_blockers
from web.desks.case.materials import attachment
from web.desks.case.rollup_shown import chart, photo_page
from web.desks.lists.paging import page_number
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
            with built(conn, subject, now=visit.now, store=store, sheets=sheets) as package:
                materials = shelve(package, store=store)
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
    folder = _folder(visit)
    path = folder / f"{ref}.zip"
    try:
        with visit.read() as conn:
            subject = report_of(conn, ref, actor=visit.me.actor)
            sheets = sheets_of(visit.home.path)
            give(conn, subject, path, now=visit.now, store=visit.home.store, sheets=sheets)
    except BaseException:
        rmtree(folder, ignore_errors=True)
        raise
    gone = BackgroundTask(rmtree, folder, ignore_errors=True)
    headers = {"content-disposition": attachment(f"汇总包-{ref}.zip")}
    return FileResponse(path, media_type="application/zip", headers=headers, background=gone)


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
            gathered = gather(conn, subject, store=visit.home.store, now=visit.now)
            photos = photos_of(gathered.counted, wanted_photos(conn, subject))
        before = {one.item.id for one in photos if one.chosen}
        wanted = (before - shown) | (ticked & shown)
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
    return visit.see_other(back, told="rollup.chosen", n=len(wanted & {one.item.id for one in photos}))


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
        subject = report_of(conn, ref, actor=visit.me.actor)
        values = _due(conn, visit, subject) if subject.open else _handed_in(conn, visit, subject)
    shown = empty_form(visit) if form is None else form
    return visit.page("case/rollup.html", status=status, subject=subject, form=shown, **values)


def _due(conn: Any, visit: Visit, subject: Subject) -> dict[str, Any]:
    gathered = gather(conn, subject, store=visit.home.store, now=visit.now)
    figures = figures_of(gathered, now=visit.now)
    photos = photos_of(gathered.counted, wanted_photos(conn, subject))
    return {
        "figures": figures,
        "charts": [
            chart(visit, name, counts)
            for name, counts in (
                ("states", figures.states),
                ("kinds", figures.kinds),
                ("audiences", figures.audiences),
            )
            if counts
        ],
        "photos": photo_page(photos, page_number(visit.request.query_params.get("page"))),
        "package": None,
    }


def _handed_in(conn: Any, visit: Visit, subject: Subject) -> dict[str, Any]:
    try:
        package = frozen_package(conn, subject, store=visit.home.store)
    except UserError as error:
        if error.code != "rollup.none":
            raise
        package = None
    return {"figures": None, "package": package}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 16


def _folder(visit: Visit) -> File:
    parent = visit.home.path / "tmp"
    try:
        parent.mkdir(exist_ok=True, mode=0o700)
        return File(mkdtemp(prefix="rollup-", dir=parent))
    except OSError as error:
        raise UserError(
            zh=f"不能写汇总包：{error.strerror}。请管理员检查磁盘空间和目录权限。",
            en=f"the package cannot be written: {error.strerror}; have the disk and its rights checked",
            code="rollup.unwritable",
        ) from error
