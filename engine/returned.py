"""Cases that were sent back and have not been touched since: found with the case, or for many at once."""

from collections.abc import Sequence

from sqlalchemy import Connection, ScalarSelect, func, literal, select

from engine.tables import case, history
from workflows.registry import lifecycle
from workflows.returned import RETURN, UNMENDED, onward

_CHUNK = 500


def returned_for() -> ScalarSelect[str]:
    """Return why ``case_`` was sent back, NULL where it was not or something was changed since."""
    sent, since = history.alias("sent"), history.alias("since")
    touched = select(since.c.id).where(
        since.c.subject == sent.c.subject,
        since.c.version > sent.c.version,
        *(since.c.trigger != trigger for trigger in UNMENDED),  # a prepared statement cannot widen a list
    )
    return (
        select(func.coalesce(sent.c.reason, ""))
        .where(sent.c.subject == literal("case:").concat(case.c.ref), sent.c.trigger == RETURN)
        .where(~touched.correlate(sent).exists())
        .correlate(case)
        .scalar_subquery()
    )


def returned_among(conn: Connection, refs: Sequence[str], trigger: str) -> dict[str, str]:
    """Return those of some cases that ``trigger`` would lead on as they were sent back, with why."""
    columns = (case.c.ref, case.c.kind, case.c.lifecycle, case.c.state, returned_for().label("why"))
    found = {}
    for start in range(0, len(refs), _CHUNK):
        rows = conn.execute(select(*columns).where(case.c.ref.in_(refs[start : start + _CHUNK])))
        for row in rows:
            if row.why is not None and onward(lifecycle(row.kind, row.lifecycle), row.state, trigger):
                found[row.ref] = row.why
    return found
