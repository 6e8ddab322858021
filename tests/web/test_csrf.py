"""Forms from elsewhere: a change needs a token of the visitor's own cookie, and a browser that agrees."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.accounts.api_tokens import make
from engine.home import Home
from tests.engine.world import ADMIN, NOW, WANG, World, at
from tests.web.browser import Browser
from tests.web.probe import Place, open_place
from web.csrf import fits, from_elsewhere, token_for

HOME = "https://duban.example.cn"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Give a city whose pages go wrong."""
    with open_place(tmp_path_factory.mktemp("place")) as opened:
        yield opened


@pytest.fixture
def visitor(place: Place) -> Iterator[Browser]:
    """Give a signed-in person's browser."""
    one = Browser(place.app, WANG)
    yield one
    one.close()


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_change_needs_the_token_whatever_the_method(method: str, visitor: Browser) -> None:
    without = visitor.request(method, "/probe/changed")
    wrong = visitor.request(method, "/probe/changed", headers={"x-csrf-token": token_for("another's")})
    right = visitor.request(method, "/probe/changed", headers={"x-csrf-token": visitor.token})

    assert (without.status_code, wrong.status_code, right.status_code) == (403, 403, 200)


def test_the_token_may_come_as_a_field(visitor: Browser) -> None:
    assert visitor.post("/probe/changed").text == "changed"
    assert visitor.request("POST", "/probe/changed", data={"csrf": ""}).status_code == 403


def test_a_token_that_is_a_file_is_none(visitor: Browser) -> None:
    sent = visitor.request("POST", "/probe/changed", files={"csrf": ("x", visitor.token)})

    assert sent.status_code == 403


def test_the_token_of_somebody_else_who_is_signed_in_is_refused(visitor: Browser, place: Place) -> None:
    other = Browser(place.app, ADMIN)

    answer = visitor.request("POST", "/probe/changed", headers={"x-csrf-token": other.token})

    assert answer.status_code == 403


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1:8000"},
        {"origin": "https://evil.example.org"},
        {"origin": "http://127.0.0.1:9000"},
        {"origin": "null"},
    ],
)
def test_another_site_is_refused_even_with_the_token(elsewhere: dict[str, str], visitor: Browser) -> None:
    headers = {"x-csrf-token": visitor.token, **elsewhere}

    assert visitor.request("POST", "/probe/changed", headers=headers).status_code == 403


@pytest.mark.parametrize(
    "here",
    [{"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}, {"origin": "http://127.0.0.1:8000"}],
)
def test_our_own_forms_are_taken(here: dict[str, str], visitor: Browser) -> None:
    headers = {"x-csrf-token": visitor.token, **here}

    assert visitor.request("POST", "/probe/changed", headers=headers).status_code == 200


def test_a_refused_form_says_how_to_go_on(visitor: Browser) -> None:
    answer = visitor.request("POST", "/probe/changed")

    assert "请刷新后再提交" in answer.text
    assert "权限" not in answer.text


def test_over_tls_a_page_without_tls_is_elsewhere() -> None:
    asked = {"host": "duban.example.cn", "origin": "http://duban.example.cn"}

    assert from_elsewhere(asked, base_url=HOME)


def test_behind_a_proxy_that_renames_the_host_we_are_still_at_home() -> None:
    asked = {"host": "10.0.0.7:8000", "origin": HOME}

    assert not from_elsewhere(asked, base_url=HOME)


def test_the_api_does_not_know_cookies(visitor: Browser) -> None:
    headers = {"x-csrf-token": visitor.token}

    got = visitor.get("/api/v1/probe")
    sent = visitor.request("POST", "/api/v1/probe", json={}, headers=headers)

    assert (got.status_code, sent.status_code) == (401, 401)


def test_the_api_asks_programs_for_no_form_token(place: Place, visitor: Browser) -> None:
    headers = {"authorization": f"Bearer {key_of(place.home)}", "origin": "https://elsewhere.example.org"}
    sent = visitor.request("POST", "/api/v1/probe", json={"name": "abc"}, headers=headers)

    assert sent.json() == {"name": 3}


def test_a_token_that_opens_the_api_opens_no_page(place: Place) -> None:
    answer = Browser(place.app).get("/", headers={"authorization": f"Bearer {key_of(place.home)}"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


def key_of(home: Home) -> str:
    """Return a key of somebody's for the API."""
    person = World(home.database).person(WANG).person_id
    assert person is not None
    with home.database.write() as conn:
        return make(conn, person, name="t", writes=True, expires_at=at(12, 1), now=NOW)


def test_no_two_tokens_are_alike_and_none_shows_the_cookie() -> None:
    tokens = {token_for("cookie") for _ in range(50)}

    assert len(tokens) == 50
    assert len({token[:8] for token in tokens}) == len({token[-8:] for token in tokens}) == 50
    assert all(fits(token, "cookie") and not fits(token, "cookies") for token in tokens)


@given(st.text(max_size=200))
def test_nothing_made_up_fits(token: str) -> None:
    assert not fits(token, "cookie")
