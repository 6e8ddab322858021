"""The rooms beside the cases: schedules, mails, templates, people, sheets, history, webhooks."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest

from config.catalogue import catalogue
from config.schedule import Role
from engine.actors import SYSTEM
from engine.rights import NewRight, grant
from engine.tables import message, notice, person, unit, webhook
from tests.engine.world import ADMIN, LEAD, LI, NOTICE, NOW, WANG, World, at
from tests.web.api.conftest import Program
from tests.web.conftest import Clock

Start = Callable[..., Program]
LATER = {"changes": {"milestones.summary.due": "2023-09-29"}}


def test_a_schedule_is_planned_and_applied_over_the_version_that_was_seen(
    city: World, program: Start
) -> None:
    city.enter()
    admin, where = program(ADMIN), f"/notices/{NOTICE}"

    plan = admin.post(f"{where}/plan", LATER)
    seen = {"if-match": plan.headers["etag"]}
    tried = admin.post(f"{where}/apply?dry_run=true", LATER, headers=seen)
    done = admin.post(f"{where}/apply", LATER | {"reason": "省里改期"}, headers=seen)
    late = admin.post(f"{where}/apply", LATER, headers=seen)

    assert plan.json()["applied"]["fields"][0]["place"] == "milestones.summary.due"
    assert (tried.status_code, done.json()["version"], late.status_code) == (200, 2, 412)
    assert [row.schedule_version for row in city.rows(notice)] == [2]


def test_a_schedule_that_is_not_sound_is_refused_with_its_place(city: World, program: Start) -> None:
    text = catalogue()[NOTICE].replace("due: 2023-09-30", "due: 2023-09-31", 1)

    answer = program(ADMIN).post(f"/notices/{NOTICE}/plan", {"text": text})

    assert answer.status_code == 422
    assert "2023-09-31" in answer.json()["detail"]


def test_a_coordinator_reads_the_schedule_and_does_not_change_it(city: World, program: Start) -> None:
    wang = program(WANG)

    read = wang.get(f"/notices/{NOTICE}/versions/1")

    assert any(one["place"] == "milestones.summary.due" for one in read.json()["values"])
    assert wang.post(f"/notices/{NOTICE}/apply", LATER).status_code == 403


def test_what_will_be_sent_is_told_and_nothing_is_sent(city: World, program: Start) -> None:
    city.enter()

    found = program(ADMIN).get("/reminders", days=30).json()["items"]

    assert {reader["name"] for send in found for reader in send["readers"]} >= {"王敏"}
    assert city.rows(message) == []


def test_a_mail_that_waits_is_read_released_and_dropped_only_with_a_reason(
    city: World, program: Start, clock: Clock
) -> None:
    city.apply(catalogue()[NOTICE] + "\nreview: true\n")
    city.enter(2, coordinator=WANG)
    city.sweep(at(8, 21, 9, 1))
    clock.now = at(8, 21, 10)
    admin = program(ADMIN)
    [first, *_] = admin.get("/mails", box="draft").json()["items"]

    shown = admin.get(f"/mails/{first['number']}").json()
    refused = admin.post(f"/mails/{first['number']}/drop")
    released = admin.post(f"/mails/{first['number']}/release").json()

    assert shown["mail"]["state"] == "draft"
    assert shown["subject"] in shown["html"] or shown["text"]
    assert (refused.status_code, released["state"]) == (422, "queued")


def test_mails_are_released_together_or_not_at_all(city: World, program: Start, clock: Clock) -> None:
    city.apply(catalogue()[NOTICE] + "\nreview: true\n")
    city.enter(2, coordinator=WANG)
    city.sweep(at(8, 21, 9, 1))
    clock.now = at(8, 21, 10)
    admin = program(ADMIN)
    waiting = [one["number"] for one in admin.get("/mails", box="draft").json()["items"]]

    refused = admin.post("/mails", {"deed": "release", "mails": [*waiting, 99_999]})
    still = len(admin.get("/mails", box="draft").json()["items"])
    done = admin.post("/mails", {"deed": "release", "mails": waiting}).json()

    assert (refused.status_code, still) == (404, len(waiting))
    assert done == {"states": {str(number): "queued" for number in waiting}}


def test_settings_are_told_without_their_secrets(city: World, program: Start) -> None:
    found = {one["variable"] for one in program(ADMIN).get("/settings").json()["items"]}

    assert {"DUBAN_HOME", "DUBAN_MAIL_URL"} <= found


def test_why_is_told_of_a_case(city: World, program: Start) -> None:
    city.enter()

    answer = program(WANG).get("/cases/QZ-2023-0001/why").json()

    assert {one["reason"] for one in answer["coming"]} == {"planned"}


def test_a_template_is_tried_written_over_what_was_read_and_put_back(city: World, program: Start) -> None:
    city.enter()
    admin, where = program(ADMIN), "/templates/zh.reminder.subject.txt"
    body = {"text": "请看这 {{ digest.count }} 项"}

    seen = {"if-match": admin.get(where).headers["etag"]}
    tried = admin.post(f"{where}/preview", body | {"ref": "QZ-2023-0001", "kind": "reminder"}).json()
    written = admin.ask("PUT", where, body, headers=seen)
    late = admin.ask("PUT", where, {"text": "另一个"}, headers=seen)
    back = admin.post(f"{where}/restore", headers={"if-match": written.headers["etag"]}).json()

    assert tried["subject"] == "请看这 1 项"
    assert (written.json()["version"], late.status_code, back["own"]) == (1, 412, False)


def test_somebody_is_entered_corrected_and_loses_a_right(city: World, program: Start) -> None:
    admin = program(ADMIN)
    right = {"role": "coordinator", "region": "350502", "unit_id": 1}
    new = {"name": "陈新", "email": "chen@example.cn", "right": right}

    made = admin.post("/people", new)
    number = made.json()["id"]
    changed = admin.ask("PATCH", f"/people/{number}", {"phone": "0595-0000000"}).json()
    held = made.json()["rights"][0]["id"]
    gone = admin.ask("DELETE", f"/people/{number}/rights/{held}", params={"reason": "调离"})

    assert (made.status_code, made.headers["location"]) == (201, f"/api/v1/people/{number}")
    assert (changed["name"], changed["phone"], gone.status_code) == ("陈新", "0595-0000000", 204)
    assert admin.get(f"/people/{number}").json()["rights"] == []


def test_a_right_beyond_ones_own_is_refused(city: World, program: Start) -> None:
    answer = program(ADMIN).post("/people/1/rights", {"role": "admin", "region": "000000"})

    assert (answer.status_code, answer.json()["type"]) == (403, "urn:duban:problem:rights.beyond")


def test_people_are_invited_all_or_none(city: World, program: Start) -> None:
    admin = program(ADMIN)

    done, stranger = (
        admin.post("/invitations", {"people": [1, 2]}),
        admin.post("/invitations", {"people": [1, 999]}),
    )

    assert (done.json(), stranger.status_code) == ({"invited": 2}, 404)
    assert len(city.rows(message)) == 2


def test_a_unit_is_entered_and_corrected(city: World, program: Start) -> None:
    admin = program(ADMIN)
    new = {"name": "洛江区科协", "region": "350504", "level": "county", "kind": "association"}

    made = admin.post("/units", new).json()["line"]
    changed = admin.ask("PATCH", f"/units/{made['id']}", {"name": "洛江区科学技术协会"}).json()["line"]

    assert (changed["id"], changed["name"]) == (made["id"], "洛江区科学技术协会")


def test_a_sheet_is_tried_then_taken_in(city: World, program: Start) -> None:
    admin, before = program(ADMIN), len(city.rows(unit))
    sheet = "名称,地区,类型\n洛江区科协,350504,科协\n".encode()

    def take_in(query: str, content: bytes) -> object:
        files = {"file": ("units.csv", BytesIO(content), "text/csv")}
        return admin.ask("POST", f"/imports{query}", data={"kind": "unit"}, files=files).json()

    tried = take_in("?dry_run=true", sheet)
    between = len(city.rows(unit))

    assert tried == take_in("", sheet) == {"created": ["洛江区科协"], "updated": [], "unchanged": []}
    assert (between, len(city.rows(unit))) == (before, before + 1)


def test_every_wrong_cell_of_a_sheet_is_told(city: World, program: Start) -> None:
    files = {"file": ("units.csv", "名称,地区,类型\n某单位,没有这里,科协\n".encode(), "text/csv")}

    answer = program(ADMIN).ask("POST", "/imports", data={"kind": "unit"}, files=files)

    assert answer.status_code == 422
    [wrong] = answer.json()["errors"]
    assert (wrong["row"], wrong["column"]) == (2, "地区")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_list_is_given_out_as_a_sheet(form: str, city: World, program: Start) -> None:
    city.enter()

    answer = program(WANG).get("/exports/cases", format=form, kind="activity")

    assert answer.headers["content-disposition"] == f'attachment; filename="cases.{form}"'
    assert form == "xlsx" or "QZ-2023-0001" in answer.text


def test_the_history_is_given_out_with_its_root(city: World, program: Start) -> None:
    city.enter()

    answer = program(ADMIN).get("/exports/history", format="jsonl", subject="case:QZ-2023-0001")

    assert len(answer.headers["duban-root"]) == 64
    assert '"enter"' in answer.text


def test_history_is_searched_and_read_on(city: World, program: Start) -> None:
    city.enter(3)
    admin = program(ADMIN)

    first = admin.get("/history", kind="case", text="科学课", limit=2).json()
    rest = admin.get("/history", kind="case", text="科学课", limit=2, cursor=first["next"]).json()

    told = [one["subject"] for one in (*first["items"], *rest["items"])]
    assert told[:3] == [f"case:QZ-2023-000{n}" for n in (3, 2, 1)]
    assert "QZ-2023-0003" in first["items"][0]["sentence"]["zh"]


def test_a_case_is_told_as_it_stood(city: World, program: Start, clock: Clock) -> None:
    city.enter()
    clock.now = at(8, 20)
    city.do("edit", "QZ-2023-0001", now=clock.now, changes={"place": "科技馆"})

    found = program(ADMIN).get("/as-of", subject="case:QZ-2023-0001", at="2023-08-16T09:00:00+08:00").json()

    assert (found["then"]["values"]["place"], found["now"]["values"]["place"]) == ("文化广场", "科技馆")
    assert [one["field"] for one in found["differences"]] == ["place"]


def test_a_verification_is_begun_and_told(city: World, program: Start) -> None:
    admin = program(ADMIN)

    begun = admin.post("/verifications")
    latest = admin.get("/verifications").json()["items"]

    assert begun.status_code == 202
    assert [one["id"] for one in latest] == [begun.json()["id"]]


def test_a_webhook_is_made_listed_and_stopped(city: World, program: Start) -> None:
    admin = program(ADMIN)

    made = admin.post("/webhooks", {"url": "https://example.cn/hook", "region": "350500"})
    listed = admin.get("/webhooks").json()["items"]
    gone = admin.ask("DELETE", made.headers["location"].removeprefix("/api/v1"))

    assert (made.status_code, gone.status_code) == (201, 204)
    assert [(one["url"], one["state"]) for one in listed] == [("https://example.cn/hook", "live")]
    assert [row.stopped_at is not None for row in city.rows(webhook)] == [True]
    assert made.json()["secret"] not in admin.get("/webhooks").text


def test_my_own_account_is_told_and_chosen(city: World, program: Start) -> None:
    wang = program(WANG)

    changed = wang.ask("PATCH", "/me", {"lang": "en"}).json()

    assert (changed["name"], changed["lang"]) == ("王敏", "en")
    assert [row.lang for row in city.rows(person, name="王敏")] == ["en"]
    assert wang.ask("DELETE", "/me/tokens/1").status_code == 204
    assert wang.get("/me").status_code == 401


def test_an_admin_for_a_time_gives_no_admin_another_address(city: World, program: Start) -> None:
    [lead], [admin] = city.rows(person, email=LEAD), city.rows(person, email=ADMIN)
    with city.database.write() as conn:
        wanted = NewRight(role=Role.ADMIN, region="350500", until=at(8, 22))
        grant(conn, lead.id, wanted, actor=SYSTEM, now=NOW)

    answer = program(LEAD).ask("PATCH", f"/people/{admin.id}", {"email": "lead2@example.cn"})

    assert (answer.status_code, answer.json()["type"]) == (403, "urn:duban:problem:rights.stand_in")
    assert city.rows(person, id=admin.id)[0].email == ADMIN


def test_my_desk_holds_what_i_answer_for(city: World, program: Start) -> None:
    city.enter()

    desks = {who: program(who).get("/me/cases").json() for who in (WANG, LI)}

    assert "QZ-2023-0001" in {one["ref"] for one in desks[WANG]["cases"]}
    assert "QZ-2023-0001" not in {one["ref"] for one in desks[LI]["cases"]}


@pytest.mark.parametrize("moment", [at(8, 20), at(8, 28), at(8, 31)])
def test_each_number_is_the_length_of_its_list(
    moment: datetime, city: World, program: Start, clock: Clock
) -> None:
    city.enter(3)
    clock.now = moment
    admin = program(ADMIN)

    numbers = admin.get("/overview").json()["numbers"]

    lists = {name: admin.get("/cases", **{name: True}).json()["items"] for name in numbers}
    assert numbers == {name: len(items) for name, items in lists.items()}


def test_numbers_add_up(city: World, program: Start) -> None:
    city.enter(2)
    admin = program(ADMIN)

    seen = admin.get("/overview").json()
    day = admin.get("/day", day="2023-08-15").json()
    burnup = admin.get(f"/notices/{NOTICE}/burnup", since="2023-08-15", days=1).json()["items"]

    counted = {one["state"]: one["cases"] for one in seen["states"] if one["kind"] == "activity"}
    assert counted["planned"] == 2
    assert {"kind": "activity", "state": "planned", "cases": 2} in day["states"]
    assert burnup[0]["states"]["planned"] == 2
