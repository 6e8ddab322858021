"""The overview: its numbers are the lengths of the lists behind them, and nobody sees beyond their region."""

import re
from collections.abc import Callable
from html import unescape

import pytest

from tests.engine.crowd import crowd, two_notices
from tests.engine.world import ADMIN, LEAD, LI, NOTICE, PROOF, SCHOOL, WANG, World, at
from tests.web.browser import Browser
from tests.web.conftest import Clock
from web.visit import LANG

Sign = Callable[[str | None], Browser]


@pytest.fixture
def season(city: World, clock: Clock) -> World:
    """Fill a city with cases of every sort, at the end of September."""
    two_notices(city)
    with city.database.write() as conn:
        crowd(conn, seed=3, count=200)
    clock.now = at(9, 28, 10)
    return city


def total(page: str) -> int:
    """Return the number in a list's first sentence."""
    found = re.search(r"<h1>.*?(\d+)", page)
    assert found is not None
    return int(found[1])


def links(page: str, part: str) -> list[tuple[str, int]]:
    """Return the address and number of each figure, or of each row of a table."""
    found = {
        "figures": r'<a class="\w+" href="([^"]+)"><span class="figure">(\d+)</span>',
        "states": r'<th scope="row"><a href="([^"]+kind=[^"]+)">[^<]+</a></th>\s*<td class="num">(\d+)</td>',
    }[part]
    return [(unescape(href), int(number)) for href, number in re.findall(found, page)]


@pytest.mark.parametrize("address", [ADMIN, LEAD])
@pytest.mark.parametrize("query", ["", f"?notice={NOTICE}"])
def test_each_number_is_the_length_of_its_list(
    address: str, query: str, season: World, browser: Sign
) -> None:
    viewer = browser(address)
    page = viewer.get(f"/overview{query}").text
    figures, states = links(page, "figures"), links(page, "states")

    assert (len(figures), len(states) > 4) == (4, True)
    assert figures + states == [(href, total(viewer.get(href).text)) for href, _ in figures + states]


def test_each_cell_of_the_map_leads_to_as_many(season: World, browser: Sign) -> None:
    admin = browser(ADMIN)
    page = admin.get("/overview").text
    wide = page.partition('class="pic pic-heat pic-wide"')[2].partition("</svg>")[0]

    found = re.findall(r'<a href="([^"]+standing=late[^"]*)".*?<tspan class="late">(\d+)</tspan>', wide)

    assert len(found) > 3
    assert [int(late) for _, late in found] == [total(admin.get(unescape(href)).text) for href, _ in found]


def test_each_coming_reminder_leads_to_its_mails(city: World, clock: Clock, browser: Sign) -> None:
    city.enter(3)
    clock.now = at(9, 20)
    admin = browser(ADMIN)
    page = admin.get("/overview").text.partition('id="days"')[2]

    found = re.findall(r'<a href="(/reminders/day[^"]+)">([^<]+) \d+ 项</a>', page)

    assert len(found) > 3
    for href, name in found:
        mails = admin.get(unescape(href)).text
        told = re.search(rf"<h1>[^<]*?(\d+) 封邮件，提醒“{name}”</h1>", mails)
        assert told is not None and int(told[1]) > 0 and f"邮件 {told[1]} 封" in mails


def test_the_first_sentence_tells_what_matters(city: World, clock: Clock, browser: Sign) -> None:
    clock.now = at(9, 20)
    city.enter(3)

    page = browser(ADMIN).get("/overview").text

    assert re.findall("<h1>(.*?)</h1>", page) == ["还有 4 项逾期，9月30日前有 3 项要完成“登记发布”"]


def test_a_city_without_cases_is_told_how_to_begin(city: World, clock: Clock, browser: Sign) -> None:
    clock.now = at(8, 16)
    with city.database.write() as conn:
        conn.exec_driver_sql("DELETE FROM case_")

    answer = browser(ADMIN).get("/overview").text

    assert "还没有活动和报送" in answer and 'href="/imports/activity"' in answer


def test_a_lead_sees_the_own_county_only(city: World, clock: Clock, browser: Sign) -> None:
    city.enter(1)
    city.enter(1, region="350503", unit=SCHOOL, coordinator=LI)
    clock.now = at(9, 20)

    answer = browser(LEAD).get("/overview").text

    assert "鲤城区" in answer and "丰泽区" not in answer and SCHOOL not in answer


def test_units_that_have_filed_nothing_are_named(city: World, browser: Sign) -> None:
    city.enter(1)

    answer = browser(ADMIN).get("/overview").text

    assert "1 个单位一项活动也没有报" in answer and SCHOOL in answer


def test_a_notice_of_nobody_here_is_not_found(season: World, browser: Sign) -> None:
    assert browser(ADMIN).get("/overview?notice=no-such").status_code == 404
    assert browser(ADMIN).get("/overview/season?notice=xinxiang-2023").status_code == 404


@pytest.mark.parametrize("path", ["/overview", "/overview/season"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_both_pages_speak_both_languages(path: str, lang: str, season: World, browser: Sign) -> None:
    admin = browser(ADMIN)
    admin.cookies.set(LANG, lang)

    answer = admin.get(path)

    assert answer.status_code == 200
    assert f'<html lang="{"en" if lang == "en" else "zh-CN"}">' in answer.text


def test_the_season_says_how_many_are_summarised(city: World, clock: Clock, browser: Sign) -> None:
    refs = city.enter(2)
    for trigger, day in (("register", 1), ("hold", 19), ("complete_info", 20), ("summarize", 21)):
        city.do(trigger, refs[0], now=at(9, day), force=True, reason="演示", materials=PROOF)
    clock.now = at(9, 22)

    assert "2 项活动中，1 项已经总结" in browser(ADMIN).get("/overview/season").text


def test_a_coordinator_has_no_overview(city: World, browser: Sign) -> None:
    assert browser(WANG).get("/overview").status_code == 403
