"""What was sent back, and is still as it was: which steps leave it so, and what is said of it."""

from workflows.blockers import Blocker, Code
from workflows.lifecycle import Lifecycle

RETURN = "return"
UNMENDED = ("note", "hand_over")
"""Steps after which a case is still as it was when it was sent back."""


def sent_back(reason: str) -> Blocker:
    """Return why a case is not to be handed in again as it is: what whoever sent it back said."""
    return Blocker(code=Code.SENT_BACK, params={"why": reason})


def onward(lifecycle: Lifecycle, state: str, trigger: str) -> bool:
    """Return whether a step leads a case on, so that what it was sent back for would pass unseen."""
    path = lifecycle.path
    ahead = path[path.index(state) + 1 :] if state in path else ()
    return any(
        step.trigger == trigger and step.source == state and step.dest in ahead for step in lifecycle.steps
    )
