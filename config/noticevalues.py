"""The single values of a notice file: how each is read, and what an editor is told of it."""

import re
from collections.abc import Callable
from datetime import date, time
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from config.dates import parse_when
from config.errors import UserError
from config.regions import region
from config.schedule import Precision, When

ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
KEY = r"^[a-z][a-z0-9_]{0,39}$"
RUNG = r"^[+-]?[a-z0-9][a-z0-9_]{0,22}$"
MATERIAL = r"^[a-z][a-z0-9_]*(\|[a-z][a-z0-9_]*)*$"
UNIT = (
    r"^(national|province|city|county|\*)"
    r"/(association|society|school|enterprise|department|venue|community|\*)$"
)


def _custom(error: UserError) -> PydanticCustomError:
    # Only a pydantic error keeps its place in the file; the two texts travel in its context.
    return PydanticCustomError("user", "{en}", {"zh": error.text.zh, "en": error.text.en, "code": error.code})


def _when(value: object) -> When:
    try:
        return parse_when(value if isinstance(value, str) else "…")
    except UserError as error:
        raise _custom(error) from None


def _absolute(value: object) -> When:
    when = _when(value)
    if when.precision is not Precision.RELATIVE:
        return when
    raise _custom(
        UserError(
            zh=f"“{when.text}”：只有 due 可以按活动结束日推算；这里请写日期或 tbd",
            en=f"'{when.text}': only due may be counted from the case's last day; write a date or tbd here",
            code="date.relative_here",
        )
    )


def _known_region(value: object) -> str:
    try:
        return region(str(value)).code
    except UserError as error:
        raise _custom(error) from None


def _known_zone(value: object) -> str:
    try:
        return ZoneInfo(str(value)).key
    except (OSError, ValueError, KeyError):
        raise _custom(
            UserError(
                zh=f"没有时区“{value}”；请写如 Asia/Shanghai",
                en=f"there is no time zone '{value}'; write for example Asia/Shanghai",
                code="notice.zone",
            )
        ) from None


def _plain_day(value: object) -> date:
    when = _when(value)
    if when.precision is Precision.DAY and when.day is not None:
        return when.day
    raise _custom(
        UserError(
            zh=f"“{when.text}”：这里请写某一天，如 2023-10-07",
            en=f"'{when.text}': write one day here, such as 2023-10-07",
            code="date.not_a_day",
        )
    )


def _hour(value: object) -> time:
    if isinstance(value, str) and re.fullmatch("([01]?[0-9]|2[0-3]):[0-5][0-9]", value):
        hour, minute = value.split(":")
        return time(int(hour), int(minute))
    raise _custom(
        UserError(
            zh=f"“{value}”不是时刻，请写 00:00 至 23:59，如 09:00",
            en=f"'{value}' is not an hour; write 00:00 to 23:59, such as 09:00",
            code="notice.hour",
        )
    )


def spread(key: str) -> Callable[[object], object]:
    """Let ``x: VALUE`` stand for ``x: {KEY: VALUE}``."""
    return lambda value: value if isinstance(value, dict | BaseModel) else {key: value}


def read_off(value: object) -> object:
    """Let ``off`` stand for ``{off: true}``."""
    return {"off": True} if value == "off" else value


def read_owed_by(value: object) -> object:
    """Let ``activity`` stand for no units."""
    if value == []:
        raise _custom(
            UserError(
                zh="“for”是空的，请写 activity，或应报送的单位，如 [county/association]",
                en="'for' is empty; write activity, or the units that owe it, such as [county/association]",
                code="notice.for",
            )
        )
    return () if value == "activity" else value


_DATE_SCHEMA = WithJsonSchema(
    {
        "type": "string",
        "description": "2023-09-30 | 2023-09-30 18:00 | early|mid|late 2023-09 | 2023-09 | "
        "held + 3 working days | tbd (about … = 我们的理解 / our reading)",
        "examples": ["2023-09-30", "late 2023-09", "held + 3 working days", "tbd"],
    }
)

Key = Annotated[str, Field(pattern=KEY)]
RungKey = Annotated[str, Field(pattern=RUNG)]
UnitWord = Annotated[str, Field(pattern=UNIT)]
Text = Annotated[str, Field(min_length=1, max_length=1000)]
Materials = dict[Annotated[str, Field(pattern=MATERIAL)], Annotated[int, Field(ge=1, le=1000)]]
WhenText = Annotated[str, _DATE_SCHEMA]
AnyDate = Annotated[When, PlainValidator(_when), _DATE_SCHEMA]
AbsoluteDate = Annotated[When, PlainValidator(_absolute), _DATE_SCHEMA]
Day = Annotated[date, PlainValidator(_plain_day), WithJsonSchema({"type": "string", "format": "date"})]
Hour = Annotated[time, PlainValidator(_hour), WithJsonSchema({"type": "string", "examples": ["09:00"]})]
RegionCode = Annotated[
    str, PlainValidator(_known_region), WithJsonSchema({"type": "string", "pattern": "^[0-9]{6}$"})
]
Zone = Annotated[str, PlainValidator(_known_zone), WithJsonSchema({"type": "string"})]
