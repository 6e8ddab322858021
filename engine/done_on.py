"""When a case had done what a date asks of it, read from its own history."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from config.schedule import CaseKind, Milestone
from engine.changes import ChangeLine
from workflows.decide import reached
from workflows.lifecycle import Lifecycle
from workflows.materials import missing
from workflows.registry import lifecycle, target_of

Place = TypeVar("Place")


def done_at(changes: Sequence[ChangeLine], milestone: Milestone) -> datetime | None:
    """Return when a case, by all its changes, did what a milestone asks; None where it has not."""
    found = []
    target = target_of(milestone)
    if target is not None:
        found.append(_reached(changes, lifecycle(milestone.kind), target))
    if milestone.needs and milestone.kind is CaseKind.ACTIVITY:
        found.append(first_met(((one.occurred_at, one.details) for one in changes), milestone.needs))
    return max(known) if (known := [at for at in found if at]) and len(known) == len(found) else None


def first_met(chain: Iterable[tuple[Place, Mapping[str, Any]]], needs: Mapping[str, int]) -> Place | None:
    """Return the first change of a case after which it had all materials that are needed."""
    have: dict[str, int] = {}
    for place, details in chain:
        for key, by in (("materials", 1), ("removed", -1)):
            for one in details.get(key, ()):
                have[one["kind"]] = have.get(one["kind"], 0) + by
        if not missing(needs, have):
            return place
    return None


def _reached(changes: Sequence[ChangeLine], life: Lifecycle, target: str) -> datetime | None:
    """Return when a case last came past a state of the path."""
    early, past = life.before(target), reached(life, target)
    into = (one.occurred_at for one in reversed(changes) if one.source in early and one.dest in past)
    return next(into, None)
