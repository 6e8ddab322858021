"""The time slider: any day as it was, is or would be, with or without script."""

from collections.abc import Callable

import pytest

from tests.engine.post import Post
from tests.engine.world import ADMIN, FORMS, LEAD, LI, SCHOOL, World, at
from tests.web.browser import Browser
from tests.web.conftest import Clock

Open = Callable[[str | None], Browser]


@pytest.fixture
def season(city: World, clock: Clock) -> World:
    """Give a season until 14 September: mails sent on three days, one activity registered."""
    refs = city.enter(2)
    city.enter(1, title="船模比赛", region="350503", unit=SCHOOL, coordinator=LI)
    for day in (at(8, 21), at(8, 23), at(8, 30)):
        city.sweep(day)
        city.deliver(Post(), day)
    city.do("register", refs[0], materials=FORMS, now=at(9, 7))
    clock.now = at(9, 14, 11)
    return city


def test_a_past_day_tells_what_really_left(season: World, browser: Open) -> None:
    page = browser(ADMIN).get("/reminders/day?on=2023-08-30").text

    assert "8月30日 周三那天" in page
    assert "邮件是那天实际发出的" in page
    assert 'href="/mails/' in page


def test_a_coming_day_says_that_nothing_is_sent(season: World, browser: Open) -> None:
    page = browser(ADMIN).get("/reminders/day?on=2023-09-28").text

    assert "到9月28日 周四，会有" in page
    assert "这是推演，不会发出任何邮件" in page
    assert "将发" in page


def test_today_is_as_it_is_now(season: World, browser: Open) -> None:
    page = browser(ADMIN).get("/reminders/day").text

    assert "今天9月14日 周四" in page
    assert "这是现在的实际情况" in page


def test_the_slider_counts_its_days_from_the_first(season: World, browser: Open) -> None:
    admin = browser(ADMIN)

    first, far = admin.get("/reminders/day?step=0").text, admin.get("/reminders/day?step=99999").text

    assert "8月21日 周一那天" in first
    assert 'name="on" id="f-on" value="2023-08-21"' in first
    assert "会有" in far


def test_with_script_the_block_and_its_headline_come_alone(season: World, browser: Open) -> None:
    answer = browser(ADMIN).get("/reminders/day?step=3", headers={"hx-request": "true"})

    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<div id="headline" hx-swap-oob="true">')
    assert '<div id="moment"' in answer.text
    assert "<html" not in answer.text


@pytest.mark.parametrize("query", ["on=nonsense", "on=1900-01-01", "step=-1", "notice=none", "page=999"])
def test_what_makes_no_sense_is_brought_back_into_the_season(
    query: str, season: World, browser: Open
) -> None:
    assert browser(ADMIN).get(f"/reminders/day?{query}").status_code == 200


def test_a_lead_sees_the_county_alone(season: World, browser: Open) -> None:
    page = browser(LEAD).get("/reminders/day?on=2023-08-31").text

    assert "科学课 1" in page
    assert "船模比赛" not in page


def test_who_has_no_season_is_led_to_the_notices(home: object, browser: Open, city: World) -> None:
    with city.database.write() as conn:
        conn.exec_driver_sql("UPDATE notice SET state = 'closed'")

    page = browser(ADMIN).get("/reminders/day").text

    assert "还没有日子可看" in page
    assert 'href="/notices"' in page


def test_it_speaks_english(season: World, browser: Open) -> None:
    admin = browser(ADMIN)
    admin.post("/language", {"lang": "en", "next": "/"})

    assert "nothing is sent" in admin.get("/reminders/day?on=2023-09-28").text
    assert "in the next 14 days" in admin.get("/reminders").text
