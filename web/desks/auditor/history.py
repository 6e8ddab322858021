"""What changed: a list that reads like sentences, and everything about one subject."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from config.errors import UserError
from config.schedule import Role
from engine.audit.reach import require_seen
from engine.audit.search import ChangeFilter, find_changes
from engine.audit.subjects import Kind
from engine.audit.telling import tell
from engine.case_choices import regions_of
from web.access import allow
from web.desks.auditor.asked import asked, number_of, subject_path
from web.desks.auditor.change_query import ChangeQuery, read_changes
from web.desks.auditor.season import days_to_show
from web.desks.auditor.steps import steps_of
from web.desks.auditor.telling import shown_changes
from web.forms import Form
from web.visit import Visit, VisitDep

router = APIRouter()


@router.get("/history")
@allow(Role.AUDITOR, Role.ADMIN)
def changes_page(visit: VisitDep) -> Response:
    """Show the changes of a filter, the newest first; as htmx goes on, those that follow."""
    form = asked(visit)
    query = read_changes(form)
    shown: dict[str, Any] = {"query": query, **_found(visit, form, query.wanted(visit.office.zone))}
    if visit.is_htmx:
        return visit.fragment("history/list.html", "rows", **shown)
    status = 422 if form.problems else 200
    return visit.page("history/list.html", status=status, form=form, **shown, **_around(visit, query))


@router.get("/history/{subject:path}")
@allow(Role.AUDITOR, Role.ADMIN)
def subject_page(subject: str, visit: VisitDep) -> Response:
    """Show every change of one subject, the newest first."""
    after, actor = number_of(asked(visit).text("after")), visit.me.actor
    with visit.read() as conn:
        require_seen(conn, actor, subject)
        page = find_changes(conn, actor, ChangeFilter(subject=subject), after=after)
        changes = shown_changes(tell(conn, page, local=visit.office.zone), visit.lang)
    shown: dict[str, Any] = {"subject": subject, "changes": changes, "following": page.following}
    shown |= {"path": subject_path(subject), "doer": number_of(subject.removeprefix("person:"))}
    if visit.is_htmx:
        return visit.fragment("history/subject.html", "rows", **shown)
    return visit.page("history/subject.html", **shown, **days_to_show(visit))


def _found(visit: Visit, form: Form, wanted: ChangeFilter) -> dict[str, Any]:
    """Return the changes of a filter in words; none where something in it is wrong."""
    after, local = number_of(form.text("after")), visit.office.zone
    nothing: dict[str, Any] = {"changes": (), "following": None}
    if form.problems:
        return nothing
    with visit.read() as conn:
        try:
            page = find_changes(conn, visit.me.actor, wanted, after=after)
        except UserError as error:
            form.note({"region": error.text})
            return nothing
        told = tell(conn, page, local=local, year=visit.now.astimezone(local).year)
    return {"changes": shown_changes(told, visit.lang), "following": page.following}


def _around(visit: Visit, query: ChangeQuery) -> dict[str, Any]:
    """Return what stands over the list: the days to go back to, and what it can be narrowed to."""
    return {
        **days_to_show(visit),
        "tabs": _tabs(visit, query),
        "steps": [(trigger, name.in_(visit.lang)) for trigger, name in steps_of(query.kind)],
        "regions": regions_of(visit.me.actor, Role.AUDITOR, Role.ADMIN),
    }


def _tabs(visit: Visit, query: ChangeQuery) -> list[tuple[str, str]]:
    """Return the kinds of subject to look at; of another kind there may be no such step."""
    kinds = [(query.url(kind=kind, step=""), visit.say(f"history.kind_{kind}")) for kind in Kind]
    return [(query.url(kind=None, step=""), visit.say("history.all")), *kinds]
