"""A change as people tell it, in both languages; in parts too, so that a page can make links."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo

from config.schedule import Name
from engine.audit.differences import Difference
from engine.audit.messages import NOTES, SENTENCES, WHYS, WORDS
from engine.audit.names import Names, meant_by
from engine.audit.search import AuditLine
from engine.audit.subjects import Kind
from engine.audit.values import (
    CHINA,
    field_name,
    listed,
    materials_said,
    moment_said,
    rights_said,
    same,
    value_said,
)
from workflows.registry import lifecycle

_LATER = timedelta(hours=1)
"""A change entered so much after it happened says when it was entered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What stands in a gap of a message, and the subject a page can link it to."""

    text: Name
    subject: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of a sentence in one language: plain words, or what fills the gap of that name."""

    text: str
    gap: str | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A whole message with named gaps, and what stands in them."""

    form: Name
    gaps: Mapping[str, Gap]

    def parts(self, lang: str) -> tuple[Part, ...]:
        """Return the message in ``lang`` piece by piece."""
        return tuple(self._parts(lang))

    def _parts(self, lang: str) -> Iterator[Part]:
        for words, gap, _, _ in Formatter().parse(self.form.in_(lang)):
            if words:
                yield Part(text=words)
            if gap is not None:
                filled = self.gaps[gap]
                yield Part(text=filled.text.in_(lang), gap=gap, subject=filled.subject)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A change in words: what was done, and clauses beside it."""

    main: Message
    notes: tuple[Message, ...] = ()

    def parts(self, lang: str) -> tuple[Part, ...]:
        """Return the whole sentence in ``lang`` piece by piece."""
        mark = Part(text=WORDS["semicolon"].in_(lang))
        beside = (part for note in self.notes for part in (mark, *note.parts(lang)))
        return (*self.main.parts(lang), *beside)

    def in_(self, lang: str) -> str:
        """Return the whole sentence in ``lang``, without a full stop."""
        return "".join(part.text for part in self.parts(lang))


def sentence_of(
    line: AuditLine,
    names: Names,
    differences: Sequence[Difference] = (),
    *,
    local: ZoneInfo = CHINA,
    year: int | None = None,
) -> Sentence:
    """Return a change as a sentence.

    ``names`` are those of its page, ``differences`` what it made different (none: nothing is said of that).
    The year is told unless it is ``year``; a list that says the year itself gives it.
    """
    gaps = _gaps(line, names, local=local, year=year)
    key = _key(line, has_materials="materials" in gaps)
    main = Message(form=SENTENCES[key], gaps=gaps)
    notes = _notes(line, gaps, spoken=key) + _different(line, names, differences)
    return Sentence(main=main, notes=tuple(notes))


def _key(line: AuditLine, *, has_materials: bool) -> str:
    change = line.change
    moved = bool(change.source) and change.source != change.dest
    key = f"{line.kind}.{change.trigger}"
    if line.kind == Kind.COMMENDATION and "name" in change.details:
        key = f"{key}.{change.details.get('act')}"
    if line.kind == Kind.CASE and moved and change.forced:
        key = "case.force"
    elif line.kind == Kind.CASE and moved and key not in SENTENCES:
        key = "case.move"
    if has_materials and f"{key}+" in SENTENCES:
        return f"{key}+"
    if key == "person.grant" and not change.details.get("rights"):
        return "other"
    return key if key in SENTENCES else "other.move" if moved else "other"


def _gaps(line: AuditLine, names: Names, *, local: ZoneInfo, year: int | None) -> dict[str, Gap]:
    change, details = line.change, line.change.details
    gaps = {
        "when": Gap(text=moment_said(change.occurred_at, local, year=year)),
        "recorded": Gap(text=moment_said(change.recorded_at, local, year=year)),
        "who": _who(change.actor, change.who),
        "what": Gap(text=_what(line), subject=line.subject),
        "source": Gap(text=_state(line, change.source)),
        "dest": Gap(text=_state(line, change.dest)),
        "step": Gap(text=_step(line)),
        "to": _to(line, names),
        "rights": Gap(text=rights_said(details.get("rights") or (), names)),
        "reason": Gap(text=same(change.reason or "")),
        "version": Gap(text=same(details.get("version", ""))),
        "firings": Gap(text=same(_count(details.get("firings")))),
        "rows": Gap(text=same(details.get("ledger", 0))),
        "place": Gap(text=same(details.get("place", ""))),
        "candidate": _candidate(details),
    }
    for name, key in (("materials", "materials"), ("removed", "removed")):
        if details.get(key):
            gaps[name] = Gap(text=materials_said(details[key]))
    return gaps


