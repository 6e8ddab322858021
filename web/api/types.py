"""The single values of the API: how each is written, and an example of it."""

import re
from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, StringConstraints

_YEAR = "(19[7-9][0-9]|20[0-9]{2})"
_DATE = f"{_YEAR}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_TIME = r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9])"
DAY = f"^{_DATE}$"
MOMENT = f"^{_DATE}T{_TIME}$"
PLAIN = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
"""A text without control characters but tab and line ends."""


def _written(pattern: str) -> BeforeValidator:
    """Return the rule that a value is text of a pattern: a number is no date."""
    fits = re.compile(pattern)

    def check(value: object) -> object:
        is_so = isinstance(value, date) or (isinstance(value, str) and fits.search(value))
        if not is_so:
            raise ValueError(f"must be written as {pattern}")
        return value

    return BeforeValidator(check)


def _utf8(text: str) -> str:
    text.encode()  # half a character pair cannot be kept
    return text


Day = Annotated[date, _written(DAY), Field(json_schema_extra={"pattern": DAY}, examples=["2023-09-17"])]
Moment = Annotated[
    AwareDatetime,
    _written(MOMENT),
    Field(json_schema_extra={"pattern": MOMENT}, examples=["2023-09-18T16:04:00+08:00"]),
]
Instant = Annotated[datetime, Field(examples=["2023-09-18T08:04:00Z"])]
"""An instant that we tell, in UTC."""

Ref = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9-]{1,32}$"), Field(examples=["QZ-2023-0001"])]
ReportRef = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9-]{1,32}$"), Field(examples=["QZ-2023-R001"])]
NoticeId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,64}$"), Field(examples=["quanzhou-2023"])]
RegionCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$"), Field(examples=["350502"])]
Number = Annotated[int, Field(ge=1, le=2**53 - 1, strict=True, examples=[1])]
Id = Annotated[int, Field(ge=1, le=2**53 - 1, examples=[1])]
"""The number of a row in a path."""

Version = Annotated[int, Field(ge=0, le=2**31 - 1, examples=[3])]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{0,31}$"), Field(examples=["photo"])]
Line = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$"),
    AfterValidator(_utf8),
    Field(examples=["科学课"]),
]
Text = Annotated[
    str,
    StringConstraints(min_length=1, max_length=2000, pattern=PLAIN),
    AfterValidator(_utf8),
    Field(examples=["因台风改期"]),
]
Address = Annotated[
    str,
    StringConstraints(min_length=3, max_length=254, pattern=r"^[^\x00-\x20\x7f@]+@[^\x00-\x20\x7f@]+$"),
    Field(examples=["wang@example.cn"]),
]
Link = Annotated[
    str,
    StringConstraints(max_length=2000, pattern=r"^https?://[^\x00-\x20\x7f]+$"),
    Field(examples=["https://example.cn/news/1"]),
]
Flag = Annotated[bool, Field(strict=True)]
Cursor = Annotated[str, StringConstraints(max_length=2000, pattern=r"^[A-Za-z0-9_-]+$")]
