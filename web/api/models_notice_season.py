"""The season of a notice as the API tells it: its periods, its milestones and their reminders."""

from datetime import date
from typing import Any

from pydantic import Field, model_validator

from config.schedule import When as Stated
from web.api.models import Both, Told
from web.api.models_notice import Finding
from web.api.types import Instant


class When(Told):
    """A date as a notice states it: a day, part of a month, or a text that says from when it counts."""

    text: str = Field(examples=["2023-09-30"])
    first: date | None
    last: date | None
    approximate: bool

    @model_validator(mode="before")
    @classmethod
    def _days(cls, value: Any) -> Any:
        if not isinstance(value, Stated):
            return value
        told = {"text": value.text, "approximate": value.approximate}
        return told | {"first": value.start, "last": value.day}


class WindowTold(Told):
    """A period of the campaign."""

    key: str = Field(examples=["main"])
    name: Both
    start: When
    end: When


class RungDay(Told):
    """One reminder on its day; a lapsed one was past before it could leave."""

    rung: str = Field(examples=["-3"])
    day: date
    at: Instant
    roles: list[str] = Field(examples=[["coordinator"]])
    sent: bool
    lapsed: bool


class MilestoneTold(Told):
    """One milestone, what it asks and its reminders."""

    key: str = Field(examples=["summary"])
    name: Both
    kind: str = Field(examples=["activity"])
    opens: When | None
    due: When
    reaches: str | None = Field(examples=["summarized"])
    needs: dict[str, int] = Field(examples=[{"summary": 1}])
    units: list[str] = Field(description="Who owes it, of a report.", examples=[[]])
    send_to: str | None
    after_due: str = Field(examples=["allow"])
    reminders: list[RungDay]


class SeasonDate(Told):
    """What happens on a day: something opens, is due, begins or ends."""

    day: date
    occasion: str = Field(examples=["due"])
    name: Both
    approximate: bool


class Relative(Told):
    """A notice above or below; ``known`` where you may read it."""

    id: str = Field(examples=["fujian-2023"])
    title: str
    known: bool


class Season(Told):
    """The season of a notice: its periods, milestones with their reminders, and what comes next."""

    notice: str = Field(examples=["quanzhou-2023"])
    in_force: bool
    today: date
    next: list[SeasonDate]
    windows: list[WindowTold]
    milestones: list[MilestoneTold]
    parents: list[Relative]
    children: list[Relative]
    findings: list[Finding] = Field(description="Contradictions, for its admins.", examples=[[]])
