import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest

from engine.accounts.api_tokens import token_person
from engine.accounts.tables import api_token, session
from engine.home import Home
from engine.tables import person
from tests.engine.world import LI, NOW, WANG, World
from tests.web.account.conftest import PASSWORD
from tests.web.browser import Browser
from tests.web.conftest import Clock
from web.visit import LANG

Browse = Callable[..., Browser]
TOKEN = {"token_name": "市平台每日同步", "token_reach": "write", "token_until": "2023-12-31"}


def row_of(city: World, address: str) -> datetime | None:
    """Return until when somebody is not reminded."""
    return next(one.muted_until for one in city.rows(person) if one.email == address)


def test_the_page_says_who_i_am_and_where_i_am_signed_in(browser: Browse) -> None:
    browser(WANG)

    page = browser(WANG).get("/me").text

    assert "王敏，您在 2 台设备上登录着" in page
    assert ("鲤城区科协联系人" in page, "本机" in page, "没有设密码" in page) == (True, True, True)


def test_a_page_of_mine_is_for_nobody_who_has_not_signed_in(browser: Browse) -> None:
    answer = browser().get("/me")

    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=%2Fme")


def test_my_language_is_that_of_my_mails_and_of_the_next_page(browser: Browse, city: World) -> None:
    mine = browser(WANG)

    page = mine.follow(mine.post("/me/language", {"lang": "en"}))

    assert "you are signed in on this device only" in page.text
    assert "English from now on" in page.text
    assert {one.email: one.lang for one in city.rows(person)}[WANG] == "en"
    assert mine.cookies.get(LANG) == "en"


def test_reminders_pause_to_the_end_of_a_day_and_begin_again(browser: Browse, city: World) -> None:
    mine = browser(WANG)

    page = mine.follow(mine.post("/me/silence", {"silent_until": "2023-08-20"}))
    paused = row_of(city, WANG)
    mine.post("/me/silence/end")

    assert "8月21日 00:00 起恢复" in page.text
    assert paused == datetime(2023, 8, 20, 16, tzinfo=UTC)
    assert row_of(city, WANG) is None


@pytest.mark.parametrize("day", ["", "2023-02-30", "2023-08-14"])
def test_a_day_that_cannot_be_is_told_at_its_field(browser: Browse, city: World, day: str) -> None:
    answer = browser(WANG).post("/me/silence", {"silent_until": day})

    assert (answer.status_code, 'id="f-silent_until-problem"' in answer.text) == (422, True)
    assert row_of(city, WANG) is None


def test_a_first_password_needs_none_before_it(browser: Browse) -> None:
    mine = browser(WANG)

    answer = mine.post("/me/password", {"new_password": PASSWORD})

    assert answer.headers["location"] == "/me#password"
    assert browser().post("/sign-in", {"address": WANG, "password": PASSWORD}).status_code == 303


def test_another_password_needs_the_old_one_and_signs_out_everywhere_else(
    browser: Browse, with_password: Callable[[str], None]
) -> None:
    with_password(WANG)
    mine, elsewhere = browser(WANG), browser(WANG)
    new = "quite another phrase"

    wrong = mine.post("/me/password", {"old_password": "wrong", "new_password": new})
    right = mine.post("/me/password", {"old_password": PASSWORD, "new_password": new})

    assert (wrong.status_code, "现在的密码不对" in wrong.text) == (422, True)
    assert (right.status_code, mine.get("/me").status_code) == (303, 200)
    assert elsewhere.get("/me").status_code == 303


def test_the_old_password_is_not_found_out_by_trying(
    browser: Browse, with_password: Callable[[str], None]
) -> None:
    with_password(WANG)
    mine = browser(WANG)
    form = {"old_password": "wrong", "new_password": "quite another phrase"}

    answers = [mine.post("/me/password", form).status_code for _ in range(12)]

    assert (answers[0], answers[-1]) == (422, 429)


def test_who_has_forgotten_it_signs_in_by_a_link_and_sets_another_for_a_quarter_of_an_hour(
    browser: Browse, with_password: Callable[[str], None], ticket: Callable[..., str], clock: Clock
) -> None:
    with_password(WANG)
    mine = browser()
    mine.post(f"/sign-in/link/{ticket(WANG)}")
    clock.now = NOW + timedelta(minutes=16)
    late = mine.post("/me/password", {"new_password": "quite another phrase"})
    clock.now = NOW + timedelta(minutes=14)

    answer = mine.post("/me/password", {"new_password": "quite another phrase"})

    assert (late.status_code, answer.status_code) == (422, 303)


def test_a_device_is_signed_out_from_another(browser: Browse, city: World) -> None:
    mine, lost = browser(WANG), browser(WANG)
    number = max(row.id for row in city.rows(session))

    answer = mine.post(f"/me/sessions/{number}/end")

    assert answer.headers["location"] == "/me#sessions"
    assert (mine.get("/me").status_code, lost.get("/me").status_code) == (200, 303)


def test_all_others_are_signed_out_at_once(browser: Browse) -> None:
    mine, others = browser(WANG), [browser(WANG), browser(WANG)]
    somebody_else = browser(LI)

    page = mine.follow(mine.post("/me/sessions/end-others"))

    assert "已退出其他 2 台设备" in page.text
    assert [one.get("/me").status_code for one in others] == [303, 303]
    assert somebody_else.get("/me").status_code == 200


@pytest.mark.parametrize("path", ["/me/sessions/{}/end", "/me/tokens/{}/revoke"])
def test_what_is_anothers_is_not_there_for_me(browser: Browse, city: World, path: str) -> None:
    other = browser(LI)
    other.post("/me/tokens", TOKEN)
    numbers = {"sessions": city.rows(session)[-1].id, "tokens": city.rows(api_token)[-1].id}
    number = numbers[path.split("/")[2]]

    answers = [browser(WANG).post(path.format(one)).status_code for one in (number, 2**40, 10**30, "x")]

    assert answers == [404, 404, 404, 404]
    assert other.get("/me").status_code == HTTPStatus.OK


def test_a_token_is_shown_once_works_and_is_taken_back(browser: Browse, home: Home, city: World) -> None:
    mine = browser(WANG)

    shown = mine.post("/me/tokens", TOKEN)
    token = re.search(r"duban_[\w-]+", shown.text.partition('id="secret"')[2])
    assert token is not None
    with home.database.read() as conn:
        known = token_person(conn, token[0], now=NOW)
    listed = mine.get("/me").text
    mine.post(f"/me/tokens/{city.rows(api_token)[-1].id}/revoke")
    with home.database.read() as conn:
        after = token_person(conn, token[0], now=NOW)

    assert known is not None
    assert (known.email, known.writes) == (WANG, True)
    assert ("市平台每日同步" in listed, token[0] in listed) == (True, False)
    assert after is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"token_name": ""},
        {"token_name": "a" * 61},
        {"token_until": ""},
        {"token_until": "2023-08-13"},
        {"token_until": "2099-01-01"},
        {"token_until": "9999-12-31"},
    ],
)
def test_a_token_without_a_name_or_a_sound_end_is_not_made(
    browser: Browse, city: World, wrong: dict[str, str]
) -> None:
    answer = browser(WANG).post("/me/tokens", TOKEN | wrong)

    assert (answer.status_code, "problem" in answer.text) == (422, True)
    assert city.rows(api_token) == []
