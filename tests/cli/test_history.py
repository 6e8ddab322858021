"""``duban history``: what changed, proving it, looking back, handing it out."""

import sqlite3
from contextlib import closing
from pathlib import Path

import orjson

from tests.cli.conftest import Duban


def _alter(home: Path, *statements: str) -> None:
    with closing(sqlite3.connect(home / "duban.db")) as conn:
        for statement in statements:
            conn.execute(statement)
        conn.commit()


def test_a_sound_history_ends_with_0_and_its_root(duban: Duban, running: Path) -> None:
    said = duban("history", "verify", "--json")

    assert (said.code, said.json["sound"], said.json["exit_code"]) == (0, True, 0)
    assert len(said.json["root"]) == 64


def test_an_altered_row_ends_with_2_and_is_named(duban: Duban, running: Path) -> None:
    _alter(
        running,
        "DROP TRIGGER history_no_update",
        "UPDATE history SET actor = 'somebody' WHERE subject = 'case:QZ-2023-0002'",
    )

    said = duban("history", "verify")

    assert said.code == 2
    assert "case:QZ-2023-0002 第 1 版" in said.out


def test_a_state_changed_in_the_table_alone_ends_with_2(duban: Duban, running: Path) -> None:
    _alter(running, "UPDATE case_ SET state = 'closed' WHERE ref = 'QZ-2023-0001'")

    said = duban("history", "verify", "--json")

    assert (said.code, said.json["problem"]["subject"]) == (2, "case:QZ-2023-0001")


def test_changes_read_like_sentences(duban: Duban, running: Path) -> None:
    later = "2023-08-22T09:00+08:00"
    duban("do", "cancel", "QZ-2023-0001", "--reason", "高温", "--at", "2023-08-21", at=later)

    said = duban("history", "list", "qz-2023-0001")

    assert "操作员   取消 → 已取消   高温；2023-08-22 09:00 记入" in said.out


def test_a_subject_that_history_does_not_know_is_refused(duban: Duban, running: Path) -> None:
    assert duban("history", "list", "notice:nowhere").err.startswith("历史中没有 notice:nowhere。")
    assert duban("history", "list", "QZ-2023-9999").err.startswith("没有编号为 QZ-2023-9999 的事项")


def test_a_look_back_shows_what_was_known_then(duban: Duban, running: Path) -> None:
    duban("do", "cancel", "QZ-2023-0001", "--reason", "高温", at="2023-08-23T09:00+08:00")

    def states(moment: str) -> dict[str, str]:
        cases = duban("history", "as-of", moment, "--json", at="2023-09-01T09:00+08:00").json["cases"]
        return {one["ref"]: one["state"] for one in cases if "-R" not in one["ref"]}

    assert states("2023-08-22") == {"QZ-2023-0001": "planned", "QZ-2023-0002": "planned"}
    assert states("2023-08-23") == {"QZ-2023-0001": "cancelled", "QZ-2023-0002": "planned"}
    assert states("2023-08-23 08:59") == states("2023-08-22")
    assert duban("history", "as-of", "2023-08-01").out == "2023-08-01 23:59 时还没有事项。\n"


def test_exports_carry_every_row_and_the_root(duban: Duban, running: Path, tmp_path: Path) -> None:
    found = duban("history", "verify", "--json").json

    for name in ("h.csv", "h.jsonl", "h.xes"):
        assert duban("history", "export", name).out == f"历史已写入 {name}。\n根 {found['root']}\n"
    rows = [orjson.loads(line) for line in (tmp_path / "h.jsonl").read_text("utf-8").splitlines()]

    assert len(rows) == found["rows"] + 1


def test_an_export_into_a_missing_folder_is_refused(duban: Duban, running: Path) -> None:
    said = duban("history", "export", "nowhere/h.csv")

    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
