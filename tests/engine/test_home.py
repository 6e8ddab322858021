"""Making a home: the key of its checkpoints with it."""

from pathlib import Path

import pytest

from config.errors import UserError
from config.settings import Settings, load_settings
from engine.home import KEY, init_home, open_home
from tests.engine.world import NOW


@pytest.fixture
def chosen(tmp_path: Path) -> Settings:
    return load_settings(home=tmp_path, database_url=f"sqlite:///{tmp_path / 'duban.db'}")


def test_a_home_has_a_key_of_its_own_name_for_its_owner_alone(chosen: Settings, tmp_path: Path) -> None:
    init_home(chosen, now=NOW, origin="quanzhou")

    with open_home(chosen) as home:
        assert home.seal_key().name == "duban/quanzhou"
    assert (tmp_path / KEY).stat().st_mode & 0o777 == 0o600


def test_a_second_init_keeps_the_key_and_brings_back_a_lost_one(chosen: Settings, tmp_path: Path) -> None:
    init_home(chosen, now=NOW, origin="quanzhou")
    first = (tmp_path / KEY).read_text()

    kept = init_home(chosen, now=NOW), (tmp_path / KEY).read_text()
    (tmp_path / KEY).unlink()
    made = init_home(chosen, now=NOW)

    assert (kept, made) == ((False, first), True)
    with open_home(chosen) as home:
        assert home.seal_key().name == "duban/quanzhou"


def test_a_missing_key_is_told_with_the_way_out(chosen: Settings, tmp_path: Path) -> None:
    init_home(chosen, now=NOW)
    (tmp_path / KEY).unlink()

    with open_home(chosen) as home, pytest.raises(UserError) as refused:
        home.seal_key()

    assert refused.value.code == "key.missing"
    assert "duban init" in refused.value.in_("zh")
