"""kill -9 at random moments of a season: promises 1 and 2 of DESIGN 10."""

from pathlib import Path

import pytest

from tests.prove.campaign import FAULTS, Campaign, fight
from tests.prove.conftest import Report


@pytest.mark.timeout(1800)
def test_after_any_kill_nothing_is_lost_and_nothing_doubled_unseen(
    full: bool, report: Report, tmp_path: Path
) -> None:
    kills, people = (200, 12) if full else (20, 4)

    figures = fight(Campaign(kills=kills, seed=7, people=people, faults=FAULTS), tmp_path)

    report(figures)
    assert figures.kills == kills


@pytest.mark.timeout(1800)
def test_with_policy_hold_no_mail_is_ever_accepted_twice(full: bool, report: Report, tmp_path: Path) -> None:
    kills, people = (100, 8) if full else (6, 1)

    figures = fight(Campaign(kills=kills, seed=23, people=people, policy="hold", faults=FAULTS), tmp_path)

    report(figures)
    assert figures.second_copies == 0
