"""Who comes first and who is chosen: pure functions of figures, criteria, quota and what people adjusted.

Points are whole hundredths, so that no rounding turns an order round. With all else equal a higher
figure never ranks lower; what comes out does not depend on the order of what goes in.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from config.criteria import AwardRules, Criterion, Measure, Quota, Scale

M = TypeVar("M", int, tuple[int, tuple[int, ...]])

WHOLE = 10_000
"""A share of one, as whole numbers count it."""

POINT = 100
"""One point, in hundredths."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Who or what may be commended. ``key`` says which it is; ``values`` are its figures.

    Of a share (0 to ``WHOLE``) ``parts`` has what was reached and what could be.
    """

    key: str
    county: str
    values: Mapping[Measure, int]
    parts: Mapping[Measure, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What one criterion gave: ``points`` of ``most`` (hundredths), at ``place`` among all for that alone."""

    measure: Measure
    value: int
    points: int
    most: int
    place: int
    done: int = 0
    asked: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A candidate with its points and its place, ``shared`` by all who have the same points and figures."""

    candidate: Candidate
    place: int
    points: int
    shared: bool
    scores: tuple[Score, ...]

    @property
    def key(self) -> str:
        """Return which candidate it is."""
        return self.candidate.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What people adjusted: those ``added`` in this order, those ``removed``, and places given by hand."""

    added: tuple[str, ...] = ()
    removed: frozenset[str] = frozenset()
    places: Mapping[str, int] = field(default_factory=dict)


def rank(candidates: Iterable[Candidate], rules: AwardRules) -> tuple[Ranked, ...]:
    """Return the candidates by points, the best first.

    A tie is settled by the figures themselves, criterion by criterion as they are written. Who has the same
    there too has the same place; such stand by their keys, which decides nothing (see ``undecided``).
    """
    found = sorted(candidates, key=lambda one: one.key)
    scores = [_scores(one, found) for one in rules.criteria]
    each = [tuple(column[index] for column in scores) for index in range(len(found))]
    merits = [_merit(mine) for mine in each]
    place, alike = _places(merits), Counter(merits)
    order = sorted(range(len(found)), key=lambda index: (place[merits[index]], found[index].key))
    return tuple(
        Ranked(
            candidate=found[index],
            place=place[merits[index]],
            points=merits[index][0],
            shared=alike[merits[index]] > 1,
            scores=each[index],
        )
        for index in order
    )


def choose(ranked: Sequence[Ranked], quota: Quota, wishes: Wishes | None = None) -> tuple[str, ...]:
    """Return the keys of those chosen, in the order of the list.

    First those added by hand, then the best of each county where the quota says so, then by rank.
    """
    asked = wishes or Wishes()
    known = {one.key: one for one in ranked}
    seats = _Seats(quota, len(ranked))
    for key in asked.added:
        if key in known and key not in asked.removed:
            seats.take(known[key])
    left = [one for one in ranked if one.key not in asked.removed]
    for one in left:
        if seats.taken_of(one) < quota.each_county:
            seats.take(one)
    for one in left:
        seats.take(one)
    chosen = [one.key for one in ranked if one.key in seats.taken]
    return _placed(chosen, asked.places)


def undecided(
    ranked: Sequence[Ranked], chosen: Collection[str], quota: Quota, wishes: Wishes | None = None
) -> frozenset[str]:
    """Return the keys of those between whom the quota cuts though they share a place.

    Of them some are chosen and others not, by nothing that a notice says: a person has to decide. Who was
    added or removed by hand is decided.
    """
    asked = wishes or Wishes()
    seated = frozenset(chosen)
    counties = Counter(one.candidate.county for one in ranked if one.key in seated)
    by_points, settled = seated.difference(asked.added), seated | asked.removed
    by_rank = _by_place(one for one in ranked if one.key in by_points)
    left = _by_place(one for one in ranked if one.key not in settled)
    pairs = (
        (within, outside)
        for place in by_rank.keys() & left.keys()
        for gives, within in by_rank[place].items()
        for takes, outside in left[place].items()
        if _may_change(gives, takes, quota, counties)
    )
    return frozenset(key for within, outside in pairs for key in (*within, *outside))


