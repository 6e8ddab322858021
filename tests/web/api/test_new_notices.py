"""Notices that are not here yet, by the API: shipped ones, next year's draft, any text."""

from collections.abc import Callable

from config.catalogue import catalogue
from config.rollover import roll_over
from engine.tables import case, notice
from tests.engine.world import ADMIN, FORMS, NOTICE, WANG, World, at
from tests.web.api.conftest import Program

Start = Callable[..., Program]
NEXT = "quanzhou-2024"
WHERE = f"/notices/{NOTICE}/rollover"


def in_force(city: World) -> None:
    """Put next year's notice in force."""
    draft = roll_over(NOTICE, 2024, catalogue())
    for one in (*reversed(draft.parents), draft):
        city.apply(one.text, notice=one.id)


def test_next_years_notice_is_drafted_with_its_guesses_and_nothing_is_kept(
    city: World, program: Start
) -> None:
    told = program(ADMIN).get(WHERE).json()

    draft = roll_over(NOTICE, 2024, catalogue())
    assert (told["id"], told["known"], told["in_force"]) == (NEXT, False, False)
    assert told["draft"]["text"] == draft.text
    assert [one["place"] for one in told["draft"]["guesses"]] == [one.place for one in draft.guesses]
    assert [one["id"] for one in told["parents"]] == [one.id for one in draft.parents]
    assert city.rows(notice, id=NEXT) == []


def test_a_year_that_is_past_is_refused(city: World, program: Start) -> None:
    answer = program(ADMIN).get(WHERE, year=1999)

    assert (answer.status_code, answer.json()["type"]) == (422, "urn:duban:problem:rollover.year")


def test_a_draft_is_planned_and_put_in_force_once(city: World, program: Start) -> None:
    draft = roll_over(NOTICE, 2024, catalogue())
    for one in reversed(draft.parents):
        city.apply(one.text, notice=one.id)
    admin, body = program(ADMIN), {"text": draft.text, "reason": "已与市里核对"}

    plan = admin.post("/notice-plans", {"text": draft.text})
    tried = admin.post("/notices?dry_run=true", body)
    before = city.rows(notice, id=NEXT)
    done, again = admin.post("/notices", body), admin.post("/notices", body)

    assert (plan.headers["etag"], plan.json()["applied"]["notice"]) == ('"0"', NEXT)
    assert (tried.status_code, before, done.status_code, again.status_code) == (201, [], 201, 409)
    assert done.headers["location"] == f"/api/v1/notices/{NEXT}"


def test_a_text_that_is_not_sound_is_refused_with_its_place(city: World, program: Start) -> None:
    answer = program(ADMIN).post("/notice-plans", {"text": "id: quanzhou-2024\ntitel: x\n"})

    assert (answer.status_code, "titel" in answer.json()["detail"]) == (422, True)


def test_a_notice_of_another_region_is_not_ones_own_to_put_in_force(city: World, program: Start) -> None:
    answer = program(ADMIN).post("/notices", {"text": catalogue()["xinxiang-2023"]})

    assert (answer.status_code, city.rows(notice, id="xinxiang-2023")) == (403, [])


def test_activities_are_copied_once(city: World, program: Start) -> None:
    refs = city.enter(2)
    city.do("register", *refs, now=at(8, 25), materials=FORMS)
    city.do("hold", *refs, now=at(9, 20))
    in_force(city)
    admin = program(ADMIN)

    told = admin.get(WHERE).json()
    first, second = (admin.post(WHERE, {"year": 2024}).json() for _ in range(2))

    assert (told["known"], told["in_force"], told["draft"]) == (True, True, None)
    assert (len(first["created"]), first["already"], second) == (
        2,
        0,
        {"notice": NEXT, "created": [], "already": 2},
    )
    assert len(city.rows(case, notice=NEXT, kind="activity")) == 2


def test_shipped_notices_are_those_of_ones_own_regions_not_in_force_yet(city: World, program: Start) -> None:
    assert program(ADMIN).get("/shipped-notices").json() == {"items": [], "next": None}


def test_only_an_admin_sees_them(city: World, program: Start) -> None:
    wang = program(WANG)

    answers = [wang.get(path).status_code for path in (WHERE, "/shipped-notices")]

    assert answers == [403, 403]
