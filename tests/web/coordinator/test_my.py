"""My cases: how many, by when, what is missing, one main button."""

from collections.abc import Callable

from fastapi import FastAPI

from tests.engine.world import ADMIN, FORMS, LEAD, WANG, World, at
from tests.web.browser import Browser
from tests.web.case.conftest import headline
from tests.web.conftest import Clock

Open = Callable[[str | None], Browser]


def busy(city: World, clock: Clock) -> list[str]:
    refs = city.enter(4)
    city.do("register", *refs[1:], materials=FORMS, now=at(8, 25))
    city.do("hold", *refs[2:], now=at(9, 19))
    city.do("cancel", refs[1], reason="停电", now=at(9, 1))
    clock.now = at(9, 27, 10)
    return refs


def test_the_answer_is_a_number_and_a_day(browser: Open, city: World, clock: Clock) -> None:
    busy(city, clock)

    page = browser(WANG).get("/my")

    assert headline(page) == "还有 5 项要办，其中 2 项已逾期；其余最近的在 9月28日 周四"
    assert page.text.count('class="button main"') == 1


def test_each_case_says_what_is_missing_and_its_next_step(browser: Open, city: World, clock: Clock) -> None:
    refs = busy(city, clock)

    page = browser(WANG).get("/my").text

    for shown in ("缺 1 张照片", "缺 1 个视频或新闻链接", "还有 1 个工作日", f"/cases/{refs[2]}#step"):
        assert shown in page
    assert "通知六（二）“请各活动举办单位于2023年9月30日前”" in page
    assert "已办好 1 项" in page


def test_late_comes_first(browser: Open, city: World, clock: Clock) -> None:
    busy(city, clock)

    page = browser(WANG).get("/my").text

    assert page.index("已逾期 2 项") < page.index("本周要办 3 项")
    assert "已逾期 28 天" in page


def test_an_empty_desk_says_why_and_what_to_do(browser: Open, city: World) -> None:
    page = browser(LEAD).get("/my")

    assert headline(page) == "您名下还没有事项"
    assert 'href="/cases/new"' in page.text


def test_everybody_has_a_desk_in_their_language(app: FastAPI, city: World) -> None:
    for who in (LEAD, ADMIN):
        visitor = Browser(app, who)
        visitor.cookies.set("duban_lang", "en")
        assert headline(visitor.get("/my")) == "You have no cases yet"
        visitor.close()


def test_what_was_sent_back_says_why_and_is_not_called_ready(
    browser: Open, city: World, clock: Clock
) -> None:
    (ref,) = city.enter()
    city.do("register", ref, materials=FORMS, now=at(8, 25))
    city.do("return", ref, reason="公章不清", now=at(8, 26))
    clock.now = at(8, 27)

    mine, case = browser(WANG).get("/my").text, browser(WANG).get(f"/cases/{ref}")

    assert ("被退回：公章不清" in mine, "材料已齐" in mine) == (True, False)
    assert (headline(case), "被退回：公章不清" in case.text) == ("被退回，请改好后再“登记”", True)
    assert f'action="/cases/{ref}/steps/register"' in case.text


def test_settings_are_offered_only_to_whom_they_open(browser: Open, city: World) -> None:
    offered = {who: 'href="/settings"' in browser(who).get("/overview").text for who in (LEAD, ADMIN)}

    assert offered == {LEAD: False, ADMIN: True}
