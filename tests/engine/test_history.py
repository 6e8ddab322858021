"""History: refuses to be altered, and says by itself what every table holds; promise 4 of DESIGN 10."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from config.errors import UserError
from engine.activities import save_activities
from engine.actors import SYSTEM
from engine.database import Database
from engine.do import StepsBlocked
from engine.history import Head, digest, head_of
from engine.tables import case, history
from tests.engine.world import FORMS, NOTICE, NOW, PROOF, World, activity, at, link
from tests.prove.soundness import problems
from workflows.registry import lifecycle

ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
ON_POSTGRESQL = pytest.mark.parametrize("database", ["postgresql"], indirect=True)
COLUMNS = ", ".join(column.name for column in history.columns if column.name != "id")


def assert_refused(world: World, *statements: str) -> None:
    before = world.rows(history)
    with pytest.raises(DBAPIError, match="append-only"), world.database.write() as conn:
        for statement in statements:
            conn.execute(text(statement))
    assert world.rows(history) == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history SET reason = 'x' WHERE id = 1",
        "DELETE FROM history WHERE id = 1",
        "DELETE FROM history",
    ],
)
def test_history_is_neither_changed_nor_deleted(world: World, statement: str) -> None:
    assert_refused(world, statement)


@ON_SQLITE
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize(
    ("columns", "values"),
    [
        (f"id, {COLUMNS}", f"id, {COLUMNS}"),
        (COLUMNS, COLUMNS),
        (f"id, {COLUMNS}", f"id, {COLUMNS}".replace("subject", "'case:none'")),
    ],
    ids=["by its id", "by its subject and version", "by another subject"],
)
def test_a_row_is_not_replaced(world: World, columns: str, values: str, recursive: str) -> None:
    assert_refused(
        world,
        f"PRAGMA recursive_triggers = {recursive}",
        f"INSERT OR REPLACE INTO history ({columns}) SELECT {values} FROM history WHERE id = 2",
    )


@ON_SQLITE
def test_a_row_is_not_slipped_in_before_others(world: World) -> None:
    values = COLUMNS.replace("subject", "'case:none'")

    assert_refused(
        world, f"INSERT INTO history (id, {COLUMNS}) SELECT -5, {values} FROM history WHERE id = 1"
    )


@ON_POSTGRESQL
@pytest.mark.parametrize(
    "statements",
    [
        ("TRUNCATE history, leaf",),
        ("TRUNCATE history CASCADE",),
        ("SET LOCAL session_replication_role = replica", "UPDATE history SET reason = 'x'"),
        ("SET LOCAL session_replication_role = replica", "DELETE FROM history"),
        (
            f"INSERT INTO history (id, {COLUMNS}) SELECT id, {COLUMNS} FROM history WHERE id = 1"
            " ON CONFLICT (id) DO UPDATE SET reason = 'x'",
        ),
    ],
)
def test_postgresql_knows_no_way_round_either(world: World, statements: Sequence[str]) -> None:
    assert_refused(world, *statements)


def test_a_second_row_of_one_version_is_refused(world: World) -> None:
    with pytest.raises(DBAPIError), world.database.write() as conn:
        conn.execute(text(f"INSERT INTO history ({COLUMNS}) SELECT {COLUMNS} FROM history WHERE id = 1"))


def test_every_row_is_sealed_and_chained(world: World) -> None:
    [ref] = world.enter()
    world.do("note", ref, reason="“引号”\\ 换行\n 表情 🎈")

    rows = world.rows(history)

    assert [digest(row._asdict()) for row in rows] == [row.hash for row in rows]
    first, second = (row for row in rows if row.subject == f"case:{ref}")
    assert (first.version, first.prev, second.version, second.prev) == (1, "", 2, first.hash)


def test_the_head_of_a_subject_is_its_last_row(world: World) -> None:
    [ref] = world.enter()

    with world.database.read() as conn:
        assert head_of(conn, f"case:{ref}") == Head(1, world.rows(history)[-1].hash)
        assert head_of(conn, "case:none") == Head(0, "")


def test_a_change_that_fails_leaves_no_row(world: World) -> None:
    before = world.rows(history)

    with pytest.raises(RuntimeError), world.database.write() as conn:
        _enter_and_fail(conn)

    assert world.rows(history) == before


def _enter_and_fail(conn: Connection) -> None:
    save_activities(conn, NOTICE, [activity()], actor=SYSTEM, now=NOW)
    raise RuntimeError("the power goes")


class Try(NamedTuple):
    """A step somebody tries, sensible or not."""

    of_report: bool
    trigger: str
    order: dict[str, Any]
    days: int


TRIGGERS = sorted({*lifecycle("activity").triggers, *lifecycle("report").triggers, "nonsense"})
HANDED_IN = st.sampled_from(
    [(), FORMS, PROOF, (link("summary"),), (link("report"), link("registration_form"))]
)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "title": st.text(max_size=12).filter(lambda words: "\0" not in words),
        "participants": st.integers(0, 500),
        "ends_on": st.dates(date(2023, 9, 1), date(2023, 10, 20)),
        "recommended_by": st.just("泉州市科协"),
        "award": st.just("优秀活动"),
        "online": st.booleans(),
    },
)
TRIES = st.builds(
    Try,
    of_report=st.booleans(),
    trigger=st.sampled_from(TRIGGERS),
    order=st.fixed_dictionaries(
        {"materials": HANDED_IN, "changes": CHANGES, "force": st.booleans()},
        optional={"reason": st.text(max_size=8).filter(lambda words: "\0" not in words)},
    ),
    days=st.integers(0, 9),
)


def live_a_life(world: World, tries: Sequence[Try]) -> None:
    """Try steps on a new activity and on a report; what is refused gives a reason and changes nothing."""
    [mine] = world.enter(title=f"科学课 {len(world.rows(case))}")
    report = next(row.ref for row in world.rows(case, kind="report"))
    now = at(8, 21, 10)
    for one in tries:
        now += timedelta(days=one.days)
        try:
            world.do(one.trigger, report if one.of_report else mine, now=now, **one.order)
        except StepsBlocked as refused:
            assert all(blocked.blockers for blocked in refused.blocked)
        except UserError as refused:
            assert refused.code == "force.reason"


@ON_SQLITE
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tries=st.lists(TRIES, max_size=12))
def test_every_state_is_the_fold_of_its_history_and_every_history_a_path(
    world: World, sqlite: Database, tries: list[Try]
) -> None:
    live_a_life(world, tries)

    assert sqlite.path is not None
    assert problems(sqlite.path) == []
