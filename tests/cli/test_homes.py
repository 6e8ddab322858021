"""Homes that are missing, old, new, damaged, locked, read-only, full or in use: told, never half-written."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from engine import database
from engine.lock import only_runner
from tests.cli.conftest import Duban

NOTE = ("do", "note", "QZ-2023-0001", "--reason", "试")


def _execute(home: Path, *statements: str) -> None:
    with closing(sqlite3.connect(home / "duban.db")) as conn:
        for statement in statements:
            conn.execute(statement)
        conn.commit()


def _pragma(monkeypatch: pytest.MonkeyPatch, *more: str) -> None:
    monkeypatch.setattr(database, "PRAGMAS", (*database.PRAGMAS, *more))


def test_a_home_is_made_once_and_then_left_alone(duban: Duban, home: Path) -> None:
    first, again = duban("init", "--json"), duban("init", "--json")

    assert (first.json["changed"], again.json["changed"]) == (True, False)
    assert first.json["database"] == str(home / "duban.db")


def test_a_home_that_cannot_be_made_is_told(duban: Duban, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file", "utf-8")

    said = duban("init")

    assert (said.code, said.err.startswith(f"不能建立目录 {tmp_path / 'home'}")) == (1, True)


@pytest.mark.parametrize(
    "words",
    [
        ("activity", "list"),
        ("mail", "list"),
        ("history", "verify"),
        ("remind", "sweep"),
        ("run",),
        ("why", "A-1"),
    ],
)
def test_without_a_home_every_command_says_to_make_one(
    duban: Duban, home: Path, words: tuple[str, ...]
) -> None:
    said = duban(*words)

    assert (said.code, said.out) == (1, "")
    assert said.err == f"还没有数据库（{home / 'duban.db'}）。请先运行 duban init。\n"


@pytest.mark.parametrize(("version", "told"), [("0000", "旧"), ("9999", "新")])
def test_another_schema_is_refused(duban: Duban, running: Path, version: str, told: str) -> None:
    _execute(running, f"UPDATE alembic_version SET version_num = '{version}'")

    said = duban("activity", "list")

    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert f"数据库的结构（{version}）比本程序（{database.SCHEMA}）{told}" in said.err


@pytest.mark.parametrize(
    "damage", [lambda data: b"no database" * 400, lambda data: data[:8192] + b"\xff" * 8192]
)
def test_a_damaged_file_is_told(duban: Duban, running: Path, damage: Callable[[bytes], bytes]) -> None:
    file = running / "duban.db"
    broken = damage(file.read_bytes())
    file.write_bytes(broken)

    said = duban("activity", "list")

    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert "损坏" in said.err
    assert file.read_bytes() == broken


def test_a_locked_database_is_told(duban: Duban, running: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _pragma(monkeypatch, "PRAGMA busy_timeout = 10")

    with closing(sqlite3.connect(running / "duban.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        said = duban(*NOTE)

    assert (said.code, said.out) == (1, "")
    assert "数据库正被另一个程序占用" in said.err


def test_a_database_that_cannot_be_written_is_told(
    duban: Duban, running: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _pragma(monkeypatch, "PRAGMA query_only = ON")

    said = duban(*NOTE)

    assert (said.code, said.out) == (1, "")
    assert "不可写" in said.err


def test_a_full_disk_leaves_nothing_half_written(
    duban: Duban, running: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "big.txt").write_text("QZ-2023-0001\nQZ-2023-0002\n", "utf-8")
    with monkeypatch.context() as full:
        _pragma(full, "PRAGMA max_page_count = 1")
        said = duban("do", "note", "@big.txt", "--reason", "长" * 200_000)

    assert (said.code, said.out) == (1, "")
    assert "磁盘已满" in said.err
    assert len(duban("history", "list", "QZ-2023-0001", "--json").json) == 1


def test_a_second_runner_is_refused(duban: Duban, running: Path) -> None:
    with only_runner(running):
        said = duban("run")

    assert (said.code, said.out) == (4, "")
    assert "另一个 duban 正在运行" in said.err


def test_the_doctor_says_how_everything_stands(duban: Duban, running: Path) -> None:
    said = duban("doctor", "--json")
    levels = {one["name"]: one["level"] for one in said.json["checks"]}

    assert (said.code, said.json["sound"]) == (0, True)
    assert levels.pop("disk") in ("ok", "warn")
    assert levels == {
        "settings": "ok",
        "mail": "ok",
        "home": "ok",
        "database": "ok",
        "runner": "warn",
        "outbox": "ok",
        "addresses": "ok",
        "seal": "ok",
        "templates": "ok",
        "lifecycles": "ok",
        "calendar": "ok",
    }


def test_the_doctor_fails_where_there_is_no_home(duban: Duban) -> None:
    said = duban("doctor")

    assert said.code == 1
    assert "→ 请运行 duban init。" in said.out


def test_the_doctor_fails_where_reminders_wait_and_nothing_runs(duban: Duban, running: Path) -> None:
    said = duban("doctor", "--json", at="2023-08-22T09:00+08:00")
    [runner] = [one for one in said.json["checks"] if one["name"] == "runner"]

    assert (said.code, runner["level"]) == (1, "fail")
    assert "3 个提醒已到时间" in runner["text"]["zh"]


def test_the_doctor_names_mails_that_wait_for_a_person(duban: Duban, running: Path) -> None:
    duban("remind", "sweep", at="2023-08-21T09:00+08:00")
    duban("mail", "hold", "1", at="2023-08-21T09:00+08:00")

    [outbox] = [one for one in duban("doctor", "--json").json["checks"] if one["name"] == "outbox"]

    assert (outbox["level"], "搁置 1" in outbox["text"]["zh"]) == ("warn", True)


def test_the_doctor_warns_of_a_year_without_holidays(duban: Duban, running: Path) -> None:
    [calendar] = [
        one
        for one in duban("doctor", "--json", at="2099-12-01T09:00+08:00").json["checks"]
        if one["name"] == "calendar"
    ]

    assert calendar["level"] == "warn"


def test_the_doctor_tells_of_a_file_that_others_may_read(duban: Duban, running: Path) -> None:
    (running / "duban.db").chmod(0o644)

    [found] = [one for one in duban("doctor", "--json").json["checks"] if one["name"] == "home"]

    assert (found["level"], found["fix"]["en"]) == ("warn", f"run chmod 600 {running / 'duban.db'}.")


def test_a_backup_brings_everything_back(duban: Duban, running: Path, tmp_path: Path) -> None:
    made = duban("backup", "copy.db", "--json").json
    duban(*NOTE)

    restored = duban("restore", "copy.db", "--json").json

    assert (made["verdict"]["sound"], restored["verdict"]["root"]) == (True, made["verdict"]["root"])
    assert Path(restored["kept"]).is_file()
    assert len(duban("history", "list", "QZ-2023-0001", "--json").json) == 1


def test_a_backup_is_not_written_over_a_file_unless_told_to(duban: Duban, running: Path) -> None:
    duban("backup", "copy.db")

    assert (duban("backup", "copy.db").code, duban("backup", "copy.db", "--overwrite").code) == (1, 0)


def test_a_backup_and_a_restore_tell_where_the_materials_are(
    duban: Duban, running: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.jpg").write_text("picture", "utf-8")
    duban("do", "note", "QZ-2023-0001", "--reason", "x", "--material", "照片=a.jpg")
    store = running / "materials"

    made = duban("backup", "copy.db")
    whole = duban("restore", "copy.db")
    next(store.iterdir()).unlink()
    lacking = duban("restore", "copy.db")

    assert f"交来的材料不在备份里：1 个文件在 {store}" in made.out
    assert f"材料文件 1 个，都在 {store}。" in whole.out
    assert f"1 个材料文件中有 1 个不在 {store}" in lacking.out


def test_what_is_no_backup_is_refused(duban: Duban, running: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("no database", "utf-8")
    before = (running / "duban.db").read_bytes()

    assert duban("restore", "copy.db").code == duban("restore", "none.db").code == 1
    assert (running / "duban.db").read_bytes() == before
