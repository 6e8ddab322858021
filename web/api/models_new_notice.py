"""New notices as the API tells them: shipped ones, and drafts of a later year."""

from typing import Any

from pydantic import Field, model_validator

from config.rollover import Rollover
from web.api.models import Both, Given, Some, Told
from web.api.models_notice import Finding
from web.api.types import NoticeId, Text

_NOTICE = """\
id: quanzhou-2024
code: QZ-2024
title: 关于举办2024年全国科普日活动的通知
issuer: 泉州市科学技术协会
issued: 2024-08-15
region: "350500"
windows:
  week:
    name: {zh: 集中开展, en: Main week}
    start: 2024-09-15
    end: 2024-09-25
milestones:
  register:
    name: {zh: 活动登记, en: Register the activity}
    for: activity
    reaches: registered
    due: 2024-09-10
"""


class NewNotice(Given):
    """The YAML text of a notice that is not known here yet."""

    text: str = Field(min_length=1, max_length=200_000, examples=[_NOTICE])


class AppliedNotice(NewNotice):
    """A notice to be put in force; with a reason although it contradicts itself."""

    reason: Text | None = None


class ShippedNotice(Told):
    """A notice that the program carries and nobody has put in force here."""

    id: str = Field(examples=["quanzhou-2023"])
    title: str
    region: str = Field(examples=["350500"])
    issuer: str = Field(examples=["泉州市科协"])
    text: str = Field(description="To be planned and put in force.", examples=["id: quanzhou-2023\n"])


class ShippedNotices(Some[ShippedNotice]):
    """The shipped notices that you could put in force."""


class Guess(Told):
    """One date that was worked out for a later year, and by which rule."""

    place: str = Field(examples=["milestones.summary.due"])
    before: str = Field(examples=["2023-09-30"])
    after: str = Field(examples=["2024-09-30"])
    why: Both
    provisional: bool = Field(description="Whether that year's holidays are not known yet.")


class NoticeDraft(Told):
    """The draft of a notice; ``parents`` are those of the notices above that nobody has either."""

    id: str = Field(examples=["quanzhou-2024"])
    text: str = Field(examples=["id: quanzhou-2024\n"])
    season: Both | None
    guesses: list[Guess]
    parents: list["NoticeDraft"] = Field(examples=[[]])

    @model_validator(mode="before")
    @classmethod
    def _known(cls, value: Any) -> Any:
        names = ("id", "text", "season", "guesses", "parents")
        return {name: getattr(value, name) for name in names} if isinstance(value, Rollover) else value


class Drafted(Told):
    """A draft, and what a check finds at odds in it."""

    draft: NoticeDraft
    findings: list[Finding]


class LaterYear(Told):
    """What there is of a notice for a later year; a draft only where it is not known yet."""

    year: int = Field(examples=[2024])
    later: str = Field(description="Its id then.", examples=["quanzhou-2024"])
    applied: bool = Field(description="Whether it is in force here already.")
    drafted: Drafted | None


class Carry(Given):
    """To which year; left out: the one after the notice's own."""

    year: int | None = Field(None, ge=1990, le=2100, strict=True, examples=[2024])


class Carried(Told):
    """The activities that were copied to a later year's notice, and how many were there already."""

    notice: NoticeId
    created: list[str] = Field(examples=[["QZ-2024-0001"]])
    already: int = Field(examples=[0])
