"""What an import would change, value by value, in the words of the sheet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from config.regions import full_name
from config.schedule import Name
from engine.drafts import Edited, RightDraft, Saved
from engine.sheet_import import SheetKind
from engine.sheets import fields
from engine.sheets.templates import KINDS

_WORDS: Mapping[str, Mapping[str, str]] = {
    "kind": fields.KINDS,
    "level": fields.LEVELS,
    "lang": fields.LANGUAGES,
    "role": fields.ROLES,
}
_TRUTH = {True: Name(zh="是", en="yes"), False: Name(zh="否", en="no")}
_ADDRESS = {True: Name(zh="退信", en="refused"), False: Name(zh="可用", en="usable")}
_COLUMN = {"rights": "role", "address_bad": "email"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChange:
    """One value that an import would change; ``title`` is what people know its thing by."""

    name: str
    title: str
    heading: str
    before: str
    after: str


def changes_of(saved: Saved, kind: SheetKind, lang: str) -> Iterator[ShownChange]:
    """Yield every value that is to be another."""
    headings = {one.key: one.en if lang == "en" else one.zh for one in KINDS[kind]}
    for one in saved.edited:
        yield ShownChange(
            name=one.name,
            title=saved.titles.get(one.name, one.name),
            heading=headings[_COLUMN.get(one.field, one.field)],
            before=_said(one, one.before, lang),
            after=_said(one, one.after, lang),
        )


def _said(edited: Edited, value: object, lang: str) -> str:
    if isinstance(value, bool):
        return (_ADDRESS if edited.field == "address_bad" else _TRUTH)[value].in_(lang)
    if isinstance(value, RightDraft):
        where = (_word("role", str(value.role), lang), full_name(value.region), value.unit)
        return " ".join(part for part in where if part)
    if isinstance(value, date):
        return value.isoformat()
    if edited.field == "region":
        return full_name(str(value))
    return "" if value is None else _word(edited.field, str(value), lang)


def _word(field: str, value: str, lang: str) -> str:
    """Return what a sheet calls a value that has a word of its own."""
    found = next((word for word, meant in _WORDS.get(field, {}).items() if meant == value), value)
    return value if lang == "en" else found
