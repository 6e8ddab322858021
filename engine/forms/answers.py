"""Answers as they were typed, and what they mean; each mistake is told at its field."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from config.errors import UserError
from config.form import Field, FieldType, Form
from config.schedule import Name
from engine.field_problems import Problem
from engine.sheets import values as cells
from engine.sheets.cells import unix_lines, without_controls
from engine.sheets.days import day
from engine.sheets.problems import Wrong
from engine.uploads.links import take_link

Typed = str | bool | list[str]
"""One answer as it is kept in a draft."""

Answers = Mapping[str, Any]

LONGEST = 5000
"""Characters of one answer that a draft keeps, whatever its question allows."""

_CHOSEN = (FieldType.CHOICE, FieldType.CHOICES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What answers mean: values by field (JSON's own kinds, days as text), what is wrong, what is missing."""

    values: Mapping[str, Any]
    problems: tuple[Problem, ...]
    missing: tuple[Problem, ...]


def typed(form: Form, given: Answers) -> dict[str, Typed]:
    """Return answers as a draft keeps them: of the form's own questions, no longer than it can hold."""
    return {
        one.key: _typed(one, given[one.key])
        for one in form.fields
        if one.key in given and given[one.key] is not None
    }


def _typed(one: Field, raw: object) -> Typed:
    if one.type is FieldType.CHOICES:
        items = raw if isinstance(raw, list | tuple) else [raw] if raw else []
        return [without_controls(str(item))[:40] for item in items[: len(one.choices)]]
    if isinstance(raw, bool):
        return raw
    text = raw.isoformat() if isinstance(raw, date) else str(raw)
    return without_controls(unix_lines(text))[:LONGEST]


def checked(form: Form, answers: Mapping[str, Typed], *, year: int) -> Checked:
    """Return what typed answers mean; a day without a year is of ``year``."""
    values: dict[str, Any] = {}
    wrong: dict[str, Name] = {}
    for one in form.fields:
        raw = answers.get(one.key, "")
        if _blank(raw):
            continue
        try:
            values[one.key] = _READ[one.type](one, raw, year)
        except Wrong as error:
            wrong[one.key] = Name(zh=error.zh, en=error.en)
    wrong |= dict(_out_of_order(form, values))
    return Checked(
        values=values,
        problems=tuple((one.key, wrong[one.key]) for one in form.fields if one.key in wrong),
        missing=tuple((one.key, _ask(one)) for one in form.fields if _lacks(one, values, wrong)),
    )


def _blank(raw: Typed) -> bool:
    return not raw.strip() if isinstance(raw, str) else raw == []


def _lacks(one: Field, values: Mapping[str, Any], wrong: Mapping[str, Name]) -> bool:
    if one.key in values or one.key in wrong:
        return False
    asked = one.required or bool(one.required_if and values.get(one.required_if))
    return asked or bool(one.required_unless and not values.get(one.required_unless))


def _ask(one: Field) -> Name:
    if one.type in _CHOSEN:
        return Name(zh=f"请选择“{one.name.zh}”", en=f"choose “{one.name.en}”")
    return Name(zh=f"请填写“{one.name.zh}”", en=f"fill in “{one.name.en}”")


def _out_of_order(form: Form, values: Mapping[str, Any]) -> Iterator[Problem]:
    for one in form.fields:
        before = form.field(one.not_before) if one.not_before else None
        if before and one.key in values and values[one.key] < values.get(before.key, ""):
            yield (
                one.key,
                Name(
                    zh=f"“{one.name.zh}”不能早于“{before.name.zh}”（{values[before.key]}）",
                    en=f"“{one.name.en}” must not come before “{before.name.en}” ({values[before.key]})",
                ),
            )


def _text(one: Field, raw: Any, _year: int) -> str:
    text = " ".join(str(raw).split())
    _require_short(one, text)
    return text


def _long_text(one: Field, raw: Any, _year: int) -> str:
    text = str(raw).strip()
    _require_short(one, text)
    return text


def _require_short(one: Field, text: str) -> None:
    most = one.max or LONGEST
    if len(text) > most:
        raise Wrong(
            zh=f"有 {len(text)} 个字，最多 {most} 个；请删减 {len(text) - most} 个字",
            en=f"it has {len(text)} characters, at most {most} are taken; shorten it by {len(text) - most}",
        )


def _choice(one: Field, raw: Any, _year: int) -> str:
    if str(raw) not in one.choices:
        raise Wrong(
            zh="没有这个选项；请从列出的选项中选择", en="there is no such choice; take one of the list"
        )
    return str(raw)


def _choices(one: Field, raw: Any, year: int) -> list[str]:
    chosen = {_choice(one, item, year) for item in (raw if isinstance(raw, list) else [raw])}
    return [key for key in one.choices if key in chosen]


def _date(_one: Field, raw: Any, year: int) -> str:
    return day(str(raw), year=year).isoformat()


def _number(one: Field, raw: Any, _year: int) -> int:
    number = cells.count(str(raw))
    if one.max is not None and number > one.max:
        raise Wrong(zh=f"最多 {one.max}；请核对后重写", en=f"at most {one.max}; look again")
    return number


def _phone(_one: Field, raw: Any, _year: int) -> str:
    return cells.phone(str(raw))


def _email(_one: Field, raw: Any, _year: int) -> str:
    return cells.email(str(raw))


def _yes_no(_one: Field, raw: Any, _year: int) -> bool:
    return raw if isinstance(raw, bool) else raw == "on" or cells.yes_no(str(raw))


def _url(_one: Field, raw: Any, _year: int) -> str:
    try:
        return take_link("link", str(raw)).uri
    except UserError as error:
        raise Wrong(zh=error.text.zh.rstrip("。"), en=error.text.en) from error


_READ: Mapping[FieldType, Callable[[Field, Any, int], Any]] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _long_text,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.DATE: _date,
    FieldType.NUMBER: _number,
    FieldType.PHONE: _phone,
    FieldType.EMAIL: _email,
    FieldType.YES_NO: _yes_no,
    FieldType.URL: _url,
}
