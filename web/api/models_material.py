"""Materials, forms and colleagues of a case as the API tells them."""

from datetime import datetime
from typing import Any

from pydantic import Field

from web.api.models import Both, Some, Told
from web.api.types import Instant


class HeldMaterial(Told):
    """One thing handed in: a file or a link; ``removed_at`` where it was taken away."""

    id: int = Field(examples=[7])
    kind: str = Field(examples=["photo"])
    name: str = Field(examples=["合影.jpg"])
    uri: str = Field(description="A web address, or sha256:… of a file.", examples=["https://example.cn/1"])
    sha256: str | None
    size: int | None = Field(description="Bytes, of a file.")
    media_type: str | None = Field(examples=["image/jpeg"])
    has_thumb: bool = Field(description="Whether there is a small picture of it.")
    added_at: Instant
    removed_at: datetime | None


class Materials(Some[HeldMaterial]):
    """What was handed in for a case, the oldest first."""


class FormFault(Told):
    """What is wrong with one answer, or that it is missing."""

    field: str = Field(examples=["participants"])
    text: Both


class Form(Told):
    """The application form of a case as it stands."""

    form: str = Field(examples=["activity_application"])
    answers: dict[str, Any] = Field(description="As typed, else as known.", examples=[{"title": "科学课"}])
    problems: list[FormFault]
    missing: list[FormFault]
    complete: bool = Field(description="Whether it could be handed in.")
    saved_at: datetime | None


class FormHandedIn(Told):
    """A form handed in: what it became, and the version of its case after that."""

    name: str = Field(examples=["登记表.json"])
    sha256: str | None
    version: int = Field(examples=[3])


class Colleague(Told):
    """Somebody to whom a case may be handed over."""

    person_id: int = Field(examples=[2])
    name: str = Field(examples=["李强"])
    email: str = Field(examples=["li@example.cn"])


class Colleagues(Some[Colleague]):
    """The other coordinators of the unit of a case."""


class HandedOver(Told):
    """Who answers for a case now."""

    person_id: int = Field(examples=[2])
    version: int = Field(examples=[4])
