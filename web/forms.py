"""Reading forms: each field is checked as it is read; what is wrong and what was typed are kept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile

from config.schedule import Name
from web.typed import as_day, as_moment, as_number, clean, file_name
from web.visit import Visit
from web.words import said

_LONGEST = 20_000
_LONGEST_CHOICE = 400  # characters of one of many values: numbers, names, codes


@dataclass(slots=True)
class Form:
    """The form of a request. ``problems`` gathers what is wrong, by field."""

    data: FormData
    zone: ZoneInfo
    problems: dict[str, Name] = field(default_factory=dict)

    def wrong(self, name: str, key: str, **values: object) -> None:
        """Note what is wrong with a field, by the key of a message."""
        self.problems.setdefault(name, Name(zh=said(key, "zh", **values), en=said(key, "en", **values)))

    def note(self, problems: Mapping[str, Name]) -> None:
        """Take over what the engine found wrong."""
        self.problems |= problems

    def text(self, name: str, *, required: bool = False, most: int = _LONGEST) -> str:
        """Return a field's text without spaces around it, never more than ``most`` characters."""
        value = self.data.get(name, "")
        text = clean(value).strip() if isinstance(value, str) else ""
        if required and not text:
            self.wrong(name, "form.required")
        if len(text) > most:
            self.wrong(name, "form.long", most=most)
        return text[:most]

    def many(self, name: str) -> tuple[str, ...]:
        """Return every value of a field, each once."""
        given = (clean(value) for value in self.data.getlist(name) if isinstance(value, str))
        return tuple(dict.fromkeys(value for value in given if 0 < len(value) <= _LONGEST_CHOICE))

    def checked(self, name: str) -> bool:
        """Return whether a box is ticked."""
        return bool(self.text(name))

    def number(self, name: str, *, most: int = 1_000_000_000) -> int | None:
        """Return a whole number; None where nothing is given or it is none."""
        text = self.text(name)
        if not text:
            return None
        number = as_number(text)
        if number is None or number > most:
            self.wrong(name, "form.number", most=most)
            return None
        return number

    def day(self, name: str, *, required: bool = False) -> date | None:
        """Return a day; None where nothing is given or there is no such day."""
        text = self.text(name, required=required)
        if not text:
            return None
        day = as_day(text)
        if day is None:
            self.wrong(name, "form.day", value=_shown(text))
        return day

    def moment(self, name: str) -> datetime | None:
        """Return an aware instant of a local ``datetime-local`` field."""
        text = self.text(name)
        if not text:
            return None
        moment = as_moment(text, self.zone)
        if moment is None:
            self.wrong(name, "form.moment", value=_shown(text))
        return moment

    def file(self, name: str) -> UploadFile | None:
        """Return an uploaded file, None where none was chosen."""
        return next(iter(self.files(name)[-1:]), None)

    def files(self, name: str) -> tuple[UploadFile, ...]:
        """Return all files of a field; their names are bare names."""
        found = tuple(v for v in self.data.getlist(name) if isinstance(v, UploadFile) and v.filename)
        for one in found:
            one.filename = file_name(one.filename or "")
        return found

    def value(self, name: str, otherwise: object = "") -> Any:
        """Return what was typed, for showing it again; ``otherwise`` before anything was."""
        if name in self.data:
            typed = self.data[name]
            return clean(typed) if isinstance(typed, str) else ""
        return "" if otherwise is None else otherwise

    def problem(self, name: str) -> Name | None:
        """Return what is wrong with a field."""
        return self.problems.get(name)


def _shown(text: str) -> str:
    return re.sub(r"\s+", " ", text)[:30]


async def _form(request: Request) -> Form:
    visit: Visit = request.state.visit
    return Form(await visit.form_data(), visit.office.zone)


FormDep = Annotated[Form, Depends(_form)]


def empty_form(visit: Visit) -> Form:
    """Return a form in which nothing has been typed yet."""
    return Form(FormData(), visit.office.zone)
