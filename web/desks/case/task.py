"""What one case asks of who looks at it: the next step, what it needs, and what the button does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine.case_view import CaseView
from engine.urgency import Asks
from web.desks.case.controls import Offer, offers_for
from workflows.blockers import Blocker, Code
from workflows.decide import next_trigger
from workflows.registry import lifecycle


class Button(StrEnum):
    """What the main button of a case sends: its next step, or only materials, while the step waits."""

    STEP = "step"
    MATERIALS = "materials"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One blocker with what clears it.

    ``waits``: it clears by itself; ``can_be_met``: a field of the form clears it, be it beside another need.
    """

    blocker: Blocker
    offers: tuple[Offer, ...]
    waits: bool
    can_be_met: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """The next step of a case; ``trigger`` None: nothing is asked of who looks.

    ``following`` is the step that others will do next, ``later`` what the nearest date asks for beside this
    step, ``early`` whether a reason lets it be done today.
    """

    trigger: str | None
    following: str | None
    needs: tuple[Need, ...]
    later: tuple[Blocker, ...]
    early: bool

    @property
    def missing(self) -> int:
        """Return how many things a person can still mend."""
        return sum(not need.waits for need in self.needs)

    @property
    def waits_till(self) -> date | None:
        """Return the day on which the last of what clears by itself is clear."""
        return max((n.blocker.clears_on for n in self.needs if n.waits and n.blocker.clears_on), default=None)

    @property
    def button(self) -> Button:
        """Return what the button does."""
        if self.trigger is None:
            return Button.NONE
        if all(need.can_be_met for need in self.needs):
            return Button.STEP
        gives = any(offer.is_material for need in self.needs for offer in need.offers)
        return Button.MATERIALS if gives else Button.NONE

    def headline(self, view: CaseView) -> str:
        """Return which sentence says what is to be done and by when: the end of a message's key."""
        if self.trigger is None:
            return self._idle(view)
        if self.missing == 0 and self.needs:
            return "waits"
        if self.missing == 0 and view.asks.returned:
            return "returned"
        what = "missing" if self.missing else "ready"
        if self.missing and not _own(view):
            what = "filing"
        milestone = view.asks.milestone
        if milestone is not None and milestone.days_late:
            return f"late_{what}"
        return f"{what}_due" if milestone is not None and milestone.due else what

    def _idle(self, view: CaseView) -> str:
        if not view.in_force:
            return "over"
        return "others" if self.following else "done"


def _own(view: CaseView) -> bool:
    """Return whether something that a person can mend stands against the next step itself."""
    return any(one.clears_on is None for step in view.steps if step.main for one in step.blockers)


def task_of(view: CaseView) -> Task:
    """Return what a case asks of the person it was looked at for."""
    case, asked = view.case, view.asks
    trigger = asked.trigger if view.in_force else None
    needs = _needs(asked.blockers) if trigger else ()
    return Task(
        trigger=trigger,
        following=next_trigger(lifecycle(case.kind, case.lifecycle), case.state) if view.in_force else None,
        needs=needs,
        later=later_of(asked) if trigger else (),
        early=any(n.blocker.code == Code.NOT_OVER and n.blocker.fix == "reason" for n in needs),
    )


def later_of(asked: Asks) -> tuple[Blocker, ...]:
    """Return what the nearest date asks for that does not stand against the next step."""
    missing = asked.milestone.missing if asked.milestone else ()
    return tuple(one for one in missing if one not in asked.blockers and one.clears_on is None)


def _needs(blockers: Sequence[Blocker]) -> tuple[Need, ...]:
    """Return the needs, what a person can mend first; no field is offered twice."""
    found: list[Need] = []
    seen: set[str] = set()
    for blocker in sorted(blockers, key=lambda one: one.clears_on is not None):
        waits = blocker.clears_on is not None
        offers = [one for one in offers_for(blocker) if not (waits and one.in_form)]
        fresh = tuple(one for one in offers if one.name not in seen)
        seen.update(one.name for one in offers)
        met = any(one.in_form for one in offers)
        found.append(Need(blocker=blocker, offers=fresh, waits=waits, can_be_met=met))
    return tuple(found)
