import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from starlette.testclient import TestClient

from engine.accounts.tables import ticket as tickets
from engine.home import Home
from engine.tables import message, metadata
from tests.engine.world import NOW, WANG, World
from tests.web.account.conftest import PASSWORD
from tests.web.browser import Browser
from web.app import build
from web.csrf import token_for
from web.visit import SESSION, VISITOR

Browse = Callable[..., Browser]
CHANGES = (
    *("/sign-out", "/me/password", "/me/tokens", "/me/calendar"),
    *("/sign-in", "/sign-in/link", "/language"),
)


def everything(home: Home) -> dict[str, list[Any]]:
    """Return every row of every table."""
    with home.database.read() as conn:
        return {table.name: list(conn.execute(select(table))) for table in metadata.sorted_tables}


def test_the_session_changes_at_sign_in_and_a_planted_cookie_is_not_adopted(
    browser: Browse, with_password: Callable[[str], None]
) -> None:
    with_password(WANG)
    victim, thief = browser(), browser()
    victim.cookies.set(SESSION, "planted")
    thief.cookies.set(SESSION, "planted")

    victim.post("/sign-in", {"address": WANG, "password": PASSWORD})

    assert victim.cookies.get(SESSION, domain="127.0.0.1") not in (None, "planted")
    assert thief.get("/me").status_code == 303


def test_an_old_cookie_is_worth_nothing_after_signing_out(browser: Browse) -> None:
    here, kept = browser(WANG), browser()
    kept.cookies.set(SESSION, here.cookies.get(SESSION))
    assert kept.get("/me").status_code == 200

    answer = here.post("/sign-out")

    assert answer.headers["location"] == "/sign-in"
    assert kept.get("/me").headers["location"].startswith("/sign-in")


@pytest.mark.parametrize(
    ("base", "secure"), [("http://127.0.0.1:8000", False), ("https://duban.example.cn", True)]
)
def test_cookies_are_for_us_alone_and_over_tls_only_where_there_is_tls(
    home: Home, ticket: Callable[..., str], base: str, secure: bool
) -> None:
    app = build(
        replace(home, settings=home.settings.model_copy(update={"base_url": base})), clock=lambda: NOW
    )
    with TestClient(app, base_url=base, follow_redirects=False) as client:
        page = client.get("/sign-in")
        visitor = client.cookies.get(app.state.office.cookie(VISITOR)) or ""
        answer = client.post(f"/sign-in/link/{ticket(WANG)}", data={"csrf": token_for(visitor)})

    set_cookies = [*page.headers.get_list("set-cookie"), *answer.headers.get_list("set-cookie")]
    assert any(SESSION in one for one in set_cookies)
    for one in set_cookies:
        assert ("HttpOnly" in one, "SameSite=lax" in one, "Secure" in one) == (True, True, secure)


@pytest.mark.parametrize(
    "given",
    [
        ({}, {}),
        ({"csrf": "wrong"}, {}),
        ({"csrf": token_for("somebody else")}, {}),
        ({}, {"x-csrf-token": "wrong"}),
        (None, {"origin": "https://evil.example.cn"}),
        (None, {"origin": "null"}),
        (None, {"sec-fetch-site": "cross-site"}),
        (None, {"sec-fetch-site": "same-site"}),
    ],
)
def test_a_form_from_elsewhere_is_refused(
    browser: Browse, home: Home, given: tuple[dict[str, str] | None, dict[str, str]]
) -> None:
    person, (data, headers) = browser(WANG), given
    before = everything(home)

    form = {"csrf": person.token} if data is None else data
    answers = [person.request("POST", path, data=form, headers=headers) for path in CHANGES]

    assert {answer.status_code for answer in answers} == {403}
    assert everything(home) == before


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_link_followed_by_scanners_changes_nothing(
    browser: Browse, home: Home, ticket: Callable[..., str], method: str
) -> None:
    token = ticket(WANG)
    before = everything(home)

    for _ in range(20):
        browser().request(method, f"/sign-in/link/{token}")

    assert everything(home) == before
    assert browser().post(f"/sign-in/link/{token}").status_code == 303


