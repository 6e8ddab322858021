"""From what activities achieved to the candidates of each award, and the list that follows from them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from config.criteria import Award, AwardRules, Criterion, Measure
from config.regions import full_name, region
from config.schedule import CaseKind
from engine.commendation.figures import Work
from engine.commendation.listed import AwardList, LeftOut, Line
from engine.commendation.ranking import WHOLE, Candidate, Ranked, Wishes, choose, rank, undecided
from workflows.materials import missing

CANDIDATE_STATE = "summarized"
"""Only from here an activity can be commended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One candidate before it is ranked: what it is called, and the works that count for it."""

    key: str
    name: str
    below: str
    county: str
    works: tuple[Work, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjusted:
    """What people asked for on one award, and the reason given for each candidate."""

    wishes: Wishes
    reasons: Mapping[str, str]


def award_list(works: Sequence[Work], rules: AwardRules, adjusted: Adjusted) -> AwardList:
    """Return the ranked list of one award with those chosen by its quota and by people."""
    standings = {one.key: one for one in _STANDINGS[rules.award](works)}
    ranked = rank([_candidate(one, rules) for one in standings.values()], rules)
    chosen = choose(ranked, rules.quota, adjusted.wishes)
    seats = {key: seat for seat, key in enumerate(chosen, 1)}
    tied = undecided(ranked, chosen, rules.quota, adjusted.wishes)
    lines = (_line(one, standings[one.key], seats, adjusted) for one in ranked)
    return AwardList(
        rules=rules,
        limit=rules.quota.limit(len(ranked)),
        lines=tuple(replace(one, tied=True) if one.key in tied else one for one in lines),
        left_out=tuple(_left_out(works)) if rules.award is Award.ACTIVITY else (),
    )


def _line(one: Ranked, standing: Standing, seats: Mapping[str, int], adjusted: Adjusted) -> Line:
    return Line(
        key=one.key,
        name=standing.name,
        below=standing.below,
        county=standing.county,
        place=one.place,
        points=one.points,
        scores=one.scores,
        seat=seats.get(one.key),
        forced=sum(work.forced for work in standing.works),
        reason=adjusted.reasons.get(one.key),
        shared=one.shared or None,
    )


def _left_out(works: Iterable[Work]) -> Iterator[LeftOut]:
    activities = (one for one in works if one.kind == CaseKind.ACTIVITY)
    counts = Counter(one.state for one in activities if one.state != CANDIDATE_STATE)
    for state, count in sorted(counts.items()):
        yield LeftOut(state=state, count=count)


def _activities(works: Iterable[Work]) -> Iterator[Standing]:
    for one in works:
        if one.kind == CaseKind.ACTIVITY and one.state == CANDIDATE_STATE:
            yield Standing(key=one.ref, name=one.title, below=one.unit, county=one.region, works=(one,))


def _units(works: Iterable[Work]) -> Iterator[Standing]:
    """Yield every unit that has finished an activity, with all its works: a late report counts too."""
    for number, mine in _grouped(works, lambda one: one.unit_id):
        if any(one.is_done for one in mine):
            below = full_name(mine[0].unit_region)
            county = mine[0].unit_region
            yield Standing(key=f"unit:{number}", name=mine[0].unit, below=below, county=county, works=mine)


def _people(works: Iterable[Work]) -> Iterator[Standing]:
    """Yield every coordinator who has finished an activity, in the county where most of them were."""
    for number, mine in _grouped(works, lambda one: one.person_id or 0):
        done = [one for one in mine if one.is_done]
        if number and done:
            name, below = done[0].person or "", "、".join(sorted({one.unit for one in done}))
            yield Standing(key=f"person:{number}", name=name, below=below, county=_mostly(done), works=mine)


def _mostly(works: Iterable[Work]) -> str:
    counts = Counter(one.region for one in works)
    return min(counts, key=lambda code: (-counts[code], code))


def _grouped(
    works: Iterable[Work], number_of: Callable[[Work], int]
) -> Iterator[tuple[int, tuple[Work, ...]]]:
    for number, mine in groupby(sorted(works, key=lambda one: (number_of(one), one.ref)), number_of):
        yield number, tuple(mine)


_STANDINGS: Mapping[Award, Callable[[Sequence[Work]], Iterator[Standing]]] = {
    Award.UNIT: _units,
    Award.ACTIVITY: _activities,
    Award.PERSON: _people,
}


def _candidate(one: Standing, rules: AwardRules) -> Candidate:
    values: dict[Measure, int] = {}
    parts: dict[Measure, tuple[int, int]] = {}
    for criterion in rules.criteria:
        count = _COUNTS.get(criterion.measure)
        if count is not None:
            values[criterion.measure] = count(one.works)
        else:
            done, asked = _share(criterion, one.works)
            parts[criterion.measure] = done, asked
            values[criterion.measure] = WHOLE * done // asked if asked else 0
    return Candidate(key=one.key, county=one.county, values=values, parts=parts)


def _finished(works: Iterable[Work]) -> list[Work]:
    return [one for one in works if one.is_done]


_COUNTS: Mapping[Measure, Callable[[Sequence[Work]], int]] = {
    Measure.ACTIVITIES: lambda works: len(_finished(works)),
    Measure.PARTICIPANTS: lambda works: sum(one.participants for one in _finished(works)),
    Measure.MEDIA: lambda works: sum(one.materials.get("news_link", 0) for one in _finished(works)),
}


def _share(criterion: Criterion, works: Sequence[Work]) -> tuple[int, int]:
    """Return what was reached of what could be."""
    if criterion.measure is Measure.PUNCTUALITY:
        return sum(one.on_time for one in works), sum(one.due for one in works)
    done = _finished(works)
    if criterion.measure is Measure.REACH:
        met = {one for work in done for one in work.audience} & set(criterion.audience)
        return len(met), len(criterion.audience)
    whole = sum(criterion.needs.values()) * len(done)
    lacking = (missing(criterion.needs, work.materials) for work in done)
    return whole - sum(count for each in lacking for _, count in each), whole


def place_word(code: str) -> str:
    """Return what a place in a ranking of a region is said of: 全国, 全省, 全市, 全县."""
    return "全国" if code == "000000" else f"全{region(code).name[-1]}"
