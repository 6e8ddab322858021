"""A real browser before the real program: pages, runner and delivery on a real socket."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.site import Site, open_site
from tests.browser.town import furnish
from tests.browser.windows import NARROW, PATIENCE, Windows, windows
from tests.homes import copy_of

_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start a browser of this machine."""
    program = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("no chromium on this machine")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=list(_QUIET))
        yield browser
        browser.close()


@pytest.fixture
def site(homes: Mapping[bool, Path], tmp_path: Path) -> Iterator[Site]:
    """Serve a city on a free port of this machine, at a time that a test may move."""
    with open_site(copy_of(homes, tmp_path / "home", founded=True)) as opened:
        yield opened


@pytest.fixture(scope="module")
def town(homes: Mapping[bool, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a city in the middle of its season, for tests that look and change nothing."""
    with open_site(copy_of(homes, tmp_path_factory.mktemp("town") / "home", founded=True), furnish) as opened:
        yield opened


@pytest.fixture
def window(chromium: Browser) -> Iterator[Windows]:
    """Give ``window(site, who)``: a window that somebody has signed in at."""
    with windows(chromium) as opened:
        yield opened


@pytest.fixture
def page(window: Windows, site: Site) -> Page:
    """Give a fresh window in Chinese, 1280 pixels wide; an error of a script fails the test."""
    return window(site)


@pytest.fixture
def phone(window: Windows, site: Site) -> Page:
    """Give a fresh window in Chinese, 390 pixels wide."""
    return window(site, width=NARROW)
