"""What the first pages cost: few queries, few bytes."""

import gzip
from collections.abc import Callable

import pytest

from tests.engine.crowd import counted_queries, crowd, two_notices
from tests.engine.world import ADMIN, World, at
from tests.web.browser import Browser
from tests.web.conftest import Clock
from web.templating import STATIC

Sign = Callable[[str | None], Browser]
ASSETS = ("duban.css", "pictures.css", "duban.js", "htmx.min.js", "icon.svg")


@pytest.fixture
def season(city: World, clock: Clock) -> World:
    """Fill a city with cases of every sort."""
    two_notices(city)
    with city.database.write() as conn:
        crowd(conn, seed=3, count=200)
    clock.now = at(9, 28, 10)
    return city


@pytest.mark.parametrize("path", ["/overview", "/overview/season", "/cases", "/people", "/units"])
def test_a_first_page_takes_at_most_twelve_queries(path: str, season: World, browser: Sign) -> None:
    admin = browser(ADMIN)

    with counted_queries(season.database) as asked:
        answer = admin.get(path)

    assert answer.status_code == 200
    assert len(asked) <= 12, asked


def test_the_overview_weighs_at_most_a_hundred_kilobytes(season: World, browser: Sign) -> None:
    page = browser(ADMIN).get("/overview").content
    files = [page, *((STATIC / name).read_bytes() for name in ASSETS)]

    assert sum(len(gzip.compress(one)) for one in files) <= 100_000
