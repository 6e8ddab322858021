"""A served city: the application on a real SQLite file, and browsers (without a screen) of its people."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

import pytest
from fastapi import FastAPI

from config.settings import load_settings
from engine.home import Home, open_home
from tests.databases import begins_founded
from tests.engine.world import NOW, World
from tests.homes import copy_of
from tests.web.browser import Browser
from web.app import build


class Clock:
    """A clock that a test sets."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Give the application's clock, which stands still."""
    return Clock(NOW)


@pytest.fixture
def home(homes: Mapping[bool, Path], tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Home]:
    """Give an open home: with nothing in it, or a city's."""
    folder = copy_of(homes, tmp_path / "home", founded=begins_founded(request))
    with open_home(load_settings(home=folder)) as opened:
        yield opened


@pytest.fixture
def city(home: Home, founded: None) -> World:
    """Give a city with people and a notice in force, in that home."""
    return World(home.database)


@pytest.fixture
def app(home: Home, clock: Clock) -> FastAPI:
    """Give the application of that home."""
    return build(home, clock=clock)


@pytest.fixture
def browser(app: FastAPI, city: World) -> Iterator[Callable[[str | None], Browser]]:
    """Give ``browser(address)``: somebody signed in (None: a stranger)."""
    opened: list[Browser] = []

    def make(address: str | None = None) -> Browser:
        opened.append(Browser(app, address))
        return opened[-1]

    yield make
    for one in opened:
        one.close()
