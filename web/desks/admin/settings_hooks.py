"""Webhooks: other systems that are told of every change of state; their secret is shown once."""

from fastapi import APIRouter
from starlette.responses import Response

from config.errors import UserError
from config.regions import find
from config.schedule import Role
from engine.webhooks.office import HookOffice
from engine.webhooks.register import Registered, register, stop
from web.access import allow
from web.desks.admin.settings import show_settings
from web.desks.auditor.asked import number_of
from web.forms import FormDep
from web.visit import Visit, VisitDep

router = APIRouter()

_LONGEST = 500
_LONGEST_PLACE = 60


@router.post("/settings/webhooks")
@allow(Role.ADMIN)
def register_hook(visit: VisitDep, form: FormDep) -> Response:
    """Enter a webhook and show its secret, this once."""
    url = form.text("url", required=True, most=_LONGEST)
    place = form.text("region", required=True, most=_LONGEST_PLACE)
    if form.problems:
        return show_settings(visit, form, status=422)
    try:
        region = find(place).code
        made = _registered(visit, url, region)
    except UserError as error:
        form.note({"region" if error.code.startswith(("rights.", "region.")) else "url": error.text})
        return show_settings(visit, form, status=422)
    return visit.page("settings/secret.html", made=made, url=url, region=region)


@router.post("/settings/webhooks/stop")
@allow(Role.ADMIN)
def stop_hook(visit: VisitDep, form: FormDep) -> Response:
    """Stop telling a webhook."""
    number = number_of(form.text("hook"))
    if number is None:
        return visit.see_other("/settings#webhooks")
    with visit.write() as conn:
        stop(conn, number, actor=visit.me.actor, now=visit.now)
    return visit.see_other("/settings#webhooks", told="settings.hook_stopped", n=number)


def _registered(visit: Visit, url: str, region: str) -> Registered:
    settings = visit.home.settings
    office = HookOffice(key=visit.home.accounts_key().secret, private=settings.webhook_private)
    with visit.write() as conn:
        return register(conn, url, region, office=office, actor=visit.me.actor, now=visit.now)
