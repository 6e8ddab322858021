"""What the notices above ask: who is commended here is often recommended further up."""

from sqlalchemy import Connection

from config.catalogue import catalogue
from config.errors import UserError
from config.resolve import resolve
from config.schedule import Schedule
from engine.schedules import applied_sources


def upward_of(conn: Connection, schedule: Schedule) -> tuple[str, ...]:
    """Return the sentences by which a notice and those above it ask for recommendations, nearest first."""
    found = [schedule.then.zh] if schedule.then else []
    sources = {**catalogue(), **applied_sources(conn)}
    for parent in schedule.line[1:]:
        try:
            above = resolve(parent, sources)
        except UserError:  # its text was changed since; ours stays as it was applied
            continue
        if above.then:
            found.append(f"{above.then.zh}（《{above.title}》）")
    return tuple(found)
