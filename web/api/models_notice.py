"""Notices, their schedules and changes of them as the API tells them."""

from datetime import date

from pydantic import Field

from web.api.models import Both, Given, Some, Told
from web.api.types import Instant, Text


class Notice(Told):
    """One notice; ``version`` is that of its schedule, and its ETag."""

    id: str = Field(examples=["quanzhou-2023"])
    code: str = Field(examples=["QZ-2023"])
    title: str
    number: str | None
    issuer: str = Field(examples=["泉州市科协"])
    issued: date | None
    region: str = Field(examples=["350500"])
    extends: str | None = Field(description="The notice above it.", examples=["fujian-2023"])
    state: str = Field(examples=["in_force"])
    version: int = Field(examples=[1])
    review: bool = Field(description="Whether its mails wait for an admin.")
    zone: str = Field(examples=["Asia/Shanghai"])


class Notices(Some[Notice]):
    """The notices that you may see."""


class Value(Told):
    """One value in force, and who says so."""

    place: str = Field(examples=["milestones.summary.due"])
    value: str = Field(examples=["2023-09-30"])
    notice: str = Field(examples=["quanzhou-2023"])
    clause: str | None = Field(examples=["六（二）"])
    cite: str | None
    note: Both | None
    inherited: bool
    is_open: bool = Field(description="Whether it is still to be told.")


class Schedule(Told):
    """A notice's schedule: its YAML text and every value that it comes to."""

    notice: str = Field(examples=["quanzhou-2023"])
    version: int = Field(examples=[1])
    text: str = Field(examples=["id: quanzhou-2023\n"])
    values: list[Value]


class ScheduleVersion(Told):
    """One applied version."""

    version: int = Field(examples=[1])
    at: Instant
    who: str | None = Field(examples=["周管理员"])
    hash: str


class ScheduleVersions(Some[ScheduleVersion]):
    """All versions of a schedule, the newest first."""


class FieldChange(Told):
    """One value that differs."""

    place: str = Field(examples=["milestones.summary.due"])
    before: str | None
    after: str | None


class FieldChanges(Some[FieldChange]):
    """What differs between two versions."""


class FiringChange(Told):
    """One reminder that is moved, added or dropped."""

    what: str = Field(examples=["moved"])
    notice: str
    milestone: str
    rung: str
    before: Instant | None
    after: Instant | None


class Excused(Told):
    """Reports that a notice asks for no more."""

    waived: list[str] = Field(description="Nothing was handed in for them.", examples=[["QZ-2023-R002"]])
    begun: list[str] = Field(description="Begun, and left to a person.", examples=[[]])


class Applied(Told):
    """What an apply does to one notice, and to those that extend it."""

    notice: str = Field(examples=["quanzhou-2023"])
    version: int = Field(examples=[2])
    fields: list[FieldChange]
    firings: list[FiringChange]
    owed: list[str] = Field(description="Reports that units owe from now on.", examples=[["QZ-2023-R001"]])
    excused: Excused = Field(description="Reports that units owe no more.")
    past: int = Field(description="Reminders that are past already and never leave.")
    children: list["Applied"] = Field(description="The notices that extend it.", examples=[[]])


class Mails(Told):
    """When a reminder leaves, about how many cases, to how many people."""

    at: Instant
    cases: int
    people: int


class MailsMoved(Told):
    """One reminder that a change moves, adds or drops, in cases and people."""

    what: str = Field(examples=["moved"])
    notice: str
    milestone: str
    rung: str
    before: Mails | None
    after: Mails | None
    sent: int = Field(description="Mails of it that were sent already.")


class Finding(Told):
    """One contradiction in a schedule."""

    code: str = Field(examples=["due_on_day_off"])
    level: str = Field(description="error, warning or info.", examples=["warning"])
    place: str = Field(examples=["milestones.summary.due"])
    text: Both


class Plan(Told):
    """What putting a text in force would do; apply it with ``If-Match: "version"``."""

    version: int = Field(description="The version it was compared with.", examples=[1])
    text: str = Field(description="The text that was planned, to be applied as it is.")
    applied: Applied
    mails: list[MailsMoved]
    findings: list[Finding]


class NewSchedule(Given):
    """A schedule: its whole YAML text, or values to change in the one in force; not both."""

    text: str | None = Field(None, min_length=1, max_length=200_000, examples=["id: quanzhou-2023\n"])
    changes: dict[str, str | int | bool | dict[str, int] | None] | None = Field(
        None,
        min_length=1,
        max_length=100,
        description="By place; null takes the notice's own word back.",
        examples=[{"milestones.summary.due": "2023-09-29"}],
    )


class AppliedSchedule(NewSchedule):
    """A schedule to be put in force."""

    reason: Text | None = None


class ComingReader(Told):
    """Somebody who will get a mail, and about how many cases."""

    person_id: int = Field(examples=[1])
    name: str = Field(examples=["王敏"])
    cases: int = Field(examples=[3])


class ComingMilestone(Told):
    """What the mails of one instant say of a milestone, and of how many cases."""

    notice: str = Field(examples=["quanzhou-2023"])
    milestone: str = Field(examples=["summary"])
    name: Both
    cases: int = Field(examples=[3])


class ComingSend(Told):
    """One instant at which mails leave."""

    at: Instant
    readers: list[ComingReader]
    milestones: list[ComingMilestone]
    review: int = Field(description="How many of them wait for release first.")
    unreachable: int = Field(description="Cases that nobody can be told of.")


class ComingSends(Some[ComingSend]):
    """All that will be sent if nobody does anything."""
