"""Errors as pages, parts of pages and problems: the right status, the way out, nothing of our insides."""

import re
from collections.abc import Iterator

import pytest
from fastapi.routing import APIRoute

from config.errors import UserError
from tests.engine.world import WANG
from tests.web.browser import Browser
from tests.web.probe import SECRETS, Place, open_place
from web.errors import status_of
from web.words import TEXTS


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


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("case.unknown", 404),
        ("rights.region", 403),
        ("case.changed_meanwhile", 409),
        ("step.raced", 409),
        ("order.key_reused", 409),
        ("database.busy", 503),
        ("step.blocked", 422),
        ("", 422),
    ],
)
def test_a_refusal_has_the_status_that_says_best_what_it_means(
    code: str, status: int, visitor: Browser
) -> None:
    assert status_of(UserError(zh="", en="", code=code)) == status
    if code:
        answers = [visitor.get(f"{way}/probe/refused/{code}").status_code for way in ("", "/api/v1")]
        assert answers == [status, status]


def test_a_refusal_is_a_page_in_the_frame_with_its_words_escaped(visitor: Browser) -> None:
    html = visitor.get("/probe/refused/x.y").text

    assert html.startswith("<!doctype html>")
    assert "&lt;b&gt;不行&lt;/b&gt;" in html
    assert "王敏" in html


def test_a_part_of_a_page_is_answered_with_a_part(visitor: Browser) -> None:
    html = visitor.get("/probe/refused/x.y", headers={"hx-request": "true"}).text

    assert html.startswith('<div class="note late" role="alert"')
    assert "<html" not in html


def test_a_program_gets_a_problem(visitor: Browser) -> None:
    headers = {"x-request-id": "abcdef-123456", "accept-language": "en"}
    answer = visitor.get("/api/v1/probe/refused/x.y", headers=headers)

    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "urn:duban:problem:x.y",
        "title": "no",
        "status": 422,
        "detail": "no",
        "instance": "urn:duban:request:abcdef-123456",
    }


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/v1/probe/broken", "/api/v1/probe?x=%00"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_problem_is_in_the_readers_language(path: str, lang: str, visitor: Browser) -> None:
    answer = visitor.get(path, headers={"accept-language": lang})
    known = {text[lang == "en"] for text in TEXTS.values()}

    assert answer.json()["detail"] in known
    assert answer.json()["status"] == answer.status_code


@pytest.mark.parametrize("path", ["/probe/broken/x", "/probe/before"])
def test_a_fault_is_a_page_with_its_number_and_nothing_of_our_insides(path: str, visitor: Browser) -> None:
    answer = visitor.get(path)

    assert answer.status_code == 500
    assert answer.headers["x-request-id"] in answer.text
    assert "系统出了问题" in answer.text
    assert not re.search(r"Traceback|ValueError|\.py|line \d", answer.text)
    assert not any(secret in answer.text for secret in SECRETS)


def test_a_fault_for_a_program_tells_nothing_either(visitor: Browser) -> None:
    answer = visitor.get("/api/v1/probe/broken")

    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert answer.headers["x-request-id"] in answer.text
    assert SECRETS[0] not in answer.text


