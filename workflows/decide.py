"""May this step be done, and what stands against it? Asking never changes anything."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from config.errors import UserError
from config.schedule import Role
from workflows.blockers import Blocker, Code
from workflows.facts import Facts
from workflows.lifecycle import Lifecycle, Step
from workflows.machine import destination


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Where a step would lead and everything that stands against it.

    ``dest`` is None when the step does not exist in this state; it may be done when there is
    no blocker.
    """

    dest: str | None
    blockers: tuple[Blocker, ...] = ()

    @property
    def possible(self) -> bool:
        """Tell whether nothing stands against the step."""
        return self.dest is not None and not self.blockers


def decide(
    lifecycle: Lifecycle, state: str, trigger: str, facts: Facts, *, roles: Collection[Role] = tuple(Role)
) -> Decision:
    """Return where ``trigger`` leads from ``state`` and all blockers against it.

    Where it is no step, those are named instead that somebody with ``roles`` may do.
    """
    dest = destination(lifecycle, state, trigger)
    step = step_of(lifecycle, state, trigger)
    if dest is None or step is None:
        return Decision(dest=None, blockers=(_wrong_state(lifecycle, state, trigger, roles=roles),))
    return Decision(dest=dest, blockers=_ask(step, facts))


def entry_blockers(lifecycle: Lifecycle, facts: Facts) -> tuple[Blocker, ...]:
    """Return what stands against entering a case in its first state."""
    return tuple(blocker for guard in lifecycle.entry for blocker in guard(facts))


@lru_cache(maxsize=4096)
def step_of(lifecycle: Lifecycle, state: str, trigger: str) -> Step | None:
    """Return the step that ``trigger`` is in ``state``, or None."""
    steps = (step for step in lifecycle.steps if step.source == state and step.trigger == trigger)
    return next(steps, None)


def open_triggers(lifecycle: Lifecycle, state: str) -> tuple[str, ...]:
    """Return the triggers that are steps in ``state``, in the table's order."""
    return tuple(step.trigger for step in lifecycle.steps if step.source == state)


def next_trigger(lifecycle: Lifecycle, state: str) -> str | None:
    """Return the next trigger on the main path, or None at its end and beside it."""
    steps = route(lifecycle, state, lifecycle.path[-1])
    return steps[0].trigger if steps else None


def allowed(lifecycle: Lifecycle, state: str, trigger: str, roles: Iterable[Role]) -> bool:
    """Tell whether one of ``roles`` may do the step; False too where it is no step."""
    step = step_of(lifecycle, state, trigger)
    return step is not None and any(role in step.roles for role in roles)


@lru_cache(maxsize=512)
def reached(lifecycle: Lifecycle, target: str) -> frozenset[str]:
    """Return the states in which a case has ``target`` behind it: a closed activity is summarized.

    A state beside the path counts when it can be entered only from such states.
    Raises UserError (``workflow.unknown_state``).
    """
    _known(lifecycle, target)
    path = lifecycle.path
    done = set(path[path.index(target) :]) if target in path else {target}
    beside = [state for state in lifecycle.labels if state not in path]
    for _ in beside:  # one state may lead to the next: as many rounds as there are states will do
        done.update(state for state in beside if _only_from(lifecycle, state, done))
    return frozenset(done)


@lru_cache(maxsize=512)
def route(lifecycle: Lifecycle, state: str, target: str) -> tuple[Step, ...] | None:
    """Return the steps along the main path from ``state`` to ``target``.

    Empty when ``target`` is reached already, None when no such way leads there (cancelled). A target beside
    the path (commended) is entered from the path state that has a step to it.
    Raises UserError (``workflow.unknown_state``).
    """
    _known(lifecycle, state)
    if state in reached(lifecycle, target):
        return ()
    if state not in lifecycle.path:
        return None
    ahead = lifecycle.path[lifecycle.path.index(state) :]
    way = [_between(lifecycle, source, dest) for source, dest in pairwise(ahead)]
    for length, last in enumerate(ahead):
        if last == target:
            return tuple(way[:length])
        if target not in lifecycle.path and (step := _link(lifecycle, last, target)):
            return (*way[:length], step)
    return None


def path_blockers(
    lifecycle: Lifecycle, state: str, target: str, facts_of: Callable[[str], Facts]
) -> tuple[Blocker, ...]:
    """Return what is missing to reach ``target`` from ``state`` along the main path, in order.

    ``facts_of`` gives the facts for a trigger (its ``requires`` and dates). Nothing is
    said twice; of two needs for one kind of material the greater stands.
    Raises UserError (``workflow.unknown_state``).
    """
    steps = route(lifecycle, state, target)
    if steps is None:
        entering = next((step.trigger for step in lifecycle.steps if step.dest == target), target)
        return (_wrong_state(lifecycle, state, entering),)
    return said_once(blocker for step in steps for blocker in _ask(step, facts_of(step.trigger)))


def said_once(blockers: Iterable[Blocker]) -> tuple[Blocker, ...]:
    """Return blockers, none said twice: of two needs for one kind of material the greater stands."""
    found: dict[object, Blocker] = {}
    for blocker in blockers:
        key = _key(blocker)
        found[key] = max(found.get(key, blocker), blocker, key=_count)
    return tuple(found.values())


def _ask(step: Step, facts: Facts) -> tuple[Blocker, ...]:
    return tuple([blocker for guard in step.guards for blocker in guard(facts)])


def _wrong_state(
    lifecycle: Lifecycle, state: str, trigger: str, *, roles: Collection[Role] = tuple(Role)
) -> Blocker:
    moving = [step.trigger for step in lifecycle.steps if step.source == state != step.dest]
    onward = [one for one in moving if allowed(lifecycle, state, one, roles)]
    params: dict[str, str | int] = {
        "lifecycle": lifecycle.name,
        "version": lifecycle.version,
        "state": str(state),
        "trigger": trigger,
        "steps": ",".join(onward),
    }
    return Blocker(code=Code.WRONG_STATE, params=params)


def _known(lifecycle: Lifecycle, state: str) -> None:
    if state in lifecycle.labels:
        return
    raise UserError(
        zh=f"流程“{lifecycle.name}”没有状态“{state}”；可用的有：{'、'.join(lifecycle.labels)}。",
        en=f"lifecycle {lifecycle.name!r} has no state {state!r}; known are {', '.join(lifecycle.labels)}",
        code="workflow.unknown_state",
    )


def _link(lifecycle: Lifecycle, source: str, dest: str) -> Step | None:
    steps = (step for step in lifecycle.steps if step.source == source and step.dest == dest)
    return next(steps, None)


def _only_from(lifecycle: Lifecycle, state: str, done: set[str]) -> bool:
    sources = {step.source for step in lifecycle.steps if step.dest == state != step.source}
    return bool(sources) and sources <= done


def _between(lifecycle: Lifecycle, source: str, dest: str) -> Step:
    step = _link(lifecycle, source, dest)
    if step is None:
        raise ValueError(f"path of {lifecycle.name} breaks between {source} and {dest}; see check()")
    return step


def _key(blocker: Blocker) -> object:
    if blocker.code == Code.MATERIALS_MISSING:
        return blocker.params["kind"]
    return blocker.code, tuple(blocker.params.items()), blocker.clears_on


def _count(blocker: Blocker) -> int:
    return int(blocker.params.get("count", 0))
