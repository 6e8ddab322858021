import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from joserfc.jwk import RSAKey
from markupsafe import Markup
from pydantic import SecretStr

from config.settings import load_settings
from engine.accounts.tables import session
from engine.home import Home
from tests.engine.world import NOW, WANG, World
from tests.web.account.provider import CLIENT, SECRET, Organisation, organisation
from tests.web.browser import Browser
from tests.web.conftest import Clock
from web.app import build
from web.sso_way import WAY
from web.visit import SESSION


@pytest.fixture
def provider() -> Iterator[Organisation]:
    with organisation() as one:
        yield one


@pytest.fixture
def visitor(home: Home, city: World, clock: Clock, provider: Organisation) -> Iterator[Browser]:
    """Give a stranger at a home that knows the organisation's sign-in."""
    given = {"sso_issuer": provider.issuer, "sso_client_id": CLIENT, "sso_client_secret": SecretStr(SECRET)}
    known = replace(home, settings=home.settings.model_copy(update=given))
    browser = Browser(build(known, clock=clock))
    yield browser
    browser.close()


def departure(visitor: Browser, **form: str) -> str:
    """Start the way and return the address that the page leads to."""
    page = visitor.post("/sso/start", form)
    assert page.status_code == 200
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page.text)
    assert found is not None
    return str(Markup(found[1]).unescape())


def back(visitor: Browser, provider: Organisation) -> Any:
    """Go there, prove who one is, and come back."""
    return visitor.get(f"/sso/callback?{provider.visited(departure(visitor))}")


def test_the_way_there_asks_for_what_it_needs_and_no_secret_is_in_it(
    visitor: Browser, provider: Organisation
) -> None:
    address = departure(visitor)

    asked = dict(parse_qsl(urlsplit(address).query))
    assert address.startswith(f"{provider.issuer}/authorize?")
    assert all(len(asked.pop(name)) >= 43 for name in ("nonce", "state", "code_challenge"))
    assert asked == {
        "response_type": "code",
        "client_id": CLIENT,
        "scope": "openid email",
        "code_challenge_method": "S256",
        "redirect_uri": "http://127.0.0.1:8000/sso/callback",
    }
    assert SECRET not in address


def test_a_verified_address_signs_in_and_goes_on(
    visitor: Browser, provider: Organisation, city: World
) -> None:
    provider.wrong = {"email": WANG.upper()}
    query = provider.visited(departure(visitor, next="/me?a=1"))

    answer = visitor.get(f"/sso/callback?{query}")

    assert (answer.status_code, answer.headers["location"]) == (303, "/me?a=1")
    assert visitor.get("/me").status_code == 200
    assert [row.person_id for row in city.rows(session)] == [city.person(WANG).person_id]


def test_an_address_may_be_told_on_the_second_question(visitor: Browser, provider: Organisation) -> None:
    provider.wrong = {"email": None, "email_verified": None}
    provider.told = {"sub": "7", "email": WANG, "email_verified": True}

    assert back(visitor, provider).status_code == 303


EARLIER = int((NOW - timedelta(hours=1)).timestamp())


@pytest.mark.parametrize(
    "wrong",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another"},
        {"aud": ["another", "third"]},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"iss": "https://evil.example.cn"},
        {"exp": EARLIER},
        {"iat": EARLIER + 7200},
        {"exp": None},
        {"sub": None},
        {"email_verified": False},
        {"email_verified": None},
        {"email": None},
        {"email": "xiang@example.cn"},
        {"email": [WANG]},
    ],
    ids=str,
)
def test_a_token_with_anything_wrong_lets_nobody_in(
    visitor: Browser, provider: Organisation, city: World, wrong: dict[str, Any]
) -> None:
    provider.wrong = wrong

    answer = back(visitor, provider)

    assert (answer.status_code, "没有登录" in answer.text) == (403, True)
    assert 'action="/sign-in/link"' in answer.text
    assert (SESSION in answer.cookies, city.rows(session)) == (False, [])


def test_anothers_word_on_the_second_question_does_not_count(
    visitor: Browser, provider: Organisation, city: World
) -> None:
    provider.wrong = {"email": None}
    provider.told = {"sub": "8", "email": WANG, "email_verified": True}

    assert (back(visitor, provider).status_code, city.rows(session)) == (403, [])


