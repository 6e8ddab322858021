"""The YAML file of one notice: what an admin may write, checked with line and column.

A date or a text may be written alone or with where it is said::

    due: 2023-09-30
    due: {at: 2023-09-30, clause: 六（二）, cite: 于2023年9月30日前}

A value that is left out is the parent's; ``tbd`` is unknown yet, and the parent's meanwhile.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from config.complaints import refused
from config.dates import parse_when
from config.errors import UserError
from config.regions import region
from config.schedule import AfterDue, Precision, Role, When
from config.yamltree import Document, read_tree

ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
KEY = r"^[a-z][a-z0-9_]{0,39}$"
RUNG = r"^[+-]?[a-z0-9][a-z0-9_]{0,22}$"
MATERIAL = r"^[a-z][a-z0-9_]*(\|[a-z][a-z0-9_]*)*$"
UNIT = (
    r"^(national|province|city|county|\*)"
    r"/(association|society|school|enterprise|department|venue|community|[a-z][a-z_]*|\*)$"
)

Key = Annotated[str, Field(pattern=KEY)]
Count = Annotated[int, Field(ge=1, le=1000)]
Materials = dict[Annotated[str, Field(pattern=MATERIAL)], Count]
Text = Annotated[str, Field(min_length=1, max_length=1000)]


def _custom(error: UserError) -> PydanticCustomError:
    # Only a pydantic error keeps its place in the file; the two texts travel in its context.
    return PydanticCustomError("user", "{en}", {"zh": error.text.zh, "en": error.text.en, "code": error.code})


def _when(value: object) -> When:
    try:
        return parse_when(value if isinstance(value, str) else "")
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


def _spread(key: str) -> BeforeValidator:
    """Let ``x: VALUE`` stand for ``x: {KEY: VALUE}``."""

    def spread(value: object) -> object:
        return value if isinstance(value, dict | BaseModel) else {key: value}

    return BeforeValidator(spread, json_schema_input_type=str | dict[str, Any])


def _off(value: object) -> object:
    return {"off": True} if value == "off" else value


def _owed_by(value: object) -> object:
    if value == []:
        raise _custom(
            UserError(
                zh="“for”是空的，请写 activity，或应报送的单位，如 [county/association]",
                en="'for' is empty; write activity, or the units that owe it, such as [county/association]",
                code="notice.for",
            )
        )
    return () if value == "activity" else value


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class NameFile(_File):
    """A text in both languages."""

    zh: Text
    en: Text


class Stated(_File):
    """Where something is said."""

    clause: Text | None = Field(None, description="条款号，如 六（二） / The clause that says so")
    cite: Text | None = Field(None, description="通知原文，一字不差 / The notice's exact words")
    note: NameFile | None = Field(None, description="我们如何理解这句话 / How the words are read, {zh, en}")


_WHEN_SCHEMA = WithJsonSchema(
    {
        "type": "string",
        "description": "2023-09-30 | 2023-09-30 18:00 | early|mid|late 2023-09 | 2023-09 | "
        "held + 3 working days | tbd (about … = 我们的理解 / our reading)",
        "examples": ["2023-09-30", "late 2023-09", "held + 3 working days", "tbd"],
    }
)


class StatedDate(Stated):
    """A date and where it is said."""

    at: Annotated[When, PlainValidator(_absolute), _WHEN_SCHEMA]


class StatedDue(Stated):
    """A last day, absolute or counted from the case's own last day, and where it is said."""

    at: Annotated[When, PlainValidator(_when), _WHEN_SCHEMA]


class StatedText(Stated):
    """A text and where it is said."""

    text: Text


Dated = Annotated[StatedDate, _spread("at")]
Day = Annotated[date, PlainValidator(_plain_day), WithJsonSchema({"type": "string", "format": "date"})]
Due = Annotated[StatedDue, _spread("at")]
Told = Annotated[StatedText, _spread("text")]


class RungFile(_File):
    """One rung of a ladder; what is left out stays as it was."""

    off: bool = Field(False, description="不要这一档 / Drop this rung")
    on: Literal["opens", "due"] | None = Field(
        None, description="从开放日还是截止日算起 / Which date it counts from"
    )
    offset: int | None = Field(
        None, ge=-60, le=250, description="工作日数，负数为提前 / Working days, negative: before"
    )
    to: tuple[Role, ...] | None = Field(None, min_length=1, description="通知谁 / Who is told")
    template: str | None = Field(
        None, pattern=r"^[a-z][a-z_]{0,23}$", description="邮件模板 / The mail they get"
    )


Ladder = dict[
    Annotated[str, Field(pattern=RUNG)],
    Annotated[RungFile, BeforeValidator(_off, json_schema_input_type=Literal["off"] | RungFile)],
]
_LADDER_HELP = "提醒阶梯：按档名改一档，off 去掉一档，default: off 全部另写 / Rungs by name; default: off drops all others"


class WindowFile(Stated):
    """A period of the campaign."""

    name: NameFile = Field(description="名称 / Its name, {zh, en}")
    start: Dated = Field(description="第一天 / Its first day")
    end: Dated = Field(description="最后一天 / Its last day")


