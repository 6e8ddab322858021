"""Which cases lag behind a milestone: once as SQL for a sweep, once for a row at sending time.

Both say the same; a property test holds them against each other.
"""

import functools
import operator
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, true

from config.schedule import CaseKind, Milestone
from engine.tables import case
from workflows.lifecycle import Lifecycle
from workflows.materials import either, missing
from workflows.registry import lifecycle, target_of


def lags_sql(
    milestone: Milestone, *, day: date, anchors: tuple[date, date] | None, at: datetime
) -> ColumnElement[bool]:
    """Return the condition that a case lags behind ``milestone`` on the local ``day``.

    A case entered after ``at`` does not; one held later than both the milestone's day and
    ``day`` cannot, and is not reminded of it.
    """
    if milestone.opens and milestone.opens.start and milestone.opens.start > day:
        return ~true()
    life = lifecycle(milestone.kind)
    conditions = [case.c.kind == str(milestone.kind), case.c.entered_at <= at, _undone_sql(milestone, life)]
    if milestone.kind is CaseKind.REPORT:
        conditions.append(case.c.milestone == milestone.key)
    if anchors is not None:
        # counted from the last day: before it has come there is nothing to ask for
        conditions.append(case.c.ends_on.between(anchors[0], min(anchors[1], day)))
    elif waits_for_end(milestone, life):
        latest = max(milestone.due.day or day, day)
        conditions.append(or_(case.c.ends_on.is_(None), case.c.ends_on <= latest))
    return and_(*conditions)


def lags(row: Any, milestone: Milestone, *, day: date, anchors: tuple[date, date] | None = None) -> bool:
    """Return whether a case row, as it is now, lags behind ``milestone`` on the local ``day``."""
    life = lifecycle(milestone.kind)
    if milestone.opens and milestone.opens.start and milestone.opens.start > day:
        return False
    if row.kind != milestone.kind or (milestone.kind is CaseKind.REPORT and row.milestone != milestone.key):
        return False
    if anchors is not None and not (row.ends_on and anchors[0] <= row.ends_on <= min(anchors[1], day)):
        return False
    if anchors is None and waits_for_end(milestone, life):
        latest = max(milestone.due.day or day, day)
        if row.ends_on is not None and row.ends_on > latest:
            return False
    return owes(row, milestone)


def owes(row: Any, milestone: Milestone) -> bool:
    """Return whether a case of the milestone's kind has yet to do what it asks, whenever that is due."""
    life = lifecycle(milestone.kind)
    target = target_of(milestone)
    if target is not None and row.state in life.before(target):
        return True
    owes_materials = milestone.kind is CaseKind.ACTIVITY and row.state in _open_states(life)
    return owes_materials and bool(missing(milestone.needs, row.materials))


def waits_for_end(milestone: Milestone, life: Lifecycle) -> bool:
    """Return whether the milestone asks for something that only an activity already held can have."""
    if milestone.kind is not CaseKind.ACTIVITY or milestone.reaches is None:
        return False
    return "held" in life.path and life.path.index(milestone.reaches) >= life.path.index("held")


@functools.cache
def _open_states(life: Lifecycle) -> tuple[str, ...]:
    """Return the states in which materials can still be owed."""
    return tuple(state for state in life.labels if state not in life.final)


def _undone_sql(milestone: Milestone, life: Lifecycle) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = []
    target = target_of(milestone)
    if target is not None:
        conditions.append(case.c.state.in_(life.before(target)))
    if milestone.needs and milestone.kind is CaseKind.ACTIVITY:
        short = or_(*(_short_sql(kinds, count) for kinds, count in milestone.needs.items()))
        conditions.append(and_(case.c.state.in_(_open_states(life)), short))
    return or_(*conditions) if conditions else ~true()


def _short_sql(kinds: str, count: int) -> ColumnElement[bool]:
    held = (func.coalesce(case.c.materials[kind].as_integer(), 0) for kind in either(kinds))
    return functools.reduce(operator.add, held) < count
