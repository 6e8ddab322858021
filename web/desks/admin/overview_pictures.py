"""The overview's numbers as pictures, and the list behind each of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from config.regions import region
from config.schedule import CaseKind, Name
from engine.overview import Cell as Count
from engine.overview import MilestoneHead, Overview
from web.desks.lists.case_query import CaseQuery, Standing
from web.pictures.heat import Cell, Column, Heat, Row
from workflows.diagram import svg
from workflows.registry import lifecycle


@dataclass(frozen=True, slots=True, kw_only=True)
class StateLine:
    """A state, how many cases are in it, and their list."""

    name: Name
    cases: int
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LifecycleShown:
    """A lifecycle's picture with its counts, and the same as a list of links."""

    kind: CaseKind
    picture: Markup
    states: tuple[StateLine, ...]


def figures_of(seen: Overview, notice: str | None) -> tuple[tuple[int, str, str, str], ...]:
    """Return the four numbers: count, the key of their word, their list, their tone.

    Each case is of one of the first three; the last is of all of them, and its word says so.
    """
    numbers = seen.numbers
    shown = (
        (numbers.on_time, Standing.ON_TIME, "cases.standing_on_time", "done"),
        (numbers.soon, Standing.SOON, "cases.standing_soon", "soon"),
        (numbers.late, Standing.LATE, "cases.standing_late", "late"),
        (numbers.not_filed, Standing.NOT_FILED, "overview.not_filed", "open"),
    )
    return tuple(
        (count, word, CaseQuery(notice=notice, standing=standing).url(), tone)
        for count, standing, word, tone in shown
    )


def heat_of(seen: Overview) -> Callable[[str], Heat]:
    """Return what makes the heat map in a language: the milestones that any case has, by region."""
    cells = {(one.region, one.notice, one.milestone): one for one in seen.cells}
    used = {key[1:] for key in cells}
    heads = [one for one in seen.milestones if (one.notice, one.key) in used]
    codes = sorted({one.region for one in seen.cells})

    def drawn(lang: str) -> Heat:
        columns = tuple(Column(name=one.name.in_(lang), due=one.due) for one in heads)
        rows = tuple(_row(code, heads, cells) for code in codes)
        return Heat(columns=columns, rows=rows)

    return drawn


def _row(code: str, heads: list[MilestoneHead], cells: Mapping[tuple[str, str, str], Count]) -> Row:
    found = (cells.get((code, one.notice, one.key)) for one in heads)
    return Row(
        name=region(code).name,
        cells=tuple(_cell(one) if one else Cell(late=0, total=0) for one in found),
        href=CaseQuery(region=f"{code}.", current=True).url(),
    )


def _cell(one: Count) -> Cell:
    """Return a cell that leads to what is late in it, or where nothing is, to all of it."""
    query = CaseQuery(
        notice=one.notice,
        milestone=one.milestone,
        region=f"{one.region}.",
        standing=Standing.LATE if one.late else None,
    )
    return Cell(late=one.late, total=one.late + one.soon + one.open + one.done, href=query.url())


def lifecycles_of(seen: Overview, notice: str | None, lang: str) -> tuple[LifecycleShown, ...]:
    """Return the lifecycles of which there are cases."""
    shown = (_lifecycle(seen, kind, notice, lang) for kind in CaseKind)
    return tuple(one for one in shown if any(state.cases for state in one.states))


def _lifecycle(seen: Overview, kind: CaseKind, notice: str | None, lang: str) -> LifecycleShown:
    life = lifecycle(kind)
    counts = {one.state: one.cases for one in seen.states if one.kind == kind}
    return LifecycleShown(
        kind=kind,
        picture=Markup(svg(life, lang, counts)),  # noqa: S704 - made by us of texts that are escaped there
        states=tuple(
            StateLine(
                name=name,
                cases=counts.get(state, 0),
                href=CaseQuery(notice=notice, kind=kind, states=(str(state),), current=True).url(),
            )
            for state, name in life.labels.items()
        ),
    )
