"""Every route × every sort of visitor, made from the route table: promise 9 of DESIGN 10.

A route without a rule does not start; one whose path names something that SAMPLES does not know fails here.
"""

import re
from collections.abc import Iterator

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette.responses import Response

from tests.web.border import ELSEWHERE, HERE, Border, open_border
from web.access import SAFE, Door, Rule, rule_of
from web.app import build
from web.reach import Reach
from web.routes import ROUTERS

ROUTES = [
    (method, route)
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute)
    for method in sorted(route.methods)
]
NAMES = [f"{method} {route.path}" for method, route in ROUTES]


@pytest.fixture(scope="module")
def border(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Border]:
    """Serve a city with everything that a path can name, and people here and elsewhere."""
    with open_border(tmp_path_factory.mktemp("border")) as opened:
        yield opened


@pytest.fixture(autouse=True)
def as_before(border: Border) -> None:
    """Put the database back: what one visitor changed must not help the next."""
    border.restore()


@pytest.mark.parametrize(("method", "route"), ROUTES, ids=NAMES)
def test_a_stranger_is_let_in_only_where_anyone_is(method: str, route: APIRoute, border: Border) -> None:
    rule = rule_of(route)
    answer = border.ask(None, method, route.path, rule)

    if rule.roles is None:
        assert answer.status_code < 500 or route.path == "/healthz"  # where nothing runs, that is red
    elif rule.door is Door.API:
        assert answer.status_code == 401
    else:
        assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/sign-in")


@pytest.mark.parametrize(("method", "route"), ROUTES, ids=NAMES)
def test_a_role_is_let_in_only_where_it_counts_and_reaches(
    method: str, route: APIRoute, border: Border
) -> None:
    rule = rule_of(route)
    if rule.roles is None:
        return
    found = {name: border.ask(name, method, route.path, rule).status_code for name in (*HERE, *ELSEWHERE)}

    assert {name: verdict(status, method, rule) for name, status in found.items()} == {
        name: expected(rule, name) for name in found
    }, found


def verdict(status: int, method: str, rule: Rule) -> str:
    """Return how a visitor was met; a change may be refused for reasons of its own, which is being let in."""
    if status >= 500:
        return "broken"
    if status == 404:  # what is only one's own is not there for anybody else, and that is being let in
        return "let in" if rule.reach is Reach.OWN else "not found"
    if status == 403 and method in SAFE:
        return "forbidden"
    return "forbidden" if status == 403 else "let in"


def expected(rule: Rule, name: str) -> str:
    """Return what a rule says of a visitor."""
    role = (HERE | ELSEWHERE)[name].role
    if rule.roles and role not in rule.roles:
        return "forbidden"
    return "let in" if name in HERE or rule.reach in (Reach.NONE, Reach.OWN) else "not found"


def test_a_route_without_a_rule_does_not_start(border: Border, monkeypatch: pytest.MonkeyPatch) -> None:
    careless = APIRouter()

    @careless.get("/careless")
    def show() -> Response:
        return Response()

    monkeypatch.setattr("web.app.ROUTERS", (careless,))

    with pytest.raises(TypeError, match="/careless says nothing"):
        build(border.home)


def test_nothing_is_served_beside_the_routes_and_the_static_files(border: Border) -> None:
    app: FastAPI = border.app
    others = [route for route in app.routes if getattr(route, "original_router", None) not in ROUTERS]

    assert [getattr(route, "path", route) for route in others] == ["/static"]


@pytest.mark.parametrize("name", [*HERE, *ELSEWHERE])
def test_looking_changes_nothing(name: str, border: Border) -> None:
    before = border.content()

    for method, route in ROUTES:
        if method in SAFE:
            border.ask(name, method, route.path, rule_of(route))

    assert border.content() == before


def test_every_part_of_a_path_has_a_sample(border: Border) -> None:
    named = {part for route in NAMES for part in re.findall(r"{(\w+)(?::\w+)?}", route)}

    assert named - border.samples.keys() == set()
