"""Materials of a case: handed in, taken away, opened, and seen small."""

from hashlib import sha256
from pathlib import Path as File
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Path
from starlette.responses import FileResponse, Response

from config.errors import UserError
from engine.do import Order, StepsBlocked, do
from engine.forms.filled import form_of_material
from engine.material_rows import Material
from engine.uploads.shelf import held, open_material, open_thumb
from web.access import allow
from web.desks.case.gathered import is_stale, materials_of, note_blockers, version_seen
from web.desks.case.page import show_case, show_work
from web.desks.case.sheet import file_of, known
from web.forms import Form, FormDep
from web.reach import Reach
from web.visit import Visit, VisitDep

router = APIRouter()

Number = Annotated[int, Path(ge=1, le=2**53)]
_ALONE = "sandbox; default-src 'none'"
_FOR_EVER = "private, max-age=31536000, immutable"


@router.post("/cases/{ref}/materials")
@allow(reach=Reach.CASE, uploads=True)
def hand_in(ref: str, visit: VisitDep, form: FormDep) -> Response:
    """Add files and links to a case; with script the page's parts change in place."""
    given = materials_of(visit, ref, form, files_only=form.checked("files_only"))
    if given and not form.problems:
        _attach(visit, ref, form, given)
    if visit.is_htmx:
        kept = visit.say("case.kept", n=len(given)) if given and not form.problems else ""
        return show_work(visit, ref, form=form, kept=kept)
    if form.problems:
        return show_case(visit, ref, form=form, status=422)
    told = "case.kept" if given else "case.nothing_given"
    return visit.see_other(
        f"/cases/{ref}#materials", told=told, tone="done" if given else "soon", n=len(given)
    )


@router.post("/cases/{ref}/materials/{material}/remove")
@allow(reach=Reach.CASE)
def take_away(ref: str, material: Number, visit: VisitDep, form: FormDep) -> Response:
    """Take a material away; its file stays, for history names it."""
    reason = form.text("reason", most=2000)
    order = Order(
        trigger="detach",
        refs=(ref,),
        actor=visit.me.actor,
        reason=reason or None,
        removed=(material,),
        expect=version_seen(form, ref),
        past_own=True,
    )
    try:
        with visit.write() as conn:
            do(conn, order, now=visit.now)
    except StepsBlocked as error:
        stale = is_stale(error.blocked[0].blockers)
        note_blockers(form, () if stale else error.blocked[0].blockers)
        return _removal(visit, ref, material, form=form, status=409 if stale else 422)
    except UserError as error:
        if error.code != "material.unknown" or not _is_gone(visit, ref, material):
            raise
    return visit.see_other(f"/cases/{ref}#materials", told="case.removed")


@router.get("/cases/{ref}/materials/{material}/remove")
@allow(reach=Reach.CASE)
def take_away_page(ref: str, material: Number, visit: VisitDep) -> Response:
    """Ask why a material is taken away."""
    return _removal(visit, ref, material)


@router.get("/cases/{ref}/materials/{material}")
@allow(reach=Reach.CASE)
def download(ref: str, material: Number, visit: VisitDep) -> Response:
    """Give a file to keep: never to be run or shown in place."""
    with visit.read() as conn:
        opened = open_material(conn, ref, material, visit.home.store)
    headers = {"content-disposition": attachment(opened.name), "content-security-policy": _ALONE}
    return FileResponse(opened.path, media_type=opened.media_type, headers=headers)


@router.get("/cases/{ref}/materials/{material}/thumb")
@allow(reach=Reach.CASE)
def thumb(ref: str, material: Number, visit: VisitDep) -> Response:
    """Give the small picture of a photo."""
    with visit.read() as conn:
        opened = open_thumb(conn, ref, material, visit.home.store)
    headers = {"content-security-policy": _ALONE, "cache-control": _FOR_EVER}
    return FileResponse(opened.path, media_type=opened.media_type, headers=headers)


@router.get("/cases/{ref}/materials/{material}/read")
@allow(reach=Reach.CASE)
def read(ref: str, material: Number, visit: VisitDep) -> Response:
    """Show a form that was handed in."""
    with visit.read() as conn:
        filled = form_of_material(conn, ref, material, visit.home.store)
    return visit.page(
        "case/form_read.html", filled=filled, number=material, **known(visit, file_of(visit, ref))
    )


def attachment(name: str) -> str:
    """Return the header that names a file to be saved (RFC 6266), plain for old programs."""
    ending = File(name).suffix.encode("ascii", "ignore").decode()
    plain = "".join(mark for mark in ending if mark.isalnum() or mark == ".")
    return f"attachment; filename=\"material{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _is_gone(visit: Visit, ref: str, material: int) -> bool:
    """Return whether a material was taken away already: a second click is no mistake."""
    with visit.read() as conn:
        past = held(conn, ref, visit.home.store, with_removed=True)
    return any(one.id == material and one.removed_at for one in past)


def _attach(visit: Visit, ref: str, form: Form, given: tuple[Material, ...]) -> None:
    order = Order(
        trigger="attach",
        refs=(ref,),
        actor=visit.me.actor,
        materials=given,
        key=_key_of(form, given),
    )
    try:
        with visit.write() as conn:
            do(conn, order, now=visit.now)
    except StepsBlocked as error:
        note_blockers(form, error.blocked[0].blockers)
    except UserError as error:
        form.note({"files": error.text})


def _key_of(form: Form, given: tuple[Material, ...]) -> str | None:
    """Return a key for just these materials: the form's own is kept for its step."""
    key = form.text("key", most=64)
    what = sha256("\n".join(one.uri for one in given).encode()).hexdigest()[:16]
    return f"{key}:{what}" if key else None


def _removal(
    visit: Visit, ref: str, material: int, *, form: Form | None = None, status: int = 200
) -> Response:
    file = file_of(visit, ref)
    found = next((one for one in file.materials if one.held.id == material), None)
    if found is None:
        raise HTTPException(404)
    if form is None and found.stays:
        return visit.see_other(f"/cases/{ref}#materials", told="case.stays_told", tone="soon")
    if form is None and all(one.trigger != "detach" for one in file.view.steps):
        return visit.see_other(f"/cases/{ref}", told="case.not_now", tone="soon")
    values = known(visit, file, form, stale=status == 409)
    return visit.page("case/remove.html", status=status, material=found.held, **values)
