"""Verifications of the whole history: begun, watched, told in one sentence."""

from starlette.responses import Response

from config.schedule import Role
from engine.audit.pasted import compare_checkpoint
from engine.proof import program_text
from web.access import Door, allow
from web.api.changing import told
from web.api.files import given_as
from web.api.models_history import Compared, KeptCheckpoint, Verification, Verifications
from web.api.route import PREFIX, routes_of
from web.desks.auditor.jobs import jobs_of, pubkey_of
from web.visit import VisitDep

router = routes_of("verifications")


@router.post("/verifications", status_code=202, response_model=Verification)
@allow(Role.AUDITOR, Role.ADMIN, door=Door.API)
def start_verification(visit: VisitDep) -> Response:
    """Begin to verify the whole history; while one runs, that one is told. Nothing is changed by it."""
    jobs = jobs_of(visit.office)
    found = jobs.state(jobs.start(visit.me.actor.name))
    answer = told(Verification.of(found), headers={"location": f"{PREFIX}/verifications"})
    answer.status_code = 202
    return answer


@router.post("/verifications/checkpoint", response_model=Compared)
@allow(Role.AUDITOR, Role.ADMIN, door=Door.API)
def compare_kept_checkpoint(body: KeptCheckpoint, visit: VisitDep) -> Response:
    """Hold a checkpoint that you kept against the history as it is now; nothing is changed by it."""
    pubkey = pubkey_of(visit.office)
    with visit.read() as conn:
        found = compare_checkpoint(conn, body.note, pubkey=pubkey)
    return told(Compared.of(found).model_copy(update={"pubkey": pubkey}))


@router.get("/verifications/verifier", response_class=Response, responses=given_as("text/x-python"))
@allow(Role.AUDITOR, Role.ADMIN, door=Door.API)
def read_verifier(visit: VisitDep) -> Response:
    """Download the program that verifies a copy of the database anywhere, with nothing of ours."""
    headers = {"content-disposition": 'attachment; filename="verifier.py"'}
    return Response(program_text(), media_type="text/x-python; charset=utf-8", headers=headers)


@router.get("/verifications", response_model=Verifications)
@allow(Role.AUDITOR, Role.ADMIN, door=Door.API)
def read_verification(visit: VisitDep) -> Response:
    """Tell how far the last verification has come, and its verdict; nothing before the first."""
    latest = jobs_of(visit.office).latest()
    return told(Verifications.of({"items": [latest] if latest else [], "next": None}))
