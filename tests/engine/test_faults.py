"""What a machine can do to the database: one message that says what to do, and nothing half-written."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import engine.database
from config.errors import UserError
from config.settings import load_settings
from engine.database import Database, open_database
from engine.home import init_home
from engine.schema import upgrade
from engine.tables import case, firing, history, ledger, message
from tests.engine.histories import OPENED
from tests.engine.post import LATER, Post
from tests.engine.world import NOW, World, at
from tests.prove.soundness import problems

HOLD = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Give an SQLite database: these faults are a file's."""
    return sqlite


@pytest.fixture
def path(database: Database) -> Path:
    """Return the database's file."""
    assert database.path is not None
    return database.path


@pytest.fixture
def pragmas(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return what adds pragmas to every connection opened from now on."""

    def add(*more: str) -> None:
        monkeypatch.setattr(engine.database, "PRAGMAS", (*engine.database.PRAGMAS, *more))

    return add


@contextmanager
def held_by_another_process(path: Path) -> Iterator[None]:
    """Let another process hold the write lock."""
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"held"
        try:
            yield
        finally:
            process.kill()


def everything(world: World) -> list[object]:
    """Return what is in the tables that a half-done work would show in."""
    return [world.rows(table) for table in (case, history, firing, ledger, message)]


def assert_refused(world: World, work: Callable[[], object], code: str) -> None:
    before = everything(world)
    with pytest.raises(UserError) as refused:
        work()
    assert refused.value.code == code
    assert refused.value.text.zh and refused.value.text.en
    assert everything(world) == before


def test_a_locked_database_is_told_and_nothing_is_written(
    world: World, path: Path, pragmas: Callable[..., None]
) -> None:
    world.database.close()
    pragmas("PRAGMA busy_timeout = 20")

    with held_by_another_process(path):
        assert_refused(world, world.enter, "database.locked")
        assert_refused(world, lambda: world.sweep(at(9, 20)), "database.locked")

    assert world.enter() == ["QZ-2023-0001"]


def test_the_message_names_the_file(world: World, path: Path, pragmas: Callable[..., None]) -> None:
    world.database.close()
    pragmas("PRAGMA busy_timeout = 20")

    with held_by_another_process(path), pytest.raises(UserError) as refused:
        world.enter()

    assert str(path) in refused.value.text.zh and str(path) in refused.value.text.en


def test_a_read_only_database_is_told(world: World, path: Path) -> None:
    world.enter()
    read_only = World(Database(f"sqlite:///file:{path}?mode=ro&uri=true"))
    OPENED.append(read_only.database)

    assert_refused(read_only, lambda: read_only.do("note", "QZ-2023-0001", reason="x"), "database.read_only")
    assert_refused(read_only, lambda: read_only.sweep(at(9, 20)), "database.read_only")
    read_only.database.close()


def test_a_full_disk_undoes_the_whole_work_and_later_it_goes_on(
    world: World, path: Path, pragmas: Callable[..., None]
) -> None:
    world.enter(2)
    with world.database.read() as conn:
        pages = conn.exec_driver_sql("PRAGMA page_count").scalar_one()
    world.database.close()
    pragmas(f"PRAGMA max_page_count = {pages + 2}")

    assert_refused(world, lambda: world.enter(500, place="广场"), "database.disk_full")

    world.database.close()
    pragmas("PRAGMA max_page_count = 1000000")
    assert len(world.enter(500, place="广场")) == 498
    assert problems(path) == []


@pytest.mark.parametrize("content", [b"", b"not a database, but long enough to be looked at" * 9])
def test_what_is_no_database_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "duban.db"
    path.write_bytes(content)

    with pytest.raises(UserError) as refused:
        open_database(f"sqlite:///{path}")

    assert refused.value.code == ("database.damaged" if content else "database.older")
    assert path.read_bytes() == content or not content


def test_a_missing_database_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="duban init") as refused:
        open_database(f"sqlite:///{tmp_path / 'duban.db'}")

    assert refused.value.code == "database.missing"
    assert list(tmp_path.iterdir()) == []


def closed_file(world: World, path: Path) -> bytes:
    """Return a database's whole content, all of it in its one file."""
    world.database.close()
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.read_bytes()


def write_file(path: Path, content: bytes) -> None:
    """Put a database's file in place, without what was still to be written into another."""
    for rest in ("-wal", "-shm"):
        path.with_name(path.name + rest).unlink(missing_ok=True)
    path.write_bytes(content)


def look_at_everything(path: Path) -> None:
    """Open a home's database and read and write in it."""
    database = open_database(f"sqlite:///{path}")
    try:
        world = World(database)
        everything(world)
        world.sweep(at(9, 20))
        world.deliver(Post(), at(9, 20))
    finally:
        database.close()


def test_a_file_cut_short_is_damaged(world: World, path: Path) -> None:
    world.enter(20)
    content = closed_file(world, path)
    write_file(path, content[: len(content) // 2])

    with pytest.raises(UserError) as refused:
        look_at_everything(path)

    assert refused.value.code == "database.damaged"
    assert "duban restore" in refused.value.text.en


def test_overwritten_pages_are_damage_that_is_told(world: World, path: Path) -> None:
    world.enter(20)
    content = bytearray(closed_file(world, path))
    content[4096 * 2 : 4096 * 30] = b"\xa5" * 4096 * 28
    write_file(path, bytes(content))

    with pytest.raises(UserError) as refused:
        look_at_everything(path)

    assert refused.value.code == "database.damaged"


def test_a_schema_of_another_version_is_refused_by_every_door(world: World, path: Path) -> None:
    content = closed_file(world, path)
    for found, code in (("9999", "database.newer"), ("0000", "database.older")):
        write_file(path, content)
        with closing(sqlite3.connect(path)) as conn, conn:
            conn.execute("UPDATE alembic_version SET version_num = ?", (found,))

        with pytest.raises(UserError, match=found) as refused:
            open_database(f"sqlite:///{path}")

        assert refused.value.code == code


def test_init_leaves_a_newer_database_alone(tmp_path: Path) -> None:
    given = load_settings(home=tmp_path, database_url=f"sqlite:///{tmp_path / 'duban.db'}")
    init_home(given, now=NOW, origin="test")
    with closing(sqlite3.connect(tmp_path / "duban.db")) as conn, conn:
        conn.execute("UPDATE alembic_version SET version_num = '9999'")
    before = (tmp_path / "duban.db").read_bytes()

    with pytest.raises(UserError) as refused:
        init_home(given, now=NOW)

    assert refused.value.code == "database.newer"
    assert (tmp_path / "duban.db").read_bytes() == before


def test_making_the_schema_is_all_or_nothing(tmp_path: Path, pragmas: Callable[..., None]) -> None:
    pragmas("PRAGMA max_page_count = 40")
    database = Database(f"sqlite:///{tmp_path / 'duban.db'}")

    with pytest.raises(UserError) as refused:
        upgrade(database)

    database.close()
    assert refused.value.code == "database.disk_full"
    with closing(sqlite3.connect(tmp_path / "duban.db")) as conn:
        assert conn.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


def test_init_twice_changes_nothing(tmp_path: Path) -> None:
    given = load_settings(home=tmp_path, database_url=f"sqlite:///{tmp_path / 'duban.db'}")

    assert init_home(given, now=NOW)
    assert not init_home(given, now=NOW + timedelta(days=1))


def test_with_the_clock_a_day_back_nothing_fires_twice_and_waiting_mails_still_go(
    world: World, path: Path
) -> None:
    world.enter(2)
    world.sweep(at(9, 20))
    world.deliver(Post([LATER, LATER, LATER]), at(9, 20))
    before, post = world.rows(ledger), Post()

    assert world.sweep(at(9, 19)) is None
    sent = world.deliver(post, at(9, 19))

    assert world.rows(ledger) == before
    assert [one.state for one in sent] == ["sent"] * len(world.rows(message))
    assert problems(path) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kept=st.floats(0, 1, exclude_max=True))
def test_a_file_cut_anywhere_is_told_or_has_lost_nothing(world: World, path: Path, kept: float) -> None:
    content = closed_file(world, path)
    write_file(path, content[: int(len(content) * kept)])

    try:
        look_at_everything(path)
    except UserError as told:
        assert told.code in ("database.damaged", "database.older")
    finally:
        write_file(path, content)
