"""Refusals as the document tells them; ``web.problems`` makes them."""

from collections.abc import Mapping
from types import MappingProxyType

from pydantic import BaseModel, Field

from web.api.models import Blocker


class Blocked(BaseModel):
    """One case with every reason against the step."""

    ref: str = Field(examples=["QZ-2023-0001"])
    blockers: list[Blocker]


class WrongField(BaseModel):
    """One value that is wrong: by ``pointer`` (RFC 6901), by ``parameter``, or in a sheet by its cell."""

    pointer: str | None = Field(None, examples=["#/starts_on"])
    parameter: str | None = Field(None, examples=["limit"])
    row: int | None = Field(None, description="In a sheet, counted from 1.", examples=[2])
    column: str | None = Field(None, description="In a sheet, by its heading.", examples=["地区"])
    detail: str = Field(examples=["must be a text"])


class UnknownHeading(BaseModel):
    """A heading of an official sheet that was never seen, and the column that it may mean."""

    heading: str = Field(examples=["活动日期"])
    column: str | None = Field(examples=["活动时间"])
    likeness: float = Field(description="From 0 to 1.", examples=[0.62])


class Problem(BaseModel):
    """A refusal (RFC 9457)."""

    type: str = Field(description="Stable name.", examples=["urn:duban:problem:step.blocked"])
    title: str = Field(description="In English.", examples=["1 of 1 cases are blocked"])
    status: int = Field(examples=[409])
    detail: str = Field(description="In your language, with the way out.", examples=["1 项现在办不了"])
    instance: str = Field(
        description="The number of this request.", examples=["urn:duban:request:9f86d081884c"]
    )
    blocked: list[Blocked] | None = None
    errors: list[WrongField] | None = None
    headings: list[UnknownHeading] | None = Field(None, description="To be told in `map`.")
    missing: list[str] | None = Field(None, description="Columns that an official sheet lacks.")


PROBLEMS: Mapping[int, str] = MappingProxyType(
    {
        400: "The body cannot be read.",
        401: "There is no token, or it is not good any more.",
        403: "Your rights or your token do not allow it.",
        404: "There is no such thing within your reach.",
        408: "The body came too slowly.",
        409: "It cannot be done as things stand; every blocker is told.",
        412: "Somebody has changed it since you read it.",
        413: "The body is too large.",
        422: "Something in the request is wrong; every field is told.",
        429: "Too many requests with this token.",
        503: "The service cannot answer just now.",
    }
)
