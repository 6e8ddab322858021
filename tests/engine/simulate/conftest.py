"""Small seasons in homes of their own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from config.settings import Settings, load_settings
from engine.simulate import Season, simulate

SettingsOf = Callable[[str], Settings]


@pytest.fixture
def settings_of(tmp_path: Path) -> SettingsOf:
    """Return a factory: ``settings_of("name")`` are settings with a home of that name."""
    return lambda name: load_settings(home=tmp_path / name)


@pytest.fixture(scope="session")
def season(tmp_path_factory: pytest.TempPathFactory) -> Season:
    """A season of 2021 with some activities, played once for all tests; nobody may change its home."""
    settings = load_settings(home=tmp_path_factory.mktemp("season") / "home")
    return simulate(settings, year=2021, activities=25, seed=1)
