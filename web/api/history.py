"""History: searched, told of one subject, as of a moment, measured, verified."""

from typing import Annotated

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from config.schedule import CaseKind, Role
from engine.asof import By
from engine.audit.cases_then import Moment as Then
from engine.audit.cases_then import ThenFilter, cases_then
from engine.audit.durations import Scope, durations
from engine.audit.search import ChangeFilter, find_changes
from engine.audit.standing import stood
from engine.audit.steps import irregular_steps
from engine.audit.subjects import Kind
from engine.audit.telling import tell
from web.access import Door, allow
from web.api.changing import told
from web.api.models import Given
from web.api.models_history import CasesThen, Durations, Irregular, Stood, ToldChanges
from web.api.paging import Most, Pages
from web.api.route import routes_of
from web.api.types import Line, Moment, NoticeId, RegionCode, Word
from web.visit import VisitDep

router = routes_of("history")

WATCHING = (Role.AUDITOR, Role.ADMIN)
Subject = Annotated[
    str, Query(pattern=r"^[a-z]{1,12}:[A-Za-z0-9./_-]{1,80}$", examples=["case:QZ-2023-0001"])
]


class ChangesAsked(Given):
    """Which changes are asked for."""

    subject: Subject | None = None
    kind: Kind | None = None
    actor: Line | None = Field(None, description="A person's number, or part of a name.")
    trigger: Word | None = Field(None, examples=["register"])
    since: Moment | None = None
    until: Moment | None = None
    by: By = Field(By.RECORDED, description="Which of its two times decides: entered, or happened.")
    region: RegionCode | None = None
    forced: bool = False
    back: bool = Field(False, description="Only steps back.")
    text: Line | None = None

    def filter(self) -> ChangeFilter:
        """Return the filter that it means."""
        given = {name: getattr(self, name) for name in ChangesAsked.model_fields}
        actor = self.actor
        by_number = actor is not None and actor.isascii() and actor.isdecimal() and len(actor) < _DIGITS
        return ChangeFilter(**given | {"actor": int(actor) if actor and by_number else actor})


_DIGITS = 16


class ChangesPart(ChangesAsked):
    """Which part of the changes is asked for; ``cursor`` is what the answer before called next."""

    cursor: Annotated[str | None, Field(pattern=r"^[1-9][0-9]{0,14}$", examples=["100"])] = None
    limit: Most = 50


class CasesAt(Pages):
    """Which cases of which moment are asked for."""

    at: Moment
    by: By = By.RECORDED
    state: Word | None = Field(None, examples=["held"])
    kind: CaseKind | None = None
    notice: NoticeId | None = None
    region: RegionCode | None = None
    text: Line | None = None


class Measured(Given):
    """Of which cases."""

    notice: NoticeId | None = None
    kind: CaseKind | None = None
    region: RegionCode | None = None

    def scope(self) -> Scope:
        """Return the cases meant."""
        return Scope(notice=self.notice, kind=self.kind, region=self.region)


@router.get("/history", response_model=ToldChanges)
@allow(door=Door.API)
def search_history(visit: VisitDep, wanted: Annotated[ChangesPart, Query()]) -> Response:
    """Search the changes of all that you may see, the newest first."""
    after = int(wanted.cursor) if wanted.cursor else None
    with visit.read() as conn:
        found = find_changes(conn, visit.me.actor, wanted.filter(), after=after, limit=wanted.limit)
        items = tell(conn, found, local=visit.office.zone)
    following = None if found.following is None else str(found.following)
    return told(ToldChanges.of({"items": items, "next": following}))


@router.get("/as-of", response_model=Stood)
@allow(door=Door.API)
def read_as_of(subject: Subject, at: Moment, visit: VisitDep, by: By = By.RECORDED) -> Response:
    """Show one subject as it stood at a moment, and what differs since."""
    with visit.read() as conn:
        return told(Stood.of(stood(conn, visit.me.actor, subject, at, by=by)))


@router.get("/as-of/cases", response_model=CasesThen)
@allow(door=Door.API, slow=True)
def list_cases_as_of(visit: VisitDep, wanted: Annotated[CasesAt, Query()]) -> Response:
    """List cases as they stood at a moment."""
    names = ("state", "kind", "notice", "region", "text")
    asked = ThenFilter(**{name: getattr(wanted, name) for name in names})
    moment = Then(at=wanted.at, by=wanted.by)
    with visit.read() as conn:
        found = cases_then(conn, visit.me.actor, asked, moment, page=wanted.page, per_page=wanted.limit)
    more = found.page * found.per_page < found.total
    following = str(found.page + 1) if more else None
    body = {"items": found.items, "next": following, "at": found.at, "total": found.total}
    return told(CasesThen.of(body))


@router.get("/durations", response_model=Durations)
@allow(*WATCHING, door=Door.API, slow=True)
def read_durations(visit: VisitDep, wanted: Annotated[Measured, Query()]) -> Response:
    """Tell how long cases stayed in each state."""
    with visit.read() as conn:
        found = durations(conn, visit.me.actor, wanted.scope(), now=visit.now)
    return told(Durations.of({"items": found, "next": None}))


@router.get("/irregular-steps", response_model=Irregular)
@allow(*WATCHING, door=Door.API)
def read_irregular_steps(visit: VisitDep, wanted: Annotated[Measured, Query()]) -> Response:
    """List late, forced and undone steps."""
    with visit.read() as conn:
        return told(Irregular.of(irregular_steps(conn, visit.me.actor, wanted.scope())))
