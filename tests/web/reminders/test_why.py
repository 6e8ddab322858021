"""Why somebody did, or did not, get a mail: one page, found by name, address or number."""

from collections.abc import Callable

import pytest
from sqlalchemy import update

from engine.tables import person
from tests.engine.post import Post
from tests.engine.world import ADMIN, LEAD, LI, SCHOOL, WANG, World, at
from tests.web.browser import Browser
from tests.web.conftest import Clock

Open = Callable[[str | None], Browser]


@pytest.fixture
def told(city: World, clock: Clock) -> World:
    """Give a city in which the first reminders have left."""
    city.enter(1)
    city.enter(1, title="船模比赛", region="350503", unit=SCHOOL, coordinator=LI)
    city.sweep(at(8, 21))
    city.deliver(Post(), at(8, 21))
    clock.now = at(8, 21, 10)
    return city


def test_a_case_says_what_was_mailed_to_whom_with_the_mail(told: World, browser: Open) -> None:
    page = browser(ADMIN).get("/why?ref=qz-2023-0001&milestone=register").text

    assert "<h1>8月21日 09:00 的提醒（登记发布）写进了给王敏的邮件，已发送</h1>" in page
    assert 'href="/mails/1"' in page
    assert "以后还会到的提醒" in page


def test_a_person_without_a_usable_address_is_told_of_with_the_way_out(
    city: World, browser: Open, clock: Clock
) -> None:
    with city.database.write() as conn:
        conn.execute(update(person).where(person.c.email == WANG).values(address_bad=True))
    city.enter(1)
    city.sweep(at(8, 21))
    clock.now = at(8, 21, 10)

    page = browser(ADMIN).get(f"/why?person={city.person(WANG).person_id}").text

    assert "没有发：没有可用的邮箱" in page
    assert "去补上邮箱" in page


def test_a_name_or_an_address_leads_to_the_only_person(told: World, browser: Open) -> None:
    admin = browser(ADMIN)

    for text in ("李强", LI):
        found = admin.get("/why", params={"q": text})
        assert found.headers["location"] == f"/why?person={told.person(LI).person_id}"


def test_a_number_leads_to_its_case_and_a_title_to_a_list(told: World, browser: Open) -> None:
    admin = browser(ADMIN)

    assert admin.get("/why?q=qz-2023-0002").headers["location"] == "/why?ref=QZ-2023-0002"
    assert 'href="/why?ref=QZ-2023-0002"' in admin.get("/why", params={"q": "船模"}).text


def test_what_is_not_found_is_said_and_what_was_typed_stays(told: World, browser: Open) -> None:
    page = browser(ADMIN).get("/why", params={"q": "<b>没有此人</b>"}).text

    assert "没有找到" in page
    assert "&lt;b&gt;没有此人" in page


def test_elsewhere_is_as_unknown_as_nowhere(told: World, browser: Open) -> None:
    lead = browser(LEAD)

    assert lead.get("/why?ref=QZ-2023-0002").status_code == 404
    assert lead.get(f"/why?person={told.person(LI).person_id}").status_code == 404
    assert lead.get("/why?person=99999").status_code == 404
    assert "没有找到" in lead.get("/why", params={"q": "李强"}).text


def test_every_reason_is_said_in_english_too(told: World, browser: Open) -> None:
    admin = browser(ADMIN)
    admin.post("/language", {"lang": "en", "next": "/"})

    page = admin.get("/why?ref=QZ-2023-0001").text

    assert "went into a mail to 王敏: sent" in page
