"""Seasons with a real mail server that fails, and lives that are cut short."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path
from typing import Any

from tests.prove.reckoning import Figures, accepted, broken_promises, ledger, mails
from tests.prove.season import DIED, Life, live
from tests.prove.soundness import problems

ROOT = Path(__file__).parents[2]
FAULTS = {"451": 0.05, "550": 0.02, "drop_before": 0.03, "drop_after": 0.03}
# forked from one process that has imported everything, where the system can
_FORKS: Any = get_context("forkserver" if "forkserver" in get_all_start_methods() else "spawn")
_FORKS.set_forkserver_preload(["pytest", "tests.prove.season"])


@contextmanager
def mail_server(folder: Path, *, seed: int, faults: Mapping[str, float]) -> Iterator[str]:
    """Run the sink as a process of its own; give its URL. It writes ``sink.jsonl`` into ``folder``."""
    shares = ",".join(f"{name}={share}" for name, share in faults.items())
    words = ["--log", str(folder / "sink.jsonl"), "--faults", shares, "--seed", str(seed)]
    command = [sys.executable, "-m", "tests.notifications.sink", *words]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as sink:
        try:
            assert sink.stdout is not None
            port = sink.stdout.readline().split()[1]
            yield f"smtp://127.0.0.1:{port}"
        finally:
            sink.terminate()


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """How often to kill, in seasons of which size, and what then may be."""

    kills: int
    seed: int
    people: int
    policy: str = "resend"
    faults: Mapping[str, float]

    @property
    def copies(self) -> int:
        """Return how many copies of one mail are allowed."""
        return 1 if self.policy == "hold" else 2


def run_life(life: Life, *, until: float | None = None) -> int | None:
    """Run one life, or kill it after ``until`` seconds; return its exit code, None if it was killed."""
    process = _FORKS.Process(target=live, args=(life,))
    process.start()
    process.join(until)
    if process.is_alive():
        process.kill()
        process.join()
        return None
    code: int | None = process.exitcode
    return code


def fight(campaign: Campaign, folder: Path) -> Figures:
    """Kill lives at random moments, seasons on end; AssertionError tells what did not hold."""
    figures, chance, began = Figures(), random.Random(campaign.seed), time.perf_counter()
    while figures.kills < campaign.kills:
        seed = campaign.seed + figures.seasons
        home = folder / f"season{seed}"
        home.mkdir()
        with mail_server(home, seed=seed, faults=campaign.faults) as url:
            life = Life(home=home, mail_url=url, seed=seed, people=campaign.people, policy=campaign.policy)
            _live_through(life, campaign.kills, figures, chance)
        figures.add(mails(home), accepted(home / "sink.jsonl"))
        assert list(broken_promises(mails(home), accepted(home / "sink.jsonl"), copies=campaign.copies)) == []
        assert_as_if_calm(life, folder / f"calm{seed}")
    figures.seconds = time.perf_counter() - began
    return figures


def _live_through(life: Life, kills: int, figures: Figures, chance: random.Random) -> None:
    """Run one season to its end, killing it while kills are left; what must hold is looked at after each."""
    while True:
        until = chance.uniform(0.02, 0.9) if figures.kills < kills else None
        code = run_life(life, until=until)
        assert problems(life.home / "duban.db") == []
        if code is not None:
            assert code == 0
            return
        figures.kills += 1
        figures.restarts += 1


def assert_as_if_calm(life: Life, home: Path) -> None:
    """Hold a season against the same one without kills and faults: the same mails, ledger and states."""
    home.mkdir(exist_ok=True)
    calm = replace(life, home=home, mail_url=f"folder:{home / 'mail'}")
    if not (home / "duban.db").exists():
        assert run_life(calm) == 0
    assert _named(life.home) == _named(home)
    assert ledger(life.home) == ledger(home)


def _named(home: Path) -> set[tuple[str, str, str]]:
    return {(mail.key, mail.recipient, mail.message_id) for mail in mails(home)}


def die_at(number: int, life: Life) -> bool:
    """Let a season die at its ``number``-th point and live on to its end; False if it has no such point."""
    first = run_life(replace(life, die_at=number))
    assert first in (0, DIED)
    assert problems(life.home / "duban.db") == []
    if first == DIED:
        assert run_life(life) == 0
        assert problems(life.home / "duban.db") == []
    return first == DIED
