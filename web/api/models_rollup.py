"""The roll-up of a report as the API tells it: figures, who has filed, files, photos, what was handed in."""

from datetime import date
from typing import Any

from pydantic import Field, model_validator

from engine.rollup.links import Link
from engine.rollup.photos import Photo
from engine.rollup.state import RollUp
from web.api.models import Both, Given, Some, Told
from web.api.types import Instant, Number, Text


class Count(Told):
    """How many of what."""

    name: Both
    number: int = Field(examples=[12])


class Place(Told):
    """One division, or one unit of the smallest."""

    name: str = Field(examples=["鲤城区"])
    activities: int
    held: int
    participants: int


class Punctual(Told):
    """How many activities met one milestone: by its date, after it, not at all; ``open`` is still to come."""

    name: Both
    due: date | None = Field(description="Null where it is not one day for all.")
    on_time: int
    after: int
    late: int
    open: int


class Press(Told):
    """One link of the media."""

    ref: str = Field(examples=["QZ-2023-0001"])
    title: str
    unit: str
    uri: str = Field(examples=["https://example.cn/news/1"])
    host: str


class OwedReport(Told):
    """A report that a unit of the region owes, or has handed in."""

    ref: str = Field(examples=["QZ-2023-R002"])
    name: Both
    unit: str = Field(examples=["丰泽区科协"])
    region: str = Field(examples=["350503"])
    state: str = Field(examples=["due"])
    due: date | None
    late: bool
    person: str | None
    phone: str | None


class SilentHost(Told):
    """A unit without an activity."""

    unit: str
    region: str = Field(examples=["350502"])


class Figures(Told):
    """All that a package tells in numbers, and who has filed.

    ``told``: of so many activities the participants are known; ``forms``: of so many the form is there.
    """

    activities: int = Field(examples=[12])
    held: int
    cancelled: int
    units: int
    participants: int
    told: int
    forms: int
    photos: int
    videos: int
    news: int
    states: list[Count]
    kinds: list[Count]
    audiences: list[Count]
    places: list[Place]
    by_unit: bool = Field(description="Whether places are units.")
    punctual: list[Punctual]
    hosts: list[Count] = Field(description="Where the media's links lead.")
    press: list[Press]
    owing: list[OwedReport] = Field(description="Reports not handed in yet.")
    filed: list[OwedReport] = Field(description="Reports handed in.")
    silent: list[SilentHost] = Field(description="Units without an activity.")
    without: list[str] = Field(description="Divisions without an activity.", examples=[["350504"]])


class Package(Told):
    """The package that a report was handed in with."""

    name: str = Field(examples=["汇总包-QZ-2023-R001.zip"])
    sha256: str | None
    size: int | None
    added_at: Instant


class RollUpTold(Told):
    """How a report stands: its figures while it is due, then the package that it was handed in with."""

    ref: str = Field(examples=["QZ-2023-R001"])
    notice: str = Field(examples=["quanzhou-2023"])
    title: str
    unit: str
    region: str = Field(examples=["350502"])
    state: str = Field(examples=["due"])
    version: int = Field(examples=[1])
    open: bool = Field(description="Whether the package is still made anew.", examples=[True])
    figures: Figures | None
    package: Package | None = Field(
        description="Null too where it was handed in without one.", examples=[None]
    )

    @model_validator(mode="before")
    @classmethod
    def _flat(cls, value: Any) -> Any:
        if not isinstance(value, RollUp):
            return value
        names = ("ref", "notice", "title", "unit", "region", "state", "version", "open")
        about = {name: getattr(value.subject, name) for name in names}
        return about | {"figures": value.figures, "package": value.package}


class PackageFile(Told):
    """One file of a package."""

    name: str = Field(examples=["照片/QZ-2023-0001/01.jpg"])
    ref: str = Field(description="The case that it is about.", examples=["QZ-2023-0001"])
    sha256: str
    size: int


class LeftOut(Told):
    """Something that could not go along, and why."""

    ref: str = Field(examples=["QZ-2023-0001"])
    name: str
    why: str = Field(examples=["文件被改动过"])


class PackageFiles(Some[PackageFile]):
    """The index of a package: every file with its hash, and what could not go along."""

    frozen: bool = Field(description="Whether it is the package that was handed in.")
    left: list[LeftOut]


class PhotoTold(Told):
    """One photo that may go along."""

    id: int = Field(examples=[7])
    ref: str = Field(examples=["QZ-2023-0001"])
    title: str
    name: str = Field(examples=["合影.jpg"])
    sha256: str | None
    size: int | None
    chosen: bool

    @model_validator(mode="before")
    @classmethod
    def _flat(cls, value: Any) -> Any:
        if not isinstance(value, Photo):
            return value
        item = {name: getattr(value.item, name) for name in ("id", "name", "sha256", "size")}
        return item | {
            "ref": value.activity.ref,
            "title": value.activity.row.title,
            "chosen": value.chosen,
        }


class Photos(Some[PhotoTold]):
    """Every photo of the activities, by activity."""


class LinkTold(Told):
    """One link of the media that the report may name."""

    id: int = Field(examples=[9])
    ref: str = Field(examples=["QZ-2023-0001"])
    title: str
    name: str = Field(examples=["科普日走进社区"])
    uri: str = Field(examples=["https://example.cn/news/1"])
    chosen: bool

    @model_validator(mode="before")
    @classmethod
    def _flat(cls, value: Any) -> Any:
        if not isinstance(value, Link):
            return value
        item = {name: getattr(value.item, name) for name in ("id", "name", "uri")}
        return item | {
            "ref": value.activity.ref,
            "title": value.activity.row.title,
            "chosen": value.chosen,
        }


class Links(Some[LinkTold]):
    """Every link of the media, the activity that most took part in first."""


class NewLinks(Given):
    """The links that the report names; it names no others."""

    links: list[Number] = Field(max_length=10_000, examples=[[1]])


class ChosenLinks(Told):
    """The links that the report names now."""

    links: list[int] = Field(examples=[[1]])


class NewChoice(Given):
    """The photos that go along, all others do not."""

    photos: list[Number] = Field(max_length=10_000, examples=[[1]])


class Chosen(Told):
    """The photos that go along now."""

    photos: list[int] = Field(examples=[[1]])


class NewHandIn(Given):
    """A report to be handed in with its package."""

    reason: Text | None = None


class HandedIn(Told):
    """A report handed in: what it has become, and the package that stays as it is."""

    ref: str = Field(examples=["QZ-2023-R001"])
    source: str = Field(examples=["due"])
    dest: str = Field(examples=["submitted"])
    version: int = Field(examples=[2])
    name: str = Field(examples=["汇总包-QZ-2023-R001.zip"])
    sha256: str | None = Field(description="The hash of the package, as the history has it.")
    size: int | None
