"""When a step can have happened: in its turn, and no later state before what it tells of was over."""

from collections.abc import Iterator
from datetime import date

from workflows.activity import ActivityState
from workflows.blockers import Blocker, Code, years
from workflows.decide import reached
from workflows.facts import Facts
from workflows.lifecycle import Lifecycle


def out_of_turn(lifecycle: Lifecycle, dest: str, facts: Facts, *, since: date) -> Iterator[Blocker]:
    """Yield why a step to ``dest`` cannot have happened on ``facts.today``; no force helps against time.

    ``since`` is the day on which the case was entered or changed its state last.
    """
    if facts.today < since:
        params: dict[str, str | int] = {"since": since.isoformat(), **years(facts.today, since)}
        yield Blocker(code=Code.BEFORE_LAST_STEP, params=params, fix="occurred_on")
    elif facts.ends_on and facts.today < facts.ends_on and _tells_of_the_end(lifecycle, dest):
        params = {"last_day": facts.ends_on.isoformat(), **years(facts.today, facts.ends_on)}
        yield Blocker(code=Code.BEFORE_THE_END, params=params, fix="occurred_on")


def _tells_of_the_end(lifecycle: Lifecycle, dest: str) -> bool:
    return ActivityState.HELD in lifecycle.labels and dest in reached(lifecycle, ActivityState.HELD)
