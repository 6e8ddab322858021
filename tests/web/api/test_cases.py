"""Cases by the API: what a program sees, changes, tries, and is refused."""

from collections.abc import Callable

from config.catalogue import catalogue
from engine.home import Home
from engine.tables import case, history
from tests.engine.world import ADMIN, FORMS, LI, NOTICE, WANG, World, at, link
from tests.web.api.conftest import Program

Start = Callable[..., Program]
REF = "QZ-2023-0001"
NEW = {
    "notice": "quanzhou-2023",
    "title": "机器人进校园",
    "unit_id": 1,
    "starts_on": "2023-09-18",
    "place": "科技馆",
}


def test_a_list_is_read_on_until_its_end(city: World, program: Start) -> None:
    city.enter(3)
    admin = program(ADMIN)

    first = admin.get("/cases", kind="activity", limit=2).json()
    rest = admin.get("/cases", kind="activity", limit=2, cursor=first["next"]).json()

    assert [one["ref"] for one in (*first["items"], *rest["items"])] == [
        "QZ-2023-0001",
        "QZ-2023-0002",
        "QZ-2023-0003",
    ]
    assert rest["next"] is None


def test_a_misspelt_filter_is_refused_rather_than_passed_over(city: World, program: Start) -> None:
    answer = program(ADMIN).get("/cases", sate="held")

    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"parameter": "sate", "detail": "Extra inputs are not permitted"}]


def test_a_new_activity_is_told_with_its_place_and_version(city: World, program: Start) -> None:
    answer = program(WANG).post("/cases", NEW)

    assert (answer.status_code, answer.headers["etag"]) == (201, '"1"')
    assert answer.headers["location"] == "/api/v1/cases/QZ-2023-0001"
    assert answer.json()["case"]["title"] == "机器人进校园"


def test_every_wrong_field_is_named_by_its_pointer(city: World, program: Start) -> None:
    answer = program(WANG).post("/cases", NEW | {"starts_on": "2021-09-18", "unit_id": 2})

    problem = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert {one["pointer"] for one in problem["errors"]} == {"#/starts_on", "#/ends_on", "#/unit_id"}


def test_a_step_moves_a_case_and_its_version(city: World, program: Start) -> None:
    city.enter()
    body = {"trigger": "attach", "materials": [{"kind": "photo", "url": "https://example.cn/1"}]}

    answer = program(WANG).post(f"/cases/{REF}/steps", body, headers={"if-match": '"1"'})

    assert answer.json() == {"ref": REF, "source": "planned", "dest": "planned", "version": 2}
    assert answer.headers["etag"] == '"2"'


def test_a_case_that_was_sent_back_says_why_until_something_is_changed(city: World, program: Start) -> None:
    city.enter()
    city.do("register", REF, materials=FORMS, now=at(8, 22))
    city.do("return", REF, reason="盖章不清楚", now=at(8, 23))
    wang = program(WANG)

    told = [wang.get(f"/cases/{REF}").json()["returned_for"]]
    told += [one["returned_for"] for one in wang.get("/me/cases").json()["cases"] if one["ref"] == REF]
    city.do("attach", REF, materials=(link("photo"),), now=at(8, 24))
    told += [wang.get(f"/cases/{REF}").json()["returned_for"]]

    assert told == ["盖章不清楚", "盖章不清楚", None]


def test_a_blocked_step_is_refused_with_every_blocker_in_the_language_asked_for(
    city: World, program: Start
) -> None:
    city.enter()

    answer = program(WANG).post(f"/cases/{REF}/steps", {"trigger": "register"})

    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (409, "urn:duban:problem:step.blocked")
    [blocked] = problem["blocked"]
    assert blocked["ref"] == REF
    assert {one["code"] for one in blocked["blockers"]} == {"not_open", "materials_missing"}
    assert all(one["text"].isascii() for one in blocked["blockers"])


def test_who_read_an_older_version_is_told_so_and_nothing_is_changed(city: World, program: Start) -> None:
    city.enter()
    city.do("note", REF, reason="somebody was faster")
    before = city.rows(case)

    answer = program(WANG).post(
        f"/cases/{REF}/steps", {"trigger": "note", "reason": "x"}, headers={"if-match": '"1"'}
    )

    assert answer.status_code == 412
    assert city.rows(case) == before


