"""An admin and the schedule: a date moved by plan and apply, any day by the slider, drafts released."""

import re

import pytest
from playwright.sync_api import Page, expect

from config.catalogue import catalogue
from engine.planning import edit_schedule
from engine.tables import firing, message, schedule
from tests.browser.looking import flaws
from tests.browser.site import Site
from tests.browser.windows import Windows
from tests.engine.world import ADMIN, NOTICE, WANG, at

DUE = "milestones.information.due"
FUZZY = "milestones.register.due"
"""``late 2023-09`` is a date that no calendar knows: its field takes any text."""


@pytest.fixture
def season(site: Site) -> Site:
    """Give a site on 12 September with three activities."""
    site.go_to(at(9, 12, 10))
    site.world.enter(3, now=at(9, 12))
    return site


def coming(page: Page, day: str) -> list[str]:
    """Return what the list of reminders says of a day."""
    part = page.locator(".days > li", has=page.get_by_role("heading", name=re.compile(f"^{day} ")))
    return part.locator("li").all_inner_texts()


def database_of(site: Site) -> tuple[list[object], ...]:
    """Return what sending would change."""
    return site.world.rows(firing), site.world.rows(message)


def test_a_date_goes_through_plan_and_apply_and_the_mails_move(window: Windows, season: Site) -> None:
    page = window(season, ADMIN)
    page.goto("/reminders")
    before = coming(page, "9月26日")

    page.goto(f"/notices/{NOTICE}/edit")
    page.locator(f"input[name='{DUE}']").fill("2023-09-27")
    page.get_by_role("button", name="查看后果").click()
    expect(page.locator("h1")).to_contain_text("会移动")
    assert [one.version for one in season.world.rows(schedule, notice=NOTICE)] == [1]
    assert flaws(page) == []
    page.get_by_label("为什么改").fill("市里要求提前")
    page.get_by_role("button", name="应用").click()
    expect(page.locator("#told")).to_contain_text("已应用第 2 版")

    page.goto("/reminders")
    assert not any("信息完善" in line for line in before)
    assert any(line.startswith("信息完善：提前 1 个工作日") for line in coming(page, "9月26日"))


def test_a_wrong_date_is_told_at_its_field_and_the_rest_stays(window: Windows, season: Site) -> None:
    page = window(season, ADMIN)
    page.goto(f"/notices/{NOTICE}/edit")

    page.locator(f"input[name='{FUZZY}']").fill("9月31日")
    page.locator("input[name='send_at']").fill("08:30")
    page.get_by_role("button", name="查看后果").click()

    expect(page.locator(f"input[name='{FUZZY}']")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("input[name='send_at']")).to_have_value("08:30")
    assert flaws(page) == []


def test_the_slider_shows_a_coming_day_and_changes_nothing(window: Windows, season: Site) -> None:
    page = window(season, ADMIN)
    page.goto("/reminders/day")
    before = database_of(season)
    slider = page.get_by_role("slider")

    slider.focus()
    with page.expect_response("**/reminders/day?*"):
        for _ in range(16):
            page.keyboard.press("ArrowRight")
    expect(page.locator("#moment")).to_contain_text("这是推演，不会发出任何邮件")
    expect(page.locator("h1")).to_contain_text("到9月28日 周四，会有")

    expect(page.locator("#late")).to_contain_text("科学课 1")
    expect(page.locator("#mails")).to_contain_text("将发")
    expect(slider).to_be_focused()
    assert page.url == f"{season.url}/reminders/day"
    assert database_of(season) == before
    assert flaws(page) == []


def test_drafts_wait_for_review_and_leave_once_released(window: Windows, season: Site) -> None:
    season.world.apply(edit_schedule(catalogue()[NOTICE], {"review": True}), now=at(9, 12))
    season.go_to(at(9, 19, 9, 1))
    page = window(season, ADMIN)
    page.goto("/mails")
    waiting = len(season.world.rows(message, state="draft"))
    expect(page.locator("h1")).to_have_text(f"有 {waiting} 封邮件等您审核，放行后才会发出")
    assert flaws(page) == []

    page.locator("tbody th a").first.click()
    expect(page.frame_locator("iframe").locator("body")).to_contain_text("您好")
    page.go_back()
    page.get_by_role("button", name="放行").first.click()
    page.get_by_role("dialog").get_by_role("button", name="放行").click()

    expect(page.locator("#told")).to_contain_text("放行")
    season.mail_to(WANG, "QZ-2023-0001")
    assert season.world.rows(message, state="draft") == []
