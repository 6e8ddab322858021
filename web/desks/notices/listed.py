"""The list of notices: what applies where somebody works, and what an admin can put in force."""

from fastapi import APIRouter
from starlette.responses import Response

from config.schedule import Role
from engine.notice_list import notices_for, shipped_for
from web.access import allow
from web.visit import VisitDep

router = APIRouter()


@router.get("/notices")
@allow()
def notices_page(visit: VisitDep) -> Response:
    """Show the notices that apply where the viewer works."""
    actor = visit.me.actor
    with visit.read() as conn:
        notices = notices_for(conn, actor, now=visit.now)
        shipped = shipped_for(conn, actor)
    coming = [one for one in notices if one.in_force and one.next]
    return visit.page(
        "notices/list.html",
        notices=notices,
        shipped=shipped,
        nearest=min(coming, key=lambda one: one.next[0].day, default=None),
        may_add=Role.ADMIN in visit.me.roles,
    )
