"""Settings: how the service stands, what is set and how to change it, and what other systems are told."""

from fastapi import APIRouter
from starlette.responses import Response

from config.schedule import Role
from engine.case_choices import MOST_PLACES, regions_of
from engine.doctor import checks_shown
from engine.health import health
from engine.people_view import PersonFilter, people_of
from engine.settings_shown import settings_shown
from engine.webhooks.register import hooks
from web.access import allow
from web.forms import Form, empty_form
from web.visit import Visit, VisitDep
from web.words import TEXTS

router = APIRouter()


@router.get("/settings")
@allow(Role.ADMIN)
def settings_page(visit: VisitDep) -> Response:
    """Show the state of the service, its settings and webhooks."""
    return show_settings(visit, empty_form(visit))


@router.get("/settings/checks")
@allow(Role.ADMIN)
def checks_page(visit: VisitDep) -> Response:
    """Look at all that the command for it looks at, but for what has a page of its own."""
    checks = checks_shown(visit.home.settings, now=visit.now)
    return visit.page("settings/checks.html", checks=checks)


def show_settings(visit: Visit, form: Form, *, status: int = 200) -> Response:
    """Answer with the page of settings; ``form`` is what was typed and not done."""
    home, actor = visit.home, visit.me.actor
    state = health(home.database, home.settings, now=visit.now)
    with visit.read() as conn:
        told = hooks(conn, actor)
        refused = people_of(conn, actor, PersonFilter(refused=True), now=visit.now, per_page=1).total
    return visit.page(
        "settings/page.html",
        status=status,
        form=form,
        state=state,
        settings=settings_shown(home.settings),
        explained=lambda variable: f"settings.{variable}" in TEXTS,
        hooks=told,
        refused=refused,
        regions=regions_of(actor, Role.ADMIN, most=MOST_PLACES),
    )
