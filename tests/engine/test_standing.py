"""How a case stands to a milestone, said of a row and as SQL: both say the same on every day."""

from datetime import datetime

import pytest
from sqlalchemy import select

from engine.case_order import due_sql
from engine.figures import figures_of
from engine.overview import overview
from engine.standing import FAR_OFF, Mark, gauges, in_force
from engine.tables import case
from tests.engine.crowd import EVERYBODY, OTHER, crowd, two_notices
from tests.engine.world import NOTICE, World, at

MOMENTS = [
    at(8, 20),
    at(8, 31),
    at(9, 13),
    at(9, 18),
    at(9, 26),
    at(9, 29),
    at(10, 1),
    at(10, 12),
    at(11, 30),
]


@pytest.mark.parametrize("moment", MOMENTS)
def test_every_case_has_the_mark_that_sql_finds_it_by(world: World, moment: datetime) -> None:
    two_notices(world)
    with world.database.rehearse() as conn:
        crowd(conn, seed=moment.toordinal())
        rows = conn.execute(select(case)).all()
        for gauge in gauges(in_force(conn), now=moment):
            by_row = {mark: {row.ref for row in rows if gauge.mark(row) is mark} for mark in Mark}
            by_sql = {mark: set(conn.scalars(select(case.c.ref).where(gauge.sql(mark)))) for mark in Mark}

            assert by_sql == by_row


@pytest.mark.parametrize("notice", [NOTICE, OTHER])
@pytest.mark.parametrize("moment", [*MOMENTS, at(12, 1, 18)])
def test_the_daily_mail_tells_the_numbers_of_the_overview(
    world: World, moment: datetime, notice: str
) -> None:
    two_notices(world)  # one of which counts a date from the day each is held
    with world.database.rehearse() as conn:
        crowd(conn, seed=moment.toordinal())
        [rules] = in_force(conn, notice_id=notice)
        mailed = figures_of(conn, notice, rules, now=moment)
        seen = overview(conn, EVERYBODY, now=moment, notice=notice).numbers

    assert (mailed.late, mailed.soon, mailed.on_time, mailed.not_handed_in) == (
        seen.late,
        seen.soon,
        seen.on_time,
        seen.not_filed,
    )


def test_the_nearest_date_is_the_first_of_what_is_not_done(world: World) -> None:
    two_notices(world)
    with world.database.rehearse() as conn:
        crowd(conn, seed=7)
        found = gauges(in_force(conn), now=at(9, 20))
        by_sql = {row.ref: row.due for row in conn.execute(select(case.c.ref, due_sql(found).label("due")))}
        rows = conn.execute(select(case)).all()

    owed = {row.ref: [g for g in found if g.mark(row) not in (None, Mark.DONE)] for row in rows}
    dues = {row.ref: [g.rules.due_day(g.milestone, row.ends_on) for g in owed[row.ref]] for row in rows}
    assert by_sql == {ref: min((day for day in days if day), default=FAR_OFF) for ref, days in dues.items()}


def test_only_notices_in_force_are_looked_at(world: World) -> None:
    two_notices(world)
    with world.database.read() as conn:
        every = [rules.schedule.id for rules in in_force(conn)]
        one = [rules.schedule.id for rules in in_force(conn, notice_id=OTHER)]
        none = in_force(conn, notice_id="jiangmen-2021")

    assert (every, one, none) == ([NOTICE, OTHER], [OTHER], ())


@pytest.mark.parametrize(
    ("day", "mark"), [(22, Mark.OPEN), (24, Mark.OPEN), (25, Mark.SOON), (29, Mark.SOON)]
)
def test_what_is_due_on_days_off_is_soon_by_the_last_working_day_before(
    world: World, day: int, mark: Mark
) -> None:
    [ref] = world.enter()  # what is due on 30 September has to be done by the 28th
    with world.database.read() as conn:
        every = gauges(in_force(conn), now=at(9, day))
        [gauge] = [one for one in every if one.milestone.key == "information"]
        [row] = conn.execute(select(case).where(case.c.ref == ref)).all()
        by_sql = conn.scalars(select(case.c.ref).where(gauge.sql(mark))).all()
        told = figures_of(conn, NOTICE, gauge.rules, now=at(9, day)).soon

    assert (gauge.mark(row), by_sql, told) == (mark, [ref], int(mark is Mark.SOON))
