"""Homes to test in, made once and copied: making one takes longer than most tests."""

from collections.abc import Mapping
from pathlib import Path
from shutil import copytree

import pytest

from config.settings import load_settings
from engine.home import init_home, open_home
from tests.engine.world import NOW, World


def copy_of(homes: Mapping[bool, Path], folder: Path, *, founded: bool) -> Path:
    """Return a new home in ``folder``: empty, or a city's."""
    return Path(copytree(homes[founded], folder))


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Mapping[bool, Path]:
    """Return an empty home and (True) a city's, to be copied."""
    folder = tmp_path_factory.mktemp("homes")
    init_home(load_settings(home=folder / "empty"), now=NOW, origin="test")
    city = copytree(folder / "empty", folder / "city")
    with open_home(load_settings(home=city)) as home:
        World(home.database).found()
    return {False: folder / "empty", True: Path(city)}
