"""The query for cases with all that a guard or a mail needs to know of them."""

from typing import Any

from sqlalchemy import Select, select

from engine.tables import case, notice, person


def with_facts() -> Select[Any]:
    """Return the query for cases with all that a guard or a mail needs to know of them."""
    return (
        select(
            *(column for column in case.c if column is not case.c.entered_at),
            notice.c.state.label("notice_state"),
            notice.c.schedule_version,
            notice.c.schedule_hash,
            person.c.email,
            person.c.address_bad,
        )
        .join(notice, notice.c.id == case.c.notice)
        .outerjoin(person, person.c.id == case.c.coordinator_id)
    )
