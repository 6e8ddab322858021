"""Lifecycles written into the history, so that it can be replayed with nothing but itself."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.history import GENESIS, Change, append, head_of, link
from workflows.lifecycle import Lifecycle
from workflows.registry import LIFECYCLES


def publish_lifecycles(conn: Connection, *, now: datetime) -> list[str]:
    """Record every version of every lifecycle that the history does not hold yet; return their names."""
    published = []
    for life in sorted(LIFECYCLES, key=lambda one: (one.name, one.version)):
        subject = f"lifecycle:{life.name}@{life.version}"
        if head_of(conn, subject) == GENESIS:
            change = Change(
                subject=subject,
                trigger="publish",
                source="",
                dest="",
                actor="system",
                details=as_data(life),
                occurred_at=now,
                recorded_at=now,
            )
            append(conn, [link(GENESIS, change)])
            published.append(subject)
    return published


def as_data(life: Lifecycle) -> dict[str, Any]:
    """Return a lifecycle as plain data: its states and the steps between them."""
    return {
        "name": life.name,
        "version": life.version,
        "initial": [str(state) for state in (life.initial, *life.also_initial)],
        "final": [str(state) for state in life.final],
        "path": [str(state) for state in life.path],
        "steps": [[step.trigger, str(step.source), str(step.dest)] for step in life.steps],
    }
