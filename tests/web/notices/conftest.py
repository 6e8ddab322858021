"""An admin's browser on the page that changes the city's schedule."""

from collections.abc import Callable
from datetime import datetime

import pytest

from tests.engine.world import ADMIN, NOTICE, at
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.web.notices.reading import form_of

Filled = Callable[..., dict[str, str]]
PAGE = f"/notices/{NOTICE}"


@pytest.fixture
def autumn(clock: Clock) -> datetime:
    """Set the clock to 12 September, before anybody signs in, and give that instant."""
    clock.now = at(9, 12, 10)
    return clock.now


@pytest.fixture
def admin(browser: Callable[[str], Browser]) -> Browser:
    """Give the city's admin, signed in."""
    return browser(ADMIN)


@pytest.fixture
def filled(admin: Browser) -> Filled:
    """Give ``filled()``: the form of the schedule, or its text, as the browser would send it."""

    def fill(*, as_text: bool = False) -> dict[str, str]:
        page = admin.get(f"{PAGE}/edit{'?as=text' if as_text else ''}").text
        return form_of(page, f"{PAGE}/plan")

    return fill
