"""Lagging, said twice: as SQL for a sweep and of a row at sending time. Both must say the same."""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, insert, select

from config.schedule import CaseKind, Milestone, Name, Precision, When
from engine.lagging import lags, lags_sql
from engine.tables import case
from tests.engine.world import NOTICE, World, at
from workflows.registry import lifecycle

SETTLED = at(9, 20)
DAYS = st.dates(date(2023, 9, 10), date(2023, 9, 30))
KINDS = st.sampled_from(["photo", "video", "news_link", "report"])
REPORTS = ["filing", "summary_report"]


class Asked(NamedTuple):
    """A milestone looked at on a day, for all last days or for some."""

    milestone: Milestone
    day: date
    anchors: tuple[date, date] | None


@st.composite
def milestones(draw: st.DrawFn) -> Milestone:
    kind = draw(st.sampled_from(CaseKind))
    needs = draw(
        st.dictionaries(
            KINDS | st.builds("|".join, st.lists(KINDS, min_size=2, max_size=3)), st.integers(1, 3)
        )
    )
    reaches = draw(st.sampled_from(lifecycle(kind).path[1:]) | st.none())
    due = draw(DAYS)
    opens = draw(
        st.builds(lambda day: When(text="", precision=Precision.DAY, start=day, day=day), DAYS) | st.none()
    )
    return Milestone(
        key=draw(st.sampled_from(REPORTS)),
        name=Name(zh="节点", en="Milestone"),
        kind=kind,
        due=When(text="", precision=Precision.DAY, start=due, day=due),
        opens=opens,
        reaches=reaches,
        needs=needs,
    )


@st.composite
def questions(draw: st.DrawFn) -> Asked:
    milestone, anchors = draw(milestones()), None
    if milestone.kind is CaseKind.ACTIVITY and draw(st.booleans()):
        first = draw(DAYS)
        anchors = first, first + timedelta(days=draw(st.integers(0, 4)))
    return Asked(milestone, draw(DAYS), anchors)


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(CaseKind))
    entered: datetime = SETTLED + timedelta(hours=draw(st.integers(-3, 3)))
    return {
        "kind": str(kind),
        "state": draw(st.sampled_from(sorted(lifecycle(kind).labels))),
        "milestone": draw(st.sampled_from(REPORTS)) if kind is CaseKind.REPORT else None,
        "ends_on": draw(DAYS | st.none()),
        "materials": draw(st.dictionaries(KINDS, st.integers(0, 3))),
        "entered_at": entered,
    }


def add(conn: Connection, given_cases: list[dict[str, Any]]) -> None:
    """Write cases as they are given, in the first unit."""
    same = {
        "lifecycle": 1,
        "notice": NOTICE,
        "unit_id": 1,
        "region": "350502",
        "title": "x",
        "version": 1,
        "head": "",
    }
    conn.execute(insert(case), [{"ref": f"T-{n}", **same, **one} for n, one in enumerate(given_cases)])


def assert_both_agree(world: World, asked: Asked, given_cases: list[dict[str, Any]]) -> None:
    milestone, day, anchors = asked
    with world.database.rehearse() as conn:
        add(conn, given_cases)
        mine = select(case).where(case.c.ref.like("T-%"))
        by_sql = conn.execute(mine.where(lags_sql(milestone, day=day, anchors=anchors, at=SETTLED))).all()
        rows = conn.execute(mine).all()
    by_row = [
        row for row in rows if row.entered_at <= SETTLED and lags(row, milestone, day=day, anchors=anchors)
    ]
    assert {row.ref for row in by_sql} == {row.ref for row in by_row}


asked_of_many = given(asked=questions(), given_cases=st.lists(cases(), min_size=1, max_size=12))
shared = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@settings(shared, max_examples=150)
@asked_of_many
def test_sql_and_row_agree_on_what_lags(
    world: World, asked: Asked, given_cases: list[dict[str, Any]]
) -> None:
    assert_both_agree(world, asked, given_cases)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@settings(shared, max_examples=40)
@asked_of_many
def test_they_agree_on_postgresql_too(world: World, asked: Asked, given_cases: list[dict[str, Any]]) -> None:
    assert_both_agree(world, asked, given_cases)