class MilestoneFile(Stated):
    """Something that must be so by a date. A key that a parent has too needs only what differs."""

    name: NameFile | None = Field(None, description="名称 / Its name, {zh, en}")
    owed_by: Annotated[
        tuple[Annotated[str, Field(pattern=UNIT)], ...] | None,
        BeforeValidator(_owed_by, json_schema_input_type=Literal["activity"] | list[str]),
    ] = Field(
        None,
        alias="for",
        description="activity，或应报送的单位，如 [county/association] / activity, or the units that owe a report",
    )
    opens: Dated | None = Field(None, description="开放日 / The first day it is possible")
    due: Due | None = Field(None, description="截止日（含当天） / The last day, inclusive")
    reaches: Key | None = Field(None, description="应达到的状态 / The state a case must have reached")
    needs: Materials | None = Field(
        None, description="应交材料及份数，a|b 为任一 / Materials and how many; a|b: either"
    )
    after_due: AfterDue | None = Field(
        None, description="逾期后：allow 照办，reason 说明原因，forbid 不再受理"
    )
    send_to: Text | None = Field(None, description="报送到哪里 / Where it is sent")
    ladder: Ladder | None = Field(None, description=_LADDER_HELP)


class ContactFile(_File):
    """Whom to ask, as the notice prints it."""

    name: Text
    phone: Text | None = None
    email: Text | None = None


class NoticeFile(Stated):
    """One notice."""

    id: str = Field(pattern=ID, max_length=64, description="通知的代号，如 quanzhou-2023 / Its name here")
    code: str = Field(
        pattern=r"^[A-Z0-9]+(-[A-Z0-9]+)*$", max_length=24, description="事项编号的开头，如 QZ-2023"
    )
    extends: str | None = Field(None, pattern=ID, description="上级通知的代号 / The notice it follows")
    title: Text = Field(description="通知标题 / Its title")
    region: Annotated[
        str, PlainValidator(_known_region), WithJsonSchema({"type": "string", "pattern": "^[0-9]{6}$"})
    ] = Field(description="行政区划代码，如 350500 / GB/T 2260 code")
    issuer: Told = Field(description="发文单位 / Who issued it")
    number: Told | None = Field(None, description="文号 / Its document number")
    issued: Dated | None = Field(None, description="成文日期 / The date it bears")
    theme: Told | None = Field(None, description="主题，未定写 tbd / Its theme, or tbd")
    subtheme: Told | None = Field(None, description="副主题 / Its second theme")
    text: Text | None = Field(
        None, description="通知全文的文件，相对于本文件 / The file of its full text, beside this one"
    )
    zone: Annotated[str, PlainValidator(_known_zone), WithJsonSchema({"type": "string"})] | None = Field(
        None, description="时区，默认 Asia/Shanghai / Time zone"
    )
    send_at: Annotated[time, PlainValidator(_hour), WithJsonSchema({"type": "string"})] | None = Field(
        None, description="每天几点发提醒，默认 09:00 / The hour reminders leave"
    )
    review: bool | None = Field(
        None, description="提醒发出前是否先由管理员放行 / Hold mails until an admin releases them"
    )
    windows: dict[Key, WindowFile] = Field(default_factory=dict, description="时段 / Periods")
    milestones: dict[Key, MilestoneFile] = Field(default_factory=dict, description="节点 / Milestones")
    ladder: Ladder | None = Field(None, description=_LADDER_HELP)
    requires: dict[Key, Materials] = Field(
        default_factory=dict, description="每一步需要的材料 / Materials a step needs"
    )
    days: dict[Day, Literal["work", "off"]] = Field(
        default_factory=dict, description="本地的上班日和放假日 / Local working days and days off"
    )
    contacts: tuple[ContactFile, ...] = Field((), description="联系人 / Contacts")
    then: NameFile | None = Field(None, description="之后做什么，如表扬 / What follows, {zh, en}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A notice file that is right, and where its values stand."""

    notice: NoticeFile
    document: Document


def _keys_at(path: tuple[object, ...]) -> Sequence[str]:
    fields = _model_at(path).model_fields
    return [field.alias or name for name, field in fields.items()]


def _model_at(path: tuple[object, ...]) -> type[BaseModel]:
    match path:
        case ():
            return NoticeFile
        case ("windows", _):
            return WindowFile
        case ("milestones", _):
            return MilestoneFile
        case ("contacts", _):
            return ContactFile
        case (*_, "ladder", _):
            return RungFile
        case (*_, "name" | "then" | "note"):
            return NameFile
        case (*_, "opens" | "due" | "start" | "end" | "issued"):
            return StatedDate
        case _:
            return StatedText


@lru_cache(maxsize=64)
def parse(text: str, file: str = "notice.yaml") -> Parsed:
    """Read the YAML text of one notice. ``file`` is what errors call it.

    Raises ``UserError`` with every mistake (at most 20), each as ``file:line:column``, the value
    and the way out; its ``code`` is that of the first.
    """
    document = read_tree(text, file)
    try:
        return Parsed(notice=NoticeFile.model_validate(document.tree), document=document)
    except ValidationError as error:
        raise refused(error, document, _keys_at) from None


def json_schema() -> Mapping[str, Any]:
    """Return the JSON Schema of a notice file, for editors that check and complete YAML."""
    schema = NoticeFile.model_json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "督办通知 / Duban notice",
    }
