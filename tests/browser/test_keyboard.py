"""Every desk by keyboard alone: the way in, the ring, the menus, a whole job, the focus after a swap."""

import pytest
from playwright.sync_api import Page, expect

from engine.tables import schedule
from tests.browser.coordinating import held, state_of
from tests.browser.keys import stop, stops, tab_to
from tests.browser.site import AUDITOR, Site
from tests.browser.town import HELD
from tests.browser.visiting import photo
from tests.browser.windows import NARROW, Windows
from tests.engine.world import ADMIN, NOTICE, WANG

FRONTS = (("/my", WANG), ("/overview", ADMIN), ("/history", AUDITOR))
PAGES = (*FRONTS, (f"/cases/{HELD}", WANG), (f"/notices/{NOTICE}/edit", ADMIN), ("/cases", ADMIN))


def press(page: Page, *keys: str) -> None:
    """Press keys one after the other."""
    for key in keys:
        page.keyboard.press(key)


@pytest.mark.parametrize(("path", "who"), FRONTS)
def test_the_first_stop_leads_past_the_navigation(path: str, who: str, window: Windows, town: Site) -> None:
    page = window(town, who)
    page.goto(path)

    press(page, "Tab")
    first = stop(page)
    press(page, "Enter", "Tab")

    assert (first and (first.name, first.ringed, first.on_screen)) == ("跳到正文", True, True)
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize(("path", "who"), PAGES)
def test_whatever_has_the_focus_is_seen_to_have_it(path: str, who: str, window: Windows, town: Site) -> None:
    page = window(town, who)
    page.goto(path)

    found = stops(page)

    assert [one for one in found if not (one.ringed and one.on_screen)] == []
    assert [one for one in found if not one.name] == []
    assert len(found) > 10


def test_the_menu_of_a_phone_opens_and_shuts_by_keyboard(window: Windows, town: Site) -> None:
    page = window(town, WANG, width=NARROW)
    page.goto("/my")

    tab_to(page, "菜单")
    press(page, "Enter")
    expect(page.get_by_role("link", name="我的账号")).to_be_visible()
    press(page, "Tab", "Escape")

    expect(page.get_by_role("link", name="我的账号")).to_be_hidden()
    assert (at := stop(page)) is not None
    assert at.name == "菜单"


def test_a_coordinator_completes_a_case(window: Windows, site: Site) -> None:
    ref, page = held(site), window(site, WANG)
    page.on("filechooser", lambda chooser: chooser.set_files(photo()))
    page.goto("/my")

    tab_to(page, "完善信息")
    press(page, "Enter")
    page.wait_for_url(f"**/cases/{ref}*")
    tab_to(page, "上传照片")
    press(page, "Enter")
    expect(page.get_by_role("heading", name="材料 4 份")).to_be_visible()
    tab_to(page, "新闻链接")
    page.keyboard.type("https://example.cn/news/1")
    tab_to(page, "完善信息")
    press(page, "Enter")

    expect(page.locator("#told")).to_contain_text("信息已完善")
    assert state_of(site, ref) == "info_completed"


def test_an_admin_moves_a_date(window: Windows, site: Site) -> None:
    page = window(site, ADMIN)
    page.goto(f"/notices/{NOTICE}/edit")

    tab_to(page, "每天几点发提醒")
    press(page, "0", "8", "3", "0")
    tab_to(page, "查看后果")
    press(page, "Enter")
    expect(page.locator("h1")).to_contain_text("会移动")
    tab_to(page, "应用")
    press(page, "Enter")

    expect(page.locator("#told")).to_contain_text("已应用第 2 版")
    assert len(site.world.rows(schedule, notice=NOTICE)) == 2


def test_an_auditor_finds_a_change_and_verifies(window: Windows, site: Site) -> None:
    site.world.enter(1)
    page = window(site, AUDITOR)
    page.goto("/history")

    tab_to(page, "找编号、名称、人、理由")
    page.keyboard.type("QZ-2023-0001")
    press(page, "Enter")
    expect(page.locator("#changes li.item")).to_have_count(1)
    page.goto("/verify")
    tab_to(page, "开始核验")
    press(page, "Enter")

    expect(page.locator("h1")).to_contain_text("完好：")


def test_what_follows_in_a_list_takes_the_focus(window: Windows, town: Site) -> None:
    page = window(town, AUDITOR)
    page.goto("/history")
    before = page.locator("#changes li.item").count()

    tab_to(page, "看后面的")
    press(page, "Enter")
    expect(page.locator("#changes li.item").nth(before)).to_be_focused()

    assert page.url == f"{town.url}/history"


def test_a_question_takes_the_focus_and_gives_it_back(window: Windows, site: Site) -> None:
    [ref] = site.world.enter(1)
    page = window(site, ADMIN)
    page.goto(f"/cases/{ref}/force")
    page.get_by_label("原因").fill("平台故障")

    tab_to(page, "强制办理")
    press(page, "Enter")
    asked = stop(page)
    press(page, "Escape")
    back = stop(page)
    press(page, "Enter", "Shift+Tab", "Enter")

    expect(page.locator("#told")).to_contain_text("登记")
    assert (asked and asked.name, back and back.name) == ("先不办", "强制办理")


def test_what_is_typed_is_not_left_without_a_question(window: Windows, town: Site) -> None:
    page = window(town, ADMIN)
    page.goto(f"/notices/{NOTICE}/edit")
    page.get_by_label("每天几点发提醒").fill("08:30")

    tab_to(page, "不改了，返回")
    press(page, "Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    press(page, "Escape")

    expect(page.get_by_label("每天几点发提醒")).to_have_value("08:30")
    assert page.url == f"{town.url}/notices/{NOTICE}/edit"
