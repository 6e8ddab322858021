"""What all bodies of the API have in common."""

from collections.abc import Mapping
from typing import Annotated, Any, Generic, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator

from web.problems import blocker_data
from workflows.blockers import Blocker as Against

T = TypeVar("T")


class Given(BaseModel):
    """A body that is sent to us: nothing in it goes unnoticed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Told(BaseModel):
    """A body that we answer with, read off an engine's value."""

    model_config = ConfigDict(from_attributes=True, frozen=True)

    @classmethod
    def of(cls, value: object, *, lang: str = "zh") -> Self:
        """Return the body that tells a value; ``lang`` is for sentences."""
        return cls.model_validate(value, context={"lang": lang})


class Both(Told):
    """A text in both languages."""

    zh: Annotated[str, Field(examples=["已登记"])]
    en: Annotated[str, Field(examples=["Registered"])]


class Blocker(Told):
    """One reason against a step: a stable code, what it is about, and a sentence."""

    code: Annotated[str, Field(examples=["materials_missing"])]
    params: dict[str, str | int] = Field(examples=[{"materials": "photo:2"}])
    clears_on: str | None = Field(
        description="The day on which it clears by itself.", examples=["2023-08-21"]
    )
    fix: str | None = Field(description="What clears it, as a word for programs.")
    text: str = Field(description="In the language of the request.", examples=["缺 2 张照片"])

    @model_validator(mode="before")
    @classmethod
    def _said(cls, value: Any, info: ValidationInfo) -> Any:
        context: Mapping[str, str] = info.context or {}
        return blocker_data(value, context.get("lang", "zh")) if isinstance(value, Against) else value


class Some(Told, Generic[T]):
    """Part of a list. Ask on with ``next`` as ``cursor``; null at the end."""

    items: list[T]
    next: Annotated[str | None, Field(description="The cursor of what follows; null at the end.")]


def _listed(value: object) -> object:
    return sorted(value) if isinstance(value, set | frozenset) else value


Words = Annotated[list[str], BeforeValidator(_listed)]
