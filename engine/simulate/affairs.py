"""A case as its people see it: what they know of it, how they take it, how often they were told."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from config.schedule import CaseKind, Milestone
from engine.rules import Rules
from engine.simulate.tempers import Temper
from workflows.registry import lifecycle

STEPS = ("register", "hold", "complete_info", "summarize", "submit")
"""The steps on which a case advances, in the order of a day's work."""


@dataclass(slots=True, kw_only=True)
class Affair:
    """One case. ``coordinator`` and ``colleague`` are mail addresses; ``told`` counts asking mails.

    ``rolls_up``: a report that is handed in with the package of all that its region did.
    """

    ref: str
    rules: Rules
    kind: CaseKind
    state: str
    coordinator: str
    temper: Temper
    random: Random
    colleague: str | None = None
    milestone: Milestone | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    online: bool = False
    online_url: str | None = None
    materials: dict[str, int] = field(default_factory=dict)
    told: int = 0
    looked_at: bool = False
    rolls_up: bool = False

    def before(self, target: str) -> bool:
        """Return whether the case is on its way to ``target`` and not there yet."""
        return self.state in lifecycle(self.kind).before(target)

    def next_step(self) -> str | None:
        """Return the step that leads on from where it stands, None at the end of its way."""
        steps = (step for step in lifecycle(self.kind).steps if step.source == self.state)
        return next((step.trigger for step in steps if step.trigger in STEPS), None)

    def opens(self, target: str) -> date | None:
        """Return the day from which ``target`` may be reached, None if there is no such day."""
        asked = (m for m in self.rules.schedule.milestones if m.kind is self.kind and m.reaches == target)
        return next((m.opens.start for m in asked if m.opens), None)

    def days(self, span: tuple[int, int]) -> int:
        """Draw a number of days."""
        return self.random.randint(*span)
