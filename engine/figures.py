"""The numbers of a notice on a day: how many cases are late, due soon, not handed in, on time.

They are those of the overview (``engine.overview``); a test holds them against each other.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, select
from sqlalchemy import case as when

from engine.rules import Rules
from engine.standing import OFF, Mark, gauges, marked
from engine.tables import case, person


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Counts of cases, each on time, due soon or late; reports not handed in are of all three.

    ``refused`` counts coordinators whose address the mail server refused.
    """

    late: int
    soon: int
    not_handed_in: int
    on_time: int
    refused: int

    @property
    def worth_a_mail(self) -> bool:
        """Return whether there is anything an admin should know today."""
        return bool(self.late or self.soon or self.refused)


def figures_of(conn: Connection, notice_id: str, rules: Rules, *, now: datetime) -> Figures:
    """Return a notice's numbers as of ``now``, in one query."""
    found = gauges([rules], now=now)
    late, soon = marked(found, Mark.LATE), marked(found, Mark.SOON)
    live = case.c.state.not_in(OFF)
    bad = when((person.c.address_bad, person.c.id))
    counts = (
        select(
            _count(late),
            _count(and_(soon, ~late)),
            _count(and_(case.c.kind == "report", case.c.state == "due")),
            _count(and_(live, ~late, ~soon)),
            func.count(bad.distinct()),
        )
        .outerjoin(person, person.c.id == case.c.coordinator_id)
        .where(case.c.notice == notice_id)
    )
    late_, soon_, owed, on_time, refused = conn.execute(counts).one()
    return Figures(late=late_, soon=soon_, not_handed_in=owed, on_time=on_time, refused=refused)


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(when((condition, case.c.id)))
