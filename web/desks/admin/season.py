"""A season's course: its dates and reminders on a line, and how the cases moved, day by day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.responses import Response

from config.regions import prefix
from config.schedule import Milestone, Role, Schedule
from engine.burnup import DayCounts, burnup
from engine.case_choices import NoticeChoice, notice_choices
from engine.rules import calendar_of
from engine.season_view import SeasonView, season_view
from web.access import allow
from web.desks.admin.overview import chosen_notice
from web.desks.lists.recent import recent_of
from web.pictures.burnup import Burnup, DueDay, Layer, burnup_picture, burnup_table
from web.pictures.days import days_off
from web.pictures.season import Flag, Season, Tick, WindowBar, season_picture, season_table
from web.visit import Visit, VisitDep
from workflows.activity import ACTIVITY, ActivityState

router = APIRouter()

_DONE = (ActivityState.SUMMARIZED, ActivityState.COMMENDED, ActivityState.CLOSED)
_BEFORE = timedelta(days=7)
_LONGEST = timedelta(days=200)
_DAY = timedelta(days=1)


@router.get("/overview/season")
@allow(Role.ADMIN, Role.LEAD)
def season_page(visit: VisitDep) -> Response:
    """Show the course of one notice's season."""
    with visit.read() as conn:
        notices = tuple(one for one in notice_choices(conn, visit.me.actor) if one.in_force)
        notice = chosen_notice(visit, notices) or _nearest(notices)
        if notice is None:
            return visit.page("overview/no_season.html")
        view = season_view(conn, notice)
        days = _days(conn, visit, view.schedule)
    season, moved = _season(view, visit), _burnup(days, view.schedule, visit)
    counted = {layer.name: layer.counts[-1] for layer in moved.layers}
    return visit.page(
        "overview/season.html",
        schedule=view.schedule,
        notice=notice,
        notices=notices,
        total=sum(counted.values()),
        done=sum(counted.get(ACTIVITY.labels[one].in_(visit.lang), 0) for one in _DONE),
        season=season_picture(season, key="season", lang=visit.lang),
        season_table=season_table(season, visit.lang),
        burnup=burnup_picture(moved, key="burnup", lang=visit.lang),
        burnup_table=burnup_table(moved, visit.lang),
    )


def _nearest(notices: Sequence[NoticeChoice]) -> str | None:
    """Return the notice of the smallest region: the city's own before the nation's."""
    return max(notices, key=lambda one: len(prefix(one.region))).id if notices else None


def _today(visit: Visit) -> date:
    return visit.now.astimezone(visit.office.zone).date()


def _span(schedule: Schedule, today: date) -> tuple[date, date]:
    starts = [one.start.start for one in schedule.windows] + [
        one.opens.start for one in schedule.milestones if one.opens
    ]
    ends = [one.end.day for one in schedule.windows] + [one.due.day for one in schedule.milestones]
    first = min((day for day in starts if day), default=today) - _BEFORE
    last = max((day for day in ends if day), default=today) + _BEFORE
    return max(first, last - _LONGEST), last


def _days(conn: Connection, visit: Visit, schedule: Schedule) -> tuple[DayCounts, ...]:
    today = _today(visit)
    first, last = _span(schedule, today)
    return burnup(
        conn,
        visit.me.actor,
        schedule.id,
        since=min(first, today),
        until=min(today, last + _BEFORE),
        recent=recent_of(visit.office),
    )


def _season(view: SeasonView, visit: Visit) -> Season:
    schedule = view.schedule
    windows = (
        (one.name.in_(visit.lang), one.start.start, one.end.day)
        for one in schedule.windows
        if one.start.start and one.end.day
    )
    season = Season(
        windows=tuple(WindowBar(name=name, start=start, end=end) for name, start, end in windows),
        flags=tuple(_flag(one, view, visit.lang) for one in schedule.milestones),
        today=_today(visit),
    )
    return replace(season, off=days_off(*season.span, calendar_of(schedule)))


def _flag(one: Milestone, view: SeasonView, lang: str) -> Flag:
    return Flag(
        name=one.name.in_(lang),
        due=one.due.day,
        opens=one.opens.start if one.opens else None,
        rungs=tuple(Tick(day=tick.day, sent=tick.sent) for tick in view.reminders.get(one.key, ())),
        note="" if one.due.day else one.due.text,
    )


def _burnup(days: Sequence[DayCounts], schedule: Schedule, visit: Visit) -> Burnup:
    last = _span(schedule, _today(visit))[1]
    states = [state for state in reversed(list(ActivityState)) if state is not ActivityState.CANCELLED]
    dues = [(one.name.in_(visit.lang), one.due.day) for one in schedule.milestones]
    return Burnup(
        first=days[0].day if days else _today(visit),
        layers=tuple(
            Layer(name=ACTIVITY.labels[state].in_(visit.lang), counts=counts)
            for state in states
            if any(counts := tuple(one.states.get(state, 0) for one in days))
        ),
        milestones=tuple(DueDay(name=name, due=day) for name, day in dues if day),
        today=_today(visit),
        last=last,
    )