def test_when_not_even_the_visitor_can_be_found_out_there_is_a_page(
    visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.visit.session_of", fails)
    answer = visitor.get("/probe")

    assert (answer.status_code, "系统出了问题" in answer.text) == (500, True)


@pytest.mark.parametrize("path", ["/probe/broken/x", "/no-such-page", "/probe?x=%00"])
def test_when_no_page_can_be_made_there_is_a_line_with_the_number(
    path: str, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.templating.Pages.whole", fails)
    answer = visitor.get(path)

    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["x-request-id"] in answer.text
    assert answer.headers["content-security-policy"]


def fails(*_: object, **__: object) -> None:
    """Fail."""
    raise RuntimeError(SECRETS[0])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/probe/%00", 404),
        ("/%0d%0aset-cookie:x=y", 404),
        ("/probe%1b", 404),
        ("/probe/number/" + "9" * 30, 404),
        ("/probe/number/x", 404),
        ("/probe/refused/" + "x" * 300, 404),
        ("/" + "x" * 1500, 414),
        ("/probe?" + "x" * 9000, 414),
        ("/probe?q=a%00b", 400),
        ("/probe?q=%ff%fe&q=%ed%a0%80", 200),
        ("/%ff%fe", 404),
        ("/probe;x=y", 404),
    ],
)
def test_an_odd_address_is_refused_and_breaks_nothing(path: str, status: int, visitor: Browser) -> None:
    answer = visitor.request("GET", path)

    assert answer.status_code == status
    assert "x=y" not in answer.headers.get("set-cookie", "")


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("POST", "/probe", "GET, HEAD, OPTIONS"),
        ("GET", "/probe/form", "OPTIONS, POST"),
        ("GET", "/probe/changed", "DELETE, OPTIONS, PATCH, POST, PUT"),
        ("PUT", "/api/v1/probe", "GET, HEAD, OPTIONS, POST"),
        ("PROPFIND", "/probe", "GET, HEAD, OPTIONS"),
        ("POST", "/static/duban.css", "GET, HEAD, OPTIONS"),
    ],
)
def test_a_method_that_an_address_does_not_take_is_refused_with_those_it_takes(
    method: str, path: str, allow: str, visitor: Browser
) -> None:
    answer = visitor.request(method, path)
    asked = visitor.request("OPTIONS", path)

    assert (answer.status_code, answer.headers["allow"]) == (405, allow)
    assert (asked.status_code, asked.headers["allow"], asked.text) == (204, allow, "")


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/probe/", "/probe"),
        ("/probe///?a=%2F&b=1", "/probe?a=%2F&b=1"),
        ("//evil.example.org/", None),
        ("//evil.example.org/%2e%2e/", None),
        ("/%5cevil.example.org/", "/%5cevil.example.org"),
        ("//probe", None),
    ],
)
def test_a_slash_too_many_leads_to_the_page_and_never_away(
    asked: str, led: str | None, visitor: Browser
) -> None:
    answer = visitor.request("GET", "http://127.0.0.1:8000" + asked)

    assert answer.headers.get("location") == led
    assert answer.status_code == (404 if led is None else 307)


@pytest.mark.parametrize("host", ["evil.example.org", "evil.example.org/x?", "[", ""])
def test_no_answer_repeats_the_host_that_was_asked(host: str, visitor: Browser) -> None:
    for path in ("/probe/", "/probe", "/no-such-page", "/probe/redirect"):
        answer = visitor.get(path, headers={"host": host, "x-forwarded-host": host or "x"})
        assert "evil" not in answer.text + str(answer.headers)
        assert answer.status_code < 500


@pytest.mark.parametrize(
    "path", ["/probe", "/no-such-page", "/probe/broken/x", "/probe/redirect", "/sign-in"]
)
def test_head_is_answered_like_get_without_the_body(path: str, visitor: Browser) -> None:
    whole, head = visitor.get(path), visitor.request("HEAD", path)
    apart = {
        "x-request-id",
        "set-cookie",
        "content-length",
    }  # the masked token differs, and with it the length

    assert (head.status_code, head.content) == (whole.status_code, b"")
    assert set(head.headers) == set(whole.headers)
    assert {name: value for name, value in head.headers.items() if name not in apart} == {
        name: value for name, value in whole.headers.items() if name not in apart
    }


def test_every_page_that_can_be_got_has_a_head(place: Place) -> None:
    routes: tuple[APIRoute, ...] = place.app.state.routes
    paths = [
        re.sub("{.*?}", "1", route.path)
        for route in routes
        if "GET" in route.methods and "/probe" not in route.path
    ]
    stranger = Browser(place.app)

    assert [path for path in paths if stranger.request("HEAD", path).status_code == 405] == []


def test_who_must_sign_in_first_comes_back_to_the_page_asked_for(place: Place) -> None:
    stranger = Browser(place.app)

    page = stranger.get("/?a=1&b=%2F%3F")
    part = stranger.get("/", headers={"hx-request": "true"})
    change = stranger.post("/probe/changed")

    assert page.headers["location"] == "/sign-in?next=%2F%3Fa%3D1%26b%3D%252F%253F"
    assert (part.status_code, part.headers["hx-redirect"]) == (401, "/sign-in")
    assert change.headers["location"] == "/sign-in"


def test_a_refusal_knows_its_reader(place: Place) -> None:
    answer = Browser(place.app, WANG).get("/no-such-page", headers={"cookie": "duban_lang=en"})

    assert ("This page was not found" in answer.text, 'lang="en"' in answer.text) == (True, True)
