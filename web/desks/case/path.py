"""The path of a case as a picture's data."""

from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from engine.case_view import CaseView, Station
from engine.standing import Mark
from web.pictures import path as drawing
from web.pictures.frame import Table
from web.visit import Visit
from web.words import said
from workflows.registry import lifecycle


class Shown(NamedTuple):
    """A picture and the same as a table."""

    svg: Markup
    table: Table


def path_of(view: CaseView, visit: Visit) -> Shown:
    """Return the picture of a case's path."""
    here = next((n for n, one in enumerate(view.path) if one.current), 0)
    stations = tuple(_station(view, one, visit, passed=n < here) for n, one in enumerate(view.path))
    path = drawing.Path(stations=stations)
    return Shown(
        drawing.path_picture(path, key="path", lang=visit.lang), drawing.path_table(path, visit.lang)
    )


def _station(view: CaseView, one: Station, visit: Visit, *, passed: bool) -> drawing.Station:
    label = lifecycle(view.case.kind, view.case.lifecycle).labels.get(one.state)
    late = 0 if passed or one.current else _days_late(view, one)
    return drawing.Station(
        name=label.in_(visit.lang) if label else one.state,
        standing=_standing(view, one, passed=passed, late=late),
        reached=_day(one, visit) if passed or one.current else None,
        due=None if passed or one.current else one.due,
        late=said("distance.late", visit.lang, days=late) if late else "",
    )


def _standing(view: CaseView, one: Station, *, passed: bool, late: int) -> drawing.Standing:
    if one.current:
        return drawing.Standing.CURRENT
    if passed:
        beside = view.path[-1].current and one.reached_at is None
        return drawing.Standing.SKIPPED if beside else drawing.Standing.PASSED
    return drawing.Standing.LATE if late else drawing.Standing.AHEAD


def _days_late(view: CaseView, one: Station) -> int:
    lines = (line for line in view.milestones if line.key == one.milestone and line.mark is Mark.LATE)
    return next((line.days_late for line in lines), 0)


def _day(one: Station, visit: Visit) -> date | None:
    return one.reached_at.astimezone(visit.office.zone).date() if one.reached_at else None