def _notes(line: AuditLine, gaps: Mapping[str, Gap], *, spoken: str) -> list[Message]:
    change, notes = line.change, []
    if "materials" in gaps and not spoken.endswith("+"):
        notes.append(Message(form=NOTES["materials"], gaps=gaps))
    if "removed" in gaps:
        notes.append(Message(form=NOTES["removed"], gaps={"materials": gaps["removed"]}))
    if origin := change.details.get("copied_from"):
        notes.append(Message(form=NOTES["copied"], gaps={"origin": Gap(text=same(origin))}))
    if change.reason:
        notes.append(Message(form=NOTES["reason"], gaps=gaps))
    notes += _causes(line)
    if change.recorded_at - change.occurred_at > _LATER:
        notes.append(Message(form=NOTES["recorded"], gaps=gaps))
    return notes


def _causes(line: AuditLine) -> Iterator[Message]:
    """Yield what the engine or a mail server gave as the reason."""
    details = line.change.details
    why, answer = details.get("why"), details.get("detail")
    if line.kind == Kind.PERSON:  # what became of an address is what the server said
        why, answer = None, why
    if why:
        yield Message(form=NOTES["why"], gaps={"why": Gap(text=WHYS.get(why) or same(why))})
    if answer:
        yield Message(form=NOTES["answer"], gaps={"why": Gap(text=same(answer))})


def _different(line: AuditLine, names: Names, differences: Sequence[Difference]) -> list[Message]:
    """Return what differed in words; of something new nothing is: all of it is new."""
    if line.change.version == 1:
        return []
    told = [_changed(one, names) for one in differences if one.known]
    named = [field_name(one.field) for one in differences if not one.known]
    if named:
        told.append(Message(form=NOTES["fields"], gaps={"fields": Gap(text=listed(named))}))
    return told


def _changed(one: Difference, names: Names) -> Message:
    form = "given" if one.before in (None, "") else "emptied" if one.after in (None, "") else "changed"
    gaps = {
        "field": Gap(text=field_name(one.field)),
        "before": _value(one.field, one.before, names),
        "after": _value(one.field, one.after, names),
    }
    return Message(form=NOTES[form], gaps=gaps)


def _value(field: str, value: Any, names: Names) -> Gap:
    return Gap(text=value_said(field, value, names), subject=meant_by(field, value) or None)


def _who(actor: str, who: str) -> Gap:
    known = WORDS.get(f"actor.{actor}")
    return Gap(text=known) if known else Gap(text=same(who), subject=actor)


def _what(line: AuditLine) -> Name:
    form = WORDS.get(f"what.{line.kind}")
    if form:
        return Name(zh=form.zh.format(ref=line.ref), en=form.en.format(ref=line.ref))
    shown = line.about if line.kind in (Kind.PERSON, Kind.UNIT) else None
    return same(shown or line.ref or line.subject)


def _to(line: AuditLine, names: Names) -> Gap:
    """Return whom a case was handed over to, or whom a mail is for."""
    if line.kind == Kind.MAIL:
        return Gap(text=same(line.about) if line.about else WORDS["nobody"])
    subject = meant_by("coordinator_id", (line.change.details.get("set") or {}).get("coordinator_id"))
    return Gap(
        text=same(names.get(subject, subject)) if subject else WORDS["nobody"], subject=subject or None
    )


def _candidate(details: Mapping[str, Any]) -> Gap:
    """Return whom a change of a list of commendations is about: an activity, a unit or a person."""
    form, name, key = WORDS.get(f"award.{details.get('award')}"), details.get("name"), details.get("key")
    if form is None or not name:
        return Gap(text=same(""))
    subject = f"{Kind.CASE}:{key}" if details.get("award") == "activity" else str(key)
    return Gap(text=Name(zh=form.zh.format(name=name), en=form.en.format(name=name)), subject=subject)


def _state(line: AuditLine, state: str) -> Name:
    known = lifecycle(line.lifecycle).labels.get(state) if line.lifecycle else None
    return known or same(state)


def _step(line: AuditLine) -> Name:
    known = lifecycle(line.lifecycle).triggers.get(line.change.trigger) if line.lifecycle else None
    return known or same(line.change.trigger.replace("_", " "))


def _count(value: object) -> int:
    return len(value) if isinstance(value, list) else value if isinstance(value, int) else 0
