"""A schedule as text, for the database: compact JSON that reads back to the same value."""

from functools import cache
from typing import TYPE_CHECKING

import orjson

from config.schedule import Schedule

if TYPE_CHECKING:
    from pydantic import TypeAdapter


def dump(schedule: Schedule) -> str:
    """Return ``schedule`` as JSON: fields in their order, materials in the order asked, no null."""
    return orjson.dumps(_adapter().dump_python(schedule, mode="json", exclude_none=True)).decode()


def load(text: str) -> Schedule:
    """Return the schedule that ``dump`` wrote; ``load(dump(schedule)) == schedule``."""
    return _adapter().validate_json(text)


@cache
def _adapter() -> "TypeAdapter[Schedule]":
    from pydantic import TypeAdapter  # noqa: PLC0415  its import is slower than most commands

    return TypeAdapter(Schedule)
