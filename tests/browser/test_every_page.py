"""Every page of the route table for a person of each desk: it fits, speaks and shuts nobody out."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from config.schedule import Role
from tests.browser.addresses import Address, addresses
from tests.browser.eyes import CHINESE, ENGLISH, Eyes, Look
from tests.browser.site import AUDITOR, Site
from tests.browser.town import EVERYBODY
from tests.engine.world import ADMIN, WANG

DESKS = {None: None, Role.COORDINATOR: WANG, Role.ADMIN: ADMIN, Role.AUDITOR: AUDITOR}
PAGES = tuple(addresses())


@pytest.fixture(scope="module")
def eyes(chromium: Browser, town: Site) -> Iterator[Eyes]:
    """Look at a city in the middle of its season."""
    opened = Eyes(chromium, town)
    yield opened
    opened.close()


@pytest.mark.parametrize("page", PAGES, ids=[page.path for page in PAGES])
def test_a_page_is_sound_for_everybody_it_is_for(page: Address, eyes: Eyes) -> None:
    everybody = [who for desk, who in DESKS.items() if page.is_for(desk)]
    seen = {who: eyes.look_at(page.path, who, CHINESE, closely=False) for who in everybody}
    readers = [who for who, one in seen.items() if one.shown]

    assert [flaw for one in seen.values() for flaw in one.flaws] == []
    assert readers != [], "nobody was shown it"
    for look in (CHINESE, ENGLISH):
        assert eyes.look_at(page.path, readers[0], look).flaws == []


@pytest.mark.parametrize("path", ["/my", "/overview", "/history"])
@pytest.mark.parametrize("look", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_there_is_room_for_the_way_to_all_three_desks(path: str, look: Look, eyes: Eyes) -> None:
    assert eyes.look_at(path, EVERYBODY, look) == (True, [])


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("/sign-in/link/no-such-token", None),
        ("/nothing/here", None),
        ("/cases/QZ-2023-9999", WANG),
        ("/settings", WANG),
        ("/history/at?on=2023-02-31", AUDITOR),
    ],
)
def test_a_refusal_is_a_sound_page_too(path: str, who: str | None, eyes: Eyes) -> None:
    seen = [eyes.look_at(path, who, look) for look in (CHINESE, ENGLISH)]

    assert seen == [(False, []), (False, [])]
