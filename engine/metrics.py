"""Numbers of the running service for a monitoring system, as plain data."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Select, func, select
from sqlalchemy import case as when

from engine.case_filter import CaseFilter
from engine.clock import unstamp
from engine.listing import count_cases
from engine.meta import get_meta
from engine.tables import case, firing, history, message, sweep, webhook


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many things are alike: ``labels`` say in what (``kind``, ``state``)."""

    labels: tuple[tuple[str, str], ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """How the service stands; ages are seconds, None where it has never happened."""

    cases: tuple[Count, ...]
    late_cases: int
    messages: tuple[Count, ...]
    firings_pending: int
    firings_overdue: int
    heartbeat_age: float | None
    last_sweep_age: float | None
    history_rows: int
    webhooks_live: int
    webhooks_failing: int
    webhooks_stopped: int


def metrics(conn: Connection, *, now: datetime) -> Metrics:
    """Count everything, in seven queries whatever the size."""
    pending, overdue = conn.execute(_firings(now)).one()
    last = conn.scalar(select(func.max(sweep.c.at)))
    beat = get_meta(conn, "heartbeat")
    live, failing, stopped = conn.execute(_webhooks()).one()
    return Metrics(
        cases=_alike(conn, case.c.kind, case.c.state),
        late_cases=count_cases(conn, CaseFilter(late=True), now=now),
        messages=_alike(conn, message.c.state),
        firings_pending=pending,
        firings_overdue=overdue,
        heartbeat_age=_age(unstamp(beat) if beat else None, now),
        last_sweep_age=_age(last, now),
        history_rows=conn.scalar(select(func.count()).select_from(history)) or 0,
        webhooks_live=live,
        webhooks_failing=failing,
        webhooks_stopped=stopped,
    )


def _firings(now: datetime) -> Select[int, int]:
    overdue = func.count(when((firing.c.at <= now, firing.c.id)))
    return select(func.count(), overdue).select_from(firing).where(firing.c.settled_at.is_(None))


def _webhooks() -> Select[int, int, int]:
    live = webhook.c.stopped_at.is_(None)
    return select(
        func.count(when((live, webhook.c.id))),
        func.count(when((live & webhook.c.error.is_not(None), webhook.c.id))),
        func.count(when((~live, webhook.c.id))),
    )


def _age(at: datetime | None, now: datetime) -> float | None:
    return None if at is None else max(0.0, (now - at).total_seconds())


def _alike(conn: Connection, *columns: Column[str]) -> tuple[Count, ...]:
    """Count the rows of a table by the values of some columns."""
    names = [column.name for column in columns]
    rows: Any = conn.execute(select(*columns, func.count()).group_by(*columns).order_by(*columns))
    return tuple(Count(labels=tuple(zip(names, row[:-1], strict=True)), count=row[-1]) for row in rows)
