"""What a person chose of a reading, as it is kept: by the key of each clause and the place of its date."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from config.reading.drafting.decisions import Decision, Decisions, Verdict
from config.reading.reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """A person's choices; None: as it is proposed. ``parent`` is empty where there is to be none."""

    decisions: Decisions = field(default_factory=dict)
    parent: str | None = None
    id: str | None = None
    code: str | None = None

    def deciding(self, key: str, decision: Decision | None) -> "Choices":
        """Return the choices with one decision made, or (None) taken back."""
        others = {name: one for name, one in self.decisions.items() if name != key}
        return replace(self, decisions=others if decision is None else {**others, key: decision})


def dumped(choices: Choices, reading: Reading) -> dict[str, Any]:
    """Return choices as a JSON document. A decision is kept with the place of its date in the text."""
    places = {one.key: one.when.words.start for one in reading.clauses}
    decisions = {
        key: {
            "verdict": str(one.verdict),
            "day": one.day.isoformat() if one.day else None,
            "start": one.start.isoformat() if one.start else None,
            "at": places[key],
        }
        for key, one in choices.decisions.items()
        if key in places
    }
    named = {"parent": choices.parent, "id": choices.id, "code": choices.code}
    return {"decisions": decisions, **named}


def loaded(document: Mapping[str, Any], reading: Reading) -> Choices:
    """Return choices as they were kept; a decision about what is read otherwise by now is left out."""
    places = {one.key: one.when.words.start for one in reading.clauses}
    decisions = {
        key: Decision(verdict=Verdict(one["verdict"]), day=_day(one["day"]), start=_day(one["start"]))
        for key, one in document.get("decisions", {}).items()
        if places.get(key) == one["at"]
    }
    named = {name: document.get(name) for name in ("parent", "id", "code")}
    return Choices(decisions=decisions, **named)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
