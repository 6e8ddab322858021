"""The one place that builds a state machine from a lifecycle.

One machine serves all cases of a lifecycle's version. It only says where a step leads: the
guards are ours, because the library drops the reason of a refusal.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from workflows.lifecycle import Lifecycle

if TYPE_CHECKING:
    from transitions import Machine


class _Subject:
    """What the machine moves; never added to it, which would cost more with every case."""

    __slots__ = ("state",)

    def __init__(self, state: str) -> None:
        self.state = state


@lru_cache(maxsize=4096)
def destination(lifecycle: Lifecycle, state: str, trigger: str) -> str | None:
    """Return the state that ``trigger`` leads to from ``state``, or None if it is no step there."""
    from transitions import MachineError  # noqa: PLC0415 - 24 ms that most commands need not pay

    machine = machine_of(lifecycle)
    if trigger not in machine.events or state not in machine.states:
        return None
    subject = _Subject(str(state))
    try:
        machine.events[trigger].trigger(subject)
    except MachineError:
        return None
    return subject.state


@lru_cache(maxsize=64)
def machine_of(lifecycle: Lifecycle) -> "Machine":
    """Build the machine of one lifecycle version, once."""
    from transitions import Machine  # noqa: PLC0415 - as above

    return Machine(
        model=None,
        states=[str(state) for state in lifecycle.labels],
        initial=str(lifecycle.initial),
        transitions=[[step.trigger, str(step.source), str(step.dest)] for step in lifecycle.steps],
        auto_transitions=False,
        queued=False,
    )
