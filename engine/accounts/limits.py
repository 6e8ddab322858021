"""How often something may be tried: one row a name (GCRA). Names hold hashes, never an address."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from math import ceil

from sqlalchemy import ColumnElement, Connection, case, delete, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from config.errors import UserError
from engine.tables import rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """At most ``burst`` tries at once, and as many again over ``per``."""

    name: str
    burst: int
    per: timedelta


_QUARTER = timedelta(minutes=15)
SIGN_IN_ADDRESS = Limit(name="sign_in:address", burst=10, per=_QUARTER)
SIGN_IN_NETWORK = Limit(name="sign_in:network", burst=50, per=_QUARTER)
LINK_ADDRESS = Limit(name="link:address", burst=3, per=_QUARTER)
LINK_NETWORK = Limit(name="link:network", burst=50, per=_QUARTER)


class TooOften(UserError):
    """It was tried too often; ``wait`` is how long until it may be tried again."""

    def __init__(self, wait: timedelta) -> None:
        minutes = ceil(wait.total_seconds() / 60)
        super().__init__(
            zh=f"尝试的次数太多，请等 {minutes} 分钟再试。急用时请联系管理员。",
            en=f"this was tried too often; try again in {minutes} minutes, or ask your admin if it is urgent",
            code="limits.too_often",
        )
        self.wait = wait


def admit(conn: Connection, limit: Limit, who: str, *, now: datetime) -> None:
    """Count one try of ``who`` (an address, a network); TooOften where it is one too many."""
    name = f"{limit.name}:{sha256(who.strip().lower().encode()).hexdigest()}"
    seconds = allow(conn, name, burst=limit.burst, per=limit.per, now=now)
    if seconds > 0:
        raise TooOften(timedelta(seconds=seconds))


def allow(conn: Connection, name: str, *, burst: int, per: timedelta, now: datetime) -> float:
    """Count one try under a name; return 0, or the seconds to wait, and then nothing was counted."""
    here, whole = now.timestamp(), per.total_seconds()
    step = whole / burst
    fresh = _insert(conn)(rate).values(name=name, tat=here + step)
    begins = _begins(here, whole)
    counted = fresh.on_conflict_do_update(
        index_elements=[rate.c.name], set_={"tat": begins + step}, where=begins <= here + whole - step
    )
    if conn.execute(counted.returning(rate.c.tat)).first() is not None:
        return 0.0
    kept = conn.scalar(select(rate.c.tat).where(rate.c.name == name)) or here
    return max(kept - here - (whole - step), 0.001)


def forget_tries(conn: Connection, *, now: datetime) -> int:
    """Take out the rows that hold nobody back any more; return how many."""
    over = select(rate.c.name).where(rate.c.tat < now.timestamp(), rate.c.name.contains(":"))
    # never waits for somebody who is trying: that could end in a deadlock
    return conn.execute(delete(rate).where(rate.c.name.in_(over.with_for_update(skip_locked=True)))).rowcount


def _begins(here: float, whole: float) -> ColumnElement[float]:
    """Return when the kept tries are used up; later than possible was kept before the clock was set back."""
    held = rate.c.tat.between(here, here + whole)
    return case((held, rate.c.tat), else_=literal(here))


def _insert(conn: Connection) -> type[postgresql.Insert] | type[sqlite.Insert]:
    return postgresql.Insert if conn.dialect.name == "postgresql" else sqlite.Insert
