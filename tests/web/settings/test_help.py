"""The guide: for anyone, one's own desks first, every link leads somewhere."""

import re
from collections.abc import Callable

import pytest

from tests.engine.world import ADMIN, WANG
from tests.web.browser import Browser
from web.desks.help import BY_DESK, EVERYBODY
from web.routes import ROUTERS
from web.words import TEXTS

Open = Callable[[str | None], Browser]
ADVICE = [one for advice in (EVERYBODY, *BY_DESK.values()) for one in advice]


def test_anyone_may_read_it(browser: Open) -> None:
    page = browser(None).get("/help")

    assert page.status_code == 200
    assert "怎样登录" in page.text
    assert all(TEXTS[f"help.desk_{desk}"][0] in page.text for desk in BY_DESK)


@pytest.mark.parametrize(("address", "first"), [(WANG, "收到提醒邮件"), (ADMIN, "谁逾期了")])
def test_ones_own_desk_stands_first(address: str, first: str, browser: Open) -> None:
    page = browser(address).get("/help").text

    questions = re.findall(r"<h3>([^<]+)</h3>", page)
    assert questions[0] == first


def test_it_speaks_english(browser: Open) -> None:
    stranger = browser(None)
    stranger.post("/language", {"lang": "en", "next": "/help"})

    assert "What to do when" in stranger.get("/help").text


@pytest.mark.parametrize("one", ADVICE, ids=lambda one: one.key)
def test_every_advice_has_words_and_a_page(one: object) -> None:
    key, href = one  # type: ignore[misc]
    patterns = [route.path_regex for router in ROUTERS for route in router.routes]  # type: ignore[attr-defined]

    assert {f"help.{key}", f"help.{key}_how"} <= TEXTS.keys()
    assert href is None or any(one.match(re.split("[?#]", href)[0]) for one in patterns)
