"""Verifications of the whole history: begun, watched, told in one sentence."""

from starlette.responses import Response

from config.schedule import Role
from web.access import Door, allow
from web.api.changing import told
from web.api.models_history import Verification, Verifications
from web.api.route import PREFIX, routes_of
from web.desks.auditor.jobs import jobs_of
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


@router.get("/verifications", response_model=Verifications)
@allow(Role.AUDITOR, Role.ADMIN, door=Door.API)
def read_verification(visit: VisitDep) -> Response:
    """Tell how far the last verification has come, and its verdict; nothing before the first."""
    latest = jobs_of(visit.office).latest()
    return told(Verifications.of({"items": [latest] if latest else [], "next": None}))
