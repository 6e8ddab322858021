"""Why somebody did, or did not, get a reminder: one screen for a case or a person."""

from fastapi import APIRouter
from starlette.responses import Response

from config.schedule import Role
from engine.listing import CaseFilter, list_cases
from engine.people_view import PersonFilter, people_of
from engine.scope import visible
from engine.why_asked import Asker, WhyFile, why_case, why_person
from web.access import allow
from web.desks.admin.reminders_words import rung_said
from web.desks.auditor.asked import asked, number_of
from web.forms import Form
from web.visit import Visit, VisitDep

router = APIRouter()

_LONGEST = 100
_FOUND = 10


@router.get("/why")
@allow(Role.ADMIN, Role.LEAD)
def why_page(visit: VisitDep) -> Response:
    """Answer for the case or the person asked about; else help to find them."""
    form = asked(visit)
    ref, person = form.text("ref", most=_LONGEST).upper(), number_of(form.text("person"))
    if not ref and person is None:
        return _find(visit, form)
    asker = Asker(
        actor=visit.me.actor, now=visit.now, milestone=form.text("milestone", most=_LONGEST) or None
    )
    with visit.read() as conn:
        file = why_case(conn, ref, asker) if ref else why_person(conn, person or 0, asker)
    return _show(visit, file, asker, ref=ref, person=person)


def _show(visit: Visit, file: WhyFile, asker: Asker, *, ref: str, person: int | None) -> Response:
    return visit.page(
        "why/page.html",
        file=file,
        ref=ref,
        person=person,
        milestone=asker.milestone or "",
        rung_said=rung_said,
    )


def _find(visit: Visit, form: Form) -> Response:
    text, actor = form.text("q", most=_LONGEST), visit.me.actor
    if not text:
        return visit.page("why/find.html", text="", people=(), cases=())
    with visit.read() as conn:
        if visible(conn, actor, [text.upper()]):
            return visit.see_other(f"/why?ref={text.upper()}")
        people = people_of(conn, actor, PersonFilter(text=text), now=visit.now, per_page=_FOUND)
        cases = list_cases(conn, CaseFilter(actor=actor, text=text), now=visit.now, per_page=_FOUND)
    if people.total == 1 and not cases.total:
        return visit.see_other(f"/why?person={people.items[0].id}")
    return visit.page("why/find.html", text=text, people=people.items, cases=cases.items)
