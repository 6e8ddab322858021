"""The clock of a demonstration: it goes on from the moment at which its season was stopped."""

from datetime import datetime, timedelta
from time import monotonic

from sqlalchemy import Connection

from engine.clock import Clock, stamp, unstamp
from engine.database import Database
from engine.meta import get_meta, set_meta

_KEY = "demo_clock"


def stop_clock_at(conn: Connection, at: datetime) -> None:
    """Mark a home as a demonstration whose time goes on from ``at``."""
    set_meta(conn, _KEY, stamp(at))


def demo_clock(database: Database) -> Clock | None:
    """Return the clock of a demonstration, None for a home of real work.

    It goes on from where it was when the home was last at work: time stands still in between.
    """
    with database.read() as conn:
        stopped, beat = get_meta(conn, _KEY), get_meta(conn, "heartbeat")
    if stopped is None:
        return None
    start = max(unstamp(stopped), unstamp(beat)) if beat else unstamp(stopped)
    begun = monotonic()
    return lambda: start + timedelta(seconds=monotonic() - begun)
