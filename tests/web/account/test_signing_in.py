import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from engine.accounts import sign_in as signing
from engine.accounts.tables import session
from engine.accounts.tickets import Purpose
from tests.engine.world import ADMIN, NOW, WANG, World
from tests.web.account.conftest import PASSWORD
from tests.web.browser import Browser
from tests.web.conftest import Clock
from web.visit import SESSION

Browse = Callable[..., Browser]
ELSEWHERE = (
    "https://evil.example.cn",
    "//evil.example.cn",
    "/\\evil.example.cn",
    "\\\\evil.example.cn",
    "/\t/evil.example.cn",
    "javascript:alert(1)",
    "/sign-out",
)


def test_a_link_is_mailed_opens_a_page_and_its_button_signs_in(
    browser: Browse, mailed: Callable[[], list[str]]
) -> None:
    visitor = browser()
    assert visitor.post("/sign-in/link", {"address": WANG}).status_code == 200

    link = re.search(r"http://127\.0\.0\.1:8000(/sign-in/link/\S+)", mailed()[-1])
    assert link is not None
    page = visitor.get(link[1])
    answer = visitor.post(link[1])

    assert (page.status_code, "王敏" in page.text) == (200, True)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert visitor.get("/me").status_code == 200


def test_a_link_signs_in_once(browser: Browse, ticket: Callable[..., str]) -> None:
    token = ticket(WANG)
    browser().post(f"/sign-in/link/{token}")

    again = browser().post(f"/sign-in/link/{token}")
    page = browser().get(f"/sign-in/link/{token}")

    assert (again.status_code, page.status_code) == (404, 404)
    assert 'action="/sign-in/link"' in page.text
    assert SESSION not in again.cookies


def test_a_link_that_is_over_offers_a_new_one(
    browser: Browse, ticket: Callable[..., str], clock: Clock
) -> None:
    token = ticket(WANG)
    clock.now = NOW + timedelta(minutes=16)

    page = browser().get(f"/sign-in/link/{token}")

    assert (page.status_code, "这个链接已经不能用了" in page.text) == (404, True)


def test_an_invitation_leads_to_a_welcome_where_a_password_may_be_set(
    browser: Browse, ticket: Callable[..., str]
) -> None:
    invited = browser()

    answer = invited.post(f"/sign-in/link/{ticket(WANG, Purpose.INVITE)}")
    welcome = invited.follow(answer)
    done = invited.post("/me/welcome", {"new_password": PASSWORD})

    assert (answer.headers["location"], welcome.status_code) == ("/me/welcome", 200)
    assert (done.status_code, done.headers["location"]) == (303, "/")
    entered = browser().post("/sign-in", {"address": WANG, "password": PASSWORD, "by": "password"})
    assert entered.status_code == 303


def test_a_bad_first_password_is_told_at_its_field(browser: Browse, ticket: Callable[..., str]) -> None:
    invited = browser()
    invited.post(f"/sign-in/link/{ticket(WANG, Purpose.INVITE)}")

    answer = invited.post("/me/welcome", {"new_password": "short"})

    assert (answer.status_code, "密码太短" in answer.text) == (422, True)


def test_a_password_signs_in(browser: Browse, with_password: Callable[[str], None]) -> None:
    with_password(WANG)
    visitor = browser()

    answer = visitor.post("/sign-in", {"address": "Wang@Example.cn ", "password": PASSWORD})

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert visitor.get("/me").status_code == 200


@pytest.mark.parametrize("given", [{}, {"address": WANG}, {"password": "x"}, {"address": "a" * 400}])
def test_an_unfinished_form_comes_back_with_what_was_typed(browser: Browse, given: dict[str, str]) -> None:
    answer = browser().post("/sign-in", {**given, "by": "password"})

    assert (answer.status_code, "problem" in answer.text) == (422, True)
    assert given.get("address", "") in answer.text