def test_no_secret_is_in_the_database_as_it_is(
    browser: Browse, home: Home, ticket: Callable[..., str], with_password: Callable[[str], None]
) -> None:
    with_password(WANG)
    link, person = ticket(WANG), browser()
    person.post(f"/sign-in/link/{link}")
    session = person.cookies.get(SESSION)
    api = re.search(r"duban_[\w-]{43}", person.post("/me/tokens", token_form()).text)
    feed = re.search(r"/feeds/([\w-]{43})\.ics", person.post("/me/calendar").text)
    assert session and api and feed

    home.database.close()
    kept = b"".join(file.read_bytes() for file in home.path.glob("duban.db*"))

    for secret in (link, session, api[0], api[0].removeprefix("duban_"), feed[1], PASSWORD):
        assert secret.encode() not in kept


def token_form() -> dict[str, str]:
    return {"token_name": "sync", "token_reach": "read", "token_until": "2023-12-31"}


def test_a_mail_leads_to_us_whatever_host_was_asked(browser: Browse, mailed: Callable[[], list[str]]) -> None:
    visitor = browser()
    elsewhere = {"host": "evil.example.cn", "x-forwarded-host": "evil.example.cn"}

    answer = visitor.post("/sign-in/link", {"address": WANG}, headers=elsewhere)
    mail = mailed()[-1]

    assert answer.status_code == 200
    assert ("evil" in mail, "http://127.0.0.1:8000/sign-in/link/" in mail) == (False, True)


@pytest.mark.parametrize(
    "address",
    [f"{WANG}\r\nBcc: evil@example.cn", f"{WANG}\nBcc: evil@example.cn", f"{WANG}%0d%0aBcc:evil@example.cn"],
)
def test_line_breaks_in_an_address_reach_nobody(browser: Browse, city: World, address: str) -> None:
    answer = browser().post("/sign-in/link", {"address": address})

    assert answer.status_code in (200, 422)
    assert city.rows(tickets) == []
    assert city.rows(message) == []
    assert "bcc" not in answer.headers


@pytest.mark.parametrize("goal", ["/me\r\nSet-Cookie: a=b", "/me\nLocation: https://evil.example.cn"])
def test_line_breaks_in_a_goal_make_no_header(
    browser: Browse, with_password: Callable[[str], None], goal: str
) -> None:
    with_password(WANG)

    answer = browser().post("/sign-in", {"address": WANG, "password": PASSWORD, "next": goal})

    assert answer.headers["location"] == "/"
    assert not any(one.startswith("a=") for one in answer.headers.get_list("set-cookie"))


def test_markup_in_a_field_stays_text(browser: Browse) -> None:
    answer = browser().post("/sign-in/link", {"address": '"><script>alert(1)</script>@example.cn'})

    assert "<script>alert" not in answer.text


def test_somebody_not_active_comes_in_by_no_way(
    browser: Browse, home: Home, ticket: Callable[..., str], with_password: Callable[[str], None]
) -> None:
    with_password(WANG)
    person, token = browser(WANG), ticket(WANG)
    with home.database.write() as conn:
        people = metadata.tables["person"]
        conn.execute(people.update().where(people.c.email == WANG).values(active=False))

    answers = [
        person.get("/me").status_code,
        browser().post(f"/sign-in/link/{token}").status_code,
        browser().post("/sign-in", {"address": WANG, "password": PASSWORD}).status_code,
    ]

    assert answers == [303, 404, 422]


def test_every_way_in_is_there(app: FastAPI, browser: Browse) -> None:
    assert [browser().get(path).status_code for path in ("/sign-in", "/sign-in?by=password", "/me")] == [
        200,
        200,
        303,
    ]
