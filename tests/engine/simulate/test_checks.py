import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from engine.database import Database, open_database
from engine.simulate import Season, check_season

Check = Callable[[], list[str]]


@pytest.fixture
def home(season: Season, tmp_path: Path) -> Path:
    return Path(shutil.copytree(season.home, tmp_path / "copy"))


@pytest.fixture
def database(home: Path) -> Iterator[Database]:
    opened = open_database(f"sqlite:///{(home / 'duban.db').as_posix()}")
    yield opened
    opened.close()


@pytest.fixture
def check(home: Path, database: Database) -> Check:
    return lambda: check_season(database, home / "mail")


def alter(home: Path, *statements: str) -> None:
    with closing(sqlite3.connect(home / "duban.db")) as conn, conn:
        for name, table in conn.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"):
            assert table == "history"
            conn.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            conn.execute(statement)


def one_file(home: Path) -> Path:
    return min((home / "mail").glob("*.eml"))


def test_a_mail_that_is_not_in_the_folder_is_found(home: Path, check: Check) -> None:
    one_file(home).unlink()

    assert [told for told in check() if "is sent with 0 doubts, and has 0 files" in told] == check()
    assert len(check()) == 1


def test_a_second_copy_is_found(home: Path, check: Check) -> None:
    shutil.copy(one_file(home), home / "mail" / "copy-2.eml")

    assert [told.partition(" is ")[2] for told in check()] == ["sent with 0 doubts, and has 2 files"]


def test_a_mail_that_nobody_sent_is_found(home: Path, check: Check) -> None:
    text = one_file(home).read_bytes().replace(b"Message-ID: <", b"Message-ID: <x")
    (home / "mail" / "x.eml").write_bytes(text)

    assert [told.partition(":")[0] for told in check()] == ["there is a file for no message"]


def test_a_mail_to_somebody_else_is_found(home: Path, check: Check) -> None:
    path = one_file(home)
    text = path.read_bytes()
    path.write_bytes(text.replace(b"@example.c", b"@example.d", 4))

    assert any(" went to " in told for told in check())


def test_a_person_left_out_is_found(home: Path, check: Check) -> None:
    alter(home, "DELETE FROM message WHERE id = (SELECT min(id) FROM message WHERE sweep_id IS NOT NULL)")

    assert any("whom the ledger names" in told for told in check())


def test_a_firing_that_was_not_settled_is_found(home: Path, check: Check) -> None:
    alter(home, "UPDATE firing SET settled_at = NULL WHERE id = (SELECT min(id) FROM firing)")

    assert len([told for told in check() if "is not settled" in told]) == 1


def test_a_reminder_of_what_was_done_is_found(home: Path, check: Check) -> None:
    reminder = "SELECT min(subject) FROM history WHERE trigger = 'claim' AND details LIKE '%JM-2021-R001%'"
    alter(home, f"UPDATE history SET id = id + 1000000 WHERE subject IN ({reminder}) AND trigger = 'claim'")

    assert any("which was done before" in told for told in check())


def test_a_state_changed_in_the_table_alone_is_found(home: Path, check: Check) -> None:
    alter(home, "UPDATE case_ SET state = 'held' WHERE id = (SELECT min(id) FROM case_)")

    assert len(check()) == 1
    assert "state" in check()[0]
