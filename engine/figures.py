"""The numbers of a notice on a day: how many cases are late, due soon, not handed in, on time."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from sqlalchemy import ColumnElement, Connection, and_, false, func, or_, select
from sqlalchemy import case as when

from config.schedule import Milestone, Precision
from engine.lagging import lags_sql
from engine.rules import Rules
from engine.tables import case, person

SOON = 3
"""Working days within which a date is soon."""

_LOOK_BACK = 90


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
    today = rules.today(now)
    until = soon_until(rules, today)
    late = or_(false(), *(_late(m, rules, today, now) for m in rules.schedule.milestones))
    soon = or_(false(), *(_soon(m, today, until, now) for m in rules.schedule.milestones))
    live = case.c.state.not_in(("cancelled", "waived"))
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


@lru_cache(maxsize=256)
def soon_until(rules: Rules, today: date) -> date:
    """Return the latest day for which at most SOON working days are left: what is due on days off counts."""
    return rules.calendar.shift(today, SOON + 1) - timedelta(days=1)


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(when((condition, case.c.id)))


def _late(milestone: Milestone, rules: Rules, today: date, now: datetime) -> ColumnElement[bool]:
    """Return the condition that a case lags behind a milestone whose day is over."""
    if milestone.due.precision is Precision.RELATIVE:
        held = _held_by(milestone, rules, today)
        return lags_sql(milestone, day=today, anchors=(date.min, held), at=now) if held else false()
    if milestone.due.day is None or milestone.due.day >= today:
        return false()
    return lags_sql(milestone, day=today, anchors=None, at=now)


def _held_by(milestone: Milestone, rules: Rules, today: date) -> date | None:
    """Return the latest last day for which a relative milestone is over by ``today``."""
    days = (today - timedelta(days=n) for n in range(_LOOK_BACK))
    return next((day for day in days if (rules.due_day(milestone, day) or today) < today), None)


def _soon(milestone: Milestone, today: date, until: date, now: datetime) -> ColumnElement[bool]:
    """Return the condition that a case lags behind a milestone due from ``today`` to ``until``."""
    due = milestone.due.day
    if due is None or not today <= due <= until:
        return false()
    return lags_sql(milestone, day=today, anchors=None, at=now)