def alike(text: str, address: str) -> str:
    """Return a page without what differs by chance."""
    return re.sub(r"[\w-]{86}==|[\w-]{86}(?==)", "", text).replace(address, "")


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/link"])
def test_the_answer_does_not_tell_whether_an_address_exists(
    browser: Browse, with_password: Callable[[str], None], path: str
) -> None:
    with_password(WANG)
    asked = {"password": "not the right one", "by": "password"}

    answers = [browser().post(path, {"address": one, **asked}) for one in (WANG, "xiang@example.cn")]

    assert answers[0].status_code == answers[1].status_code
    assert alike(answers[0].text, WANG) == alike(answers[1].text, "xiang@example.cn")
    assert {*answers[0].cookies} == {*answers[1].cookies}


def test_an_unknown_address_costs_the_same_work(
    browser: Browse, with_password: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with_password(WANG)
    compared: list[bool] = []
    real = signing.check

    def counted(kept: str | None, password: str) -> object:
        compared.append(kept is None)
        return real(kept, password)

    monkeypatch.setattr(signing, "check", counted)
    for address in (WANG, ADMIN, "xiang@example.cn"):
        browser().post("/sign-in", {"address": address, "password": "not the right one"})

    assert compared == [False, True, True]


@pytest.mark.parametrize(("path", "tries"), [("/sign-in", 10), ("/sign-in/link", 3)])
@pytest.mark.parametrize("address", [WANG, "xiang@example.cn"])
def test_too_many_tries_have_to_wait_whoever_it_is(
    browser: Browse, path: str, tries: int, address: str
) -> None:
    asked = {"address": address, "password": "x", "by": "password"}
    visitor = browser()
    before = [visitor.post(path, asked).status_code for _ in range(tries)]

    answer = visitor.post(path, asked)

    assert 429 not in before
    assert answer.status_code == 429
    assert re.search(r"请等 \d+ 分钟再试", answer.text)
    assert 0 < int(answer.headers["retry-after"]) <= 15 * 60


def test_after_signing_in_one_goes_on_to_the_page_asked_for(
    browser: Browse, with_password: Callable[[str], None]
) -> None:
    with_password(WANG)
    visitor = browser()

    led = visitor.get("/me?a=1")
    page = visitor.follow(led)
    answer = visitor.post("/sign-in", {"address": WANG, "password": PASSWORD, "next": "/me?a=1"})

    assert 'name="next" value="/me?a=1"' in page.text
    assert answer.headers["location"] == "/me?a=1"


def test_the_way_through_the_mailbox_ends_at_the_page_asked_for_too(
    browser: Browse, ticket: Callable[..., str]
) -> None:
    visitor = browser()
    visitor.post("/sign-in/link", {"address": WANG, "next": "/me?a=1"})

    answer = visitor.post(f"/sign-in/link/{ticket(WANG)}")

    assert answer.headers["location"] == "/me?a=1"


@pytest.mark.parametrize("goal", ELSEWHERE)
def test_nobody_is_led_elsewhere(
    browser: Browse, with_password: Callable[[str], None], ticket: Callable[..., str], goal: str
) -> None:
    with_password(WANG)
    signed_in, linked = browser(), browser()
    linked.post("/sign-in/link", {"address": WANG, "next": goal})
    answers = [
        signed_in.post("/sign-in", {"address": WANG, "password": PASSWORD, "next": goal}),
        signed_in.get("/sign-in", params={"next": goal}),
        linked.post(f"/sign-in/link/{ticket(WANG)}"),
    ]

    assert [answer.headers["location"] for answer in answers] == ["/", "/", "/"]
    assert goal not in browser().get("/sign-in", params={"next": goal}).text


def test_signing_in_as_another_ends_the_session_that_was_there(
    browser: Browse, ticket: Callable[..., str], city: World
) -> None:
    visitor = browser(WANG)

    visitor.post(f"/sign-in/link/{ticket(ADMIN)}")

    assert [row.person_id for row in city.rows(session)] == [city.person(ADMIN).person_id]
