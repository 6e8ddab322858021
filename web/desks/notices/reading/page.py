"""The page of a reading: the document on one side, what becomes of each of its dates on the other."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Path
from starlette.responses import Response

from config.regions import full_name
from config.schedule import Name, Role
from engine.notice_reading.kept import reading_of
from engine.notice_reading.proposal import Proposal, proposal_of
from web.access import allow
from web.desks.notices.reading.cards import Cards, cards_of
from web.desks.notices.reading.document import places_of
from web.forms import Form, empty_form
from web.reach import Reach
from web.visit import Visit, VisitDep

router = APIRouter()

Number = Annotated[int, Path(ge=1, le=2**53)]


@router.get("/notices/readings/{reading}")
@allow(Role.ADMIN, reach=Reach.READING)
def reading_page(reading: Number, visit: VisitDep) -> Response:
    """Show a document and what was read in it."""
    return show_reading(visit, reading, empty_form(visit))


def show_reading(
    visit: Visit, reading: int, form: Form, *, mistakes: Sequence[Name] = (), changed: str = ""
) -> Response:
    """Show a reading; ``changed`` is the clause just decided, ``mistakes`` keep it from being planned."""
    with visit.read() as conn:
        proposal = proposal_of(conn, reading_of(conn, reading), now=visit.now)
    values = shown(visit, proposal) | {"form": form, "mistakes": tuple(mistakes), "changed": changed}
    status = 422 if mistakes or form.problems else 200
    if visit.is_htmx:
        return visit.page("notices/reading/changed.html", status=status, **values)
    places = places_of(proposal.kept.reading)
    return visit.page("notices/reading/page.html", status=status, places=places, **values)


def shown(visit: Visit, proposal: Proposal) -> dict[str, Any]:
    """Return what a page shows of a reading."""
    kept, heading = proposal.kept, proposal.heading
    cards: Cards = cards_of(proposal, visit.lang)
    none = [("", visit.say("reading.no_parent"))]
    return {
        "kept": kept,
        "proposal": proposal,
        "cards": cards,
        "heading": heading,
        "region_name": full_name(heading.region),
        "parents": [*none, *((one.id, one.title) for one in proposal.parents)],
    }
