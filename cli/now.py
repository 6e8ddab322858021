"""The clock of the command being run."""

from contextvars import ContextVar
from datetime import datetime

from engine.clock import Clock, utc_now

CLOCK: ContextVar[Clock] = ContextVar("clock", default=utc_now)


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return CLOCK.get()()
