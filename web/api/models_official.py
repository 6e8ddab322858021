"""Official sheets as the API tells them, and what is sent to us to be taken in."""

from typing import Annotated, Any

from fastapi import UploadFile
from pydantic import Field, StringConstraints, model_validator

from config.official import FileKind, Item
from engine.official.told import Taken as TakenIn
from web.api.models import Both, Given, Some, Told
from web.api.types import NoticeId

Meaning = Annotated[
    str,
    StringConstraints(max_length=262, pattern=r"^[^\x00-\x1f\x7f=]{1,200}=[^\x00-\x1f\x7f=]{0,60}$"),
    Field(examples=["活动日期=活动时间"]),
]
FormKey = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$"), Field(examples=["quanzhou_list"])
]


class Column(Told):
    """One place of a sheet, by the heading that stands there and those that mean the same."""

    key: str = Field(examples=["title"])
    heading: str = Field(examples=["活动名称"])
    synonyms: list[str] = Field(examples=[["名称"]])
    what: str = Field(description="How it is written.", examples=["text"])
    required: bool
    choices: list[str] = Field(description="What may stand there, where it is a choice.", examples=[[]])

    @model_validator(mode="before")
    @classmethod
    def _listed(cls, value: Any) -> Any:
        if not isinstance(value, Item):
            return value
        own = ("key", "heading", "synonyms", "what", "required")
        return {name: getattr(value, name) for name in own} | {"choices": list(value.choices.values())}


class OfficialSheet(Told):
    """One official sheet: a document for each activity (docx), or a table of many (xlsx)."""

    key: str = Field(examples=["quanzhou_list"])
    name: Both
    title: str = Field(description="As it is printed, with blanks such as {year}.")
    file: FileKind = Field(examples=["xlsx"])
    region: str = Field(examples=["350500"])
    notices: list[str] = Field(description="Those it is made for; none: all of its region.")
    columns: list[Column]


class OfficialSheets(Some[OfficialSheet]):
    """The official sheets that there are."""


class OfficialImport(Given):
    """An official sheet (.xlsx, .docx, or a .zip of several .docx) of one notice's activities.

    ``map`` says of headings never seen what they mean: ``heading=column``, ``heading=`` to pass it over.
    """

    notice: NoticeId
    file: UploadFile
    map: list[Meaning] = Field(default=[], max_length=100)

    @property
    def meanings(self) -> dict[str, str]:
        """Return what is said of headings."""
        pairs = (one.rpartition("=") for one in self.map)
        return {heading: column for heading, _, column in pairs}


class Changed(Told):
    """One place of one activity: what it said, and what the sheet says."""

    ref: str = Field(examples=["QZ-2023-0001"])
    heading: str = Field(examples=["活动地点"])
    before: str = Field(examples=["文化广场"])
    after: str = Field(examples=["科技馆"])


class Taken(Told):
    """What became of an official sheet: activities by number, every change, and what to know of it."""

    created: list[str] = Field(examples=[["QZ-2023-0042"]])
    updated: list[str] = Field(examples=[[]])
    unchanged: list[str] = Field(examples=[[]])
    changes: list[Changed]
    notes: list[Both]

    @model_validator(mode="before")
    @classmethod
    def _flat(cls, value: Any) -> Any:
        if not isinstance(value, TakenIn):
            return value
        saved = {name: getattr(value.saved, name) for name in ("created", "updated", "unchanged")}
        return saved | {"changes": value.changes, "notes": value.notes}
