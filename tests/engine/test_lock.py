"""The home's lock: one runner at a time, free again however its process died."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine.lock import HomeLocked, is_running, only_runner

ROOT = Path(__file__).parents[2]
HOLD = """
import sys
from pathlib import Path
from engine.lock import only_runner
with only_runner(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def other_process(home: Path) -> Iterator["subprocess.Popen[str]"]:
    """Run a process that holds the home's lock until it is ended."""
    command = [sys.executable, "-c", HOLD, str(home)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_second_process_is_refused_in_words(tmp_path: Path) -> None:
    with other_process(tmp_path), pytest.raises(HomeLocked) as refused, only_runner(tmp_path):
        pass

    assert (refused.value.code, refused.value.exit_code) == ("home.locked", 4)
    assert str(tmp_path) in refused.value.in_("zh") and "请先停止" in refused.value.in_("zh")


def test_kill_9_frees_the_lock(tmp_path: Path) -> None:
    with other_process(tmp_path) as process:
        process.kill()
        process.wait()

        with only_runner(tmp_path):
            assert is_running(tmp_path)


def test_an_error_frees_the_lock(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), only_runner(tmp_path):
        raise RuntimeError("the power goes")

    assert not is_running(tmp_path)


def test_asking_whether_one_runs_disturbs_nobody(tmp_path: Path) -> None:
    with other_process(tmp_path) as process:
        assert is_running(tmp_path)
        assert is_running(tmp_path)
        assert (tmp_path / "duban.lock").read_text() == str(process.pid)

    assert not is_running(tmp_path)


def test_homes_do_not_lock_each_other(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()

    with only_runner(one), only_runner(other):
        assert (is_running(one), is_running(other)) == (True, True)
