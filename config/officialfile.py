"""The YAML file of one official sheet, checked with line and column."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic import Field as Given

from config.complaints import refused
from config.errors import UserError
from config.form import Field, FieldType, Form, forms
from config.noticefile import NameFile
from config.noticevalues import KEY
from config.official import FileKind, Item, OfficialSheet, Turned, Value, What, what_of, what_of_answer
from config.regions import regions
from config.schedule import Name
from config.yamltree import Document, read_tree

Key = Annotated[str, Given(pattern=KEY)]
Heading = Annotated[str, Given(min_length=1, max_length=40)]
Line = Annotated[str, Given(min_length=1, max_length=200)]

BLANKS = frozenset({"year", "unit", "region", "date", "count", "contact", "phone"})
"""What may stand in braces in a title, a head line or a foot line."""

_BLANK = re.compile(r"\{(\w*)\}")
_MOST_ITEMS = 60


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class ItemFile(_File):
    """One column or cell."""

    heading: Heading
    synonyms: tuple[Heading, ...] = ()
    value: Value | None = None
    answer: Key | None = None
    type: FieldType | None = None
    other: Key | None = None
    sentence: Line | None = None
    choices: dict[Key, Heading] = Given(default_factory=dict)
    required: bool = False
    max: int | None = Given(None, ge=1)
    width: int = Given(14, ge=3, le=80)


class SheetFile(_File):
    """One sheet."""

    key: Key = Given(max_length=32)
    name: NameFile
    file: FileKind
    turned: Turned = Turned.LANDSCAPE
    annex: Line | None = None
    title: Line
    region: str
    notices: tuple[str, ...] = ()
    form: Key = "activity_application"
    hands_in: bool = False
    head: tuple[Line, ...] = ()
    items: dict[Key, ItemFile] = Given(min_length=1, max_length=_MOST_ITEMS)
    rows: tuple[tuple[Key, ...], ...] = ()
    blank_rows: int = Given(8, ge=0, le=200)
    foot: tuple[Line, ...] = ()


def parse_sheet(text: str, file: str) -> OfficialSheet:
    """Read the YAML text of one sheet. UserError (``official.…``) tells every mistake with its place."""
    try:
        document = read_tree(text, file)
        read = SheetFile.model_validate(document.tree)
    except ValidationError as error:
        raise _ours(refused(error, document, _keys_at)) from None
    except UserError as error:
        raise _ours(error) from None
    _require_sound(read, document)
    plain = read.model_dump(exclude={"name", "items"})
    return OfficialSheet(
        **plain,
        name=Name(zh=read.name.zh, en=read.name.en),
        items=tuple(_item(key, one, read) for key, one in read.items.items()),
        extra=tuple(_question(key, one) for key, one in read.items.items() if one.type),
    )


def _ours(error: UserError) -> UserError:
    return UserError(zh=error.text.zh, en=error.text.en, code=f"official.{error.code.partition('.')[2]}")


def _keys_at(path: tuple[object, ...]) -> Sequence[str]:
    model: type[BaseModel] = SheetFile
    if path[:1] == ("items",) and len(path) >= 2:
        model = ItemFile
    elif path:
        model = NameFile
    return list(model.model_fields)


_PLAIN = {"heading", "synonyms", "value", "other", "sentence", "required", "width"}


def _item(key: str, read: ItemFile, sheet: SheetFile) -> Item:
    plain = read.model_dump(
        include={"heading", "synonyms", "value", "other", "sentence", "required", "width"}
    )
    answer = key if read.type else read.answer
    offered = read.choices or _choices(read, sheet)
    further = {word: name for word, name in _choices(read, sheet).items() if word not in offered}
    return Item(key=key, what=_what(read, sheet), answer=answer, choices=offered, further=further, **plain)


def _what(read: ItemFile, sheet: SheetFile) -> What:
    if read.value is not None:
        return what_of(read.value)
    if read.type is not None:
        return what_of_answer(read.type)
    asked = forms()[sheet.form].field(read.answer) if read.answer else None
    return what_of_answer(asked.type) if asked else What.NOTHING


def _choices(read: ItemFile, sheet: SheetFile) -> Mapping[str, str]:
    asked = forms()[sheet.form].field(read.answer) if read.answer else None
    return {key: name.zh for key, name in asked.choices.items()} if asked else {}


def _question(key: str, read: ItemFile) -> Field:
    return Field(
        key=key,
        name=Name(zh=read.heading, en=read.heading),
        type=read.type or FieldType.TEXT,
        max=read.max,
        choices={choice: Name(zh=name, en=name) for choice, name in read.choices.items()},
    )


def _require_sound(read: SheetFile, document: Document) -> None:
    """Raise UserError where the parts of a sheet do not fit together, each with its place."""
    told = [(document.place(path, key=True), text) for path, text in _contradictions(read)]
    if told:
        raise UserError(
            zh="\n".join(f"{place}：{text.zh}" for place, text in told),
            en="\n".join(f"{place}: {text.en}" for place, text in told),
            code="official.contradiction",
        )


_Found = Iterator[tuple[tuple[str | int, ...], Name]]


def _contradictions(read: SheetFile) -> _Found:
    if read.region not in regions():
        yield (
            ("region",),
            Name(zh=f"没有地区代码 {read.region}", en=f"there is no region {read.region}"),
        )
    form = forms().get(read.form)
    if form is None:
        known = "、".join(forms())
        yield (
            ("form",),
            Name(zh=f"没有表格“{read.form}”；现有：{known}", en=f"no such form; there are: {known}"),
        )
        return
    for name in ("title", "head", "foot"):
        yield from _unknown_blanks(name, read)
    for key, one in read.items.items():
        for text in _wrong(key, one, read, form):
            yield ("items", key), text
    yield from _twice(read)
    yield from _unplaced(read)


def _unknown_blanks(name: str, read: SheetFile) -> _Found:
    lines = (read.title,) if name == "title" else getattr(read, name)
    for word in (word for line in lines for word in _BLANK.findall(line) if word not in BLANKS):
        known = "、".join(f"{{{one}}}" for one in sorted(BLANKS))
        yield (
            (name,),
            Name(
                zh=f"“{{{word}}}”没有内容可填；可以用：{known}", en=f"nothing fills {{{word}}}; use: {known}"
            ),
        )


def _wrong(key: str, one: ItemFile, read: SheetFile, form: Form) -> Iterator[Name]:
    if sum(given is not None for given in (one.value, one.answer, one.type, one.sentence)) != 1:
        yield Name(
            zh="value、answer、type、sentence 要写且只写一个",
            en="it needs exactly one of value, answer, type and sentence",
        )
    asked = form.field(one.answer) if one.answer else None
    if one.answer and asked is None:
        known = "、".join(field.key for field in form.fields)
        yield Name(
            zh=f"表格中没有“{one.answer}”一项；现有：{known}", en=f"no such question; there are: {known}"
        )
    if one.other and form.field(one.other) is None and one.other not in read.items:
        yield Name(zh=f"没有“{one.other}”一项", en=f"there is no '{one.other}'")
    if one.type and form.field(key):
        yield Name(zh=f"“{key}”已是申报表的一项；请改用 answer: {key}", en=f"write answer: {key} instead")
    if asked and (unknown := sorted(set(one.choices) - set(asked.choices))):
        yield Name(zh=f"没有选项：{'、'.join(unknown)}", en=f"no such choices: {', '.join(unknown)}")
    if one.type and (one.type in (FieldType.CHOICE, FieldType.CHOICES)) != bool(one.choices):
        yield Name(zh="choice 和 choices 要有选项，其他类型不要", en="only choice and choices need choices")
    for word in _BLANK.findall(one.sentence or ""):
        if word not in read.items or read.items[word].sentence:
            yield Name(zh=f"“{{{word}}}”不是本表的一项", en=f"'{{{word}}}' is no item of this sheet")


def _twice(read: SheetFile) -> _Found:
    placed = _placed(read)
    seen: dict[str, str] = {}
    for key, one in read.items.items():
        for word in (one.heading, *one.synonyms) if key in placed else ():
            plain = "".join(word.split())
            if seen.setdefault(plain, key) != key:
                yield (
                    ("items", key),
                    Name(zh=f"“{word}”也是“{seen[plain]}”的列名", en=f"'{word}' is there twice"),
                )


def _placed(read: SheetFile) -> set[str]:
    return {key for row in read.rows for key in row} if read.file is FileKind.DOCX else set(read.items)


def _unplaced(read: SheetFile) -> _Found:
    if read.file is FileKind.XLSX:
        if read.rows:
            yield ("rows",), Name(zh="xlsx 表格不写 rows，列按 items 的顺序", en="an xlsx sheet has no rows")
        return
    placed = _placed(read)
    within = {word for one in read.items.values() for word in _BLANK.findall(one.sentence or "")}
    for key in placed - set(read.items):
        yield ("rows",), Name(zh=f"没有“{key}”一项", en=f"there is no item '{key}'")
    for key in read.items:
        if key not in placed | within:
            yield (
                ("items", key),
                Name(zh="没有写进 rows，也不在任何一句话里", en="it stands in no row or sentence"),
            )
