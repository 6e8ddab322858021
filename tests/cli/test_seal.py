"""``duban history seal``, and verifying by what is kept here and what is kept outside."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from engine.verifier import read_key, read_note, signed
from tests.cli.conftest import Duban

NOTE = ("do", "note", "QZ-2023-0001", "--reason", "x")


def _alter(home: Path, *statements: str) -> None:
    with closing(sqlite3.connect(home / "duban.db")) as conn:
        for statement in statements:
            conn.execute(statement)
        conn.commit()


def test_sealing_prints_the_signed_checkpoint_and_the_key(duban: Duban, running: Path) -> None:
    said = duban("history", "seal")
    form = duban("history", "seal", "--json").json

    assert (said.code, said.out) == (0, f"{form['note']}\n公钥 {form['pubkey']}\n")
    assert signed(read_note(said.out), read_key(form["pubkey"]))
    assert (form["size"], form["root"]) == (read_note(said.out).size, read_note(said.out).root.hex())


def test_a_checkpoint_kept_in_a_file_proves_the_history_later(
    duban: Duban, running: Path, tmp_path: Path
) -> None:
    said = duban("history", "seal", "--out", "kept.txt")
    duban(*NOTE)
    pubkey = (tmp_path / "kept.txt.pub").read_text().strip()

    by_file = duban("history", "verify", "--checkpoint", "kept.txt", "--json")
    with_key = duban("history", "verify", "--checkpoint", "kept.txt", "--pubkey", pubkey, "--json")

    assert "已写入 kept.txt，公钥已写入 kept.txt.pub。" in said.out
    for one in (by_file, with_key):
        assert (one.code, one.json["unsigned"], one.json["checkpoints"]) == (0, 0, None)


def test_a_checkpoint_of_another_home_is_refused_by_its_root(
    duban: Duban, running: Path, tmp_path: Path
) -> None:
    duban("history", "seal", "--out", "kept.txt")
    lines = (tmp_path / "kept.txt").read_text().replace("duban/", "other/").splitlines()
    (tmp_path / "other.txt").write_text("\n".join([*lines[:2], "A" * 43 + "=", *lines[3:], ""]))

    said = duban("history", "verify", "--checkpoint", "other.txt", "--json")

    assert (said.code, said.json["problem"]["code"], said.json["unsigned"]) == (2, "checkpoint.root", 1)


def test_a_history_cut_at_its_end_is_found_by_what_was_kept_here(duban: Duban, running: Path) -> None:
    duban("history", "seal")
    assert duban("history", "verify").code == 0
    last = "(SELECT max(id) FROM history)"
    _alter(
        running,
        "DROP TRIGGER history_no_delete",
        f"DELETE FROM case_ WHERE 'case:' || ref = (SELECT subject FROM history WHERE id = {last})",
        f"DELETE FROM history WHERE id = {last}",
    )

    said = duban("history", "verify")

    assert said.code == 2
    assert "末尾缺行" in said.out


def test_verifying_says_how_far_the_proof_reaches(duban: Duban, running: Path) -> None:
    none = duban("history", "verify").out
    rows = f"{duban('history', 'seal', '--json').json['size']:,}"
    kept = duban("history", "verify").out
    form = duban("history", "verify", "--json").json["checkpoints"]

    assert "外部凭证：还没有。" in none
    assert (
        f"与本机保存的 1 个检查点相符（2023-08-20 10:00 至 2023-08-20 10:00），最新的一个覆盖前 {rows} 行。"
        in kept
    )
    assert (form["count"], form["outside"], form["foreign"]) == (1, None, 0)


def test_after_a_new_key_the_old_checkpoints_still_verify_by_their_own(duban: Duban, running: Path) -> None:
    old = duban("history", "seal", "--json").json["pubkey"]
    (running / "seal.key").unlink()
    duban("init")

    now, then = (duban("history", "verify", *words) for words in ((), ("--pubkey", old)))

    assert (now.code, then.code) == (0, 0)
    assert "另有 1 个检查点是别的密钥签的" in now.out
    assert "与本机保存的 1 个检查点相符" in then.out


@pytest.mark.parametrize("words", [("history", "seal"), ("history", "seal", "--out", "kept.txt")])
def test_without_a_key_nothing_is_sealed(
    duban: Duban, running: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    (running / "seal.key").unlink()

    said = duban(*words)

    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert "duban init" in said.err
    assert not (tmp_path / "kept.txt").exists()


def test_the_doctor_tells_the_age_of_the_last_checkpoint(duban: Duban, running: Path) -> None:
    def doctor(at: str) -> tuple[str, str]:
        checks = duban("doctor", "--json", at=at).json["checks"]
        [found] = [one for one in checks if one["name"] == "seal"]
        return found["level"], found["text"]["zh"]

    before = doctor("2023-08-20T10:00+08:00")
    size = f"{duban('history', 'seal', '--json').json['size']:,}"
    ages = [doctor(f"2023-08-{at}+08:00") for at in ("20T10:07", "20T15:00", "23T10:00")]
    (running / "seal.key").unlink()

    assert before == ("ok", "还没有检查点；运行中每分钟生成")
    assert ages == [("ok", f"最近的检查点：{age}前，{size} 行") for age in ("7 分钟", "5 小时", "3 天")]
    assert doctor("2023-08-20T10:07+08:00")[0] == "warn"
