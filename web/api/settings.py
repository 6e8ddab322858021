"""Settings: what is set, without secrets, and how the service stands by them."""

from starlette.responses import Response

from config.schedule import Role
from engine.doctor import checks_shown
from engine.settings_shown import settings_shown
from web.access import Door, allow
from web.api.changing import told
from web.api.models_settings import Checks, Settings
from web.api.route import routes_of
from web.visit import VisitDep

router = routes_of("settings")


@router.get("/settings", response_model=Settings)
@allow(Role.ADMIN, door=Door.API)
def list_settings(visit: VisitDep) -> Response:
    """List what is set and what is left to its default; no secret is told."""
    return told(Settings.of({"items": settings_shown(visit.home.settings), "next": None}))


@router.get("/settings/checks", response_model=Checks)
@allow(Role.ADMIN, door=Door.API)
def list_checks(visit: VisitDep) -> Response:
    """Look at everything that the service needs, and tell what to do about what is not well."""
    found = checks_shown(visit.home.settings, now=visit.now)
    return told(Checks.of({"items": found, "next": None}))
