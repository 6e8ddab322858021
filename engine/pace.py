"""How fast mails leave: one row keeps the pace of all senders (GCRA), taken before a mail is claimed."""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from engine.tables import rate

_ALL = "mail"


def wait_for_slot(conn: Connection, *, per_second: float, now: datetime) -> float:
    """Reserve the next slot and return the seconds until it comes (0 when it is free now)."""
    kept = conn.scalar(select(rate.c.tat).where(rate.c.name == _ALL).with_for_update())
    here = now.timestamp()
    # a slot further off than one can be reserved was kept before the clock was set back
    free = here if kept is None or kept > here + 3600 else max(kept, here)
    following = free + 1 / per_second
    if kept is None:
        conn.execute(insert(rate).values(name=_ALL, tat=following))
    else:
        conn.execute(update(rate).where(rate.c.name == _ALL).values(tat=following))
    return free - here
