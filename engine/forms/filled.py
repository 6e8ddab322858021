"""A form as it was handed in: written as a small file, read back for a page or for print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, select

from config.errors import UserError
from config.form import Field, FieldType, Form, form_of
from config.schedule import Name
from engine.material_rows import Material, keep_bytes
from engine.tables import case, material
from engine.uploads.shelf import open_material

_YES, _NO = Name(zh="是", en="yes"), Name(zh="否", en="no")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One question with its answer, as a person reads them."""

    key: str
    name: Name
    answer: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some lines under one heading."""

    name: Name
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A form that was handed in for a case; ``values`` are its answers by field."""

    form: Form
    ref: str
    values: Mapping[str, Any]

    @property
    def parts(self) -> tuple[Part, ...]:
        """Return what was answered, under its headings; questions left open are left out."""
        found = (Part(name=one.name, lines=self._lines(one.fields)) for one in self.form.sections)
        return tuple(part for part in found if part.lines)

    def _lines(self, fields: Sequence[Field]) -> tuple[Line, ...]:
        return tuple(
            Line(key=one.key, name=one.name, answer=shown(one, self.values[one.key]))
            for one in fields
            if one.key in self.values
        )


def file_name(form: Form) -> str:
    """Return what the file of a form is called among the materials of a case."""
    return f"{form.name.zh}.json"


def write_form(form: Form, ref: str, values: Mapping[str, Any], store: Path) -> Material:
    """Keep the answers of a form as a material; the same answers make the same file."""
    told = {"form": form.key, "case": ref, "answers": dict(values)}
    data = orjson.dumps(told, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2)
    return keep_bytes(form.material, file_name(form), data, store=store)


def form_of_material(conn: Connection, ref: str, material_id: int, store: Path) -> Filled:
    """Return the form that a material of a case is; UserError where it is none, or is damaged."""
    opened = open_material(conn, ref, material_id, store)
    return _read(opened.path, ref)


def handed_in(conn: Connection, ref: str, form: Form) -> tuple[Any, ...]:
    """Return the rows of a form's own files that a case has now, the newest last."""
    query = (
        select(material)
        .join(case, case.c.id == material.c.case_id)
        .where(case.c.ref == ref, material.c.kind == form.material, material.c.name == file_name(form))
        .where(material.c.removed_at.is_(None), material.c.sha256.is_not(None))
    )
    return tuple(conn.execute(query.order_by(material.c.id)))


def values_handed_in(conn: Connection, ref: str, form: Form, store: Path) -> Mapping[str, Any]:
    """Return the answers last handed in for a case, nothing if there are none or their file is lost."""
    rows = handed_in(conn, ref, form)
    if not rows:
        return {}
    try:
        return _read(store / rows[-1].sha256, ref).values
    except (UserError, OSError):
        return {}


def shown(one: Field, value: Any) -> Name:
    """Return an answer as a person reads it."""
    if one.type is FieldType.YES_NO:
        return _YES if value else _NO
    if one.type in (FieldType.CHOICE, FieldType.CHOICES):
        keys = value if isinstance(value, list) else [value]
        names = [one.choices.get(key, Name(zh=key, en=key)) for key in keys]
        return Name(zh="、".join(name.zh for name in names), en=", ".join(name.en for name in names))
    return Name(zh=str(value), en=str(value))


def _read(path: Path, ref: str) -> Filled:
    data = path.read_bytes()
    if sha256(data).hexdigest() != path.name:
        raise UserError(
            zh=f"事项 {ref} 的表格文件被改动过；请联系管理员从备份恢复。",
            en=f"the form of case {ref} was altered; ask the admin to restore it",
            code="form.altered",
        )
    try:
        told = orjson.loads(data)
        return Filled(form=form_of(told["form"]), ref=told["case"], values=told["answers"])
    except (ValueError, TypeError, KeyError) as error:
        raise UserError(
            zh=f"事项 {ref} 的这份材料不是在线填写的表格；请下载后查看。",
            en=f"this material of case {ref} is no form filled in here; download it instead",
            code="form.no_form",
        ) from error
