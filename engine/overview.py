"""The whole city at a glance: four numbers, states, counties, who has filed nothing, what comes next.

Each number is the length of the list that a ``CaseFilter`` of the same words finds; a test holds them
against each other. All of them come from one tally.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection

from config.schedule import Name
from engine.actors import Actor
from engine.coming_days import ComingDay, coming_days, coming_firings, days_that_matter
from engine.coverage import Gap, SilentUnit, silent_units
from engine.recent import Recent
from engine.standing import OFF, Gauge, Mark, breaks, gauges, in_force
from engine.tally import Situation, tally

_FIRST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Cases of notices in force: each is on time, due soon or late; of all of them, reports not handed in."""

    on_time: int
    soon: int
    late: int
    not_filed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StateCount:
    """How many cases of a kind are in a state."""

    kind: str
    state: str
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionCount:
    """How many cases a region has of its own, and how many of them are late."""

    region: str
    cases: int
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneHead:
    """A column of the matrix; ``due`` is None where it differs from case to case or is not known yet."""

    notice: str
    key: str
    name: Name
    due: date | None
    approximate: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How the cases of a region stand to a milestone."""

    region: str
    notice: str
    milestone: str
    late: int = 0
    soon: int = 0
    open: int = 0
    done: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """All that an admin sees first. ``silent`` are the first of ``silent_count`` units without activity."""

    at: datetime
    notices: tuple[str, ...]
    cases: int
    numbers: Numbers
    states: tuple[StateCount, ...]
    regions: tuple[RegionCount, ...]
    milestones: tuple[MilestoneHead, ...]
    cells: tuple[Cell, ...]
    silent: tuple[SilentUnit, ...]
    silent_count: int
    coming: tuple[ComingDay, ...]


def overview(
    conn: Connection, actor: Actor, *, now: datetime, notice: str | None = None, recent: Recent | None = None
) -> Overview:
    """Return the overview of what an actor may see, of all notices in force or of one.

    With ``recent`` it is worked out anew only after a change, and each minute.
    """
    if recent is None:
        return _overview(conn, actor, now=now, notice=notice)
    question = ("overview", actor, notice)
    return recent.of(conn, question, lambda: _overview(conn, actor, now=now, notice=notice), now=now)


class _Stands(NamedTuple):
    """A situation with its mark for each milestone, in their order."""

    situation: Situation
    marks: tuple[Mark | None, ...]

    def has(self, mark: Mark) -> bool:
        return mark in self.marks


def _overview(conn: Connection, actor: Actor, *, now: datetime, notice: str | None) -> Overview:
    rules = in_force(conn, notice_id=notice)
    found = gauges(rules, now=now)
    firings = coming_firings(conn, rules, now=now)
    days = breaks(found, *days_that_matter(found, firings))
    situations = tally(conn, actor, found, days=days)
    stands = _stands(situations, found)
    silent = silent_units(conn, actor, gap=Gap.NO_ACTIVITY, notice=notice, per_page=_FIRST)
    return Overview(
        at=now,
        notices=tuple(one.schedule.id for one in rules),
        cases=sum(one.cases for one in situations),
        numbers=_numbers(stands),
        states=_states(situations),
        regions=_regions(stands),
        milestones=tuple(_head(gauge) for gauge in found),
        cells=_cells(stands, found),
        silent=silent.items,
        silent_count=silent.total,
        coming=coming_days(found, situations, firings),
    )


def _stands(situations: Iterable[Situation], found: Sequence[Gauge]) -> list[_Stands]:
    known: dict[tuple[object, ...], tuple[Mark | None, ...]] = {}
    stands = []
    for one in situations:
        key = (one.notice, one.kind, one.milestone, one.state, one.ends_on, *one.materials.values())
        marks = known.get(key)
        if marks is None:
            marks = known[key] = tuple(gauge.mark(one) for gauge in found)
        stands.append(_Stands(one, marks))
    return stands


def _numbers(stands: Sequence[_Stands]) -> Numbers:
    live = [one for one in stands if one.situation.state not in OFF]
    return Numbers(
        on_time=_sum(one for one in live if not (one.has(Mark.LATE) or one.has(Mark.SOON))),
        soon=_sum(one for one in stands if one.has(Mark.SOON) and not one.has(Mark.LATE)),
        late=_sum(one for one in stands if one.has(Mark.LATE)),
        not_filed=_sum(
            one for one in stands if one.situation.kind == "report" and one.situation.state == "due"
        ),
    )


def _sum(stands: Iterable[_Stands]) -> int:
    return sum(one.situation.cases for one in stands)


def _states(situations: Iterable[Situation]) -> tuple[StateCount, ...]:
    counts: Counter[tuple[str, str]] = Counter()
    for one in situations:
        counts[one.kind, one.state] += one.cases
    return tuple(StateCount(kind=kind, state=state, cases=n) for (kind, state), n in sorted(counts.items()))


def _regions(stands: Iterable[_Stands]) -> tuple[RegionCount, ...]:
    cases: Counter[str] = Counter()
    late: Counter[str] = Counter()
    for one in stands:
        cases[one.situation.region] += one.situation.cases
        late[one.situation.region] += one.situation.cases if one.has(Mark.LATE) else 0
    return tuple(RegionCount(region=code, cases=cases[code], late=late[code]) for code in sorted(cases))


def _cells(stands: Iterable[_Stands], found: Sequence[Gauge]) -> tuple[Cell, ...]:
    counts: dict[tuple[str, int], Counter[str]] = {}
    for one in stands:
        for place, mark in enumerate(one.marks):
            if mark is not None:
                at = (one.situation.region, place)
                counts.setdefault(at, Counter())[mark.value] += one.situation.cases
    return tuple(_cell(region, found[place], counts[region, place]) for region, place in sorted(counts))


def _cell(region: str, gauge: Gauge, counts: Mapping[str, int]) -> Cell:
    return Cell(region=region, notice=gauge.notice, milestone=gauge.milestone.key, **counts)


def _head(gauge: Gauge) -> MilestoneHead:
    milestone = gauge.milestone
    return MilestoneHead(
        notice=gauge.notice,
        key=milestone.key,
        name=milestone.name,
        due=milestone.due.day,
        approximate=milestone.due.approximate,
    )
