"""What is handed in for a case: files and links, one by one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from fastapi import Form, Query, UploadFile
from sqlalchemy import Connection
from starlette.responses import FileResponse, Response

from config.errors import UserError
from engine.do import Order, do
from engine.forms.drafts import require_open
from engine.material_rows import Material
from engine.uploads.links import take_link
from engine.uploads.shelf import Opened, held, open_material, open_thumb
from engine.uploads.taking import take_upload
from web.access import Door, allow
from web.api.changing import Answer, Change, VersionDep, told
from web.api.models import Given
from web.api.models_case import Moved
from web.api.models_material import Materials
from web.api.route import routes_of
from web.api.types import Id, Link, Ref, Text, Word
from web.reach import Reach
from web.visit import VisitDep

router = routes_of("materials")


class NewMaterial(Given):
    """One file, or one link."""

    kind: Word
    file: UploadFile | None = None
    url: Link | None = None


Handed = Annotated[NewMaterial, Form(media_type="multipart/form-data")]


FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}
}


@router.get("/cases/{ref}/materials", response_model=Materials)
@allow(reach=Reach.CASE, door=Door.API)
def list_materials(ref: Ref, visit: VisitDep, removed: bool = False) -> Response:
    """List what was handed in for a case; with ``removed`` also what was taken away."""
    with visit.read() as conn:
        found = held(conn, ref, visit.home.store, with_removed=removed)
    return told(Materials.of({"items": found, "next": None}))


@router.post("/cases/{ref}/materials", response_model=Moved)
@allow(reach=Reach.CASE, door=Door.API, uploads=True)
def add_material(ref: Ref, body: Handed, change: VersionDep) -> Response:
    """Hand in one file or one link for a case."""
    visit = change.visit
    with visit.read() as conn:
        require_open(conn, ref, actor=visit.me.actor, now=visit.now)
    with store_of(change) as store:
        order = Order(
            trigger="attach",
            refs=(ref,),
            actor=visit.me.actor,
            materials=(_taken(body, store=store),),
            expect={} if change.expect is None else {ref: change.expect},
        )
        return change.do(lambda conn: _moved(conn, order, change))


@router.get("/cases/{ref}/materials/{material}", response_class=FileResponse, responses=FILE)
@allow(reach=Reach.CASE, door=Door.API)
def read_material(ref: Ref, material: Id, visit: VisitDep) -> Response:
    """Download one file that was handed in."""
    with visit.read() as conn:
        return _file(open_material(conn, ref, material, visit.home.store))


@router.get("/cases/{ref}/materials/{material}/thumb", response_class=FileResponse, responses=FILE)
@allow(reach=Reach.CASE, door=Door.API)
def read_thumb(ref: Ref, material: Id, visit: VisitDep) -> Response:
    """Download the small form of a picture."""
    with visit.read() as conn:
        return _file(open_thumb(conn, ref, material, visit.home.store))


@router.delete("/cases/{ref}/materials/{material}", response_model=Moved)
@allow(reach=Reach.CASE, door=Door.API)
def remove_material(ref: Ref, material: Id, reason: Annotated[Text, Query()], change: VersionDep) -> Response:
    """Take one material away; with a reason; history keeps it."""
    order = Order(
        trigger="detach",
        refs=(ref,),
        actor=change.visit.me.actor,
        reason=reason,
        removed=(material,),
        expect={} if change.expect is None else {ref: change.expect},
    )
    return change.do(lambda conn: _moved(conn, order, change))


def _moved(conn: Connection, order: Order, change: Change) -> Answer:
    [done] = do(conn, order, now=change.visit.now).done
    return Answer(Moved.of(done), version=done.version)


def _taken(body: NewMaterial, *, store: Path) -> Material:
    if (body.file is None) is (body.url is None):
        raise UserError(
            zh="请交一个文件（file）或一个链接（url），二者取一。",
            en="hand in either a file (file) or a link (url)",
            code="material.one",
        )
    if body.file is None:
        return take_link(body.kind, body.url or "")
    return take_upload(body.file.file, name=body.file.filename or "", kind=body.kind, store=store)


@contextmanager
def store_of(change: Change) -> Iterator[Path]:
    """Give the place where files are kept; for a dry run one that is gone afterwards."""
    if not change.dry_run:
        yield change.visit.home.store
        return
    with TemporaryDirectory() as folder:
        yield Path(folder)


def _file(opened: Opened) -> Response:
    return FileResponse(opened.path, media_type=opened.media_type, filename=opened.name)
