"""Readings that came to nothing are not kept for ever."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete

from engine.tables import notice_reading

LASTS = timedelta(days=30)
"""So long a reading is kept that came to nothing."""


def forget_readings(conn: Connection, *, now: datetime) -> int:
    """Take out readings that came to nothing within ``LASTS``; return how many."""
    old = notice_reading.c.applied_at.is_(None) & (notice_reading.c.at < now - LASTS)
    gone = delete(notice_reading).where(old).returning(notice_reading.c.id)
    return len(conn.scalars(gone).all())
