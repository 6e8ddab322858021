"""The list of reminders to come: what it counts is what leaves, and looking sends nothing."""

import re
from collections.abc import Callable
from datetime import date
from urllib.parse import quote

import pytest

from config.catalogue import catalogue
from engine.home import Home
from engine.tables import message
from tests.engine.post import Post
from tests.engine.world import ADMIN, LEAD, LI, NOTICE, SCHOOL, WANG, World, at
from tests.web.browser import Browser
from tests.web.conftest import Clock

Open = Callable[[str | None], Browser]
FIRST = at(8, 21)
MAIL = f"/reminders/mail?at={quote(FIRST.isoformat())}&person="


@pytest.fixture
def season(city: World) -> World:
    """Give a city with two activities in one county and one in another, before the first reminder."""
    city.enter(2)
    city.enter(1, title="船模比赛", region="350503", unit=SCHOOL, coordinator=LI)
    return city


def number(world: World, address: str) -> int:
    found = world.person(address).person_id
    assert found is not None
    return found


def test_the_answer_says_how_many_mails_leave_and_when_the_first(season: World, browser: Open) -> None:
    page = browser(ADMIN).get("/reminders").text

    found = re.search(
        r"<h1>接下来 14 天要发 (\d+) 封提醒，最近一次在 8月21日 09:00，发给 (\d+) 人</h1>", page
    )
    assert found is not None
    mails, people = map(int, found.groups())
    season.sweep(FIRST)
    assert len(season.rows(message)) == people
    for day in (23, 25, 28, 29):
        season.sweep(at(8, day))
    assert len(season.rows(message)) == mails


def test_the_numbers_of_a_day_are_those_that_are_really_sent(season: World, browser: Open) -> None:
    page = browser(ADMIN).get("/reminders/day?on=2023-08-21").text

    season.sweep(FIRST)
    post = Post()
    season.deliver(post, FIRST)
    assert f"要发 {len(post.seen)} 封邮件" in page
    assert all(str(mail["Subject"]) in page for mail in post.seen)


def test_a_day_names_milestones_rungs_and_cases(season: World, browser: Open) -> None:
    page = browser(ADMIN).get("/reminders").text

    assert "8月21日 周一" in page
    assert "登记发布：开始当天，3 项" in page
    assert 'href="/reminders/day?on=2023-08-21#mails"' in page


def test_by_person_each_has_a_number_of_mails_and_the_first_of_them(season: World, browser: Open) -> None:
    page = browser(ADMIN).get("/reminders?by=person").text

    assert f'href="/people/{number(season, WANG)}">王敏</a>' in page
    assert f"person={number(season, LI)}" in page


def test_a_mail_to_come_is_shown_as_it_will_be_sent(season: World, browser: Open) -> None:
    admin, wang = browser(ADMIN), number(season, WANG)

    page, body = admin.get(f"{MAIL}{wang}"), admin.get(f"{MAIL}{wang}".replace("/mail?", "/mail/body?"))

    season.sweep(FIRST)
    post = Post()
    season.deliver(post, FIRST)
    sent = next(mail for mail in post.seen if WANG in str(mail["To"]))
    assert str(sent["Subject"]) in page.text
    assert "这是推演，不会发出任何邮件" in page.text
    html = next(part for part in sent.walk() if part.get_content_type() == "text/html")
    assert body.content.decode().split() == bytes(html.get_payload(decode=True)).decode().split()
    assert "sandbox" in body.headers["content-security-policy"]


@pytest.mark.parametrize(
    "query", ["", "?at=x&person=1", "?at=2023-08-21T01:00:00Z&person=999", "?at=1999-01-01&person=1"]
)
def test_where_no_mail_is_to_come_one_is_led_back(query: str, season: World, browser: Open) -> None:
    admin = browser(ADMIN)

    answer = admin.get(f"/reminders/mail{query}")

    assert answer.headers["location"] == "/reminders"
    assert "已经不在要发的里面" in admin.follow(answer).text


def test_a_mail_of_another_county_is_not_for_its_lead(season: World, browser: Open) -> None:
    lead = browser(LEAD)

    assert lead.get(f"{MAIL}{number(season, WANG)}").status_code == 200
    assert lead.get(f"{MAIL}{number(season, LI)}").status_code == 303
    assert "李强" not in lead.get("/reminders?by=person").text


def test_mails_to_be_reviewed_and_cases_without_an_address_are_told(city: World, browser: Open) -> None:
    city.apply(catalogue()[NOTICE] + "\nreview: true\n")
    city.enter(1)
    city.enter(1, title="无人的", coordinator=None)

    page = browser(ADMIN).get("/reminders").text

    assert "其中 1 封要先审核" in page
    assert "1 项没有可用的邮箱" in page


def test_without_anything_to_come_the_page_says_so(city: World, browser: Open, clock: Clock) -> None:
    clock.now = at(12, 20)

    page = browser(ADMIN).get("/reminders?days=7").text

    assert "接下来 7 天没有要发的提醒" in page
    assert "看 60 天" in page


def test_what_is_no_choice_is_left_out(season: World, browser: Open) -> None:
    page = browser(ADMIN).get("/reminders?days=9999&notice=nothing&by=moon&page=-3").text

    assert "接下来 14 天要发" in page


def test_looking_at_what_is_to_come_changes_nothing(season: World, browser: Open, home: Home) -> None:
    admin = browser(ADMIN)
    before = content(home)

    for path in ("/reminders?days=60", "/reminders/day?on=2023-10-11", f"{MAIL}{number(season, WANG)}"):
        assert admin.get(path).status_code == 200

    assert content(home) == before


def content(home: Home) -> list[str]:
    with home.database.read() as conn:
        raw = conn.connection.driver_connection
        assert raw is not None
        return list(raw.iterdump())


def test_a_title_with_markup_stays_text(city: World, browser: Open) -> None:
    city.enter(1, title="<script>alert(1)</script>")
    admin, day = browser(ADMIN), date(2023, 8, 21)

    pages = [
        admin.get(f"/reminders/day?on={day}").text,
        admin.get(f"{MAIL}{number(city, WANG)}").text,
        admin.get(f"{MAIL}{number(city, WANG)}".replace("/mail?", "/mail/body?")).text,
    ]

    assert all("alert(1)" in page and "<script>alert" not in page for page in pages)
