"""Limits: so many tries at once, then one a step; whoever waits gets in; no name tells whose it is."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.accounts.limits import LINK_ADDRESS, SIGN_IN_ADDRESS, TooOften, admit, allow, forget_tries
from engine.database import Database
from engine.pace import wait_for_slot
from engine.tables import rate
from tests.engine.world import NOW, WANG, World

QUARTER = timedelta(minutes=15)


def tried(database: Database, now: datetime, *, name: str = "door:1", burst: int = 3) -> float:
    with database.write() as conn:
        return allow(conn, name, burst=burst, per=QUARTER, now=now)


def test_a_burst_goes_through_and_the_next_waits_a_step(database: Database) -> None:
    assert [tried(database, NOW) for _ in range(5)] == [0, 0, 0, 300, 300]


def test_a_step_later_one_more_goes_through(database: Database) -> None:
    for _ in range(4):
        tried(database, NOW)

    later = NOW + timedelta(minutes=5)
    assert [tried(database, later), tried(database, later)] == [0, 300]


def test_after_a_pause_the_whole_burst_is_there_again(database: Database) -> None:
    for now in (NOW, NOW + QUARTER):
        assert [tried(database, now) for _ in range(4)] == [0, 0, 0, 300]


def test_names_do_not_hinder_each_other(database: Database) -> None:
    for _ in range(4):
        tried(database, NOW)

    assert tried(database, NOW, name="door:2") == 0


def test_a_clock_that_was_set_back_locks_nobody_out(database: Database) -> None:
    tried(database, NOW + timedelta(days=30))

    assert tried(database, NOW) == 0


def test_one_try_too_many_says_how_long_to_wait_and_holds_no_address(world: World) -> None:
    with world.database.write() as conn:
        for address in (WANG, WANG.upper(), f" {WANG} "):
            admit(conn, LINK_ADDRESS, address, now=NOW)
        with pytest.raises(TooOften) as refused:
            admit(conn, LINK_ADDRESS, WANG, now=NOW)
        admit(conn, SIGN_IN_ADDRESS, WANG, now=NOW)

    assert refused.value.wait == timedelta(minutes=5)
    assert "5 分钟" in refused.value.in_("zh")
    assert not any(WANG in row.name for row in world.rows(rate))


def test_tries_that_hold_nobody_back_are_forgotten_and_the_pace_of_mails_is_kept(world: World) -> None:
    tried(world.database, NOW)
    tried(world.database, NOW + QUARTER, name="door:2")
    with world.database.write() as conn:
        wait_for_slot(conn, per_second=1, now=NOW)

    with world.database.write() as conn:
        forget_tries(conn, now=NOW + QUARTER)

    assert [row.name for row in world.rows(rate)] == ["door:2", "mail"]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gaps=st.lists(st.integers(0, 600), min_size=1, max_size=40), number=st.integers())
def test_no_quarter_of_an_hour_ever_sees_more_than_twice_the_burst(
    sqlite: Database, gaps: list[int], number: int
) -> None:
    now, passed = NOW, []
    for gap in gaps:
        now += timedelta(seconds=gap)
        if tried(sqlite, now, name=f"door:{number}:{len(gaps)}:{sum(gaps)}") == 0:
            passed.append(now)

    for begin in passed:
        assert sum(begin <= one < begin + QUARTER for one in passed) <= 6
