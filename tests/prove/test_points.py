"""Death at each commit and each SMTP call in turn, before and after it: promises 1 and 2 of DESIGN 10."""

from itertools import count
from pathlib import Path
from time import perf_counter

import pytest

from tests.engine.world import at
from tests.prove.campaign import assert_as_if_calm, die_at, mail_server
from tests.prove.conftest import Report
from tests.prove.reckoning import Figures, accepted, broken_promises, mails
from tests.prove.season import Life


@pytest.mark.timeout(1800)
def test_a_death_at_any_commit_or_smtp_call_loses_and_doubles_nothing(
    full: bool, report: Report, tmp_path: Path
) -> None:
    figures, log, began = Figures(), tmp_path / "sink.jsonl", perf_counter()
    with mail_server(tmp_path, seed=1, faults={}) as url:
        for number in count(1, 1 if full else 23):
            home = tmp_path / f"point{number}"
            home.mkdir()
            log.write_text("", encoding="utf-8")
            life = Life(home=home, mail_url=url, seed=1, people=1, until=at(8, 30, 12))
            died = die_at(number, life)
            assert list(broken_promises(mails(home), accepted(log), copies=2)) == []
            assert_as_if_calm(life, tmp_path / "calm")
            if not died:
                break
            figures.kills += 1
            figures.restarts += 1
            figures.add(mails(home), accepted(log))

    figures.seconds = perf_counter() - began
    report(figures)
    assert figures.second_copies <= figures.uncertain <= figures.kills
