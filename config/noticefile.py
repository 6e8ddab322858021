"""The YAML file of one notice: what an admin may write, checked with line and column.

A date or a text may be written alone or with where it is said::

    due: 2023-09-30
    due: {at: 2023-09-30, clause: 六（二）, cite: 于2023年9月30日前}

A value that is left out is the parent's; ``tbd`` is unknown yet, and the parent's meanwhile.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from config import commendation
from config.complaints import refused
from config.noticevalues import (
    ID,
    AbsoluteDate,
    AnyDate,
    Day,
    Hour,
    Key,
    Materials,
    RegionCode,
    RungKey,
    Text,
    UnitWord,
    WhenText,
    Zone,
    read_off,
    read_owed_by,
    spread,
)
from config.schedule import AfterDue, Role
from config.yamltree import Document, read_tree


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


class StatedDate(Stated):
    """A date and where it is said."""

    at: AbsoluteDate


class StatedDue(Stated):
    """A last day, absolute or counted from the case's own last day, and where it is said."""

    at: AnyDate


class StatedText(Stated):
    """A text and where it is said."""

    text: Text


Dated = Annotated[StatedDate, BeforeValidator(spread("at"), json_schema_input_type=WhenText | StatedDate)]
Due = Annotated[StatedDue, BeforeValidator(spread("at"), json_schema_input_type=WhenText | StatedDue)]
Told = Annotated[StatedText, BeforeValidator(spread("text"), json_schema_input_type=str | StatedText)]


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
    RungKey, Annotated[RungFile, BeforeValidator(read_off, json_schema_input_type=Literal["off"] | RungFile)]
]
_LADDER_HELP = (
    "提醒阶梯：按档名改一档，off 去掉一档，default: off 全部另写 / "
    "Rungs by name; off drops one, default: off drops all others"
)


class WindowFile(Stated):
    """A period of the campaign."""

    name: NameFile = Field(description="名称 / Its name, {zh, en}")
    start: Dated = Field(description="第一天 / Its first day")
    end: Dated = Field(description="最后一天 / Its last day")


class MilestoneFile(Stated):
    """Something that must be so by a date. A key that a parent has too needs only what differs."""

    name: NameFile | None = Field(None, description="名称 / Its name, {zh, en}")
    owed_by: Annotated[
        tuple[UnitWord, ...] | None,
        BeforeValidator(read_owed_by, json_schema_input_type=Literal["activity"] | list[UnitWord]),
    ] = Field(
        None,
        alias="for",
        description="activity，或应报送的单位，如 [county/association] / activity, or the units that owe it",
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
    region: RegionCode = Field(description="行政区划代码，如 350500 / GB/T 2260 code")
    issuer: Told = Field(description="发文单位 / Who issued it")
    number: Told | None = Field(None, description="文号 / Its document number")
    issued: Dated | None = Field(None, description="成文日期 / The date it bears")
    theme: Told | None = Field(None, description="主题，未定写 tbd / Its theme, or tbd")
    subtheme: Told | None = Field(None, description="副主题 / Its second theme")
    text: Text | None = Field(
        None, description="通知全文的文件，相对于本文件 / The file of its full text, beside this one"
    )
    zone: Zone | None = Field(None, description="时区，默认 Asia/Shanghai / Time zone")
    send_at: Hour | None = Field(None, description="每天几点发提醒，默认 09:00 / The hour reminders leave")
    review: bool | None = Field(
        None, description="提醒发出前是否先由管理员放行 / Hold mails until an admin releases them"
    )
    daily: bool | None = Field(
        None, description="工作日早上是否给管理员发汇总 / Send admins a summary on working mornings"
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
    commend: commendation.CommendFile | None = Field(
        None, description="表扬什么、多少、按什么条件 / What is commended, how many, by what"
    )
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
            model: type[BaseModel] = NoticeFile
        case ("windows", _):
            model = WindowFile
        case ("milestones", _):
            model = MilestoneFile
        case ("contacts", _):
            model = ContactFile
        case ("commend", *rest):
            model = commendation.model_at(tuple(rest))
        case (*_, "ladder", _):
            model = RungFile
        case (*_, "name" | "then" | "note"):
            model = NameFile
        case (*_, "opens" | "due" | "start" | "end" | "issued"):
            model = StatedDate
        case _:
            model = StatedText
    return model


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
