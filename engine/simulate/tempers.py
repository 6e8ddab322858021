"""How people are: who acts unasked, who waits for the third mail, who never does."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True, kw_only=True)
class Temper:
    """How one coordinator takes a task.

    ``unasked`` is the chance of doing a step without a mail, ``lag`` the days until then; ``patience``
    the number of asking mails before acting (None: never), ``delay`` the days from that mail to the
    deed; ``once_late`` waits until the mail says that it is late.
    """

    name: str
    share: int
    unasked: float
    lag: tuple[int, int]
    patience: int | None
    delay: tuple[int, int]
    once_late: bool = False


TEMPERS = (
    Temper(name="early", share=22, unasked=1.0, lag=(0, 2), patience=1, delay=(0, 1)),
    Temper(name="punctual", share=34, unasked=0.85, lag=(1, 6), patience=1, delay=(0, 2)),
    Temper(name="busy", share=20, unasked=0.45, lag=(3, 12), patience=1, delay=(0, 3)),
    Temper(name="late", share=11, unasked=0.25, lag=(6, 20), patience=1, delay=(0, 3), once_late=True),
    Temper(name="third", share=9, unasked=0.1, lag=(8, 20), patience=3, delay=(0, 2)),
    Temper(name="never", share=4, unasked=0.05, lag=(5, 20), patience=None, delay=(0, 0)),
)

PUNCTUAL = next(temper for temper in TEMPERS if temper.name == "punctual")


def draw_temper(random: Random) -> Temper:
    """Return a temper, each as often as its share."""
    return random.choices(TEMPERS, weights=[temper.share for temper in TEMPERS])[0]
