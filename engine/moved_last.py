"""When cases changed their state last, or were entered: no later step can have happened before."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from engine.clock import unstamp
from engine.rules import Rules
from engine.tables import history
from workflows.blockers import Blocker
from workflows.facts import Facts
from workflows.lifecycle import Lifecycle
from workflows.occurrence import out_of_turn

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


def in_turn(occurred: datetime, rules: Rules, *, since: datetime | None) -> datetime:
    """Return when a step happened: on the day of the last one, not before it (a day is typed, no hour)."""
    if since is None or rules.today(occurred) != rules.today(since):
        return occurred
    return max(occurred, since)


def too_early(
    life: Lifecycle, dest: str, facts: Facts, rules: Rules, *, since: datetime | None
) -> tuple[Blocker, ...]:
    """Return why a step that is told of later cannot have happened then; nothing where it is for now."""
    return () if since is None else tuple(out_of_turn(life, dest, facts, since=rules.today(since)))
