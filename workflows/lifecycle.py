"""A lifecycle is a table of steps: the one source for engine, page, diagram, docs and tests."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from config.schedule import Name, Role
from workflows.blockers import Blocker
from workflows.facts import Facts

Guard = Callable[[Facts], Iterable[Blocker]]


class Step(NamedTuple):
    """One arrow of the diagram. ``dest`` equal to ``source`` changes the case but not its state."""

    trigger: str
    source: str
    dest: str
    guards: tuple[Guard, ...] = ()
    roles: tuple[Role, ...] = (Role.COORDINATOR, Role.LEAD, Role.ADMIN)


# Compared and hashed by identity: a version is one object, so answers about it can be cached.
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lifecycle:
    """One version of one lifecycle.

    ``path`` is the main way in order (planned … summarized); ``final`` states have no way on
    but ``reinstate``; ``labels`` and ``triggers`` name states and steps in both languages.
    ``entry`` is what must hold for a case to be entered at all; ``also_initial`` are further
    states in which one may begin (a mail that needs no review begins ``queued``).
    """

    name: str
    version: int
    initial: str
    path: tuple[str, ...]
    final: tuple[str, ...]
    steps: tuple[Step, ...]
    labels: Mapping[str, Name]
    triggers: Mapping[str, Name]
    entry: tuple[Guard, ...] = ()
    also_initial: tuple[str, ...] = ()

    def before(self, state: str) -> tuple[str, ...]:
        """Return the states of the main path that come before ``state``."""
        return self.path[: self.path.index(state)]

    def sources(self, trigger: str) -> tuple[str, ...]:
        """Return the states in which ``trigger`` is a step."""
        return tuple(step.source for step in self.steps if step.trigger == trigger)
