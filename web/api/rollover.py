"""Next year's notice: drafted from this year's with every guess, and last time's activities entered again."""

from typing import Annotated, Any

from fastapi import Query
from pydantic import Field, model_validator
from sqlalchemy import Connection
from starlette.responses import Response

from config.schedule import Role
from engine.rollover import NextYear, carry_activities, next_year
from web.access import Door, allow
from web.api.changing import Answer, ChangeDep, told
from web.api.models import Both, Given, Told
from web.api.models_notice import Finding
from web.api.route import routes_of
from web.api.types import NoticeId
from web.reach import Reach
from web.visit import VisitDep

router = routes_of("notices")

Year = Annotated[int | None, Query(ge=1970, le=2100, description="Left out: the year after its own.")]


class Guess(Told):
    """One date that was worked out, and by which rule."""

    place: str = Field(examples=["milestones.summary.due"])
    before: str = Field(examples=["2023-09-30"])
    after: str = Field(examples=["2024-09-30"])
    why: Both
    provisional: bool = Field(description="Whether that year's holidays are not published yet.")


class Draft(Told):
    """A notice of a later year as YAML; nothing is in force by it."""

    id: str = Field(examples=["quanzhou-2024"])
    year: int = Field(examples=[2024])
    text: str = Field(examples=["id: quanzhou-2024\n"])
    season: Both | None = Field(description="How the campaign's days were found.")
    guesses: list[Guess]


class NextNotice(Told):
    """What there is of a notice for a later year: a draft, unless it is known already."""

    id: str = Field(examples=["quanzhou-2024"])
    year: int = Field(examples=[2024])
    known: bool
    in_force: bool = Field(description="Whether activities can be copied there.")
    draft: Draft | None
    parents: list[Draft] = Field(
        description="Drafts of the notices above that are not known yet, nearest first."
    )
    findings: list[Finding] = Field(description="What is at odds in the draft.")

    @model_validator(mode="before")
    @classmethod
    def _flat(cls, value: Any) -> Any:
        if not isinstance(value, NextYear):
            return value
        drafted = value.drafted
        return {
            "id": value.later,
            "year": value.year,
            "known": drafted is None,
            "in_force": value.applied,
            "draft": drafted.draft if drafted else None,
            "parents": drafted.draft.parents if drafted else (),
            "findings": drafted.findings if drafted else (),
        }


class NewCarrying(Given):
    """The year to which activities are copied."""

    year: int | None = Field(
        None, ge=1970, le=2100, strict=True, description="Left out: the year after.", examples=[2024]
    )


class Carried(Told):
    """Activities entered again as planned, and how many were there already."""

    notice: str = Field(examples=["quanzhou-2024"])
    created: list[str] = Field(examples=[["QZ-2024-0001"]])
    already: int


@router.get("/notices/{notice}/rollover", response_model=NextNotice)
@allow(Role.ADMIN, reach=Reach.NOTICE, door=Door.API)
def draft_next_notice(notice: NoticeId, visit: VisitDep, year: Year = None) -> Response:
    """Draft a notice for a later year, by default the next one. Nothing is kept."""
    with visit.read() as conn:
        found = next_year(conn, notice, year, today=visit.now.date())
    return told(NextNotice.of(found))


@router.post("/notices/{notice}/rollover", response_model=Carried)
@allow(Role.ADMIN, reach=Reach.NOTICE, door=Door.API)
def carry_over(notice: NoticeId, body: NewCarrying, change: ChangeDep) -> Response:
    """Copy the activities that took place to the notice of a later year; what is there stays as it is."""
    visit = change.visit

    def work(conn: Connection) -> Answer:
        later = next_year(conn, notice, body.year, today=visit.now.date()).later
        done = carry_activities(conn, notice, later, actor=visit.me.actor, now=visit.now)
        return Answer(Carried(notice=later, created=list(done.created), already=done.already))

    return change.do(work)
