"""Rolling up a report: what it tells, its files and photos, its package; handed in, it stays as it is."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar

from fastapi import Query
from sqlalchemy import Connection
from starlette.responses import FileResponse, Response

from config.schedule import Role
from engine.listing import Page
from engine.official.home_sheets import sheets_of
from engine.rollup.contents import opened
from engine.rollup.giving import give
from engine.rollup.handing_in import hand_in, made_ready, package_name
from engine.rollup.links import choose_links, links_now
from engine.rollup.photos import choose_photos, photos_now, thumb_of
from engine.rollup.state import roll_up
from engine.rollup.subject import Subject, report_of
from web.access import Door, allow
from web.api.changing import Answer, ChangeDep, VersionDep, require_version, told
from web.api.materials import FILE, store_of
from web.api.models_rollup import (
    Chosen,
    ChosenLinks,
    HandedIn,
    Links,
    NewChoice,
    NewHandIn,
    NewLinks,
    PackageFiles,
    Photos,
    RollUpTold,
)
from web.api.paging import Pages, part_of
from web.api.route import routes_of
from web.api.types import Id, Line, ReportRef
from web.file_made import file_written
from web.reach import Reach
from web.visit import Visit, VisitDep

router = routes_of("roll-ups")

Thing = TypeVar("Thing")  # a photo or a link

_ROLES = (Role.COORDINATOR, Role.LEAD, Role.ADMIN)
Name = Annotated[Line, Query(description="As the index has it.", examples=["总结报告.docx"])]


@router.get("/cases/{ref}/rollup", response_model=RollUpTold)
@allow(*_ROLES, reach=Reach.CASE, door=Door.API, slow=True)
def read_rollup(ref: ReportRef, visit: VisitDep) -> Response:
    """Show what a report has to tell as things stand and who has filed, or what it was handed in with."""
    with visit.read() as conn:
        found = roll_up(conn, ref, actor=visit.me.actor, now=visit.now, store=visit.home.store)
    return told(RollUpTold.of(found), version=found.subject.version)


@router.get("/cases/{ref}/rollup/package", response_class=FileResponse, responses=FILE)
@allow(*_ROLES, reach=Reach.CASE, door=Door.API, slow=True)
def read_package(ref: ReportRef, visit: VisitDep) -> Response:
    """Download the package: made anew while the report is due, then as it was handed in."""

    def write(conn: Connection, path: Path) -> None:
        give(conn, report_of(conn, ref, actor=visit.me.actor), path, **_here(visit))

    return file_written(visit, package_name(ref), write)


@router.get("/cases/{ref}/rollup/files", response_model=PackageFiles)
@allow(*_ROLES, reach=Reach.CASE, door=Door.API, slow=True)
def list_package_files(ref: ReportRef, visit: VisitDep) -> Response:
    """List every file of the package with its hash, and what could not go along."""
    with visit.read() as conn:
        subject = report_of(conn, ref, actor=visit.me.actor)
        with opened(conn, subject, **_here(visit)) as found:
            body = {"items": found.parts, "next": None, "frozen": found.frozen, "left": found.left}
    return told(PackageFiles.of(body))


@router.get("/cases/{ref}/rollup/file", response_class=FileResponse, responses=FILE)
@allow(*_ROLES, reach=Reach.CASE, door=Door.API, slow=True)
def read_package_file(ref: ReportRef, name: Name, visit: VisitDep) -> Response:
    """Download one file of the package."""

    def write(conn: Connection, path: Path) -> None:
        with opened(conn, report_of(conn, ref, actor=visit.me.actor), **_here(visit)) as found:
            found.write(name, path)

    return file_written(visit, name.rpartition("/")[2], write)


@router.get("/cases/{ref}/rollup/photos", response_model=Photos)
@allow(*_ROLES, reach=Reach.CASE, door=Door.API, slow=True)
def list_photos(ref: ReportRef, visit: VisitDep, wanted: Annotated[Pages, Query()]) -> Response:
    """List the photos of the activities, and which of them go along."""
    _, photos = _found(visit, ref, photos_now)
    return told(Photos.of(part_of(_page(photos, wanted))))


@router.put("/cases/{ref}/rollup/photos", response_model=Chosen)
@allow(*_ROLES, reach=Reach.CASE, door=Door.API, slow=True)
def choose_rollup_photos(ref: ReportRef, body: NewChoice, change: ChangeDep) -> Response:
    """Say which photos go along; all others do not."""
    visit, ids = change.visit, set(body.photos)
    subject, photos = _found(visit, ref, photos_now)

    def work(conn: Connection) -> Answer:
        choose_photos(conn, subject, photos, ids, actor=visit.me.actor, now=visit.now)
        return Answer(Chosen(photos=sorted(ids)))

    return change.do(work)


@router.get("/cases/{ref}/rollup/photos/{material}", response_class=FileResponse, responses=FILE)
@allow(*_ROLES, reach=Reach.CASE, door=Door.API)
def read_rollup_thumb(ref: ReportRef, material: Id, visit: VisitDep) -> Response:
    """Download the small form of a photo that may go along."""
    with visit.read() as conn:
        subject = report_of(conn, ref, actor=visit.me.actor)
        path = thumb_of(conn, subject, material, visit.home.store)
    return FileResponse(path, media_type="image/jpeg", filename=f"{material}.jpg")


@router.get("/cases/{ref}/rollup/links", response_model=Links)
@allow(*_ROLES, reach=Reach.CASE, door=Door.API, slow=True)
def list_rollup_links(ref: ReportRef, visit: VisitDep, wanted: Annotated[Pages, Query()]) -> Response:
    """List the links of the media, and which of them the report names."""
    _, links = _found(visit, ref, links_now)
    return told(Links.of(part_of(_page(links, wanted))))


@router.put("/cases/{ref}/rollup/links", response_model=ChosenLinks)
@allow(*_ROLES, reach=Reach.CASE, door=Door.API, slow=True)
def choose_rollup_links(ref: ReportRef, body: NewLinks, change: ChangeDep) -> Response:
    """Say which links the report names; it names no others."""
    visit, ids = change.visit, set(body.links)
    subject, links = _found(visit, ref, links_now)

    def work(conn: Connection) -> Answer:
        choose_links(conn, subject, links, ids, actor=visit.me.actor, now=visit.now)
        return Answer(ChosenLinks(links=sorted(ids)))

    return change.do(work)


@router.post("/cases/{ref}/rollup/hand-in", response_model=HandedIn)
@allow(*_ROLES, reach=Reach.CASE, door=Door.API, slow=True)
def hand_rollup_in(ref: ReportRef, body: NewHandIn, change: VersionDep) -> Response:
    """Make the package, freeze it with its hash in the history, and hand the report in with it."""
    visit, actor = change.visit, change.visit.me.actor
    with store_of(change) as shelf:
        with visit.read() as conn:
            subject = report_of(conn, ref, actor=actor)
            materials = made_ready(conn, subject, shelf=shelf, **_here(visit))

        def work(conn: Connection) -> Answer:
            require_version(change, subject.version)
            done = hand_in(conn, subject, materials, actor=actor, now=visit.now, reason=body.reason)
            package = {name: getattr(materials[0], name) for name in ("name", "sha256", "size")}
            step = {name: getattr(done, name) for name in ("ref", "source", "dest", "version")}
            return Answer(HandedIn.of(step | package), version=done.version)

        return change.do(work)


def _found(
    visit: Visit, ref: str, things_now: Callable[..., tuple[Thing, ...]]
) -> tuple[Subject, tuple[Thing, ...]]:
    """Return a report, and what of one sort may go along with it as things stand."""
    with visit.read() as conn:
        subject = report_of(conn, ref, actor=visit.me.actor)
        return subject, things_now(conn, subject, now=visit.now, store=visit.home.store)


def _page(found: Sequence[Any], wanted: Pages) -> Page[Any]:
    start = (wanted.page - 1) * wanted.limit
    items = tuple(found[start : start + wanted.limit])
    return Page(items=items, total=len(found), page=wanted.page, per_page=wanted.limit)


def _here(visit: Visit) -> dict[str, Any]:
    """Return what a package is made with."""
    home = visit.home
    return {"now": visit.now, "store": home.store, "sheets": sheets_of(home.path)}
