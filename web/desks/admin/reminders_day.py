"""The time slider: any day of the season with its states, late cases and mails; the future is only played."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from config.errors import UserError
from config.schedule import Role
from engine.audit.day_mails import Cause, DayMail
from engine.case_choices import MilestoneChoice, NoticeChoice
from engine.slider import Moment, SliderRange, day_of, slider_range
from web.access import allow
from web.desks.admin.mails_look import base_url, look
from web.desks.admin.reminders import notices_in_force
from web.desks.admin.reminders_slider import season_of, slider_of, state_bars
from web.desks.auditor.asked import asked, number_of
from web.desks.lists.paging import Paging, page_number
from web.forms import Form
from web.visit import Visit, VisitDep

router = APIRouter()

_PER_PAGE = 40
_LATE = 20


@router.get("/reminders/day")
@allow(Role.ADMIN, Role.LEAD, slow=True)
def day_page(visit: VisitDep) -> Response:
    """Show a day; let go of the slider, htmx gets its block alone."""
    form = asked(visit)
    with visit.read() as conn:
        notices = notices_in_force(conn, visit)
        chosen = _chosen(form, notices)
    season = _season(visit, {chosen} if chosen else {one.id for one in notices})
    if season is None:
        return visit.page("reminders/no_season.html")
    on = _day(visit, form, season)
    about = _about(form, chosen, notices)
    values = {**_shown(visit, on, Cause(chosen or None, about.key if about else None)), "about": about}
    values |= {"chosen": chosen, "notices": notices}
    if visit.is_htmx:
        return visit.page("reminders/moment_only.html", **values)
    return visit.page("reminders/day.html", form=form, slider=slider_of(visit, season, on), **values)


def _chosen(form: Form, notices: Sequence[NoticeChoice]) -> str:
    given = form.text("notice")
    return given if given in {one.id for one in notices} else ""


def _about(form: Form, chosen: str, notices: Sequence[NoticeChoice]) -> MilestoneChoice | None:
    """Return the milestone whose mails alone are asked for: one of the notice chosen."""
    given = form.text("milestone")
    of_notice = next((one.milestones for one in notices if one.id == chosen), ())
    return next((one for one in of_notice if one.key == given), None)


def _season(visit: Visit, notices: Collection[str]) -> SliderRange | None:
    try:
        with visit.read() as conn:
            return season_of(slider_range(conn), notices)
    except UserError:  # no notice was ever applied
        return None


def _day(visit: Visit, form: Form, season: SliderRange) -> date:
    """Return the day meant: the one that the slider stands at, else the date given, else today."""
    step = number_of(form.text("step"))
    if step is not None:
        meant = season.first + timedelta(days=min(step, (season.last - season.first).days))
    else:
        meant = form.day("on") or visit.now.astimezone(visit.office.zone).date()
    return min(max(meant, season.first), season.last)


def _shown(visit: Visit, on: date, cause: Cause) -> dict[str, Any]:
    moment = day_of(
        visit.home.database,
        visit.me.actor,
        on,
        now=visit.now,
        base_url=base_url(visit),
        cause=cause,
    )
    mails, pager = _part(moment, page_number(visit.request.query_params.get("page")))
    return {
        "moment": moment,
        "bars": state_bars(moment, visit.lang),
        "late": moment.late[:_LATE],
        "mails": mails,
        "subjects": _subjects(visit, mails),
        "pager": pager,
    }


def _part(moment: Moment, number: int) -> tuple[Sequence[DayMail], Paging]:
    pages = max(-(-len(moment.mails) // _PER_PAGE), 1)
    number = min(number, pages)
    shown = moment.mails[(number - 1) * _PER_PAGE : number * _PER_PAGE]
    return shown, Paging(number=number, pages=pages, total=moment.mails_total)


def _subjects(visit: Visit, mails: Sequence[DayMail]) -> Mapping[tuple[int, str], str]:
    """Return what the mails to come would be called, by their reader and instant."""
    with visit.read() as conn:
        return {
            (one.person_id, one.at.isoformat()): look(visit, conn, one.letter).subject
            for one in mails
            if one.letter is not None
        }
