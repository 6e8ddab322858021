"""A list of whom to commend, as plain values: computed afresh, or frozen with its hash."""

from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from config.criteria import AwardRules
from engine.commendation.ranking import Score
from engine.history import canonical

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One candidate of one award.

    ``key`` is a case's number, or ``unit:5`` and ``person:5``; ``below`` says whose it is. ``seat`` is its
    place on the list, None where it is not chosen; ``reason`` is that of whoever put it there or took it off.
    ``shared``: others have the same points and figures, and so the same ``place``; ``tied``: of those some
    are chosen and others not, for a person to decide.
    """

    key: str
    name: str
    below: str
    county: str
    place: int
    points: int
    scores: tuple[Score, ...]
    seat: int | None = None
    forced: int = 0
    reason: str | None = None
    shared: bool | None = None  # None, not False: what is not so is not written, older lists keep their hash
    tied: bool | None = None

    @property
    def is_chosen(self) -> bool:
        """Return whether it is on the list."""
        return self.seat is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Activities that are no candidates: how many are in a state that rules them out."""

    state: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardList:
    """The candidates of one award by rank, how many may be chosen, and what is no candidate."""

    rules: AwardRules
    limit: int
    lines: tuple[Line, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def chosen(self) -> tuple[Line, ...]:
        """Return those on the list, in its order."""
        found = [(one.seat, one) for one in self.lines if one.seat is not None]
        return tuple(one for _, one in sorted(found, key=lambda each: each[0]))

    @property
    def tied(self) -> tuple[Line, ...]:
        """Return those between whom the quota cuts though they share a place, by rank."""
        return tuple(one for one in self.lines if one.tied)

    def line(self, key: str) -> Line | None:
        """Return the candidate of a key, or None."""
        return next((one for one in self.lines if one.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The lists of all awards of one notice, by the version of its schedule that they rest on."""

    notice: str
    schedule: str
    awards: tuple[AwardList, ...]

    def award(self, name: str) -> AwardList | None:
        """Return the list of one award, or None."""
        return next((one for one in self.awards if one.rules.award == name), None)

    @property
    def hash(self) -> str:
        """Return what tells this list from every other one."""
        return sha256(canonical(written(frozen(self)))).hexdigest()


def frozen(listed: Listed) -> Listed:
    """Return a list as it is kept: of those far from being chosen only name and points."""
    return replace(listed, awards=tuple(_frozen(one) for one in listed.awards))


def _frozen(one: AwardList) -> AwardList:
    kept = 2 * max(one.limit, len(one.chosen))
    lines = (line if line.is_chosen or line.place <= kept else replace(line, scores=()) for line in one.lines)
    return replace(one, lines=tuple(lines))


def written(listed: Listed) -> dict[str, Any]:
    """Return a list as history holds it."""
    told: dict[str, Any] = _adapter().dump_python(listed, mode="json", exclude_none=True)
    return told


def read(told: object) -> Listed:
    """Return the list that was ``written``."""
    return _adapter().validate_python(told)


@cache
def _adapter() -> "TypeAdapter[Listed]":
    from pydantic import TypeAdapter  # noqa: PLC0415  its import is slower than most commands

    return TypeAdapter(Listed)