def _by_place(found: Iterable[Ranked]) -> Mapping[int, Mapping[str, Sequence[str]]]:
    """Return the keys of some candidates by place and county: there are far fewer counties to compare."""
    places: dict[int, dict[str, list[str]]] = {}
    for one in found:
        if one.shared:
            places.setdefault(one.place, {}).setdefault(one.candidate.county, []).append(one.key)
    return places


def _may_change(gives: str, takes: str, quota: Quota, counties: Mapping[str, int]) -> bool:
    """Return whether a seat may go from one county to another by what the quota says of them."""
    if gives == takes:
        return True
    room = quota.per_county is None or counties.get(takes, 0) < quota.per_county
    owed = counties.get(takes, 0) < quota.each_county  # its places did not go round either
    return room and (owed or counties[gives] > quota.each_county)


class _Seats:
    """The places of a quota, and who has taken them."""

    def __init__(self, quota: Quota, candidates: int) -> None:
        self._limit = quota.limit(candidates)
        self._per_county = quota.per_county
        self._counties: Counter[str] = Counter()
        self.taken: set[str] = set()

    def taken_of(self, one: Ranked) -> int:
        """Return how many places the county of a candidate has."""
        return self._counties[one.candidate.county]

    def take(self, one: Ranked) -> None:
        """Give a candidate a place, if there is one left for it."""
        full = len(self.taken) >= self._limit
        county_full = self._per_county is not None and self.taken_of(one) >= self._per_county
        if one.key not in self.taken and not full and not county_full:
            self.taken.add(one.key)
            self._counties[one.candidate.county] += 1


def _placed(chosen: list[str], places: Mapping[str, int]) -> tuple[str, ...]:
    for key, place in places.items():
        if key in chosen:
            chosen.remove(key)
            chosen.insert(min(place, len(chosen) + 1) - 1, key)
    return tuple(chosen)


def _merit(scores: Sequence[Score]) -> tuple[int, tuple[int, ...]]:
    """Return what a place goes by: all points, then the figures as the criteria are written."""
    return sum(one.points for one in scores), tuple(one.value for one in scores)


def _scores(criterion: Criterion, candidates: Sequence[Candidate]) -> list[Score]:
    values = [one.values.get(criterion.measure, 0) for one in candidates]
    most = criterion.weight * POINT
    full = _full(criterion, values)
    above = _places(values)
    return [
        Score(
            measure=criterion.measure,
            value=value,
            points=_points(criterion, value, full),
            most=most,
            place=above[value],
            done=one.parts.get(criterion.measure, (0, 0))[0],
            asked=one.parts.get(criterion.measure, (0, 0))[1],
        )
        for one, value in zip(candidates, values, strict=True)
    ]


def _places(values: Iterable[M]) -> Mapping[M, int]:
    """Return the place of each figure: one more than how many are larger."""
    places: dict[M, int] = {}
    before = 0
    for value, count in sorted(Counter(values).items(), reverse=True):
        places[value] = before + 1
        before += count
    return places


def _full(criterion: Criterion, values: Sequence[int]) -> int:
    """Return the figure that gets all points, in halves where the median asks for it."""
    if criterion.scale is Scale.SHARE:
        return WHOLE
    if criterion.scale is Scale.MEDIAN:
        return _twice_median(values)
    return max(values, default=0)


def _twice_median(values: Sequence[int]) -> int:
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return 2 * ordered[middle]
    return ordered[middle - 1] + ordered[middle] if ordered else 0


def _points(criterion: Criterion, value: int, full: int) -> int:
    most = criterion.weight * POINT
    if criterion.scale is Scale.STEPS:
        passed = [percent for threshold, percent in criterion.steps if value >= threshold]
        return most * max(passed, default=0) // 100
    if full <= 0:  # half of the candidates have nothing: whoever has anything is above the median
        return most if value > 0 else 0
    return most * min(value, full) // full
