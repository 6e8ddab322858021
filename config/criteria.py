"""By what a notice commends: the awards, how many of each, and how figures become points. Plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Award(StrEnum):
    """What can be commended."""

    UNIT = "unit"
    ACTIVITY = "activity"
    PERSON = "person"


class Measure(StrEnum):
    """What is looked at. The last three are shares: what was reached of what could be."""

    ACTIVITIES = "activities"
    PARTICIPANTS = "participants"
    MEDIA = "media"
    PUNCTUALITY = "punctuality"
    REACH = "reach"
    COMPLETENESS = "completeness"


SHARES = frozenset({Measure.PUNCTUALITY, Measure.REACH, Measure.COMPLETENESS})


class Scale(StrEnum):
    """How a figure becomes points.

    ``BEST``: in proportion to the best candidate. ``MEDIAN``: half the points for the median, all for
    twice the median. ``STEPS``: a percentage for each threshold passed. ``SHARE``: the share itself.
    """

    BEST = "best"
    MEDIAN = "median"
    STEPS = "steps"
    SHARE = "share"


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One criterion of an award.

    ``steps`` are (threshold, percent of the weight), rising; ``audience`` are the choices of the application
    form that count as reached, ``needs`` the materials that are a complete set.
    """

    measure: Measure
    weight: int
    scale: Scale
    steps: tuple[tuple[int, int], ...] = ()
    audience: tuple[str, ...] = ()
    needs: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """How many may be commended: ``places``, ``percent`` of the candidates, or so many ``per_county``.

    Exactly one of the three is set. ``each_county`` places go to the best of every county first.
    """

    places: int | None = None
    percent: int | None = None
    per_county: int | None = None
    each_county: int = 0

    def limit(self, candidates: int) -> int:
        """Return how many of some candidates may be commended in all; a share is rounded down, not to 0."""
        if self.places is not None:
            return min(self.places, candidates)
        if self.percent is not None:
            return min(candidates, max(1, candidates * self.percent // 100))
        return candidates


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardRules:
    """One award: its title as it is printed, how many, and by what."""

    award: Award
    title: str
    quota: Quota
    criteria: tuple[Criterion, ...]

    @property
    def best(self) -> int:
        """Return the points of a candidate that is best at everything."""
        return sum(one.weight for one in self.criteria)


_AUDIENCE = ("elderly", "youth", "farmers")
_COMPLETE: Mapping[str, int] = {"photo": 3, "video|news_link": 1, "summary": 1}


def _share(measure: Measure, weight: int) -> Criterion:
    audience = _AUDIENCE if measure is Measure.REACH else ()
    needs = _COMPLETE if measure is Measure.COMPLETENESS else {}
    return Criterion(measure=measure, weight=weight, scale=Scale.SHARE, audience=audience, needs=needs)


def _best(measure: Measure, weight: int) -> Criterion:
    return Criterion(measure=measure, weight=weight, scale=Scale.BEST)


def _median(measure: Measure, weight: int) -> Criterion:
    return Criterion(measure=measure, weight=weight, scale=Scale.MEDIAN)


DEFAULT_AWARDS: tuple[AwardRules, ...] = (
    AwardRules(
        award=Award.UNIT,
        title="优秀组织单位",
        quota=Quota(percent=20),
        criteria=(
            _median(Measure.PARTICIPANTS, 25),
            _median(Measure.ACTIVITIES, 15),
            _median(Measure.MEDIA, 15),
            _share(Measure.PUNCTUALITY, 20),
            _share(Measure.REACH, 15),
            _share(Measure.COMPLETENESS, 10),
        ),
    ),
    AwardRules(
        award=Award.ACTIVITY,
        title="优秀活动",
        quota=Quota(percent=10),
        criteria=(
            _median(Measure.PARTICIPANTS, 30),
            _median(Measure.MEDIA, 20),
            _share(Measure.PUNCTUALITY, 20),
            _share(Measure.REACH, 15),
            _share(Measure.COMPLETENESS, 15),
        ),
    ),
    AwardRules(
        award=Award.PERSON,
        title="优秀工作者",
        quota=Quota(percent=10),
        criteria=(
            _median(Measure.ACTIVITIES, 30),
            _share(Measure.PUNCTUALITY, 40),
            _share(Measure.COMPLETENESS, 30),
        ),
    ),
)
"""What holds where no notice says otherwise. The median, so that one very large event decides nothing."""