def test_a_token_signed_by_somebody_else_lets_nobody_in(
    visitor: Browser, provider: Organisation, city: World
) -> None:
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "1"})

    assert (back(visitor, provider).status_code, city.rows(session)) == (403, [])


def test_who_is_not_known_is_told_whom_to_ask(visitor: Browser, provider: Organisation) -> None:
    provider.wrong = {"email": "xiang@example.cn"}

    page = back(visitor, provider).text

    assert "xiang@example.cn 没有在督办里登记" in page
    assert "联系本市管理员" in page


def test_a_state_counts_once_even_with_its_cookie(
    visitor: Browser, provider: Organisation, city: World
) -> None:
    query = provider.visited(departure(visitor))
    kept = visitor.cookies.get(WAY)
    visitor.get(f"/sso/callback?{query}")
    visitor.post("/sign-out")
    provider.codes.add("code-1")
    visitor.cookies.set(WAY, kept)

    again = visitor.get(f"/sso/callback?{query}")

    assert (again.status_code, city.rows(session)) == (403, [])


@pytest.mark.parametrize(
    "query", ["", "?code=code-1", "?state=x&code=code-1", "?error=access_denied&state={state}"]
)
def test_an_answer_that_does_not_fit_lets_nobody_in(
    visitor: Browser, provider: Organisation, city: World, query: str
) -> None:
    provider.visited(departure(visitor))

    answer = visitor.get(f"/sso/callback{query.format(state=provider.asked['state'])}")

    assert (answer.status_code, city.rows(session)) == (403, [])


def test_an_answer_in_another_browser_lets_nobody_in(
    visitor: Browser, provider: Organisation, city: World
) -> None:
    query = provider.visited(departure(visitor))
    visitor.cookies.delete(WAY)

    assert (visitor.get(f"/sso/callback?{query}").status_code, city.rows(session)) == (403, [])


def test_an_answer_that_took_too_long_lets_nobody_in(
    visitor: Browser, provider: Organisation, clock: Clock, city: World
) -> None:
    query = provider.visited(departure(visitor))
    clock.now = NOW + timedelta(minutes=11)

    assert (visitor.get(f"/sso/callback?{query}").status_code, city.rows(session)) == (403, [])


@pytest.mark.parametrize(
    "lies",
    [
        {"issuer": "https://evil.example.cn"},
        {"authorization_endpoint": None},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
    ids=str,
)
def test_a_sign_in_that_does_not_answer_leaves_the_other_ways(
    visitor: Browser, provider: Organisation, lies: dict[str, Any]
) -> None:
    provider.lies = lies

    answer = visitor.post("/sso/start")

    assert (answer.status_code, "统一登录没有正常答复" in answer.text) == (502, True)
    assert 'action="/sign-in/link"' in answer.text


def test_without_the_settings_there_is_no_such_way(browser: Callable[[], Browser]) -> None:
    stranger = browser()

    answers = [stranger.post("/sso/start").status_code, stranger.get("/sso/callback").status_code]

    assert answers == [404, 404]
    assert "/sso/start" not in stranger.get("/sign-in").text


def test_with_them_the_sign_in_page_offers_it(visitor: Browser) -> None:
    assert "用单位账号登录" in visitor.get("/sign-in").text


def test_without_the_settings_nothing_of_it_is_imported() -> None:
    code = "import sys, web.app; print(*{'authlib', 'joserfc', 'httpx', 'web.sso'} & sys.modules.keys())"

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout.strip() == ""


def test_a_home_without_the_extra_says_so(visitor: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "web.sso", None)

    answer = visitor.post("/sso/start")

    assert (answer.status_code, "没有安装 duban[sso]" in answer.text) == (422, True)


@pytest.mark.parametrize(
    "given",
    [
        {"sso_issuer": "https://login.example.cn"},
        {"sso_client_id": "duban"},
        {"sso_client_secret": "s3cret"},
        {"sso_issuer": "http://login.example.cn", "sso_client_id": "d", "sso_client_secret": "s3cret"},
        {"sso_issuer": "login.example.cn", "sso_client_id": "d", "sso_client_secret": "s3cret"},
    ],
)
def test_settings_that_are_incomplete_or_unsafe_are_refused(given: dict[str, str]) -> None:
    with pytest.raises(Exception, match="DUBAN_SSO") as refused:
        load_settings(**given)

    assert "s3cret" not in str(refused.value)
