"""Which cases a list is asked for, and the conditions that it comes to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from config.errors import UserError
from config.regions import find
from config.schedule import CaseKind
from engine.actors import SYSTEM, Actor
from engine.scope import in_region, seen
from engine.standing import OFF, Gauge, Mark, marked
from engine.tables import case, person, unit


class Sort(StrEnum):
    """What a list is ordered by; ``due`` is the nearest date of what a case still owes."""

    REF = "ref"
    DUE = "due"
    TITLE = "title"
    UNIT = "unit"
    REGION = "region"
    STATE = "state"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """Which cases are asked for, in which order; None asks for all that ``actor`` may see.

    ``region`` is a code or a name and means all within it, ``at_region`` is a code and means just it;
    ``coordinator`` is a mail address or a name, ``unit`` a unit's number, ``text`` part of a title, a
    number or a unit's name. ``standing`` is how a case stands to ``milestone``, or to any.
    ``late``, ``soon``, ``on_time``, ``not_filed`` and ``in_force`` ask for cases of notices in force;
    no case is two of the first three.
    """

    actor: Actor = SYSTEM
    kind: CaseKind | None = None
    notice: str | None = None
    state: str | None = None
    states: tuple[str, ...] = ()
    region: str | None = None
    at_region: str | None = None
    unit: int | None = None
    coordinator: str | None = None
    text: str | None = None
    milestone: str | None = None
    standing: Mark | None = None
    late: bool = False
    soon: bool = False
    on_time: bool = False
    not_filed: bool = False
    in_force: bool = False
    sort: Sort = Sort.REF
    down: bool = False


def conditions(wanted: CaseFilter, gauges: Sequence[Gauge]) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions of a filter; ``gauges`` are the milestones of all notices in force."""
    yield seen(wanted.actor)
    yield from _columns(wanted)
    yield from _words(wanted)
    yield from _standings(wanted, gauges)


def within(column: ColumnElement[str], region: str) -> ColumnElement[bool]:
    """Return the condition that a code is a region's, given by code or name, or within it."""
    return in_region(column, find(region).code)


def _columns(wanted: CaseFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.kind is not None:
        yield case.c.kind == str(wanted.kind)
    if wanted.notice is not None:
        yield case.c.notice == wanted.notice
    if wanted.state is not None:
        yield case.c.state == wanted.state
    if wanted.states:
        yield case.c.state.in_(wanted.states)
    if wanted.region is not None:
        yield within(case.c.region, wanted.region)
    if wanted.at_region is not None:
        yield case.c.region == wanted.at_region
    if wanted.unit is not None:
        yield case.c.unit_id == wanted.unit


def _words(wanted: CaseFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.coordinator is not None:
        yield case.c.coordinator_id.in_(select(person.c.id).where(_is_called(wanted.coordinator)))
    if wanted.text and (text := wanted.text.strip()):
        hosts = select(unit.c.id).where(unit.c.name.icontains(text, autoescape=True))
        yield or_(
            case.c.title.icontains(text, autoescape=True),
            case.c.ref.icontains(text, autoescape=True),
            case.c.unit_id.in_(hosts),
        )


def _is_called(who: str) -> ColumnElement[bool]:
    return func.lower(person.c.email) == who.lower() if "@" in who else person.c.name == who


def _standings(wanted: CaseFilter, gauges: Sequence[Gauge]) -> Iterator[ColumnElement[bool]]:
    chosen = [gauge for gauge in gauges if wanted.notice in (None, gauge.notice)]
    if wanted.milestone is not None:
        chosen = [gauge for gauge in chosen if gauge.milestone.key == wanted.milestone]
    if wanted.standing is not None:
        yield _stands(wanted, chosen)
    elif wanted.milestone is not None:
        yield or_(false(), *(gauge.concerns_sql() for gauge in chosen))
    yield from _numbers(wanted, gauges)


def _numbers(wanted: CaseFilter, gauges: Sequence[Gauge]) -> Iterator[ColumnElement[bool]]:
    asked = (wanted.soon, wanted.on_time, wanted.not_filed, wanted.in_force)
    if any(asked):
        yield func.coalesce(case.c.notice, "").in_(sorted({gauge.notice for gauge in gauges}))
    if wanted.late:
        yield marked(gauges, Mark.LATE)
    if wanted.soon:
        yield and_(marked(gauges, Mark.SOON), ~marked(gauges, Mark.LATE))
    if wanted.on_time:
        yield and_(case.c.state.not_in(OFF), ~marked(gauges, Mark.LATE), ~marked(gauges, Mark.SOON))
    if wanted.not_filed:
        yield and_(case.c.kind == "report", case.c.state == "due")


def _stands(wanted: CaseFilter, chosen: Sequence[Gauge]) -> ColumnElement[bool]:
    if wanted.standing is None or (wanted.milestone is None and wanted.standing in (Mark.OPEN, Mark.DONE)):
        raise UserError(
            zh="“未到期”和“已完成”要说是对哪个节点的；请同时选择节点。",
            en="open and done are told of a milestone; choose the milestone as well",
            code="case.standing",
        )
    return marked(chosen, wanted.standing)
