"""Whatever people fill in or ask for, no page shows it live: every page of the route table, every reader."""

import ast
from collections.abc import Iterator
from itertools import product
from urllib.parse import urlencode

import pytest
from fastapi.routing import APIRoute
from httpx2 import Response

from tests.web.border import HERE, Border
from tests.web.hostile import MARKUP, SCRIPT, live_in, open_hostile
from web.access import Door, rule_of
from web.headers import MAIL_POLICY
from web.links import web
from web.routes import ROUTERS
from web.templating import HERE as WEB

ROUTES = [
    route
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute) and "GET" in route.methods
]
PAGES = [route for route in ROUTES if rule_of(route).door is Door.PAGE]
ODD = [MARKUP, SCRIPT, "9" * 40, "0001-01-01", "2023-02-30", "１"]
AT_ONCE = 35  # an address may not be too long


def asked() -> list[str]:
    """Return the names of all that a page may be asked with: what the code gets from a mapping by name."""
    found = {"next", "lang", "desk"}
    for path in (*WEB.glob("*.py"), *(WEB / "desks").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("get", "getlist")
            if named and node.args and isinstance(node.args[0], ast.Constant):
                found.add(str(node.args[0].value))
    declared = {param.alias for route in ROUTES for param in route.dependant.query_params}
    return sorted(name for name in found | declared if name.isidentifier())


NAMES = asked()


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Border]:
    """Serve a city full of markup."""
    with open_hostile(tmp_path_factory.mktemp("hostile")) as border:
        yield border


def seen_live(answer: Response) -> list[str]:
    """Return what could run in an answer."""
    if not answer.headers.get("content-type", "").startswith(("text/html", "image/svg")):
        return []
    mail = answer.headers["content-security-policy"] == MAIL_POLICY
    return live_in(answer.text, own_styles=mail)


@pytest.mark.parametrize("route", PAGES, ids=[route.path for route in PAGES])
def test_no_page_shows_live_what_people_filled_in(route: APIRoute, city: Border) -> None:
    answers = {name: city.ask(name, "GET", route.path, rule_of(route)) for name in (None, *HERE)}

    assert {name: seen_live(answer) for name, answer in answers.items() if seen_live(answer)} == {}
    assert {name: answer.status_code for name, answer in answers.items() if answer.status_code >= 500} == {}


@pytest.mark.parametrize("route", PAGES, ids=[route.path for route in PAGES])
def test_no_page_shows_live_what_it_is_asked_with_nor_breaks(route: APIRoute, city: Border) -> None:
    names = [name for name in HERE if city.ask(name, "GET", route.path, rule_of(route)).status_code < 400]
    wrong = {}
    for value, first in product(ODD, range(0, len(NAMES), AT_ONCE)):
        query = urlencode([(name, value) for name in NAMES[first : first + AT_ONCE]])
        answers = [city.ask(name, "GET", f"{route.path}?{query}", rule_of(route)) for name in names[-1:]]
        found = [(answer.status_code, seen_live(answer)) for answer in answers]
        wrong |= {query[:300]: one for one in found if one[0] >= 500 or one[0] == 414 or one[1]}

    assert wrong == {}


@pytest.mark.parametrize("route", ROUTES, ids=[route.path for route in ROUTES])
def test_what_is_no_page_is_not_taken_for_one(route: APIRoute, city: Border) -> None:
    answer = city.ask("admin here", "GET", route.path, rule_of(route))

    if MARKUP in answer.text:
        assert not answer.headers["content-type"].startswith(("text/html", "image/svg", "text/xml"))
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "\r" not in "".join(answer.headers.values())


def test_markup_is_there_to_be_seen(city: Border) -> None:
    pages = "".join(city.ask("admin here", "GET", route.path, rule_of(route)).text for route in PAGES)

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in pages


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>good <a href='/x?a=javascript:1'>y</a></p>", []),
        ("<script>1</script>", ["script"]),
        ("<script src='https://evil.example.org/x.js'></script>", ["script"]),
        ("<script src='/static/duban.js'></script>", []),
        ("<img src=x onerror=1>", ["img onerror", "img → x"]),
        ("<a href=' java\nscript:1'>", ["a → java\nscript:1"]),
        ("<a href='data:text/html,x'>", ["a → data:text/html,x"]),
        ("<img src='data:image/png;base64,x'>", []),
        ("<p style='x'>", ["p style"]),
        ("<form action='javascript:1'>", ["form → javascript:1"]),
        ("<p hx-vals='js:{a:1}'>", ["p hx-vals"]),
        ("<p hx-target='this' hx-swap='x' hx-post='/x'>", []),
        ("<iframe srcdoc='x'>", ["iframe srcdoc"]),
    ],
)
def test_what_is_live_is_seen(html: str, found: list[str]) -> None:
    assert [one.replace("→  java", "→ java") for one in live_in(html)] == found


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("https://example.cn/照片?a=1", "https://example.cn/照片?a=1"),
        ("HTTP://example.cn", "HTTP://example.cn"),
        ("javascript:alert(1)", "#"),
        (" javascript:alert(1)", "#"),
        ("java\nscript:alert(1)", "#"),
        ("data:text/html,x", "#"),
        ("//evil.example.org", "#"),
        ("http://[", "#"),
        ("sha256:00", "#"),
        ("", "#"),
        (None, "#"),
    ],
)
def test_what_people_typed_leads_to_the_web_or_nowhere(typed: str | None, link: str) -> None:
    assert web(typed) == link
