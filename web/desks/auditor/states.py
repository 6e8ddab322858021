"""How many cases stood in each state, as bars that lead to their lists."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from config.schedule import CaseKind, Name
from engine.audit.cases_then import CasesThen
from web.desks.auditor.then_query import ThenQuery
from web.pictures.bars import Bar, Bars, bars_picture, bars_table
from web.pictures.frame import Table
from web.visit import Visit
from workflows.registry import lifecycle

Counts = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatePicture:
    """The states of one kind of case: a picture, the same as a table, and how many cases in all."""

    kind: str
    svg: Markup
    table: Table
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """Which page of how many, of how many things."""

    number: int
    pages: int
    total: int

    @classmethod
    def of(cls, cases: CasesThen) -> "Paging":
        """Return the pager of a list of cases."""
        return cls(number=cases.page, pages=max(-(-cases.total // cases.per_page), 1), total=cases.total)


def state_pictures(visit: Visit, query: ThenQuery, counts: Counts) -> tuple[StatePicture, ...]:
    """Return a picture for each kind of case that there was."""
    kinds = [kind for kind in CaseKind if any(one == kind for one, _ in counts)]
    return tuple(_picture(visit, query, counts, kind=kind) for kind in kinds)


def states_asked(kind: CaseKind | None) -> Mapping[str, Name]:
    """Return the states that a list can be narrowed to."""
    found: dict[str, Name] = {}
    for one in (kind,) if kind else CaseKind:
        found |= lifecycle(one).labels
    return found


def _picture(visit: Visit, query: ThenQuery, counts: Counts, *, kind: CaseKind) -> StatePicture:
    life = lifecycle(kind)
    bars = Bars(
        bars=tuple(
            Bar(
                name=name.in_(visit.lang),
                count=counts[kind, state],
                href=query.url(kind=kind, state=state),
                tone="quiet" if state in life.final else "main",
            )
            for state, name in life.labels.items()
            if (kind, state) in counts
        ),
        title=visit.say(f"history.{kind}_states"),
    )
    return StatePicture(
        kind=kind,
        svg=bars_picture(bars, key=kind, lang=visit.lang),
        table=bars_table(bars, visit.lang),
        total=bars.total,
    )
