"""Webhooks: addresses of programs that are told of changes."""

from sqlalchemy import Connection
from starlette.responses import Response

from config.schedule import Role
from engine.webhooks.office import HookOffice
from engine.webhooks.register import hooks, register, stop
from web.access import Door, allow
from web.api.changing import Answer, ChangeDep, told
from web.api.models_me import HookMade, Hooks, NewHook
from web.api.route import PREFIX, routes_of
from web.api.types import Id
from web.reach import Reach
from web.visit import VisitDep

router = routes_of("webhooks")

WATCHING = (Role.LEAD, Role.ADMIN, Role.AUDITOR)


@router.get("/webhooks", response_model=Hooks)
@allow(*WATCHING, door=Door.API)
def list_webhooks(visit: VisitDep) -> Response:
    """List your webhooks and, for an admin, those of the region."""
    with visit.read() as conn:
        found = hooks(conn, visit.me.actor)
    return told(Hooks.of({"items": found, "next": None}))


@router.post("/webhooks", status_code=201, response_model=HookMade)
@allow(*WATCHING, door=Door.API)
def make_webhook(body: NewHook, change: ChangeDep) -> Response:
    """Have an address told of every change of state in your region, signed."""
    visit, home = change.visit, change.visit.home
    office = HookOffice(key=home.accounts_key().secret, private=home.settings.webhook_private)

    def work(conn: Connection) -> Answer:
        made = register(conn, body.url, body.region, office=office, actor=visit.me.actor, now=visit.now)
        return Answer(HookMade.of(made), 201, location=f"{PREFIX}/webhooks/{made.number}")

    return change.do(work)


@router.delete("/webhooks/{hook}", status_code=204, response_class=Response)
@allow(*WATCHING, reach=Reach.OWN, door=Door.API)
def stop_webhook(hook: Id, change: ChangeDep) -> Response:
    """Tell an address nothing any more."""
    visit = change.visit

    def work(conn: Connection) -> Answer:
        stop(conn, hook, actor=visit.me.actor, now=visit.now)
        return Answer(None, 204)

    return change.do(work)
