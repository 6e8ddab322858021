"""Backups: whole or not there, proved, and brought back without losing what they replace."""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from config.errors import UserError
from engine.backup import backup, restore
from engine.database import Database
from engine.lock import HomeLocked, only_runner
from engine.tables import case
from engine.verifier import verify_file
from tests.engine.world import FORMS, World, at

WHEN = datetime(2023, 9, 28, 8, tzinfo=UTC)


@pytest.fixture
def city(sqlite: Database) -> World:
    """Give a city on SQLite with two activities."""
    world = World(sqlite).found()
    world.enter(2)
    return world


def file_of(world: World) -> Path:
    assert world.database.path is not None
    return world.database.path


def states(path: Path) -> list[tuple[str, str]]:
    database = Database(f"sqlite:///{path}")
    with database.read() as conn:
        found = [(row.ref, row.state) for row in conn.execute(select(case).order_by(case.c.ref))]
    database.close()
    return found


def command(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as raw:
        for statement in statements:
            raw.execute(statement)
        raw.commit()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def refusal(source: Path, target: Path) -> str:
    """Try to restore; return the code of the refusal and see that nothing was changed."""
    before = {path.name: path.read_bytes() for path in target.parent.iterdir() if path.is_file()}
    with pytest.raises(UserError) as refused:
        restore(source, target, now=WHEN)
    after = {path.name: path.read_bytes() for path in target.parent.iterdir() if path.is_file()}
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert changed <= {"duban.lock", "duban.db-shm", "duban.db-wal"}
    return refused.value.code


def test_a_backup_of_a_running_home_is_one_sound_file(city: World, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()

    with city.database.write():
        made = backup(city.database, tmp_path / "backups" / "b.db")

    assert names(tmp_path / "backups") == ["b.db"]
    assert (made.size, made.verdict.sound) == (made.path.stat().st_size, True)
    assert states(made.path) == states(file_of(city))


def test_a_backup_has_what_is_only_in_the_wal_file(city: World, tmp_path: Path) -> None:
    city.do("register", "QZ-2023-0001", materials=FORMS, now=at(8, 22))

    made = backup(city.database, tmp_path / "b.db")

    assert ("QZ-2023-0001", "registered") in states(made.path)


def test_a_file_that_is_there_is_kept_unless_told_otherwise(city: World, tmp_path: Path) -> None:
    (tmp_path / "b.db").write_text("theirs", "utf-8")

    with pytest.raises(UserError) as refused:
        backup(city.database, tmp_path / "b.db")
    kept = (tmp_path / "b.db").read_text("utf-8")
    made = backup(city.database, tmp_path / "b.db", overwrite=True)

    assert (refused.value.code, kept, made.verdict.sound) == ("backup.exists", "theirs", True)


def test_an_altered_history_is_backed_up_and_told(city: World, tmp_path: Path) -> None:
    command(file_of(city), "UPDATE case_ SET title = '别的'")

    made = backup(city.database, tmp_path / "b.db")

    assert (made.verdict.sound, made.path.exists()) == (False, True)


def test_a_backup_that_cannot_be_written_leaves_nothing(city: World, tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        backup(city.database, tmp_path / "absent" / "b.db")

    assert refused.value.code == "file.unwritable"


def test_a_database_is_not_backed_up_onto_itself(city: World) -> None:
    with pytest.raises(UserError) as refused:
        backup(city.database, file_of(city))

    assert refused.value.code == "backup.same_file"


def test_a_postgresql_database_is_backed_up_by_its_own_program(postgresql: Database, tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        backup(postgresql, tmp_path / "b.db")

    assert refused.value.code == "backup.not_sqlite"
    assert "pg_dump" in refused.value.in_("zh")
    assert "pg_dump" in refused.value.in_("en")


def test_a_restore_brings_back_the_past_and_keeps_the_present(city: World, tmp_path: Path) -> None:
    made = backup(city.database, tmp_path / "b.db")
    then = states(made.path)
    city.do("register", "QZ-2023-0001", materials=FORMS, now=at(8, 22))
    present = states(file_of(city))
    city.database.close()

    restored = restore(made.path, file_of(city), now=WHEN)

    assert (restored.verdict.sound, states(restored.path)) == (True, then)
    assert restored.kept == file_of(city).with_name("duban.db.before-restore-20230928T080000000000")
    assert states(restored.kept) == present
    assert verify_file(restored.kept).sound


def test_a_stale_wal_file_does_not_reach_into_the_restored_database(city: World, tmp_path: Path) -> None:
    made = backup(city.database, tmp_path / "b.db")
    city.do("register", "QZ-2023-0001", materials=FORMS, now=at(8, 22))
    target = tmp_path / "home" / "duban.db"
    target.parent.mkdir()
    for end in ("", "-wal"):
        shutil.copy(f"{file_of(city)}{end}", f"{target}{end}")

    restored = restore(made.path, target, now=WHEN)

    assert states(target) == states(made.path)
    assert restored.kept is not None
    assert ("QZ-2023-0001", "registered") in states(restored.kept)


def test_a_damaged_database_can_be_replaced_and_is_kept_as_it_was(city: World, tmp_path: Path) -> None:
    made = backup(city.database, tmp_path / "b.db")
    city.database.close()
    file_of(city).write_bytes(b"not a database " * 999)

    restored = restore(made.path, file_of(city), now=WHEN)

    assert states(restored.path) == states(made.path)
    assert restored.kept is not None
    assert restored.kept.read_bytes() == b"not a database " * 999


def test_a_home_without_a_database_gets_the_backup(city: World, tmp_path: Path) -> None:
    made = backup(city.database, tmp_path / "b.db")
    (tmp_path / "new").mkdir()

    restored = restore(made.path, tmp_path / "new" / "duban.db", now=WHEN)

    assert (restored.kept, states(restored.path)) == (None, states(made.path))


def test_a_running_home_is_not_restored(city: World, tmp_path: Path) -> None:
    made = backup(city.database, tmp_path / "b.db")

    with only_runner(file_of(city).parent), pytest.raises(HomeLocked):
        restore(made.path, file_of(city), now=WHEN)


def test_a_database_in_use_is_not_restored(city: World, tmp_path: Path) -> None:
    made = backup(city.database, tmp_path / "b.db")

    with city.database.read() as conn:
        conn.execute(select(case)).all()
        city.do("register", "QZ-2023-0001", materials=FORMS, now=at(8, 22))
        with pytest.raises(UserError) as refused:
            restore(made.path, file_of(city), now=WHEN)

    assert refused.value.code == "restore.in_use"
    assert ("QZ-2023-0001", "registered") in states(file_of(city))


@pytest.mark.parametrize(
    ("statements", "code"),
    [
        (["UPDATE alembic_version SET version_num = '0000'"], "restore.older"),
        (["UPDATE alembic_version SET version_num = '9999'"], "restore.newer"),
        (["DROP TABLE alembic_version"], "restore.foreign"),
        (
            ["DROP TRIGGER history_no_update", "UPDATE history SET actor = 'x' WHERE id = 2"],
            "restore.altered",
        ),
    ],
)
def test_a_backup_that_does_not_fit_is_refused(
    statements: list[str], code: str, city: World, tmp_path: Path
) -> None:
    made = backup(city.database, tmp_path / "b.db")
    command(made.path, *statements)

    assert refusal(made.path, file_of(city)) == code


def test_an_altered_backup_is_taken_when_told_to(city: World, tmp_path: Path) -> None:
    command(file_of(city), "UPDATE case_ SET title = '别的'")
    made = backup(city.database, tmp_path / "b.db")
    city.database.close()

    restored = restore(made.path, file_of(city), now=WHEN, even_altered=True)

    assert restored.verdict.sound is False


@pytest.mark.parametrize("content", [b"", b"not a database " * 999, None])
def test_what_is_no_backup_is_refused(content: bytes | None, city: World, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "b.db").write_bytes(content)

    expected = {None: "backup.missing", b"": "restore.foreign"}.get(content, "backup.damaged")
    assert refusal(tmp_path / "b.db", file_of(city)) == expected


def test_a_cut_off_backup_is_refused(city: World, tmp_path: Path) -> None:
    made = backup(city.database, tmp_path / "b.db")
    content = made.path.read_bytes()
    made.path.write_bytes(content[: len(content) // 2])

    assert refusal(made.path, file_of(city)) == "backup.damaged"


def test_a_database_is_not_restored_from_itself(city: World) -> None:
    assert refusal(file_of(city), file_of(city)) == "backup.same_file"
