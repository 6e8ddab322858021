"""Is the history sound? Started here, watched here, told in one sentence; and the means to ask at home."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from config.errors import UserError
from config.schedule import Role
from engine.audit.pasted import Compared, compare_checkpoint
from engine.audit.reach import require_seen
from engine.audit.verify_job import Verification
from engine.proof import program_text
from web.access import allow
from web.desks.auditor.asked import subject_path
from web.desks.auditor.jobs import jobs_of, pubkey_of
from web.forms import Form, FormDep, empty_form
from web.visit import Visit, VisitDep

router = APIRouter()

_ROLES = (Role.AUDITOR, Role.ADMIN)
_LONGEST_NOTE = 4_000


@router.get("/verify")
@allow(*_ROLES)
def verify_page(visit: VisitDep) -> Response:
    """Show how far the last verification has come, or what it found."""
    if visit.is_htmx:
        return visit.fragment("verify/page.html", "verdict", **_told(visit))
    return _page(visit, empty_form(visit))


@router.post("/verify")
@allow(*_ROLES)
def start(visit: VisitDep) -> Response:
    """Begin a verification, unless one is running."""
    jobs_of(visit.office).start(visit.me.actor.name)
    return visit.see_other("/verify")


@router.post("/verify/checkpoint")
@allow(*_ROLES)
def compare(visit: VisitDep, form: FormDep) -> Response:
    """Hold a checkpoint that somebody kept against the history, and verify the history itself."""
    note = form.text("note", required=True, most=_LONGEST_NOTE)
    if form.problems:
        return _page(visit, form)
    try:
        with visit.read() as conn:
            compared = compare_checkpoint(conn, note, pubkey=pubkey_of(visit.office))
    except UserError as error:
        form.note({"note": error.text})
        return _page(visit, form)
    jobs_of(visit.office).start(visit.me.actor.name)
    return _page(visit, form, compared)


@router.get("/verify/verifier.py")
@allow(*_ROLES)
def standalone(visit: VisitDep) -> Response:
    """Give the program that verifies a copy of the database anywhere, with nothing of ours."""
    return Response(
        program_text(),
        media_type="text/x-python; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="verifier.py"'},
    )


def _page(visit: Visit, form: Form, compared: Compared | None = None) -> Response:
    return visit.page(
        "verify/page.html",
        status=422 if form.problems else 200,
        form=form,
        compared=compared,
        pubkey=pubkey_of(visit.office),
        **_told(visit),
    )


def _told(visit: Visit) -> dict[str, Any]:
    """Return the last verification, and where the row it names is shown if the viewer may see it."""
    job = jobs_of(visit.office).latest()
    return {"job": job, "href": _row_of(visit, job) if job else None}


def _row_of(visit: Visit, job: Verification) -> str | None:
    if job.subject is None:
        return None
    try:
        with visit.read() as conn:
            require_seen(conn, visit.me.actor, job.subject)
    except UserError:  # of another region, or no row has that name any more
        return None
    return subject_path(job.subject)
