"""Forms as data: what is asked, of which type, and which value of a case an answer fills."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from config.errors import UserError
from config.schedule import Name


class FieldType(StrEnum):
    """What an answer is."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    CHOICES = "choices"
    DATE = "date"
    NUMBER = "number"
    PHONE = "phone"
    EMAIL = "email"
    YES_NO = "yes_no"
    URL = "url"


class Origin(StrEnum):
    """What is known of a case beside its own values, to begin an answer with."""

    UNIT = "unit"
    COORDINATOR = "coordinator"
    COORDINATOR_PHONE = "coordinator_phone"
    COORDINATOR_EMAIL = "coordinator_email"


COLUMNS: Mapping[str, frozenset[FieldType]] = MappingProxyType(
    {
        "title": frozenset({FieldType.TEXT}),
        "place": frozenset({FieldType.TEXT}),
        "online": frozenset({FieldType.YES_NO}),
        "online_url": frozenset({FieldType.URL}),
        "starts_on": frozenset({FieldType.DATE}),
        "ends_on": frozenset({FieldType.DATE}),
        "participants": frozenset({FieldType.NUMBER}),
    }
)
"""The values of a case that an answer may fill, and of which type it is then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question.

    ``max`` is the most characters of a text or the greatest number. ``required_if`` and
    ``required_unless`` name a yes-or-no question, ``not_before`` a date that this one must not
    precede. ``fills`` is the value of the case that the answer is, ``origin`` what it begins with.
    """

    key: str
    name: Name
    type: FieldType
    help: Name | None = None
    required: bool = False
    required_if: str | None = None
    required_unless: str | None = None
    max: int | None = None
    not_before: str | None = None
    choices: Mapping[str, Name] = field(default_factory=dict)
    fills: str | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Some questions under one heading."""

    name: Name
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One form; handed in it becomes a ``material`` of that kind."""

    key: str
    name: Name
    material: str
    sections: tuple[Section, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """Return all questions in their order."""
        return tuple(one for section in self.sections for one in section.fields)

    def field(self, key: str) -> Field | None:
        """Return the question of that key, or None."""
        return next((one for one in self.fields if one.key == key), None)


@cache
def forms() -> Mapping[str, Form]:
    """Return every form that the program carries, by its key."""
    from config.formfile import parse_form  # noqa: PLC0415  pydantic is slow to import; few commands need it

    folder = files("config").joinpath("forms")
    found: Sequence[Form] = [
        parse_form(file.read_text("utf-8"), file.name)
        for file in sorted(folder.iterdir(), key=str)
        if file.name.endswith(".yaml")
    ]
    return MappingProxyType({one.key: one for one in found})


def form_of(key: str) -> Form:
    """Return the form of that key; UserError names those there are."""
    found = forms().get(key)
    if found is None:
        known = "、".join(forms())
        raise UserError(
            zh=f"没有表格“{key}”；现有：{known}。",
            en=f"there is no form '{key}'; there are: {', '.join(forms())}",
            code="form.unknown",
        )
    return found
