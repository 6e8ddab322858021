"""Mistakes in what is typed: one message, a documented exit code, never a traceback."""

import os
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from cli.main import run
from tests.cli.conftest import Duban

ROOT = Path(__file__).parents[2]

TYPED = [
    (("xyzzy",), "没有命令“xyzzy”。用 duban --help 查看全部命令。"),
    (("notice", "shwo"), "没有命令“shwo”；是否指 show？用 duban notice --help 查看全部命令。"),
    (("notice", "show"), "duban notice show 缺少 NOTICE。用法见 duban notice show --help。"),
    (("notice", "list", "--jsno"), "duban notice list 没有选项 --jsno；是否指 --json？"),
    (("notice", "list", "--frob"), "duban notice list 没有选项 --frob。用 duban notice list --help 查看。"),
    (
        ("activity", "list", "--page"),
        "选项 --page 的写法不对：要么缺值，要么多了值。见 duban activity list --help。",
    ),
    (("activity", "list", "--page", "0"), "--page 应为范围内的整数。用法见 duban activity list --help。"),
    (("mail", "show", "first"), "NUMBER 应为范围内的整数。用法见 duban mail show --help。"),
    (("why", "A", "B"), "duban why 的参数写法不对或太多。用法见 duban why --help。"),
    (("--lang", "fr"), "--lang 只能是 zh 或 en，不能是“fr”。"),
    (("workflow", "diagram", "activity", "--format", "png"), "--format 不能是“png”；可选：svg, mermaid。"),
    (("history", "export", "h.pdf"), "--format 不能是“pdf”；可选 csv、jsonl、xes。"),
    (
        ("remind", "preview", "--from", "2023-09-31"),
        "“2023-09-31”：2023年9月只有30天，请写 2023-09-01 至 2023-09-30 之间的日期",
    ),
    (
        ("remind", "preview", "--from", "soon"),
        "看不懂时间“soon”，请写成 2023-09-28、“2023-09-28 18:00”或 2023-09-28T18:00+08:00。",
    ),
    (
        ("remind", "preview", "--from", "2023-10-01", "--to", "2023-09-01"),
        "--from 2023-10-01 晚于 --to 2023-09-01；请对调。",
    ),
    (("remind", "sweep", "--now", "2099-01-01"), "2099-01-01 还没有到；只能结算到现在为止。"),
]


@pytest.mark.parametrize(("words", "told"), TYPED)
def test_a_mistake_is_told_in_one_message(duban: Duban, words: tuple[str, ...], told: str) -> None:
    said = duban(*words)

    assert (said.code, said.out, said.err) == (1, "", f"{told}\n")


@pytest.mark.parametrize("words", [words for words, _ in TYPED if words[0] != "--lang"])
def test_a_mistake_is_told_in_english_too(duban: Duban, words: tuple[str, ...]) -> None:
    said = duban(*words, "--lang", "en")

    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert said.err.isascii()


def test_a_wrong_setting_names_its_variable(duban: Duban, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_MAIL_URL", "smtps://li:s3cret@")

    said = duban("doctor")

    assert said.code == 1
    assert "DUBAN_MAIL_URL" in said.err
    assert "s3cret" not in said.err + said.out


def test_an_interrupt_ends_with_130(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted() -> datetime:
        raise KeyboardInterrupt

    code = run(["init"], clock=interrupted)

    assert (code, capsys.readouterr().err) == (130, "已中断；没有写入一半的数据。\n")


def test_a_fault_of_the_program_is_one_line_with_a_way_to_see_more(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> datetime:
        raise RuntimeError("no clock")

    plain = run(["init"], clock=broken), capsys.readouterr().err
    monkeypatch.setenv("DUBAN_DEBUG", "1")
    detailed = run(["init"], clock=broken), capsys.readouterr().err

    assert plain[0] == detailed[0] == 70
    assert plain[1].count("\n") == 1
    assert "Traceback" in detailed[1]


def test_a_reader_that_goes_away_is_no_error(home: Path) -> None:
    command = [sys.executable, "-m", "cli", "notice", "schema"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()

    assert process.stderr is not None
    with process.stderr:
        told = process.stderr.read()

    assert (process.wait(), told) == (141, b"")


def test_a_legacy_encoding_of_the_terminal_stops_no_command(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cli", "notice", "list"],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")


def test_a_runner_stops_when_told_and_finishes_first(running: Path) -> None:
    command = [sys.executable, "-m", "cli", "run"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    begun = process.stdout.readline()

    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=60)

    assert begun.startswith(f"正在运行：目录 {running}")
    assert (process.returncode, out) == (0, "已停止；手上的邮件已发完。\n")
