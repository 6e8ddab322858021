"""When cases changed their state last, or were entered: no later step can have happened before."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from engine.clock import unstamp
from engine.tables import history

_CHUNK = 500


def moved_last(conn: Connection, refs: Sequence[str]) -> Mapping[str, datetime]:
    """Return by case when its latest move happened; being entered is the first."""
    found: dict[str, datetime] = {}
    for start in range(0, len(refs), _CHUNK):
        subjects = [f"case:{ref}" for ref in refs[start : start + _CHUNK]]
        moves = (history.c.subject.in_(subjects), history.c.source != history.c.dest)
        last = select(history.c.subject, func.max(history.c.occurred_at).label("at")).where(*moves)
        for row in conn.execute(last.group_by(history.c.subject)):
            found[row.subject.removeprefix("case:")] = unstamp(row.at)
    return found
