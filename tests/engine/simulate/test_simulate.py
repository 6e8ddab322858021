from dataclasses import replace
from datetime import date
from pathlib import Path

import orjson
import pytest

from config.settings import Settings
from engine.database import open_database
from engine.simulate import Season, Tick, check_season, simulate

from .conftest import SettingsOf


def problems(season: Season) -> list[str]:
    database = open_database(f"sqlite:///{(season.home / 'duban.db').as_posix()}")
    try:
        return check_season(database, season.home / "mail")
    finally:
        database.close()


def timeless(season: Season) -> dict[str, object]:
    told = replace(season, home=Path("home"), seconds=0, phases={}, examples=()).as_dict()
    return told | {"examples": [(one.kind, one.subject, one.path.name) for one in season.examples]}


def test_the_same_seed_gives_the_same_season(season: Season, settings_of: SettingsOf) -> None:
    again = simulate(settings_of("again"), year=2021, activities=25, seed=1)

    assert timeless(again) == timeless(season)


def test_everything_that_must_hold_holds(season: Season) -> None:
    assert problems(season) == []
    assert (season.sound, season.unsettled, season.activities) == (True, 0, 25)


def test_it_holds_for_another_seed(season: Season, settings_of: SettingsOf) -> None:
    other = simulate(settings_of("other"), year=2021, activities=15, seed=2)

    assert problems(other) == []
    assert other.root != season.root


def test_it_holds_for_notices_that_extend_another(settings_of: SettingsOf) -> None:
    end = date(2023, 10, 12)
    season = simulate(settings_of("home"), year=2023, activities=20, seed=7, end=end)

    assert problems(season) == []
    assert set(season.places.values()) == {"全国", "成都市", "新乡市", "泉州市"}
    assert season.end == end


def test_nothing_is_lost_when_mails_and_the_program_fail(settings_of: SettingsOf) -> None:
    season = simulate(
        settings_of("home"), year=2021, activities=25, seed=4, end=date(2021, 11, 5), faults=True
    )

    assert problems(season) == []
    assert season.restarts > 0
    assert set(season.mails) <= {"sent", "obsolete", "dead", "held"}


def test_faults_come_again_with_the_same_seed(settings_of: SettingsOf) -> None:
    one, other = (
        simulate(settings_of(name), year=2021, activities=8, seed=5, end=date(2021, 10, 1), faults=True)
        for name in ("one", "other")
    )

    assert one.root == other.root


def test_people_are_of_all_kinds(season: Season) -> None:
    assert {"cancel", "return", "close", "commend", "postpone"} <= set(season.steps)
    assert {"reminder", "overdue", "already_due", "returned"} <= set(season.templates)


def test_three_mails_are_shown_and_are_there(season: Season) -> None:
    assert [one.kind for one in season.examples] == ["reminder", "overdue", "closing"]
    assert all(b"\r\nMessage-ID: <" in one.path.read_bytes() for one in season.examples)


def test_a_season_is_told_as_plain_data(season: Season) -> None:
    told = orjson.loads(orjson.dumps(season.as_dict()))

    assert told["root"] == season.root
    assert told["rungs"][0]["name"] == {"zh": "活动征集", "en": "File activities planned"}
    assert sum(told["states"]["jiangmen-2021"]["activity"].values()) == 25


def test_progress_counts_the_days_to_the_last(settings_of: SettingsOf) -> None:
    ticks: list[Tick] = []
    simulate(
        settings_of("home"), year=2021, activities=5, seed=1, end=date(2021, 10, 1), progress=ticks.append
    )

    assert [tick.days_done for tick in ticks] == sorted({tick.days_done for tick in ticks})
    assert ticks[-1].days_done <= ticks[-1].days
    assert ticks[-1].steps > 0


def test_no_mail_goes_to_the_server_that_the_environment_names(
    settings_of: SettingsOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUBAN_MAIL_URL", "smtp://user:secret@127.0.0.1:1")
    monkeypatch.setenv("DUBAN_DATABASE_URL", "sqlite:////nowhere/at/all.db")
    own: Settings = settings_of("home")

    season = simulate(own, year=2021, activities=3, seed=1, end=date(2021, 9, 28))

    assert season.mails["sent"] == len(list((own.home / "mail").glob("*.eml")))
