"""Asked twice, done once: Idempotency-Key, as the guide of the API promises it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from config.errors import UserError
from engine.answers import KEPT, Asked, Kept, answer_once, forget_answers
from engine.tables import answer, case
from tests.engine.world import ADMIN, NOW, WANG, World
from tests.web.api.conftest import Program
from tests.web.api.test_cases import NEW

Start = Callable[..., Program]
KEY = {"idempotency-key": "order-1"}


def test_the_same_request_gets_the_first_answer_again(city: World, program: Start) -> None:
    wang = program(WANG)

    first = wang.post("/cases", NEW, headers=KEY)
    again = wang.post("/cases", NEW, headers=KEY)

    assert (again.status_code, again.content, again.headers["etag"]) == (201, first.content, '"1"')
    assert (first.headers.get("idempotency-replayed"), again.headers["idempotency-replayed"]) == (
        None,
        "true",
    )
    assert len([one for one in city.rows(case) if one.kind == "activity"]) == 1


def test_another_request_under_the_key_is_refused(city: World, program: Start) -> None:
    wang = program(WANG)
    wang.post("/cases", NEW, headers=KEY)

    other = wang.post("/cases", NEW | {"title": "另一项"}, headers=KEY)

    assert (other.status_code, other.json()["type"]) == (409, "urn:duban:problem:order.key_reused")


def test_keys_are_each_persons_own(city: World, program: Start) -> None:
    program(WANG).post("/cases", NEW, headers=KEY)

    other = program(ADMIN).post("/cases", NEW | {"title": "另一项", "coordinator_id": 1}, headers=KEY)

    assert other.status_code == 201


def test_a_refusal_is_not_kept(city: World, program: Start) -> None:
    wang = program(WANG)

    refused = wang.post("/cases", NEW | {"unit_id": 2}, headers=KEY)
    mended = wang.post("/cases", NEW, headers=KEY)

    assert (refused.status_code, mended.status_code) == (422, 201)


def test_a_dry_run_uses_no_key_up(city: World, program: Start) -> None:
    wang = program(WANG)

    wang.post("/cases?dry_run=true", NEW, headers=KEY)

    assert city.rows(answer) == []


def test_the_same_file_under_the_key_is_the_same_request(city: World, program: Start) -> None:
    city.enter()
    wang, where = program(WANG), "/cases/QZ-2023-0001/materials"

    def hand_in(content: bytes) -> int:
        files = {"file": ("a.txt", content, "text/plain")}
        return wang.ask("POST", where, data={"kind": "summary"}, files=files, headers=KEY).status_code

    assert [hand_in(b"one"), hand_in(b"one"), hand_in(b"two")] == [200, 200, 409]


def test_of_two_at_once_one_does_the_work(world: World) -> None:
    asked = Asked(1, "key", "request")

    def ask(number: int) -> Kept:
        with world.database.write() as conn:
            return answer_once(conn, asked, lambda: f"done by {number}", now=NOW)

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(ask, range(8)))

    assert len({one.body for one in found}) == 1
    assert sorted(one.replayed for one in found) == [False, *[True] * 7]


def test_answers_are_kept_for_a_week(world: World) -> None:
    with world.database.write() as conn:
        answer_once(conn, Asked(1, "old", "a"), lambda: "x", now=NOW)
        answer_once(conn, Asked(1, "new", "a"), lambda: "x", now=NOW + KEPT)
        gone = forget_answers(conn, now=NOW + KEPT + timedelta(seconds=1))

    with world.database.write() as conn, pytest.raises(UserError, match="used for another request"):
        answer_once(conn, Asked(1, "new", "b"), lambda: "x", now=NOW)
    assert gone == 1
