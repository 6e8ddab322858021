"""Who comes in at the API's door, how often, and how it refuses."""

from collections.abc import Callable

from fastapi import FastAPI
from sqlalchemy import update

from engine.accounts.tables import api_token
from engine.tables import history
from tests.engine.world import ADMIN, WANG, World
from tests.web.api.conftest import Program
from tests.web.browser import Browser
from web.pace import Pace

Start = Callable[..., Program]
Visitors = Callable[[str | None], Browser]


def test_without_a_token_nothing_is_told_not_even_of_a_body_that_cannot_be_read(program: Start) -> None:
    nobody = program(None)

    answer = nobody.ask("POST", "/cases", content=b"{", headers={"content-type": "application/json"})

    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, 'Bearer realm="duban"')
    assert answer.json()["type"] == "urn:duban:problem:http.401"


def test_a_cookie_opens_no_door_of_the_api(browser: Visitors) -> None:
    assert browser(ADMIN).get("/api/v1/me").status_code == 401


def test_a_token_that_only_looks_changes_nothing(city: World, program: Start) -> None:
    city.enter()
    reader = program(WANG, writes=False)
    before = city.rows(history)

    refused = reader.post("/cases/QZ-2023-0001/steps", {"trigger": "note", "reason": "x"})

    assert (reader.get("/cases/QZ-2023-0001").status_code, refused.status_code) == (200, 403)
    assert city.rows(history) == before


def test_the_use_of_a_token_is_noted(city: World, program: Start) -> None:
    wang = program(WANG)

    wang.get("/me")

    assert [row.used_at is not None for row in city.rows(api_token)] == [True]


def test_a_revoked_token_is_none(city: World, program: Start) -> None:
    wang = program(WANG)
    with city.database.write() as conn:
        conn.execute(update(api_token).values(revoked_at=api_token.c.created_at))

    assert wang.get("/me").status_code == 401


def test_who_asks_too_often_is_told_how_long_to_wait(app: FastAPI, program: Start) -> None:
    app.state.office.parts["api_pace"] = Pace(burst=2, seconds=60, clock=lambda: 0.0)
    wang = program(WANG)

    answers = [wang.get("/me") for _ in range(3)]

    assert [one.status_code for one in answers] == [200, 200, 429]
    assert answers[2].headers["retry-after"] == "30"
    assert answers[2].json()["type"] == "urn:duban:problem:http.429"


def test_each_token_has_its_own_pace_and_gets_it_back_in_time() -> None:
    now = [0.0]
    pace = Pace(burst=2, seconds=60, clock=lambda: now[0])

    first = [pace.wait(1), pace.wait(1), pace.wait(1), pace.wait(2)]
    now[0] = 30.0

    assert (first, pace.wait(1), pace.wait(1)) == ([0, 0, 30, 0], 0, 30)


def test_what_is_nowhere_and_what_is_not_so_are_problems(program: Start) -> None:
    wang = program(WANG)

    nowhere, not_so = wang.get("/nowhere"), wang.ask("DELETE", "/cases")

    assert [(one.status_code, one.headers["content-type"]) for one in (nowhere, not_so)] == [
        (404, "application/problem+json"),
        (405, "application/problem+json"),
    ]
    assert {"GET", "POST"} <= set(not_so.headers["allow"].split(", "))


def test_a_body_that_is_too_large_is_a_problem(program: Start) -> None:
    answer = program(WANG).post("/cases", {"title": "x" * 3_000_000})

    assert (answer.status_code, answer.json()["status"]) == (413, 413)


def test_a_case_elsewhere_is_not_there(city: World, program: Start) -> None:
    city.enter(unit="丰泽实验小学", region="350503", coordinator="li@example.cn")

    answers = [program(WANG).get(path) for path in ("/cases/QZ-2023-0001", "/cases/QZ-2023-9999")]

    assert [one.status_code for one in answers] == [404, 404]
    assert answers[0].json()["detail"] == answers[1].json()["detail"]


def test_the_health_is_anyones_and_the_numbers_are_an_admins(app: FastAPI, program: Start) -> None:
    machine = Browser(app)
    red = machine.get("/healthz")
    admin = {"authorization": program(ADMIN)._client.headers["authorization"]}
    coordinator = {"authorization": program(WANG)._client.headers["authorization"]}

    assert (red.status_code, red.json()["status"]) == (503, "red")
    assert machine.get("/metrics").status_code == 401
    assert machine.get("/metrics", headers=coordinator).status_code == 403
    assert "duban_history_rows " in machine.get("/metrics", headers=admin).text