def test_a_dry_run_answers_as_the_change_would_and_keeps_nothing(city: World, program: Start) -> None:
    city.enter()
    wang = program(WANG)
    before = city.rows(history)

    answer = wang.post(f"/cases/{REF}/steps?dry_run=true", {"trigger": "note", "reason": "x"})

    assert (answer.json()["version"], answer.headers["duban-dry-run"]) == (2, "true")
    assert city.rows(history) == before


def test_a_file_that_was_only_tried_is_not_kept(city: World, home: Home, program: Start) -> None:
    city.enter()
    files = {"file": ("总结.txt", "很好".encode(), "text/plain")}

    answer = program(WANG).ask(
        "POST", f"/cases/{REF}/materials?dry_run=true", data={"kind": "summary"}, files=files
    )

    assert answer.status_code == 200, answer.text
    assert [one for one in home.store.rglob("*") if one.is_file()] == []


def test_a_file_is_handed_in_read_back_and_taken_away(city: World, program: Start) -> None:
    city.enter()
    wang, files = program(WANG), {"file": ("总结.txt", "很好".encode(), "text/plain")}

    done = wang.ask("POST", f"/cases/{REF}/materials", data={"kind": "summary"}, files=files)
    [kept] = wang.get(f"/cases/{REF}/materials").json()["items"]
    content = wang.get(f"/cases/{REF}/materials/{kept['id']}")
    gone = wang.ask("DELETE", f"/cases/{REF}/materials/{kept['id']}", params={"reason": "重拍"})

    assert (done.json()["version"], gone.json()["version"]) == (2, 3)
    assert content.text == "很好"
    assert content.headers["content-disposition"].startswith("attachment")
    assert wang.get(f"/cases/{REF}/materials").json()["items"] == []


def test_a_step_for_many_is_all_or_nothing_unless_the_blocked_are_left_out(
    city: World, program: Start
) -> None:
    city.enter(2)
    city.do("attach", REF, materials=(link("application_form"), link("platform_listing")))
    admin, body = program(ADMIN), {"trigger": "cancel", "refs": [REF, "QZ-2023-R001"], "reason": "台风"}

    refused = admin.post("/steps", body)
    done = admin.post("/steps", body | {"skip_blocked": True})

    assert refused.status_code == 409
    assert done.json()["done"] == [REF]
    assert [one["refs"] for one in done.json()["blocked"]] == [["QZ-2023-R001"]]


def test_a_case_of_another_unit_is_not_there_in_a_bulk_step_either(city: World, program: Start) -> None:
    city.enter()

    answer = program(LI).post("/steps", {"trigger": "cancel", "refs": [REF], "reason": "x"})

    assert (answer.status_code, answer.json()["type"]) == (404, "urn:duban:problem:case.unknown")


def test_a_step_brings_along_only_what_belongs_to_it(city: World, program: Start) -> None:
    city.enter()
    body = {"trigger": "note", "reason": "x", "changes": {"recommended_by": "市科协"}}

    answer = program(WANG).post(f"/cases/{REF}/steps", body)

    assert (answer.status_code, answer.json()["type"]) == (422, "urn:duban:problem:step.values")


def test_the_form_is_filled_in_bit_by_bit(city: World, program: Start) -> None:
    city.enter()
    wang = program(WANG)

    saved = wang.ask("PUT", f"/cases/{REF}/form", {"answers": {"title": "新的名称"}}).json()
    again = wang.get(f"/cases/{REF}/form").json()

    assert saved["answers"]["title"] == again["answers"]["title"] == "新的名称"
    assert not again["complete"]


def test_a_moved_date_is_told_with_the_date_first_set(city: World, program: Start) -> None:
    city.enter()
    city.apply(catalogue()[NOTICE].replace("due: {at: 2023-09-30", "due: {at: 2023-10-20"))

    found = program(WANG).get(f"/cases/{REF}").json()["milestones"]

    moved = {one["key"]: (one["due"], one["moved"]) for one in found}
    assert moved["summary"] == (
        "2023-10-20",
        {"zh": "日期已改，原定 9月30日（六（二））", "en": "date changed, first set for 30 Sep (六（二）)"},
    )
    assert moved["register"] == ("2023-09-30", None)


def test_a_case_is_handed_over_to_somebody_new(city: World, program: Start) -> None:
    city.enter()
    new = {"name": "陈新", "email": "chen@example.cn"}

    answer = program(WANG).post(f"/cases/{REF}/hand-over", new)

    assert (answer.status_code, answer.json()["version"]) == (200, 2)
    [row] = [one for one in city.rows(case) if one.ref == REF]
    assert row.coordinator_id == answer.json()["person_id"]
