"""Whole seasons of the simulator from many seeds, with faults and crashes: all that must hold, holds."""

from itertools import product
from pathlib import Path

import pytest

from config.settings import load_settings
from engine.database import open_database
from engine.simulate import Season, check_season, simulate
from tests.prove.conftest import Report
from tests.prove.soundness import problems


def play(home: Path, *, year: int, seed: int, activities: int) -> Season:
    settings = load_settings(
        home=home, database_url=f"sqlite:///{home / 'duban.db'}", mail_url=f"folder:{home / 'mail'}"
    )
    return simulate(settings, year=year, activities=activities, seed=seed, faults=True)


def assert_all_holds(season: Season) -> None:
    database = open_database(f"sqlite:///{season.home / 'duban.db'}")
    try:
        assert check_season(database, season.home / "mail") == []
    finally:
        database.close()
    assert problems(season.home / "duban.db") == []
    assert season.sound and season.unsettled == 0


@pytest.mark.timeout(3600)
def test_every_season_holds_and_comes_again_from_its_seed(full: bool, report: Report, tmp_path: Path) -> None:
    years, seeds, activities = ((2021, 2023), range(100, 125), 80) if full else ((2021,), range(1), 8)
    roots = set()

    for year, seed in product(years, seeds):
        season = play(tmp_path / f"{year}-{seed}", year=year, seed=seed, activities=activities)
        assert_all_holds(season)
        roots.add(season.root)

    again = play(tmp_path / "again", year=years[-1], seed=seeds[-1], activities=activities)
    assert again.root == season.root
    assert len(roots) == len(years) * len(seeds)
    report(f"seasons {len(roots)}, restarts of the last {season.restarts}")
