"""What the verifier finds, and that it finds nothing where nothing is wrong."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from engine.history import GENESIS, Change, digest, link
from engine.verifier import COLUMNS, Verdict, report, verify_file
from tests.engine.histories import PHOTO, START, VIDEO, Story, new_database, season

Spoil = Callable[[sqlite3.Connection], None]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file in which a season was told by the rules."""
    path = tmp_path_factory.mktemp("told") / "told.db"
    database = new_database(path)
    with database.write() as conn:
        season(conn, Random(7), cases=6, steps=40)
    with database.read() as conn:
        conn.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path


@pytest.fixture
def copy(told: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(told, tmp_path / "copy.db"))


def spoil(path: Path, *statements: str) -> Verdict:
    """Do to a file what its triggers would refuse; return what the verifier finds."""
    with closing(sqlite3.connect(path)) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            raw.execute(statement)
        raw.commit()
    return verify_file(path)


def found(verdict: Verdict) -> tuple[bool | None, str | None, int | None, str | None, int | None]:
    """Return the kind and the place of what was found."""
    problem = verdict.problem
    if problem is None:
        return verdict.sound, None, None, None, None
    return verdict.sound, problem.code, problem.row_id, problem.subject, problem.version


def ask(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as raw:
        return raw.execute(query).fetchall()


def test_a_season_told_by_the_rules_is_sound(told: Path) -> None:
    rows, subjects = ask(told, "SELECT count(*), count(DISTINCT subject) FROM history")[0]
    ends = dict(ask(told, "SELECT subject, hash FROM history ORDER BY version"))
    heads = [ends[subject] for subject in sorted(ends)]

    verdict = verify_file(told)

    root = sha256("".join(map(str, heads)).encode()).hexdigest()
    assert verdict == Verdict(sound=True, rows=int(str(rows)), subjects=int(str(subjects)), root=root)
    assert verdict.exit_code == 0


@pytest.mark.parametrize("seed", range(100))
def test_every_random_season_is_sound(seed: int, tmp_path: Path) -> None:
    database = new_database(tmp_path / "random.db")
    with database.write() as conn:
        season(conn, Random(seed), cases=3, steps=9)
    database.close()

    verdict = verify_file(tmp_path / "random.db")

    assert (verdict.sound, verdict.problem) == (True, None)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_an_altered_character_in_any_column_of_any_row_is_found_and_named(
    data: st.DataObject, told: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rows = ask(told, f"SELECT id, subject, version, {', '.join(COLUMNS)}, hash FROM history")
    row_id, subject, version, *values = data.draw(st.sampled_from(rows))
    index = data.draw(st.sampled_from(range(len(COLUMNS) + 1)))
    column, value = (*COLUMNS, "hash")[index], values[index]
    altered = data.draw(alterations(value))
    path = Path(shutil.copy(told, tmp_path_factory.mktemp("altered") / "altered.db"))

    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DROP TRIGGER history_no_update")
        try:
            raw.execute(f"UPDATE history SET {column} = ? WHERE id = ?", (altered, row_id))
        except sqlite3.IntegrityError:  # the version of another row
            reject()
        raw.commit()
    verdict = verify_file(path)

    named = altered if column == "subject" else subject, altered if column == "version" else version
    assert found(verdict) == (False, "row.hash", row_id, *named)


def alterations(value: object) -> st.SearchStrategy[object]:
    """Draw what one value may be turned into, one character at a time."""
    if isinstance(value, int):
        return st.integers(-9, 999).filter(lambda new: new != value)
    if value is None:
        return st.sampled_from(["", "null", "x"])
    text = str(value)
    letters = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
    return (
        st.tuples(st.integers(0, len(text)), st.integers(0, 1), letters.map(str) | st.just(""))
        .map(lambda cut: text[: cut[0]] + cut[2] + text[cut[0] + cut[1] :])
        .filter(lambda new: new != text)
    )


@pytest.mark.parametrize("column", ["actor", "details", "subject", "hash", "prev", "reason"])
def test_a_text_turned_into_a_blob_of_the_same_bytes_is_found(column: str, copy: Path) -> None:
    verdict = spoil(copy, f"UPDATE history SET {column} = CAST({column} AS BLOB) WHERE reason IS NOT NULL")

    assert (verdict.sound, verdict.problem is not None) == (False, True)


def test_a_row_missing_in_the_middle_is_found(copy: Path) -> None:
    ((subject, row_id),) = ask(copy, "SELECT subject, id FROM history WHERE version = 3 ORDER BY id LIMIT 1")

    verdict = spoil(copy, f"DELETE FROM history WHERE subject = '{subject}' AND version = 2")

    assert found(verdict) == (False, "row.version", row_id, subject, 3)


def test_a_row_missing_at_the_end_of_a_subject_is_found(copy: Path) -> None:
    ((subject, version),) = ask(copy, "SELECT 'case:' || ref, version FROM case_ WHERE version > 2 LIMIT 1")

    verdict = spoil(copy, f"DELETE FROM history WHERE subject = '{subject}' AND version = {version}")

    assert found(verdict) == (False, "table.differs", None, subject, int(str(version)) - 1)


def test_a_whole_subject_missing_from_history_is_found(copy: Path) -> None:
    verdict = spoil(copy, "DELETE FROM history WHERE subject = 'mail:2'")

    assert found(verdict)[1:4] == ("table.surplus", None, "mail:2")


def test_a_whole_subject_missing_from_its_table_is_found(copy: Path) -> None:
    verdict = spoil(copy, "DELETE FROM person")

    assert found(verdict) == (False, "table.missing", None, "person:1", 1)


@pytest.mark.parametrize(
    ("statement", "column", "subject"),
    [
        ("UPDATE case_ SET state = 'closed' WHERE ref LIKE '%1'", "state", "case:QZ-2023-0001"),
        ("UPDATE case_ SET title = '另一场' WHERE ref LIKE '%1'", "title", "case:QZ-2023-0001"),
        ("UPDATE case_ SET ends_on = '2023-09-30' WHERE ref LIKE '%1'", "ends_on", "case:QZ-2023-0001"),
        ("UPDATE case_ SET online = 1 - online WHERE ref LIKE '%1'", "online", "case:QZ-2023-0001"),
        ("UPDATE case_ SET award = '优秀活动' WHERE ref LIKE '%1'", "award", "case:QZ-2023-0001"),
        ("UPDATE case_ SET materials = '{\"a\":9}' WHERE ref LIKE '%1'", "materials", "case:QZ-2023-0001"),
        ("UPDATE case_ SET materials = '{' WHERE ref LIKE '%1'", "content", "case:QZ-2023-0001"),
        ("UPDATE case_ SET entered_at = '2023-08-20' WHERE ref LIKE '%1'", "entered_at", "case:QZ-2023-0001"),
        ("UPDATE message SET state = 'dead' WHERE id = 1", "state", "mail:1"),
        ("UPDATE message SET key = 'k' WHERE id = 1", "key", "mail:1"),
        ("UPDATE notice SET state = 'closed'", "state", "notice:quanzhou-2023"),
        ("UPDATE notice SET version = 2", "version", "notice:quanzhou-2023"),
        ("UPDATE person SET head = ''", "version", "person:1"),
        ("UPDATE unit SET name = '别的馆'", "name", "unit:1"),
    ],
)  # fmt: skip
def test_a_table_changed_alone_is_found(statement: str, column: str, subject: str, copy: Path) -> None:
    verdict = spoil(copy, statement)

    assert found(verdict)[:4] == (False, "table.differs", None, subject)
    assert verdict.problem is not None
    assert f"“{column}”" in verdict.problem.zh


def forge(copy: Path, change: Change, *, version: int = 0, prev: str = "") -> Verdict:
    """Add one row with a right hash of its own; return what the verifier finds."""
    row = link(GENESIS, change)
    row |= {"version": version or row["version"], "prev": prev}
    row["hash"] = digest(row)
    with closing(sqlite3.connect(copy)) as raw:
        marks = ", ".join("?" * len(row))
        raw.execute(f"INSERT INTO history ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
        raw.commit()
    return verify_file(copy)


def following(copy: Path, subject: str) -> dict[str, object]:
    row = ask(
        copy, f"SELECT version + 1, hash FROM history WHERE subject = '{subject}' ORDER BY version DESC"
    )[0]
    return {"version": row[0], "prev": row[1]}


def test_a_step_that_the_lifecycle_does_not_have_is_found(copy: Path) -> None:
    change = Change("notice:quanzhou-2023", "close", "draft", "closed", "x", {}, START, START)

    verdict = forge(copy, change, **following(copy, change.subject))  # type: ignore[arg-type]

    assert found(verdict)[1] == "row.step"


def test_a_step_from_another_state_is_found(copy: Path) -> None:
    change = Change("notice:quanzhou-2023", "close", "in_force", "closed", "x", {}, START, START)

    verdict = forge(copy, change, **following(copy, change.subject))  # type: ignore[arg-type]

    assert found(verdict)[1] == "row.source"


@pytest.mark.parametrize(("reason", "dest"), [(None, "closed"), ("", "closed"), ("as told", "nowhere")])
def test_a_forced_step_needs_a_reason_and_a_state(reason: str | None, dest: str, copy: Path) -> None:
    change = Change("notice:quanzhou-2023", "x", "draft", dest, "x", {}, START, START, reason, None, True)

    verdict = forge(copy, change, **following(copy, change.subject))  # type: ignore[arg-type]

    assert found(verdict)[1] == "row.forced"


def test_a_subject_begins_where_its_lifecycle_begins(copy: Path) -> None:
    verdict = forge(copy, Change("mail:99", "write", "", "sent", "x", {}, START, START))

    assert found(verdict)[:2] == (False, "row.first")


def test_a_row_of_another_chain_is_found(copy: Path) -> None:
    change = Change("person:1", "edit", "", "", "x", {}, START, START)

    verdict = forge(copy, change, version=2, prev="0" * 64)

    assert found(verdict)[1] == "row.prev"


def test_details_that_are_no_document_are_found(copy: Path) -> None:
    change = Change("unit:1", "edit", "", "", "x", {"set": 3}, START, START)

    verdict = forge(copy, change, **following(copy, change.subject))  # type: ignore[arg-type]

    assert found(verdict)[1] == "row.details"


def test_a_lifecycle_that_was_never_published_leaves_the_question_open(copy: Path) -> None:
    life = {"kind": "activity", "lifecycle": 9}

    verdict = forge(copy, Change("case:QZ-9", "enter", "", "planned", "x", {"set": life}, START, START))

    assert found(verdict) == (None, "unsure.lifecycle", verdict.rows, "case:QZ-9", 1)
    assert verdict.exit_code == 3


def test_an_altered_row_outranks_an_open_question(copy: Path) -> None:
    spoil(copy, "UPDATE history SET actor = 'nobody' WHERE subject = 'unit:1'")

    verdict = forge(copy, Change("case:QZ-9", "enter", "", "planned", "x", {}, START, START))

    assert found(verdict)[:2] == (False, "row.hash")


def test_the_first_row_that_does_not_fit_is_named(copy: Path) -> None:
    verdict = spoil(copy, "UPDATE history SET actor = 'nobody' WHERE id IN (30, 9, 25)")

    assert found(verdict)[1:3] == ("row.hash", 9)


def test_rows_in_another_order_are_found(copy: Path) -> None:
    subject = "case:QZ-2023-0001"

    verdict = spoil(copy, f"UPDATE history SET id = 9999 WHERE subject = '{subject}' AND version = 1")

    assert found(verdict)[1] == "row.order"


def test_a_row_hidden_from_the_index_is_found(copy: Path) -> None:
    ((page,),) = ask(copy, "SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_history_1'")
    ((size,),) = ask(copy, "PRAGMA page_size")
    content = bytearray(copy.read_bytes())
    cells = (int(str(page)) - 1) * int(str(size)) + 3
    content[cells : cells + 2] = (int.from_bytes(content[cells : cells + 2], "big") - 1).to_bytes(2, "big")
    copy.write_bytes(content)

    verdict = verify_file(copy)

    assert found(verdict)[:2] == (False, "history.count")


def test_a_clock_set_back_is_a_warning_only(tmp_path: Path) -> None:
    database = new_database(tmp_path / "back.db")
    with database.write() as conn:
        story = Story(conn).begin()
        ref = story.enter(1)
        story.at = START
        story.step(ref, "register")
    database.close()

    verdict = verify_file(tmp_path / "back.db")

    assert (verdict.sound, verdict.backwards) == (True, 1)
    assert "1 行的录入时间" in report(verdict, "zh")


def test_what_was_handed_in_and_taken_back_is_counted(tmp_path: Path) -> None:
    database = new_database(tmp_path / "materials.db")
    with database.write() as conn:
        story = Story(conn).begin()
        ref = story.enter(1)
        story.step(ref, "register", materials=[PHOTO, VIDEO])
        story.step(ref, "postpone", removed=[VIDEO])
    database.close()

    assert verify_file(tmp_path / "materials.db").sound


@pytest.mark.parametrize("name", ["absent.db", "text.db", "empty.db"])
def test_what_is_no_history_leaves_the_question_open(name: str, tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("督办" * 4000)
    sqlite3.connect(tmp_path / "empty.db").close()

    verdict = verify_file(tmp_path / name)

    assert found(verdict)[:2] == (None, "unsure.database")


@settings(max_examples=150, deadline=None)
@given(position=st.integers(0, 10**9), bit=st.integers(0, 7))
def test_a_bit_turned_in_the_file_is_never_worse_than_before(
    position: int, bit: int, told: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    # where the text of a row is hit, it is found; elsewhere (free pages) nothing changes
    content = bytearray(told.read_bytes())
    spots = [
        at for word in (b"person:1", b"2023-08-21T01", b"quanzhou-2023@1") for at in positions(content, word)
    ]
    at = spots[position % len(spots)]
    content[at] ^= 1 << bit
    path = tmp_path_factory.mktemp("bits") / "bits.db"
    path.write_bytes(content)

    verdict = verify_file(path)

    assert verdict.sound is not True or ask_rows(path) == ask_rows(told)


def positions(content: bytearray, word: bytes) -> Iterator[int]:
    at = content.find(word)
    while at >= 0:
        yield at
        at = content.find(word, at + 1)


def ask_rows(path: Path) -> list[tuple[object, ...]] | None:
    with closing(sqlite3.connect(path)) as raw:
        raw.text_factory = bytes
        try:
            return raw.execute("SELECT * FROM history NOT INDEXED").fetchall()
        except sqlite3.Error:
            return None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history SET actor = 'x'",
        "DELETE FROM history",
        "INSERT OR REPLACE INTO history SELECT * FROM history WHERE id = 1",
        "INSERT OR REPLACE INTO history SELECT 999, subject, version, trigger, source, dest, forced, actor,"
        " reason, details, occurred_at, recorded_at, schedule, prev, hash FROM history WHERE id = 1",
        "REPLACE INTO history SELECT * FROM history",
    ],
)
def test_the_database_itself_refuses_to_alter_history(statement: str, copy: Path) -> None:
    before = ask(copy, "SELECT * FROM history")

    with closing(sqlite3.connect(copy)) as raw, pytest.raises(sqlite3.Error, match="append-only"):
        raw.execute(statement)

    assert ask(copy, "SELECT * FROM history") == before


def test_the_engine_cannot_alter_history_either(tmp_path: Path) -> None:
    database = new_database(tmp_path / "engine.db")
    with database.write() as conn:
        Story(conn).begin()

    with pytest.raises(DBAPIError, match="append-only"), database.write() as conn:
        conn.exec_driver_sql("UPDATE history SET actor = 'x'")
    database.close()
