from datetime import UTC, date, datetime

import pytest

from config.catalogue import catalogue
from config.errors import UserError
from config.settings import Settings
from engine.actors import operator
from engine.apply import apply_notice
from engine.home import init_home, open_home
from engine.simulate import Season, simulate
from engine.simulate.run import open_run
from engine.simulate.script import Script

from .conftest import SettingsOf

NOW = datetime(2021, 9, 13, 2, tzinfo=UTC)


def short(settings: Settings, seed: int = 1) -> Season:
    return simulate(settings, year=2021, activities=3, seed=seed, end=date(2021, 9, 28))


def test_an_older_season_is_replaced(settings_of: SettingsOf) -> None:
    first = short(settings_of("home"), seed=2)

    assert short(settings_of("home"), seed=1).root == short(settings_of("other"), seed=1).root != first.root


def test_a_home_nobody_has_worked_in_is_taken(settings_of: SettingsOf) -> None:
    init_home(settings_of("home"), now=NOW)

    assert short(settings_of("home")).root == short(settings_of("other")).root


def test_a_home_with_work_in_it_is_refused_and_left_alone(settings_of: SettingsOf) -> None:
    settings = settings_of("home")
    init_home(settings, now=NOW)
    with open_home(settings) as home, home.database.write() as conn:
        apply_notice(conn, "jiangmen-2021", catalogue()["jiangmen-2021"], actor=operator(), now=NOW)
    before = (settings.home / "duban.db").read_bytes()

    with pytest.raises(UserError) as refused:
        short(settings)

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
