"""Next year's notice: its draft with every guess, and last time's activities entered again."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from config.rollover import Guess, year_of
from config.schedule import Name, Role, Schedule
from engine.rollover import carry_activities, next_year
from web.access import allow
from web.desks.notices.dates import text_said
from web.desks.notices.wording import Wording
from web.forms import FormDep
from web.reach import Reach
from web.typed import as_number
from web.visit import VisitDep

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class GuessShown:
    """One date that was worked out, in words."""

    name: str
    before: str
    after: str
    why: Name
    provisional: bool


@router.get("/notices/{notice}/rollover")
@allow(Role.ADMIN, reach=Reach.NOTICE)
def rollover_page(notice: str, visit: VisitDep) -> Response:
    """Show a notice's draft for a later year, by default the next one; nothing is kept."""
    year = as_number(visit.request.query_params.get("year", ""))
    with visit.read() as conn:
        page = next_year(conn, notice, year, today=visit.now.date())
    draft = page.drafted.draft if page.drafted else None
    return visit.page(
        "notices/rollover.html",
        page=page,
        notice=page.schedule,
        guesses=_shown(draft.guesses, page.schedule, visit.lang) if draft else (),
        from_year=year_of(page.schedule),
    )


@router.post("/notices/{notice}/rollover")
@allow(Role.ADMIN, reach=Reach.NOTICE)
def carry(notice: str, visit: VisitDep, form: FormDep) -> Response:
    """Copy a notice's activities to the one of a later year."""
    with visit.write() as conn:
        later = next_year(conn, notice, form.number("year", most=9999), today=visit.now.date()).later
        carried = carry_activities(conn, notice, later, actor=visit.me.actor, now=visit.now)
    created, already = len(carried.created), carried.already
    return visit.see_other(f"/notices/{later}", told="rollover.carried", created=created, already=already)


def _shown(guesses: tuple[Guess, ...], schedule: Schedule, lang: str) -> tuple[GuessShown, ...]:
    words = Wording(schedules=(schedule,), lang=lang, year=0)
    return tuple(
        GuessShown(
            name=words.place(one.place),
            before=text_said(one.before, lang, year=0),
            after=text_said(one.after, lang, year=0),
            why=one.why,
            provisional=one.provisional,
        )
        for one in guesses
    )
