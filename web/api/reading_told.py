"""A reading put into words for the API: every place with the words that stand there."""

from typing import Any

from config.reading.drafting.decisions import can_be_taken
from config.reading.drafting.expressions import bounds_of
from config.reading.drafting.tasks import Task
from config.reading.reading import Clause, ReadDate, Reading, Span
from config.reading.reading import Told as Stated
from engine.notice_reading.proposal import Proposal
from web.api.models_reading import FullReading

_LINE = ("id", "who", "at", "region", "notice")
_WHEN = ("day", "start", "until", "certainty", "approximate", "year_from", "relative", "wrong")
_CLAUSE = (
    "key",
    "sort",
    "name",
    "who",
    "action",
    "channel",
    "materials",
    "place",
    "confidence",
    "doubts",
)


def reading_told(proposal: Proposal) -> FullReading:
    """Return a reading and what it comes to as the API tells them."""
    kept, reading = proposal.kept, proposal.kept.reading
    text, heading = reading.text, proposal.heading
    return FullReading.of(
        _taken(kept, _LINE)
        | {
            "name": kept.paper.name,
            "sha256": kept.paper.sha256,
            "doubts": [*kept.paper.doubts, *reading.doubts],
            "head": _head(reading),
            "contacts": [
                _taken(one, ("name", "phone", "email")) | {"words": _words(one.span, text)}
                for one in reading.contacts
            ],
            "clauses": [_clause(one, proposal) for one in reading.clauses],
            "undecided": [one.key for one in proposal.undecided],
            "heading": _taken(heading, ("id", "code", "region"))
            | {"parent": heading.parent.id if heading.parent else None},
            "parents": proposal.parents,
            "renews": proposal.earlier is not None,
            "milestones": [_milestone(one) for one in proposal.tasks],
            "windows": [
                _taken(one, ("key", "name"))
                | {"start": one.start.text, "end": one.end.text, "clause": one.start.clause.key}
                for one in proposal.periods
            ],
            "draft": proposal.text,
            "text": text,
        }
    )


def _head(reading: Reading) -> dict[str, Any]:
    def stated(told: Stated | None) -> dict[str, Any] | None:
        return None if told is None else _words(told.span, reading.text) | {"text": told.text}

    names = ("title", "number", "issuer", "theme", "subtheme", "parent")
    issued = _when(reading.issued, reading.text) if reading.issued else None
    return {name: stated(getattr(reading, name)) for name in names} | {
        "issued": issued,
        "year": reading.year,
    }


def _clause(clause: Clause, proposal: Proposal) -> dict[str, Any]:
    decision, text = proposal.decisions[clause.key], proposal.kept.reading.text
    bounds = bounds_of(clause, decision, text)
    return _taken(clause, _CLAUSE) | {
        "when": _when(clause.when, text),
        "cite": _words(clause.cite, text),
        "also": [_words(one, text) for one in clause.also],
        "can_be_taken": can_be_taken(clause),
        "verdict": decision.verdict,
        "first": bounds.first,
        "last": bounds.last,
    }


def _milestone(task: Task) -> dict[str, Any]:
    asked = task.above or task
    return _taken(task, ("key", "name", "units", "guesses")) | {
        "reaches": asked.reaches,
        "needs": asked.needs,
        "opens": task.opens.text if task.opens else None,
        "due": task.due.text if task.due else None,
        "clauses": [one.key for one in task.clauses],
    }


def _when(when: ReadDate, text: str) -> dict[str, Any]:
    return _taken(when, _WHEN) | {"words": _words(when.words, text)}


def _words(span: Span, text: str) -> dict[str, Any]:
    return {"text": span.of(text), "start": span.start, "end": span.end}


def _taken(value: object, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names}
