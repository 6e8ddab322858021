"""Writers of one database wait for their turn and none is lost; readers see one moment, leave no trace."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from config.errors import UserError
from engine import transactions
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
    monkeypatch.setattr(transactions, "PATIENCE", 0.01)

    with (
        ThreadPoolExecutor(1) as pool,
        sqlite.write(),
        pytest.raises(UserError, match="another program holds the database"),
    ):
        pool.submit(_note, sqlite, "late").result()


def test_a_reader_sees_the_moment_it_began_at(sqlite: Database) -> None:
    with sqlite.read() as conn:
        before = get_meta(conn, "later")
        _note(sqlite, "later")

        assert (before, get_meta(conn, "later")) == (None, None)


def test_a_reader_that_breaks_leaves_the_next_a_whole_connection(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.read() as conn:
        set_meta(conn, "read", "noted")
        _ = 1 / 0

    with database.read() as conn:
        assert get_meta(conn, "read") is None
        _note(database, "meanwhile")
