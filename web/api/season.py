"""How a season stands: overview, units not heard of, burn-up, any day."""

from datetime import timedelta
from typing import Annotated, Any

from fastapi import Query
from starlette.responses import Response

from config.schedule import Role
from engine.audit.day_mails import Cause
from engine.burnup import burnup
from engine.coverage import Gap, silent_units
from engine.notice_page import NoticePage, notice_page
from engine.overview import overview
from engine.slider import day_of
from web.access import Door, allow
from web.api.changing import told
from web.api.models_notice_season import MilestoneTold, Season
from web.api.models_season import Burnup, Day, Overview, SilentUnits
from web.api.paging import Pages, part_of
from web.api.route import routes_of
from web.api.types import Day as GivenDay
from web.api.types import NoticeId
from web.reach import Reach
from web.visit import Visit, VisitDep

router = routes_of("season")

Days = Annotated[int, Query(ge=1, le=400)]
OfNotice = Annotated[NoticeId | None, Query(description="Of one notice; left out: of all in force.")]


class Silent(Pages):
    """Which units are asked for."""

    gap: Gap = Gap.EITHER
    notice: NoticeId | None = None


@router.get("/overview", response_model=Overview)
@allow(door=Door.API)
def read_overview(visit: VisitDep, notice: OfNotice = None) -> Response:
    """Show numbers, states, counties and what comes next, of what you may see."""
    with visit.read() as conn:
        found = overview(conn, visit.me.actor, now=visit.now, notice=notice)
    return told(Overview.of(found))


@router.get("/coverage", response_model=SilentUnits)
@allow(door=Door.API)
def list_silent_units(visit: VisitDep, wanted: Annotated[Silent, Query()]) -> Response:
    """List units that have filed no activity, or owe a report."""
    with visit.read() as conn:
        found = silent_units(
            conn,
            visit.me.actor,
            gap=wanted.gap,
            notice=wanted.notice,
            page=wanted.page,
            per_page=wanted.limit,
        )
    return told(SilentUnits.of(part_of(found)))


@router.get("/notices/{notice}/season", response_model=Season)
@allow(reach=Reach.NOTICE, door=Door.API)
def read_season(notice: NoticeId, visit: VisitDep) -> Response:
    """Show a notice's season: periods, milestones, on which days they remind whom, and what comes next."""
    with visit.read() as conn:
        page = notice_page(conn, notice, actor=visit.me.actor, now=visit.now)
    return told(Season.of(_season(page)))


@router.get("/notices/{notice}/burnup", response_model=Burnup)
@allow(reach=Reach.NOTICE, door=Door.API)
def read_burnup(notice: NoticeId, since: GivenDay, visit: VisitDep, days: Days = 60) -> Response:
    """Count the cases of a notice in each state at the end of each day."""
    until = since + timedelta(days=days - 1)
    with visit.read() as conn:
        found = burnup(conn, visit.me.actor, notice, since=since, until=until)
    return told(Burnup.of({"items": found, "next": None}))


@router.get("/day", response_model=Day)
@allow(Role.LEAD, Role.ADMIN, Role.AUDITOR, door=Door.API)
def read_day(visit: VisitDep, day: GivenDay, notice: OfNotice = None) -> Response:
    """Show how everything stood on a day, or would stand if nobody did anything; nothing is sent."""
    found = day_of(
        visit.home.database,
        visit.me.actor,
        day,
        now=visit.now,
        base_url=base_url(visit),
        cause=Cause(notice),
    )
    return told(Day.of(found))


def _season(page: NoticePage) -> dict[str, Any]:
    """Return a notice's page with the reminders at their milestones."""
    own = ("in_force", "today", "next", "parents", "children", "findings")
    milestones = [
        {name: getattr(one, name) for name in MilestoneTold.model_fields if name != "reminders"}
        | {"reminders": page.reminders.get(one.key, ())}
        for one in page.schedule.milestones
    ]
    season = {"notice": page.schedule.id, "windows": page.schedule.windows, "milestones": milestones}
    return season | {name: getattr(page, name) for name in own}


def base_url(visit: Visit) -> str:
    """Return where links of mails lead."""
    return str(visit.home.settings.base_url)
