"""The list of cases: filtered, sorted, paged; and exactly the same as a sheet."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.responses import Response

from config.errors import UserError
from config.schedule import CaseKind, Name, Role
from engine.bulk import offered
from engine.case_choices import CaseChoices, case_choices
from engine.case_export import export_cases
from engine.case_filter import CaseFilter
from engine.listing import CaseLine, Page, list_cases
from web.access import allow
from web.desks.lists.case_query import CaseQuery, Standing, read_query
from web.desks.lists.paging import page_number, paging_of
from web.desks.lists.recent import recent_of
from web.file_made import file_written
from web.visit import Visit, VisitDep
from workflows.registry import lifecycle

router = APIRouter()

_EMPTY: Page[CaseLine] = Page(items=(), total=0, page=1, per_page=50)


@router.get("/cases")
@allow()
def cases_page(visit: VisitDep) -> Response:
    """Show the cases of a filter within the viewer's reach."""
    params = visit.request.query_params
    query = read_query(params.multi_items())
    wanted, recent = query.wanted(visit.me.actor), recent_of(visit.office)
    number = page_number(params.get("page"))
    with visit.read() as conn:
        choices = case_choices(conn, visit.me.actor, unit_id=query.unit)
        try:
            page = list_cases(conn, wanted, now=visit.now, page=number, recent=recent)
        except UserError as error:
            return _shown(visit, query, choices, _EMPTY, problem=error.text)
    return _shown(visit, query, choices, page)


@router.get("/cases/export.xlsx")
@allow(slow=True)
def cases_sheet(visit: VisitDep) -> Response:
    """Give the cases of a filter as a sheet."""
    wanted = read_query(visit.request.query_params.multi_items()).wanted(visit.me.actor)
    write = partial(_export, wanted=wanted, visit=visit)
    return file_written(visit, visit.say("cases.file", day=f"{visit.now:%Y-%m-%d}"), write)


def states_of(kind: CaseKind | None) -> Mapping[str, Name]:
    """Return the states of a kind of case, or of both, in their order."""
    found: dict[str, Name] = {}
    for one in (kind,) if kind else CaseKind:
        found |= {str(state): name for state, name in lifecycle(one).labels.items()}
    return found


def _export(conn: Connection, path: Path, *, wanted: CaseFilter, visit: Visit) -> None:
    export_cases(conn, wanted, path, now=visit.now, lang=visit.lang)


def _shown(
    visit: Visit,
    query: CaseQuery,
    choices: CaseChoices,
    page: Page[CaseLine],
    *,
    problem: Name | None = None,
) -> Response:
    works = visit.me.roles - {Role.AUDITOR}
    return visit.page(
        "cases/list.html",
        status=422 if problem else 200,
        query=query,
        choices=choices,
        cases=page,
        pager=paging_of(page),
        states=states_of(query.kind),
        standings=tuple(Standing),
        steps=offered(works, kind=query.kind) if works else {},
        problem=problem,
    )
