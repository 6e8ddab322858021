"""New notices by the API: shipped ones, next year's draft and its activities, a season, a mail to come."""

from collections.abc import Callable

from config.catalogue import catalogue
from config.rollover import roll_over
from engine.tables import case, message, notice
from tests.engine.world import ADMIN, FORMS, NOTICE, WANG, World, at
from tests.web.api.conftest import Program
from tests.web.notices.test_new import XINXIANG, also_admin_of

Start = Callable[..., Program]
NEXT = "quanzhou-2024"


def test_a_shipped_notice_is_planned_and_put_in_force(city: World, program: Start) -> None:
    also_admin_of(city, "410700")
    admin = program(ADMIN)
    [shipped] = [one for one in admin.get("/shipped-notices").json()["items"] if one["id"] == "xinxiang-2023"]

    plan = admin.post("/new-notices/plan", {"text": shipped["text"]}).json()
    tried = admin.post("/notices?dry_run=true", {"text": plan["text"]})
    between = city.rows(notice, id="xinxiang-2023")
    done = admin.post("/notices", {"text": plan["text"]})

    assert (plan["version"], tried.status_code, between) == (0, 201, [])
    assert (done.status_code, done.headers["location"], done.headers["etag"]) == (
        201,
        "/api/v1/notices/xinxiang-2023",
        '"1"',
    )


def test_a_notice_that_is_there_already_is_not_put_in_force_anew(city: World, program: Start) -> None:
    answer = program(ADMIN).post("/notices", {"text": catalogue()[NOTICE]})

    assert (answer.status_code, answer.json()["type"]) == (409, "urn:duban:problem:notice.changed_meanwhile")


def test_a_notice_of_another_region_is_not_mine_to_put_in_force(city: World, program: Start) -> None:
    answer = program(ADMIN).post("/notices", {"text": XINXIANG})

    assert answer.status_code == 403
    assert city.rows(notice, id="xinxiang-2023") == []


def test_next_years_draft_says_where_every_guess_is_from(city: World, program: Start) -> None:
    found = program(ADMIN).get(f"/notices/{NOTICE}/rollover").json()

    draft = found["drafted"]["draft"]
    assert (found["year"], found["later"], found["applied"], len(draft["guesses"])) == (2024, NEXT, False, 9)
    assert "集中开展" in {one["why"]["zh"].split("”")[0].strip("“") for one in draft["guesses"]}
    assert city.rows(notice, id=NEXT) == []


def test_activities_are_carried_over_once(city: World, program: Start) -> None:
    refs = city.enter(2)
    city.do("register", *refs, now=at(8, 25), materials=FORMS)
    city.do("hold", *refs, now=at(9, 20))
    draft = roll_over(NOTICE, 2024, catalogue())
    for one in (*reversed(draft.parents), draft):
        city.apply(one.text, notice=one.id)
    admin = program(ADMIN)

    first, second = (admin.post(f"/notices/{NOTICE}/rollover", {"year": 2024}).json() for _ in range(2))

    assert (first["notice"], len(first["created"]), first["already"]) == (NEXT, 2, 0)
    assert (second["created"], second["already"]) == ([], 2)
    assert len([one for one in city.rows(case, notice=NEXT) if one.kind == "activity"]) == 2


def test_a_season_tells_its_milestones_with_their_reminders(city: World, program: Start) -> None:
    found = program(WANG).get(f"/notices/{NOTICE}/season").json()

    summary = next(one for one in found["milestones"] if one["key"] == "summary")
    assert summary["due"]["last"] == "2023-09-30"
    assert {"-3", "0"} <= {one["rung"] for one in summary["reminders"]}
    assert found["findings"] == []


def test_a_mail_to_come_is_read_and_none_is_sent(city: World, program: Start) -> None:
    city.enter()
    admin = program(ADMIN)
    [send, *_] = admin.get("/reminders", days=30).json()["items"]
    reader = send["readers"][0]

    mail = admin.get("/reminders/mail", at=send["at"], person=reader["person_id"]).json()
    nothing = admin.get("/reminders/mail", at="2023-08-16T00:00:00Z", person=reader["person_id"])

    assert reader["name"] in mail["text"]
    assert (nothing.status_code, city.rows(message)) == (404, [])
