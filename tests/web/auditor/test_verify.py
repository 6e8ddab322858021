"""Verification on a page: started, watched, told in one sentence; a kept checkpoint; the file for home."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sqlalchemy import text

from engine.audit.verify_job import VerifyJobs
from engine.home import Home
from engine.seal import seal
from tests.engine.world import NOW, World
from tests.web.auditor.conftest import SECOND
from tests.web.browser import Browser


def verified(browser: Browser, jobs: VerifyJobs) -> str:
    """Start a verification, wait for its end and return the page."""
    assert browser.post("/verify").headers["location"] == "/verify"
    assert jobs._thread is not None
    jobs._thread.join()
    return browser.get("/verify").text


def sealed(home: Home) -> str:
    """Seal the history and return the checkpoint's note."""
    with home.database.write() as conn:
        made = seal(conn, now=NOW, key=home.seal_key())
    assert made is not None
    return made.note


def test_before_the_first_verification_the_page_offers_one(auditor: Browser, jobs: VerifyJobs) -> None:
    page = auditor.get("/verify").text

    assert "历史还没有核验过" in page
    assert "开始核验" in page


def test_a_whole_history_is_told_in_one_sentence_with_its_checkpoint(
    auditor: Browser, jobs: VerifyJobs, home: Home
) -> None:
    sealed(home)
    page = verified(auditor, jobs)

    assert "<h1>完好：" in page
    assert "没有一行被改过" in page
    assert "与 1 个留存的检查点相符" in page
    assert "还没有给审计员寄出过检查点" in page
    assert home.seal_key().pubkey in page


def test_an_altered_row_is_found_named_and_linked(
    auditor: Browser, jobs: VerifyJobs, tamper: Callable[[], None]
) -> None:
    tamper()
    page = verified(auditor, jobs)

    assert "<h1>被改过：第 " in page
    assert f"（case:{SECOND} 第 2 版）：内容与哈希不符" in page
    assert f'<a href="/history/case:{SECOND}">看这一对象的历史</a>' in page


def test_an_auditor_elsewhere_learns_that_but_not_what_was_altered(
    stranger_auditor: Browser, jobs: VerifyJobs, tamper: Callable[[], None]
) -> None:
    tamper()
    page = verified(stranger_auditor, jobs)

    assert "被改过：第 " in page
    assert "不在您的地区内" in page
    assert SECOND not in page


def test_while_it_runs_the_page_looks_again_each_second(auditor: Browser, jobs: VerifyJobs) -> None:
    number = jobs.start("person:1")
    assert jobs._thread is not None
    jobs._thread.join()
    done = jobs.state(number)
    jobs._jobs[number] = replace(done, ended_at=None, fraction=0.4)
    part = auditor.get("/verify", headers={"hx-request": "true"}).text

    assert 'hx-trigger="every 1s"' in part
    assert '<progress max="100" value="40"' in part
    assert "<html" not in part
    assert auditor.post("/verify").status_code == 303
    assert jobs.latest() == jobs.state(number)


def test_a_kept_checkpoint_agrees(auditor: Browser, jobs: VerifyJobs, home: Home, past: World) -> None:
    note = sealed(home)
    past.enter(2, title="之后的")
    quoted = "\n\n  " + note.replace("\n", "  \n") + "\n\n"
    page = auditor.post("/verify/checkpoint", {"note": quoted}).text

    assert "您的检查点与现在的历史相符：前 " in page
    assert "签名没有核对" not in page
    assert jobs.latest() is not None


def test_a_history_that_was_rewritten_does_not_agree_with_a_kept_checkpoint(
    auditor: Browser, jobs: VerifyJobs, home: Home, past: World
) -> None:
    note = sealed(home)
    with past.database.write() as conn:
        conn.execute(text("DROP TRIGGER history_no_update"))
        conn.execute(text("UPDATE history SET hash = replace(hash, 'a', 'b') WHERE id = 9"))
    page = auditor.post("/verify/checkpoint", {"note": note}).text

    assert "您的检查点与现在的历史不符：" in page


def test_a_checkpoint_that_was_altered_has_a_wrong_signature(
    auditor: Browser, jobs: VerifyJobs, home: Home
) -> None:
    lines = sealed(home).split("\n")
    lines[1] = str(int(lines[1]) - 1)
    page = auditor.post("/verify/checkpoint", {"note": "\n".join(lines)}).text

    assert "签名不对" in page


def test_a_text_that_is_no_checkpoint_is_refused_and_kept(auditor: Browser, jobs: VerifyJobs) -> None:
    answer = auditor.post("/verify/checkpoint", {"note": "不是检查点"})

    assert answer.status_code == 422
    assert "贴入的内容不是检查点" in answer.text
    assert ">\n不是检查点</textarea>" in answer.text
    assert auditor.post("/verify/checkpoint", {"note": ""}).status_code == 422
    assert jobs.latest() is None


def test_the_file_for_home_verifies_a_copy_by_itself(
    auditor: Browser, jobs: VerifyJobs, home: Home, tmp_path: Path
) -> None:
    answer = auditor.get("/verify/verifier.py")
    program = tmp_path / "verifier.py"
    program.write_bytes(answer.content)
    copy = Path(str(home.database.path))
    done = subprocess.run(
        [sys.executable, "-I", str(program), "--db", str(copy)], capture_output=True, text=True, check=False
    )

    assert answer.headers["content-disposition"] == 'attachment; filename="verifier.py"'
    assert done.returncode == 0, done.stderr
