"""How a season stands, in numbers: overview, coverage, burn-up, one day."""

from datetime import date
from typing import Annotated, Any

from pydantic import Field, model_validator

from web.api.models import Both, Some, Told
from web.api.types import Instant


class Numbers(Told):
    """Cases of notices in force: each is on time, due soon or late; `not_filed` are reports of all three."""

    on_time: int = Field(examples=[310])
    soon: int = Field(examples=[42])
    late: int = Field(examples=[7])
    not_filed: int = Field(examples=[12])


class StateCount(Told):
    """How many cases of a kind are in a state."""

    kind: str = Field(examples=["activity"])
    state: str = Field(examples=["held"])
    cases: int = Field(examples=[51])


class RegionCount(Told):
    """How many cases a region has of its own, and how many of them are late."""

    region: str = Field(examples=["350502"])
    cases: int = Field(examples=[40])
    late: int = Field(examples=[2])


class MilestoneHead(Told):
    """A column of the matrix."""

    notice: str = Field(examples=["quanzhou-2023"])
    key: str = Field(examples=["summary"])
    name: Both
    due: date | None = Field(description="Null where it differs from case to case, or is not known.")
    approximate: bool


class Cell(Told):
    """How the cases of a region stand to a milestone."""

    region: str = Field(examples=["350502"])
    notice: str = Field(examples=["quanzhou-2023"])
    milestone: str = Field(examples=["summary"])
    late: int
    soon: int
    open: int
    done: int


class SilentUnit(Told):
    """A unit that has not been heard of."""

    id: int = Field(examples=[5])
    name: str = Field(examples=["丰泽实验小学"])
    region: str = Field(examples=["350503"])
    level: str = Field(examples=["county"])
    kind: str = Field(examples=["school"])
    no_activity: bool
    owed: int = Field(description="Reports that it owes.")
    people: list[str] = Field(description="Its coordinators.", examples=[["李强"]])


class SilentUnits(Some[SilentUnit]):
    """Units that have not been heard of."""


class DueThen(Told):
    """A milestone whose last day comes, and how many cases still owe it."""

    notice: str
    milestone: str = Field(examples=["summary"])
    name: Both
    cases: int


class WindowThen(Told):
    """A period that begins or ends."""

    notice: str
    window: str
    name: Both
    begins: bool


class ReminderThen(Told):
    """A reminder that leaves, and about how many cases."""

    notice: str
    milestone: str
    rung: str = Field(examples=["-3"])
    template: str
    at: Instant
    cases: int


class ComingDay(Told):
    """One day on which something comes."""

    day: date
    due: list[DueThen]
    windows: list[WindowThen]
    reminders: list[ReminderThen]


class Overview(Told):
    """All that an admin sees first."""

    at: Instant
    notices: list[str] = Field(examples=[["quanzhou-2023"]])
    cases: int = Field(examples=[371])
    numbers: Numbers
    states: list[StateCount]
    regions: list[RegionCount]
    milestones: list[MilestoneHead]
    cells: list[Cell]
    silent: list[SilentUnit] = Field(description="The first units without an activity.")
    silent_count: int
    coming: list[ComingDay]


class DayCounts(Told):
    """How many cases were in each state at the end of a day."""

    day: date
    states: dict[str, int] = Field(examples=[{"planned": 12, "registered": 300}])
    due: list[Both] = Field(description="The milestones whose last day it was.")


class Burnup(Some[DayCounts]):
    """The days of a season."""


class LateThen(Told):
    """A case that is late on a day."""

    ref: str = Field(examples=["QZ-2023-0001"])
    kind: str
    title: str
    unit: str | None
    region: str
    coordinator: str | None
    state: str
    milestones: list[str] = Field(examples=[["summary"]])

    @model_validator(mode="before")
    @classmethod
    def _named(cls, value: Any) -> Any:
        fields = ("ref", "kind", "title", "unit", "region", "coordinator", "state")
        told = {name: getattr(value, name) for name in fields}
        return told | {"milestones": [one.milestone for one in value.late]}


class MailThen(Told):
    """A mail that was sent on a day, or would be."""

    at: Instant
    name: str = Field(examples=["王敏"])
    template: str = Field(examples=["reminder"])
    state: str
    cases: int
    number: int | None
    subject: str | None


Count = Annotated[int, Field(examples=[3])]


class StateThen(Told):
    """How many cases of a kind are in a state on a day."""

    kind: str
    state: str
    cases: Count


class Day(Told):
    """How everything stood on a day, stands, or would stand if nobody did anything."""

    at: Instant
    day: date
    tense: str = Field(description="past, now or coming.", examples=["coming"])
    states: list[StateThen]
    late: list[LateThen] = Field(description="The first of them.")
    late_total: Count
    mails: list[MailThen] = Field(description="The first of them.")
    mails_total: Count

    @model_validator(mode="before")
    @classmethod
    def _counted(cls, value: Any) -> Any:
        names = ("at", "day", "tense", "late", "late_total", "mails", "mails_total")
        states = [
            {"kind": kind, "state": state, "cases": cases} for (kind, state), cases in value.states.items()
        ]
        return {name: getattr(value, name) for name in names} | {"states": states}
