from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from config.catalogue import catalogue
from config.errors import UserError
from config.settings import Settings
from engine.actors import operator
from engine.apply import apply_notice
from engine.home import init_home, open_home
from engine.meta import get_meta
from engine.simulate import simulate
from engine.simulate.run import open_run
from engine.simulate.script import Script
from engine.tables import history

from .conftest import SettingsOf

NOW = datetime(2021, 9, 13, 2, tzinfo=UTC)


SCRIPT = Script(year=2021, activities=3, seed=1)


def subjects(settings: Settings) -> set[str]:
    """Open a season, play nothing of it, and return what kinds of subject its history has."""
    with open_run(settings, SCRIPT) as run, run.database.read() as conn:
        return {subject.partition(":")[0] for subject in conn.scalars(select(history.c.subject))}


def test_an_older_season_is_replaced(settings_of: SettingsOf) -> None:
    settings = settings_of("home")
    season = simulate(settings, year=2021, activities=3, seed=2, end=date(2021, 9, 17))
    mails = len(list((settings.home / "mail").iterdir()))

    assert season.mails["sent"] == mails > 0
    assert subjects(settings) == {"lifecycle"}
    assert list((settings.home / "mail").iterdir()) == []


def test_a_home_nobody_has_worked_in_is_taken(settings_of: SettingsOf) -> None:
    init_home(settings_of("home"), now=NOW, origin="other")

    with open_run(settings_of("home"), SCRIPT) as run, run.database.read() as conn:
        assert get_meta(conn, "origin") == SCRIPT.origin


def test_a_home_with_work_in_it_is_refused_and_left_alone(settings_of: SettingsOf) -> None:
    settings = settings_of("home")
    init_home(settings, now=NOW)
    with open_home(settings) as home, home.database.write() as conn:
        apply_notice(conn, "jiangmen-2021", catalogue()["jiangmen-2021"], actor=operator(), now=NOW)
    before = (settings.home / "duban.db").read_bytes()

    with pytest.raises(UserError) as refused:
        subjects(settings)

    assert refused.value.code == "simulate.home_used"
    assert (settings.home / "duban.db").read_bytes() == before


@pytest.mark.parametrize(
    ("script", "code"),
    [
        (Script(year=1999, activities=10, seed=1), "simulate.year"),
        (Script(year=2021, activities=0, seed=1), "simulate.activities"),
        (
            Script(year=2021, activities=10, seed=1, start=date(2021, 2, 1), end=date(2021, 1, 1)),
            "simulate.dates",
        ),
    ],
)
def test_a_season_that_cannot_be_played_is_refused(
    script: Script, code: str, settings_of: SettingsOf
) -> None:
    settings = settings_of("home")
    with pytest.raises(UserError) as refused, open_run(settings, script):
        pass

    assert refused.value.code == code
    assert not settings.home.exists()
