"""History in files: what others read is what was recorded, and nothing in it comes alive."""

import csv
import io
import json
from hashlib import sha256
from pathlib import Path
from random import Random
from xml.etree import ElementTree

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import UserError
from engine.database import Database
from engine.export import Format, export_history, inert
from engine.history import FIELDS, digest
from engine.proof import verify
from engine.seal import seal
from tests.engine.auditors import KEY
from tests.engine.histories import Story, new_database, rows_of, season
from tests.engine.world import FORMS, World, at

XES = "{http://www.xes-standard.org/}"


@pytest.fixture
def told(tmp_path: Path) -> Database:
    database = new_database(tmp_path / "told.db")
    with database.write() as conn:
        season(conn, Random(3))
        Story(conn).mail(9)
    return database


def export(database: Database, path: Path, format: Format) -> str:
    with database.read() as conn:
        return export_history(conn, path, format)


def all_rows(database: Database) -> list[dict[str, object]]:
    with database.read() as conn:
        return rows_of(conn)


def test_json_lines_hold_every_row_so_that_its_hash_can_be_computed_again(
    told: Database, tmp_path: Path
) -> None:
    root = export(told, tmp_path / "history.jsonl", Format.JSONL)
    *lines, last = map(orjson.loads, (tmp_path / "history.jsonl").read_bytes().splitlines())

    assert lines == all_rows(told)
    assert last == {"root": root, "rows": len(lines)}
    assert [digest({name: line[name] for name in FIELDS}) for line in lines] == [
        line["hash"] for line in lines
    ]


def test_the_root_on_a_file_is_the_root_that_the_verifier_tells(world: World, tmp_path: Path) -> None:
    world.do("register", *world.enter(3), materials=FORMS, now=at(8, 22))

    roots = {export(world.database, tmp_path / f"h.{format}", format) for format in Format}

    assert roots == {verify(world.database).root}


def test_a_table_holds_every_row_for_a_spreadsheet(told: Database, tmp_path: Path) -> None:
    root = export(told, tmp_path / "history.csv", Format.CSV)
    content = (tmp_path / "history.csv").read_bytes()
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))

    assert content.startswith(b"\xef\xbb\xbf")
    assert rows == [{k: "" if v is None else str(v) for k, v in row.items()} for row in all_rows(told)]
    side = f"root {root}\nsha256 {sha256(content).hexdigest()}\n"
    assert (tmp_path / "history.csv.root").read_text() == side


def test_every_export_carries_the_last_checkpoint_if_there_is_one(told: Database, tmp_path: Path) -> None:
    with told.write() as conn:
        made = seal(conn, now=at(9, 17), key=KEY)
    assert made is not None
    root = made.root.hex()

    for format in Format:
        export(told, tmp_path / f"h.{format}", format)
    log = values(ElementTree.parse(tmp_path / "h.xes").getroot())

    last = orjson.loads((tmp_path / "h.jsonl").read_bytes().splitlines()[-1])
    assert last["checkpoint"] == {"size": made.size, "root": root}
    assert (log["duban:checkpoint_size"], log["duban:checkpoint_root"]) == (str(made.size), root)
    side = (tmp_path / "h.csv.root").read_text().splitlines()
    assert side[2:] == [f"checkpoint {made.size} {root}"]


@given(text=st.text())
def test_no_text_begins_a_formula(text: str) -> None:
    assert not str(inert(text)).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert str(inert(text)).removeprefix("'") == text.removeprefix("'")


def test_a_formula_given_as_a_reason_stays_a_text(told: Database, tmp_path: Path) -> None:
    with told.write() as conn:
        Story(conn).change("unit:1", "edit", reason="=HYPERLINK(1)")

    export(told, tmp_path / "history.csv", Format.CSV)

    assert ",'=HYPERLINK(1)," in (tmp_path / "history.csv").read_text("utf-8-sig")


def test_process_mining_tools_get_a_trace_a_case(told: Database, tmp_path: Path) -> None:
    root = export(told, tmp_path / "history.xes", Format.XES)
    log = ElementTree.parse(tmp_path / "history.xes").getroot()
    traces = {
        str(values(trace)["concept:name"]): [values(event) for event in trace.iter(f"{XES}event")]
        for trace in log.iter(f"{XES}trace")
    }

    expected: dict[str, list[dict[str, str]]] = {}
    for row in all_rows(told):
        if str(row["subject"]).startswith("case:"):
            expected.setdefault(str(row["subject"])[5:], []).append(as_event(row))
    assert traces == expected
    assert values(log)["duban:root"] == root


def values(element: ElementTree.Element) -> dict[str, str]:
    return {one.attrib["key"]: one.attrib["value"] for one in element if "key" in one.attrib}


def as_event(row: dict[str, object]) -> dict[str, str]:
    told = {
        "concept:name": row["trigger"],
        "org:resource": row["actor"],
        "time:timestamp": row["occurred_at"],
        "lifecycle:transition": "complete",
        "source": row["source"],
        "dest": row["dest"],
        "forced": json.dumps(bool(row["forced"])),
        "recorded": row["recorded_at"],
    }
    if row["reason"] is not None:
        told["reason"] = str(row["reason"]).replace("\x01", "\ufffd")
    return {key: str(value) for key, value in told.items()}


@pytest.mark.parametrize("format", list(Format))
def test_a_file_that_cannot_be_written_leaves_nothing_behind(
    format: Format, told: Database, tmp_path: Path
) -> None:
    with pytest.raises(UserError) as refused:
        export(told, tmp_path / "absent" / "history", format)

    assert refused.value.code == "file.unwritable"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["told.db", "told.db-shm", "told.db-wal"]


def test_a_new_export_takes_the_place_of_an_old_one(told: Database, tmp_path: Path) -> None:
    (tmp_path / "history.jsonl").write_text("old")

    export(told, tmp_path / "history.jsonl", Format.JSONL)

    assert (tmp_path / "history.jsonl").read_text().startswith('{"id":1,')
