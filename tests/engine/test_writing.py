"""Writers of one database: each waits for its turn, however many they are, and none is lost."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from config.errors import UserError
from engine import writing
from engine.database import Database
from engine.meta import get_meta, set_meta

CROWD = 40


def _note(database: Database, name: str) -> None:
    with database.write() as conn:
        set_meta(conn, name, "noted")


def test_a_crowd_of_writers_gets_through_one_after_the_other(database: Database) -> None:
    names = [f"writer {number}" for number in range(CROWD)]

    with ThreadPoolExecutor(CROWD) as pool:
        with database.write():
            asked = [pool.submit(_note, database, name) for name in names]
        for one in asked:
            one.result()

    with database.read() as conn:
        assert [get_meta(conn, name) for name in names] == ["noted"] * CROWD


def test_a_crowd_of_readers_reads_at_once(database: Database) -> None:
    with ExitStack() as stack:
        crowd = [stack.enter_context(database.read()) for _ in range(CROWD)]

        assert [get_meta(conn, "nothing") for conn in crowd] == [None] * CROWD


def test_a_writer_that_breaks_leaves_its_turn_to_the_next(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.write() as conn:
        set_meta(conn, "broken", "noted")
        _ = 1 / 0

    _note(database, "next")

    with database.read() as conn:
        assert [get_meta(conn, name) for name in ("broken", "next")] == [None, "noted"]


def test_a_writer_that_waits_too_long_is_told_so(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "PATIENCE", 0.01)

    with (
        ThreadPoolExecutor(1) as pool,
        sqlite.write(),
        pytest.raises(UserError, match="another program holds the database"),
    ):
        pool.submit(_note, sqlite, "late").result()
