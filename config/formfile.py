"""The YAML file of one form, checked with line and column."""

from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic import Field as Given

from config.complaints import refused
from config.errors import UserError
from config.form import COLUMNS, Field, FieldType, Form, Origin, Section
from config.noticefile import NameFile
from config.noticevalues import KEY
from config.schedule import Name
from config.yamltree import Document, read_tree

Key = Annotated[str, Given(pattern=KEY)]

_CHOSEN = (FieldType.CHOICE, FieldType.CHOICES)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class FieldFile(_File):
    """One question."""

    name: NameFile
    type: FieldType
    help: NameFile | None = None
    required: bool = False
    required_if: Key | None = None
    required_unless: Key | None = None
    max: int | None = Given(None, ge=1)
    not_before: Key | None = None
    choices: dict[Key, NameFile] = Given(default_factory=dict)
    fills: Key | None = None
    origin: Origin | None = Given(None, alias="from")


class SectionFile(_File):
    """Some questions under one heading."""

    name: NameFile
    fields: dict[Key, FieldFile] = Given(min_length=1)


class FormFile(_File):
    """One form."""

    key: Key = Given(max_length=32)
    name: NameFile
    material: Key
    sections: tuple[SectionFile, ...] = Given(min_length=1)


def parse_form(text: str, file: str) -> Form:
    """Read the YAML text of one form. UserError (``form.…``) tells every mistake with its place."""
    try:
        document = read_tree(text, file)
        read = FormFile.model_validate(document.tree)
    except ValidationError as error:
        raise _ours(refused(error, document, _keys_at)) from None
    except UserError as error:
        raise _ours(error) from None
    made = Form(
        key=read.key,
        name=_name(read.name),
        material=read.material,
        sections=tuple(
            Section(
                name=_name(section.name),
                fields=tuple(_field(key, one) for key, one in section.fields.items()),
            )
            for section in read.sections
        ),
    )
    _require_sound(made, document)
    return made


def _ours(error: UserError) -> UserError:
    return UserError(zh=error.text.zh, en=error.text.en, code=f"form.{error.code.partition('.')[2]}")


def _name(name: NameFile) -> Name:
    return Name(zh=name.zh, en=name.en)


def _field(key: str, read: FieldFile) -> Field:
    plain = read.model_dump(exclude={"name", "help", "choices"})
    return Field(
        key=key,
        name=_name(read.name),
        help=_name(read.help) if read.help else None,
        choices={choice: _name(name) for choice, name in read.choices.items()},
        **plain,
    )


def _keys_at(path: tuple[object, ...]) -> Sequence[str]:
    model: type[BaseModel] = FormFile
    if "fields" in path[:-1]:
        model = FieldFile if path[-2] == "fields" else NameFile
    elif path[:1] == ("sections",):
        model = SectionFile if len(path) == 2 else NameFile
    elif path:
        model = NameFile
    return [given.alias or name for name, given in model.model_fields.items()]


def _require_sound(form: Form, document: Document) -> None:
    """Raise UserError where questions do not fit together, each with its place."""
    paths = {
        one.key: ("sections", number, "fields", one.key)
        for number, section in enumerate(form.sections)
        for one in section.fields
    }
    told = [
        (document.place(paths[one.key], key=True), text)
        for one in form.fields
        for text in _contradictions(one, form)
    ]
    if told:
        raise UserError(
            zh="\n".join(f"{place}：{text.zh}" for place, text in told),
            en="\n".join(f"{place}: {text.en}" for place, text in told),
            code="form.contradiction",
        )


def _contradictions(one: Field, form: Form) -> Iterator[Name]:
    if sum(other.key == one.key for other in form.fields) > 1:
        yield Name(zh=f"“{one.key}”出现了两次，请改名", en=f"'{one.key}' is there twice; rename one")
    if (one.type in _CHOSEN) != bool(one.choices):
        yield Name(
            zh="choice 和 choices 要有选项（choices: …），其他类型不要",
            en="choice and choices need choices, other types have none",
        )
    for key in (one.required_if, one.required_unless):
        if key is not None and _type_of(key, form) is not FieldType.YES_NO:
            yield Name(
                zh=f"“{key}”不是本表中的“是/否”一项", en=f"'{key}' is no yes-or-no question of this form"
            )
    if one.not_before is not None and {one.type, _type_of(one.not_before, form)} != {FieldType.DATE}:
        yield Name(zh="not_before 只能用在两个日期之间", en="not_before stands between two dates")
    if one.fills is not None and one.type not in COLUMNS.get(one.fills, ()):
        yield Name(
            zh=f"这一项不能填入事项的“{one.fills}”；可以填入：{'、'.join(COLUMNS)}",
            en=f"this cannot fill the case's '{one.fills}'; it may fill: {', '.join(COLUMNS)}",
        )


def _type_of(key: str, form: Form) -> FieldType | None:
    found = form.field(key)
    return found.type if found else None
