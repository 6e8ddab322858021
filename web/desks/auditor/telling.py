"""Changes as the pages show them: a sentence with links, and what stands behind 详情."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from config.schedule import Name
from engine.audit.messages import NOTES
from engine.audit.search import AuditLine
from engine.audit.sentences import Message, Part
from engine.audit.subjects import Kind, number_of
from engine.audit.telling import ToldChange
from engine.audit.values import LANGS
from web.desks.auditor.asked import subject_path
from web.desks.case.controls import material_name
from web.words import said

_ELSEWHERE = tuple(NOTES[name] for name in ("reason", "recorded", "materials"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of a sentence, and where it leads."""

    text: str
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One value before and after, in words."""

    field: Name
    before: Name | None
    after: Name | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChange:
    """One change for a page: its sentence, and beside it what differs, materials, further clauses."""

    line: AuditLine
    href: str
    sentence: tuple[Piece, ...]
    changed: tuple[Changed, ...]
    materials: tuple[Name, ...]
    clauses: tuple[tuple[Piece, ...], ...]


def shown_changes(changes: Iterable[ToldChange], lang: str) -> tuple[ShownChange, ...]:
    """Return changes as a page in ``lang`` shows them."""
    return tuple(_shown(one, lang) for one in changes)


def href_of(subject: str | None, *, doer: bool = False) -> str | None:
    """Return where a subject in a sentence leads: who did something, to what else they did."""
    if subject is None or subject.partition(":")[0] not in tuple(Kind):
        return None
    number = number_of(subject, Kind.PERSON)
    return f"/history?person={number}" if doer and number is not None else subject_path(subject)


def _shown(one: ToldChange, lang: str) -> ShownChange:
    beside = one.sentence.notes
    return ShownChange(
        line=one.line,
        href=subject_path(one.line.subject),
        sentence=tuple(_piece(part) for part in one.sentence.main.parts(lang)),
        changed=tuple(_changed(note) for note in beside if "field" in note.gaps),
        materials=tuple(_materials(one)),
        clauses=tuple(_clauses(beside, lang)),
    )


def _piece(part: Part) -> Piece:
    return Piece(text=part.text, href=href_of(part.subject, doer=part.gap == "who"))


def _changed(note: Message) -> Changed:
    before, after = note.gaps["before"].text, note.gaps["after"].text
    return Changed(
        field=note.gaps["field"].text, before=before if before.zh else None, after=after if after.zh else None
    )


def _clauses(notes: Iterable[Message], lang: str) -> Iterator[tuple[Piece, ...]]:
    """Yield the clauses that the page does not say in a place of their own."""
    for note in notes:
        if "field" not in note.gaps and note.form not in _ELSEWHERE:
            yield tuple(_piece(part) for part in note.parts(lang))


def _materials(one: ToldChange) -> Iterator[Name]:
    """Yield each material handed in: its kind, and its own name where it has one."""
    for told in one.line.change.details.get("materials") or ():
        kind, name = material_name(told["kind"]), told.get("name")
        yield _of_kind(kind, name) if name else kind


def _of_kind(kind: Name, name: str) -> Name:
    zh, en = (said("history.material", lang, kind=kind.in_(lang), name=name) for lang in LANGS)
    return Name(zh=zh, en=en)
