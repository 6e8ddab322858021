"""The whole city as of a moment, and one subject then and now."""

from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from config.errors import UserError
from config.schedule import CaseKind, Role
from engine.audit.cases_then import CasesThen, cases_then
from engine.audit.subjects import Kind
from engine.audit.then import SubjectThen, subject_then
from engine.case_choices import notice_choices, regions_of
from engine.template_names import names as template_names
from web.access import allow
from web.desks.auditor.asked import asked, number_of, subject_path
from web.desks.auditor.season import days_to_show
from web.desks.auditor.states import Paging, state_pictures, states_asked
from web.desks.auditor.texts import template_title, text_diff
from web.desks.auditor.then_query import ThenQuery, read_then
from web.desks.notices.wording import Wording
from web.forms import Form
from web.visit import Visit, VisitDep

router = APIRouter()

_ROLES = (Role.AUDITOR, Role.ADMIN)
_PER_PAGE = 50


@router.get("/history/at")
@allow(*_ROLES, slow=True)
def city_page(visit: VisitDep) -> Response:
    """Show the cases as they stood at a moment."""
    form = asked(visit)
    query, slid = read_then(visit, form), _slid(form)
    if slid is not None:
        return visit.see_other(query.url(on=slid, at=None))
    cases = _cases(visit, form, query)
    pictures = state_pictures(visit, query, cases.counts)
    shown = {"cases": cases, "pager": Paging.of(cases), "pictures": pictures, **_choices(visit, query)}
    return _page(visit, "history/at.html", form, query, **shown)


@router.get("/history/at/{subject:path}")
@allow(*_ROLES)
def subject_at_page(subject: str, visit: VisitDep) -> Response:
    """Show one subject as it stood at a moment, beside what it is now."""
    form = asked(visit)
    query, slid = read_then(visit, form), _slid(form)
    path = subject_path(subject, "/history/at")
    if slid is not None:
        return visit.see_other(query.url(path, on=slid, at=None))
    with visit.read() as conn:
        shown = subject_then(conn, visit.me.actor, subject, query.moment(visit), now=visit.now)
    values = {"shown": shown, "path": path, "history": subject_path(subject)}
    values |= {"text": text_diff(shown), "title": template_title(shown, visit.lang), **_worded(visit, shown)}
    return _page(visit, f"history/then_{_page_of(shown.kind)}.html", form, query, **values)


def _choices(visit: Visit, query: ThenQuery) -> dict[str, Any]:
    """Return what the list can be narrowed to, and what else stood in some way then."""
    with visit.read() as conn:
        notices = notice_choices(conn, visit.me.actor)
    return {
        "states": states_asked(query.kind),
        "regions": regions_of(visit.me.actor, *_ROLES),
        "notices": notices,
        "templates": [one for one in template_names() if one.lang == visit.lang],
    }


def _page_of(kind: str) -> str:
    return kind if kind in (Kind.NOTICE, Kind.PERSON, Kind.TEMPLATE) else "other"


def _worded(visit: Visit, shown: SubjectThen) -> dict[str, Any]:
    """Return who says a schedule of then in words, and what was changed since."""
    found = shown.schedule
    if found is None:
        return {}
    year = visit.now.astimezone(visit.office.zone).year
    words = Wording(schedules=(found.schedule,), lang=visit.lang, year=year)
    return {"words": words, "changed": words.changed(found.differences)}


def _slid(form: Form) -> date | None:
    """Return the day that the slider was let go on."""
    first, step = form.day("first"), number_of(form.text("slide"))
    if first is None or step is None or step > 10_000:
        return None
    return first + timedelta(days=step)


def _cases(visit: Visit, form: Form, query: ThenQuery) -> CasesThen:
    moment = query.moment(visit)
    number = min(max(number_of(form.text("page")) or 1, 1), 100_000)
    with visit.read() as conn:
        try:
            return cases_then(conn, visit.me.actor, query.wanted, moment, page=number, per_page=_PER_PAGE)
        except UserError as error:
            form.note({"region": error.text})
    return CasesThen(at=moment.at, items=(), counts={}, total=0, page=1, per_page=_PER_PAGE)


def _page(visit: Visit, template: str, form: Form, query: ThenQuery, **values: Any) -> Response:
    return visit.page(
        template,
        status=422 if form.problems else 200,
        form=form,
        query=query,
        moment=query.moment(visit),
        kinds=tuple(CaseKind),
        **days_to_show(visit, query.on),
        **values,
    )
