"""Official sheets as data: what a city's form looks like on paper, and what of a case each place holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache, cached_property
from importlib.resources import files
from types import MappingProxyType

from config.errors import UserError
from config.form import Field, FieldType, Form, Section, form_of
from config.regions import is_within
from config.schedule import Name


class FileKind(StrEnum):
    """What a sheet is written as: a document for each activity, or a table of many."""

    DOCX = "docx"
    XLSX = "xlsx"


class Turned(StrEnum):
    """How the paper lies."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class Value(StrEnum):
    """What a place may hold of the case itself, beside the answers of its form."""

    NUMBER = "number"
    TITLE = "title"
    PERIOD = "period"
    STARTS_ON = "starts_on"
    ENDS_ON = "ends_on"
    PLACE = "place"
    ONLINE = "online"
    ONLINE_URL = "online_url"
    PARTICIPANTS = "participants"
    UNIT = "unit"
    REGION = "region"
    REMARKS = "remarks"


class What(StrEnum):
    """How a text on paper is written and read."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    CHOICES = "choices"
    DATE = "date"
    PERIOD = "period"
    NUMBER = "number"
    PHONE = "phone"
    EMAIL = "email"
    YES_NO = "yes_no"
    URL = "url"
    REGION = "region"
    NOTHING = "nothing"


_OF_VALUE: Mapping[Value, What] = {
    Value.NUMBER: What.NOTHING,
    Value.REMARKS: What.NOTHING,
    Value.TITLE: What.TEXT,
    Value.PERIOD: What.PERIOD,
    Value.STARTS_ON: What.DATE,
    Value.ENDS_ON: What.DATE,
    Value.PLACE: What.TEXT,
    Value.ONLINE: What.YES_NO,
    Value.ONLINE_URL: What.URL,
    Value.PARTICIPANTS: What.NUMBER,
    Value.UNIT: What.TEXT,
    Value.REGION: What.REGION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One column of a table, or one cell of a document with its label.

    It holds a ``value`` of the case, an ``answer`` of its form, or (``sentence``) other items in a fixed
    wording. ``other`` is the answer with what stands behind the choice 其他; ``further`` are choices that the
    sheet does not offer but a case may have. ``width`` counts characters.
    """

    key: str
    heading: str
    synonyms: tuple[str, ...] = ()
    what: What
    value: Value | None = None
    answer: str | None = None
    other: str | None = None
    sentence: str | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    further: Mapping[str, str] = field(default_factory=dict)
    required: bool = False
    width: int = 14

    @property
    def spellings(self) -> tuple[str, ...]:
        """Return what its heading may say."""
        return (self.heading, *self.synonyms)


@dataclass(frozen=True, kw_only=True)
class OfficialSheet:
    """One sheet of one city, as its notice asks for it.

    ``rows`` are the lines of a document's table, ``columns`` those of a table, by the keys of items.
    ``head`` and ``foot`` are lines with blanks such as ``{unit}``; ``extra`` are questions of its own.
    """

    key: str
    name: Name
    file: FileKind
    turned: Turned
    title: str
    annex: str | None
    region: str
    notices: tuple[str, ...]
    form: str
    hands_in: bool
    head: tuple[str, ...]
    foot: tuple[str, ...]
    blank_rows: int
    items: tuple[Item, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    extra: tuple[Field, ...] = ()

    @cached_property
    def by_key(self) -> Mapping[str, Item]:
        """Return its items by their keys."""
        return {one.key: one for one in self.items}

    @cached_property
    def columns(self) -> tuple[Item, ...]:
        """Return the items that have a place of their own, in their order."""
        if self.file is FileKind.DOCX:
            return tuple(self.by_key[key] for row in self.rows for key in row)
        return self.items

    @cached_property
    def data(self) -> tuple[Item, ...]:
        """Return the items that hold something of a case."""
        return tuple(one for one in self.items if one.what is not What.NOTHING and not one.sentence)

    @cached_property
    def questions(self) -> Form:
        """Return the form whose answers it holds, its own questions behind the others."""
        form = form_of(self.form)
        if not self.extra:
            return form
        return replace(form, sections=(*form.sections, Section(name=self.name, fields=self.extra)))

    @cached_property
    def asked(self) -> Form:
        """Return its questions, requiring no more than it has a place for."""
        sections = self.questions.sections
        return replace(
            self.questions,
            sections=tuple(replace(one, fields=tuple(map(self._asked, one.fields))) for one in sections),
        )

    def _asked(self, question: Field) -> Field:
        if question.key in self._covers or question.fills in self._covers:
            return question
        return replace(question, required=False, required_if=None, required_unless=None)

    @cached_property
    def _covers(self) -> frozenset[str]:
        """Return the answers and the values of a case that it has a place for."""
        places = [*(one.answer for one in self.items), *(one.other for one in self.items)]
        values = [*(one.value for one in self.items)]
        days = (Value.STARTS_ON, Value.ENDS_ON) if Value.PERIOD in values else ()
        return frozenset(str(one) for one in (*places, *values, *days) if one is not None)


Sheets = Mapping[str, OfficialSheet]


@cache
def shipped_sheets() -> Sheets:
    """Return every official sheet that the program carries, by its key."""
    from config.officialfile import parse_sheet  # noqa: PLC0415  pydantic is slow to import; few commands need it

    folder = files("config").joinpath("forms/official")
    found = [
        parse_sheet(file.read_text("utf-8"), file.name)
        for file in sorted(folder.iterdir(), key=str)
        if file.name.endswith(".yaml")
    ]
    return MappingProxyType({one.key: one for one in found})


def joined_sheets(texts: Iterable[tuple[str, str]]) -> Sheets:
    """Return the sheets carried with a home's own, ``(file name, YAML text)``, over them.

    UserError where one of them is not right, or two have one key (``official.duplicate``).
    """
    from config.officialfile import parse_sheet  # noqa: PLC0415  as above

    named: dict[str, str] = {}
    mine: dict[str, OfficialSheet] = {}
    for file, text in texts:
        one = parse_sheet(text, file)
        if one.key in mine:
            raise UserError(
                zh=f"{file}：代号“{one.key}”已用于 {named[one.key]}；请给其中一个改名。",
                en=f"{file}: the key '{one.key}' is already that of {named[one.key]}; rename one of them",
                code="official.duplicate",
            )
        named[one.key], mine[one.key] = file, one
    return MappingProxyType({**shipped_sheets(), **mine})


def sheet_of(key: str, sheets: Sheets) -> OfficialSheet:
    """Return the sheet of that key; UserError names those there are."""
    found = sheets.get(key)
    if found is None:
        raise UserError(
            zh=f"没有表格“{key}”；现有：{'、'.join(sheets)}。",
            en=f"there is no sheet '{key}'; there are: {', '.join(sheets)}",
            code="official.unknown",
        )
    return found


def sheets_for(notice: str, region: str, sheets: Sheets) -> Sequence[OfficialSheet]:
    """Return the sheets for the cases of a notice: those made for it, else those of its region."""
    made = [one for one in sheets.values() if notice in one.notices]
    return made or [one for one in sheets.values() if is_within(region, one.region)]


def what_of(value: Value) -> What:
    """Return how a value of a case is written and read."""
    return _OF_VALUE[value]


def what_of_answer(answer: FieldType) -> What:
    """Return how an answer is written and read."""
    return What(answer.value)
