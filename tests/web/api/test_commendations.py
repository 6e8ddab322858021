"""Commendations by the API: explained, adjusted with reasons, decided by two admins, told to everybody."""

from collections.abc import Callable

import pytest

from config.catalogue import catalogue
from config.schedule import Role
from engine.actors import SYSTEM
from engine.drafts import PersonDraft, RightDraft
from engine.roster import save_people
from engine.tables import case, history, message
from tests.engine.commendation.conftest import OVER, WU, finish
from tests.engine.world import ADMIN, LEAD, NOTICE, NOW, World
from tests.web.api.conftest import Program
from tests.web.conftest import Clock

Start = Callable[..., Program]
BY_PEOPLE = (
    catalogue()[NOTICE]
    + "\ncommend:\n  activities: {quota: {places: 1}, criteria: {participants: {weight: 100}}}\n"
)
WHERE = f"/notices/{NOTICE}/commendation"


@pytest.fixture
def refs(city: World, clock: Clock) -> tuple[str, ...]:
    """Play the season to its end, with a second admin; return the numbers of its activities."""
    clock.now = OVER
    draft = PersonDraft(name="吴主任", email=WU, rights=(RightDraft(role=Role.ADMIN, region="350500"),))
    with city.database.write() as conn:
        save_people(conn, [draft], actor=SYSTEM, now=NOW)
    return finish(city)


def put_forward(one: Program) -> dict[str, str]:
    """Draw the list up, sign it first, and return what the second signs."""
    seen = {"seen": one.post(WHERE).json()["hash"]}
    assert one.post(f"{WHERE}/put-forward", seen).status_code == 200
    return seen


def test_the_list_explains_every_place_before_anybody_draws_it_up(
    refs: tuple[str, ...], city: World, program: Start
) -> None:
    admin = program(ADMIN)
    before = city.rows(history)

    found = admin.get(WHERE).json()

    [award] = [one for one in found["awards"] if one["award"] == "activity"]
    [chosen] = award["chosen"]
    assert (found["state"], award["candidates"], chosen["key"], chosen["seat"]) == (None, 3, refs[2], 1)
    assert "参与 300 人：22.5/30 分，全市第 1" in {one["text"]["zh"] for one in chosen["scores"]}
    assert city.rows(history) == before


def test_the_candidates_are_read_on_by_rank(refs: tuple[str, ...], program: Start) -> None:
    admin, where = program(ADMIN), f"{WHERE}/candidates"

    first = admin.get(where, award="activity", limit=2).json()
    rest = admin.get(where, award="activity", limit=2, cursor=first["next"]).json()

    assert [one["place"] for one in (*first["items"], *rest["items"])] == [1, 2, 3]
    assert rest["next"] is None


def test_a_cut_between_equals_is_left_to_a_person(refs: tuple[str, ...], city: World, program: Start) -> None:
    city.apply(BY_PEOPLE, now=OVER)
    city.do("edit", refs[1], now=OVER, changes={"participants": 300})

    found = program(ADMIN).get(f"{WHERE}/candidates", award="activity").json()["items"]

    assert [(one["place"], one["shared"], one["tied"]) for one in found] == [
        (1, True, True),
        (1, True, True),
        (3, False, False),
    ]


def test_an_adjustment_stands_on_the_list_with_who_made_it_and_why(
    refs: tuple[str, ...], program: Start
) -> None:
    admin = program(ADMIN)
    admin.post(WHERE)
    body = {"award": "activity", "key": refs[0], "act": "add", "reason": "山区首次举办"}

    found = admin.post(f"{WHERE}/adjustments", body).json()

    [done] = found["adjustments"]
    assert (done["who"], done["key"], done["reason"]) == ("周管理员", refs[0], "山区首次举办")


def test_two_admins_decide_and_the_first_cannot_be_the_second(
    refs: tuple[str, ...], city: World, program: Start
) -> None:
    first, second = program(ADMIN), program(WU)
    seen = put_forward(first)

    refused = first.post(f"{WHERE}/approve", seen)
    done = second.post(f"{WHERE}/approve", seen).json()

    assert (refused.status_code, refused.json()["type"]) == (409, "urn:duban:problem:commend.same_person")
    assert (done["state"], done["first"]["who"], done["second"]["who"]) == ("decided", "周管理员", "吴主任")
    assert city.rows(case, ref=refs[2])[0].award == "优秀活动"


def test_an_approval_that_is_only_tried_commends_nobody(
    refs: tuple[str, ...], city: World, program: Start
) -> None:
    seen = put_forward(program(ADMIN))

    tried = program(WU).post(f"{WHERE}/approve?dry_run=true", seen)

    assert (tried.json()["state"], tried.json()["mails"]) == ("decided", 2)
    assert city.rows(message) == []


def test_a_list_that_changed_since_it_was_seen_is_not_signed(
    refs: tuple[str, ...], city: World, program: Start
) -> None:
    admin = program(ADMIN)
    seen = {"seen": admin.post(WHERE).json()["hash"]}
    city.do("edit", refs[0], now=OVER, changes={"participants": 9000})

    answer = admin.post(f"{WHERE}/put-forward", seen)

    assert (answer.status_code, answer.json()["type"]) == (409, "urn:duban:problem:commend.changed")


def test_a_list_is_withdrawn_with_a_reason(refs: tuple[str, ...], program: Start) -> None:
    admin = program(ADMIN)
    put_forward(admin)

    found = admin.post(f"{WHERE}/send-back", {"reason": "请补充丰泽区"}).json()

    assert (found["state"], found["first"], found["returned"]) == ("drawn_up", None, "请补充丰泽区")


def test_who_will_be_told_is_who_was_told(refs: tuple[str, ...], program: Start) -> None:
    first, second = program(ADMIN), program(WU)
    seen = put_forward(first)

    before = first.get(f"{WHERE}/mails").json()["items"]
    text = first.get(f"{WHERE}/mail", to=before[0]["email"]).json()["text"]
    second.post(f"{WHERE}/approve", seen)
    after = first.get(f"{WHERE}/mails").json()["items"]

    assert [(one["email"], one["template"], one["about"]) for one in before] == [
        (one["email"], one["template"], one["about"]) for one in after
    ]
    assert ([one["mail"] for one in before], {one["state"] for one in after}) == ([None, None], {"queued"})
    assert before[0]["name"] in text


def test_the_sheet_is_a_word_file(refs: tuple[str, ...], program: Start) -> None:
    answer = program(ADMIN).get(f"{WHERE}/sheet")

    assert (answer.status_code, answer.content[:2]) == (200, b"PK")


def test_who_is_no_admin_gets_no_list(refs: tuple[str, ...], program: Start) -> None:
    assert program(LEAD).get(WHERE).status_code == 403
