"""The admin's first page: how the whole region stands, each number a link to its list."""

from fastapi import APIRouter, HTTPException
from starlette.responses import Response

from config.schedule import Role
from engine.case_choices import NoticeChoice, notice_choices
from engine.overview import overview
from web.access import allow
from web.desks.admin.overview_days import coming_lines, next_due
from web.desks.admin.overview_pictures import figures_of, heat_of, lifecycles_of
from web.desks.lists.recent import recent_of
from web.pictures.heat import heat_picture, heat_table
from web.visit import Visit, VisitDep

router = APIRouter()

SILENT = 10
"""So many of the units that have filed nothing are named on the first page."""


@router.get("/overview")
@allow(Role.ADMIN, Role.LEAD)
def overview_page(visit: VisitDep) -> Response:
    """Show how the viewer's region stands."""
    actor, recent = visit.me.actor, recent_of(visit.office)
    with visit.read() as conn:
        notices = tuple(one for one in notice_choices(conn, actor) if one.in_force)
        notice = chosen_notice(visit, notices)
        seen = overview(conn, actor, now=visit.now, notice=notice, recent=recent)
    heat = heat_of(seen)
    return visit.page(
        "overview/page.html",
        overview=seen,
        notice=notice,
        notices=notices,
        next_due=next_due(seen),
        figures=figures_of(seen, notice),
        heat=heat_picture(heat(visit.lang), key="heat", lang=visit.lang),
        heat_table=heat_table(heat(visit.lang), visit.lang),
        days=coming_lines(seen, visit.office.zone),
        lifecycles=lifecycles_of(seen, notice, visit.lang),
        silent=seen.silent[:SILENT],
    )


def chosen_notice(visit: Visit, notices: tuple[NoticeChoice, ...]) -> str | None:
    """Return the notice that the address asks for, None for all; 404 where the viewer has none such."""
    asked = visit.request.query_params.get("notice") or None
    if asked is not None and asked not in {one.id for one in notices}:
        raise HTTPException(404)
    return asked
