"""What is to become of each date that was read: sure ones are proposed, doubtful ones wait for a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from config.reading.reading import Certainty, Clause, Reading, Sort, YearFrom

SURE = 0.8
"""A confidence from which on a date needs no second look."""

LIKELY = 0.5
"""A confidence below which the reader is guessing."""

_NOTED = frozenset({Certainty.OPEN, Certainty.RECURRING})
_SET = frozenset({Sort.WINDOW, Sort.DEADLINE})
_DATELESS = frozenset({Certainty.OPEN, Certainty.RECURRING, Certainty.RELATIVE})


class Verdict(StrEnum):
    """What is done with one date."""

    ACCEPT = "accept"
    CORRECT = "correct"
    DROP = "drop"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A verdict on one date; ``day`` and ``start`` are the right ones where it is corrected."""

    verdict: Verdict
    day: date | None = None
    start: date | None = None


Decisions = Mapping[str, Decision]
"""Decisions by the key of the clause they are about."""


def is_sure(clause: Clause) -> bool:
    """Tell whether a clause was read beyond doubt."""
    return (
        clause.confidence >= SURE
        and not needs_a_date(clause)
        and clause.when.year_from is not YearFrom.NOWHERE
    )


def needs_a_date(clause: Clause) -> bool:
    """Tell whether a clause can be taken over only with another date: the one it names does not exist."""
    when = clause.when
    dated = when.day is not None or when.start is not None
    return when.wrong is not None or not (dated or when.certainty in _DATELESS)


def can_be_taken(clause: Clause) -> bool:
    """Tell whether a clause can be taken over as it stands: it names a day, or one will follow from it."""
    return not needs_a_date(clause) and clause.when.certainty is not Certainty.RECURRING


def is_undated(clause: Clause) -> bool:
    """Tell whether a clause names no day and none will follow from it: it recurs, or is left open."""
    when = clause.when
    return when.certainty in _NOTED and when.day is None and when.start is None


def proposed(clause: Clause) -> Decision:
    """Return what is proposed for a clause: left out what asks for nothing, open what is doubtful."""
    if clause.sort not in _SET or is_undated(clause):
        return Decision(verdict=Verdict.DROP)
    return Decision(verdict=Verdict.ACCEPT if is_sure(clause) else Verdict.UNDECIDED)


def settled(reading: Reading, decisions: Decisions) -> dict[str, Decision]:
    """Return a decision for every clause: the person's where there is one, else the proposal."""
    return {one.key: decisions.get(one.key) or proposed(one) for one in reading.clauses}


def undecided(reading: Reading, decisions: Decisions) -> tuple[Clause, ...]:
    """Return the clauses that a person must still decide."""
    verdicts = settled(reading, decisions)
    return tuple(one for one in reading.clauses if verdicts[one.key].verdict is Verdict.UNDECIDED)


def taken(reading: Reading, decisions: Decisions) -> tuple[tuple[Clause, Decision], ...]:
    """Return the clauses that the schedule takes over, as they are or corrected."""
    kept = (Verdict.ACCEPT, Verdict.CORRECT)
    verdicts = settled(reading, decisions)
    return tuple((one, verdicts[one.key]) for one in reading.clauses if verdicts[one.key].verdict in kept)
