"""Readings of notices by the API: begun, decided, planned, put in force, forgotten."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.tables import history, notice, notice_reading
from tests.engine.notice_reading.papers import PAPER, begin_reading
from tests.engine.world import ADMIN, NOTICE, WANG, World
from tests.web.api.conftest import Program
from web.api.bodies_reading import NewReading

Start = Callable[..., Program]
DOUBTFUL = "关于举办2023年活动的通知\n请各活动举办单位于2023年9月31日前报送总结。"


def begin(admin: Program, content: str = PAPER, query: str = "", **options: Any) -> Any:
    """Hand in a document and return the answer."""
    files = {"file": ("通知.txt", content.encode(), "text/plain")}
    return admin.ask("POST", f"/readings{query}", files=files, **options)


def test_a_file_is_read_with_every_date_and_its_place(city: World, program: Start) -> None:
    answer = begin(program(ADMIN))

    told = answer.json()
    [clause] = [one for one in told["clauses"] if one["key"] == "d1"]
    cite, words = clause["cite"], clause["when"]["words"]
    assert (answer.status_code, answer.headers["location"]) == (201, f"/api/v1/readings/{told['id']}")
    assert told["head"]["title"]["text"] == "泉州市科学技术协会关于举办2023年青年科普创客周活动的通知"
    assert told["text"][words["start"] : words["end"]] == words["text"] == "2023年9月25日"
    assert told["text"][cite["start"] : cite["end"]] == cite["text"]
    assert (clause["verdict"], clause["last"], clause["when"]["year_from"]) == (
        "accept",
        "2023-09-25",
        "clause",
    )


def test_an_empty_text_beside_a_file_is_one_left_out_and_the_document_says_so(
    city: World, program: Start
) -> None:
    files = {"file": ("通知.txt", PAPER.encode(), "text/plain"), "text": (None, "")}

    answer = program(ADMIN).ask("POST", "/readings", files=files)

    assert (answer.status_code, "minLength" in str(NewReading.model_json_schema())) == (201, False)


def test_a_text_will_do_and_is_what_the_file_would_be(city: World, program: Start) -> None:
    admin = program(ADMIN)

    typed = admin.ask("POST", "/readings", files={"text": (None, PAPER)}).json()

    assert typed["milestones"] == begin(admin).json()["milestones"]
    assert [one["name"] for one in admin.get("/readings").json()["items"]] == ["通知.txt", typed["name"]]


@pytest.mark.parametrize(
    "given", [{}, {"text": (None, PAPER), "file": ("a.txt", b"x")}, {"text": (None, " ")}]
)
def test_without_one_document_nothing_is_read(given: dict[str, Any], city: World, program: Start) -> None:
    answer = program(ADMIN).ask("POST", "/readings", files=given or {"x": (None, "")})

    assert answer.status_code == 422
    assert city.rows(notice_reading) == []


def test_a_document_that_cannot_be_read_is_refused_with_the_way_out(city: World, program: Start) -> None:
    files = {"file": ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)}

    answer = program(ADMIN).ask("POST", "/readings", files=files)

    assert (answer.status_code, answer.json()["type"]) == (422, "urn:duban:problem:document.damaged")


def test_a_reading_that_was_only_tried_is_not_kept(city: World, program: Start) -> None:
    answer = begin(program(ADMIN), query="?dry_run=true")

    assert (answer.status_code, answer.headers["duban-dry-run"]) == (201, "true")
    assert city.rows(notice_reading) == []


def test_a_document_sent_again_under_its_key_is_read_once(city: World, program: Start) -> None:
    admin, key = program(ADMIN), {"idempotency-key": "paper-1"}

    answers = [begin(admin, headers=key).json()["id"] for _ in range(2)]

    assert answers == [one.id for one in city.rows(notice_reading)] * 2


def test_a_date_is_corrected_and_the_draft_follows(city: World, program: Start) -> None:
    admin, number = program(ADMIN), begin_reading(city)
    body = {"verdict": "correct", "day": "2023-09-27"}

    answer = admin.ask("PUT", f"/readings/{number}/clauses/d1", body).json()

    [clause] = [one for one in answer["clauses"] if one["key"] == "d1"]
    assert (clause["verdict"], clause["last"]) == ("correct", "2023-09-27")
    assert "due: 2023-09-27" in answer["draft"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"verdict": "correct"}, "#/day"),
        ({"verdict": "correct", "day": "2023-09-01", "start": "2023-09-02"}, "#/day"),
        ({"verdict": "accept"}, "#/verdict"),
        ({"verdict": "perhaps"}, "#/verdict"),
    ],
)
def test_a_decision_that_cannot_be_is_refused_by_its_field(
    body: dict[str, str], pointer: str, city: World, program: Start
) -> None:
    number = begin_reading(city, DOUBTFUL)

    answer = program(ADMIN).ask("PUT", f"/readings/{number}/clauses/d1", body)

    assert (answer.status_code, [one["pointer"] for one in answer.json()["errors"]]) == (422, [pointer])


def test_a_date_that_was_not_read_is_not_there(city: World, program: Start) -> None:
    number = begin_reading(city)

    answer = program(ADMIN).ask("PUT", f"/readings/{number}/clauses/d99", {"verdict": "drop"})

    assert (answer.status_code, answer.json()["type"]) == (404, "urn:duban:problem:clause.unknown")


def test_a_notice_is_placed_and_what_is_left_out_is_as_proposed(city: World, program: Start) -> None:
    admin, number = program(ADMIN), begin_reading(city)
    proposed = admin.get(f"/readings/{number}").json()["heading"]
    where = f"/readings/{number}/heading"

    moved = admin.ask("PUT", where, {"region": "350502", "parent": NOTICE, "id": "licheng-2023"}).json()
    back = admin.ask("PUT", where, {"region": "350500"}).json()

    assert (moved["heading"]["region"], moved["heading"]["parent"]) == ("350502", NOTICE)
    assert moved["draft"].splitlines().count("id: licheng-2023") == 1
    assert back["heading"] == proposed


@pytest.mark.parametrize(
    ("body", "status"),
    [({"region": "410700"}, 403), ({"region": "999999"}, 404), ({"parent": "none-such"}, 404)],
)
def test_a_notice_is_not_placed_where_it_cannot_be(
    body: dict[str, str], status: int, city: World, program: Start
) -> None:
    number = begin_reading(city)

    answer = program(ADMIN).ask("PUT", f"/readings/{number}/heading", body)

    assert answer.status_code == status


def test_what_was_decided_is_planned_put_in_force_once_and_stays(city: World, program: Start) -> None:
    admin, where = program(ADMIN), f"/readings/{begin_reading(city)}"

    plan = admin.post(f"{where}/plan")
    seen = {"if-match": plan.headers["etag"]}
    tried = admin.post(f"{where}/apply?dry_run=true", headers=seen)
    before = len(city.rows(notice))
    done = admin.post(f"{where}/apply", headers=seen)
    again = [admin.post(f"{where}/apply"), admin.ask("DELETE", where)]

    name = done.json()["notice"]
    [kept] = city.rows(notice_reading)
    assert (tried.status_code, before, done.status_code, kept.notice) == (200, 1, 200, name)
    assert kept.sha256 in city.rows(history, subject=f"notice:{name}")[-1].reason
    assert {(one.status_code, one.json()["type"]) for one in again} == {
        (409, "urn:duban:problem:reading.in_force")
    }


def test_nothing_is_planned_while_something_is_undecided(city: World, program: Start) -> None:
    admin, where = program(ADMIN), f"/readings/{begin_reading(city, DOUBTFUL)}"

    answers = [admin.post(f"{where}/plan"), admin.post(f"{where}/apply")]

    assert [(one.status_code, one.json()["type"]) for one in answers] == [
        (409, "urn:duban:problem:reading.undecided")
    ] * 2
    assert admin.get(where).json()["undecided"] == ["d1"]


def test_a_new_version_is_told_as_its_differences(city: World, program: Start) -> None:
    admin, number = program(ADMIN), begin_reading(city)
    body = {"id": NOTICE, "code": "QZ-2023"}

    placed = admin.ask("PUT", f"/readings/{number}/heading", body).json()
    found = admin.get(f"/readings/{number}/differences").json()["items"]

    assert placed["renews"]
    assert {"place": "number", "before": None, "after": "泉科协〔2023〕88号"} in found


def test_a_reading_is_forgotten(city: World, program: Start) -> None:
    admin, where = program(ADMIN), f"/readings/{begin_reading(city)}"

    tried = admin.ask("DELETE", f"{where}?dry_run=true")
    still = admin.get(where)
    gone = admin.ask("DELETE", where)

    assert (tried.status_code, still.status_code, gone.status_code) == (204, 200, 204)
    assert admin.get(where).status_code == 404


def test_readings_are_for_admins(city: World, program: Start) -> None:
    number = begin_reading(city)

    answers = [program(WANG).get(path).status_code for path in ("/readings", f"/readings/{number}")]

    assert answers == [403, 403]
