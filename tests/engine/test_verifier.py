"""The verifier's own form of a row is the one that was hashed; and it runs as a file of its own."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from random import Random

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import verifier
from engine.history import FIELDS, GENESIS, Change, link
from engine.verifier import COLUMNS, chains, exact, verify_file
from tests.engine.histories import START, new_database, season


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a file in which a season was told by the rules."""
    database = new_database(tmp_path / "copy.db")
    with database.write() as conn:
        season(conn, Random(7), cases=6, steps=40)
    database.close()
    return tmp_path / "copy.db"


def spoil(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DROP TRIGGER history_no_update")
        raw.execute(statement)
        raw.commit()


HOSTILE = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(
    ['"', "\\", "\x00", "\x1f\x7f", "\u2028\u2029", "\U0001f600", "\\u0041", "a\tb\r\n", "/"]
)


@given(texts=st.lists(HOSTILE, min_size=11, max_size=11), version=st.integers(1, 2**53), none=st.booleans())
def test_the_exact_form_is_the_form_that_was_hashed(texts: list[str], version: int, none: bool) -> None:
    words = iter(texts)
    values = {
        name: version if name == "version" else 1 if name == "forced" else next(words) for name in FIELDS
    }
    values["reason"] = None if none else values["reason"]

    row = tuple(value.encode() if isinstance(value, str) else value for value in values.values())

    assert exact(row) == b"\0" + orjson.dumps(values)


@given(texts=st.lists(HOSTILE, min_size=5, max_size=5))
def test_hostile_texts_of_an_honest_writer_are_sound(texts: list[str]) -> None:
    subject, actor, reason, schedule, trigger = texts
    change = Change(f"x:{subject}", trigger, "", "", actor, {"a": reason}, START, START, reason, schedule)
    row = link(GENESIS, change) | {"id": 1}

    values = (row[name] for name in (*COLUMNS, "hash", "id"))
    (chain,) = chains([tuple(v.encode() if isinstance(v, str) else v for v in values)], {})

    assert chain.problem is None


@given(original=HOSTILE, forged=HOSTILE, column=st.sampled_from(["actor", "reason", "schedule", "trigger"]))
def test_no_text_passes_for_another(original: str, forged: str, column: str) -> None:
    escaped = json.dumps(original, ensure_ascii=False)[1:-1]
    change = Change("x:1", "t", "", "", "a", {}, START, START, "r", "s")._replace(**{column: original})
    row = link(GENESIS, change) | {"id": 1}

    verdicts = []
    for text in (forged, escaped):
        values = ((row | {column: text})[name] for name in (*COLUMNS, "hash", "id"))
        (chain,) = chains([tuple(v.encode() if isinstance(v, str) else v for v in values)], {})
        verdicts.append(chain.problem is None)

    assert verdicts == [forged == original, escaped == original]


def run_file(*words: object, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the verifier alone, from a folder that holds nothing else."""
    alone = Path(shutil.copy(verifier.__file__, folder / "alone.py"))
    command = [sys.executable, "-I", "-S", str(alone), *map(str, words)]
    environment = {"PYTHONIOENCODING": "utf-8", "PATH": os.environ["PATH"]}
    return subprocess.run(
        command, capture_output=True, text=True, env=environment, encoding="utf-8", check=False
    )


def test_it_runs_as_one_file_with_nothing_but_python(copy: Path, tmp_path: Path) -> None:
    sound = run_file("--db", copy, "--lang", "en", folder=tmp_path)
    spoil(copy, "UPDATE history SET actor = 'x' WHERE id = 3")
    altered = run_file("--db", copy, folder=tmp_path)
    unsure = run_file("--db", tmp_path / "absent.db", folder=tmp_path)

    assert (sound.returncode, altered.returncode, unsure.returncode) == (0, 2, 3)
    assert sound.stdout.startswith("SOUND: ")
    assert altered.stdout.startswith("历史被改过：第 3 行（")
    assert unsure.stdout.startswith("无法判断：")


def test_it_runs_from_its_own_folder(copy: Path) -> None:
    command = [sys.executable, verifier.__file__, "--db", str(copy), "--lang", "en"]

    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture
def together(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Let two processes share even a short history."""
    monkeypatch.setattr(verifier, "PARALLEL_FROM", 10)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    return monkeypatch


def test_two_processes_find_what_one_finds(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = verify_file(copy)
    monkeypatch.setattr(verifier, "PARALLEL_FROM", 10)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)

    assert verify_file(copy) == alone


@pytest.mark.usefixtures("together")
@pytest.mark.parametrize("subject", ["unit:1", "case:QZ-2023-0001"])
def test_either_process_finds_an_altered_row(subject: str, copy: Path) -> None:
    spoil(copy, f"UPDATE history SET actor = 'x' WHERE subject = '{subject}'")

    problem = verify_file(copy).problem

    assert problem is not None
    assert (problem.code, problem.subject, problem.version) == ("row.hash", subject, 1)


def test_a_database_written_to_meanwhile_is_seen_at_one_moment(
    copy: Path, together: pytest.MonkeyPatch
) -> None:
    as_one = verify_file(copy)
    together.setattr(verifier, "_last", lambda _: -1)

    assert verify_file(copy) == as_one


def test_where_no_second_process_can_be_had_one_will_do(copy: Path, together: pytest.MonkeyPatch) -> None:
    as_two = verify_file(copy)
    together.setattr(sys, "executable", "/nowhere/python")

    assert verify_file(copy) == as_two
