"""Signing out ends it: the way back shows nothing, other windows neither."""

from playwright.sync_api import expect

from tests.browser.site import Site
from tests.browser.visiting import come_in
from tests.browser.windows import Windows
from tests.engine.world import WANG


def test_the_way_back_shows_nothing_after_signing_out(window: Windows, site: Site) -> None:
    [ref] = site.world.enter(1)
    page = window(site)
    come_in(page, site, WANG)
    page.goto(f"/cases/{ref}")
    page.get_by_text("王敏", exact=True).first.click()

    page.get_by_role("button", name="退出登录").first.click()
    expect(page.locator("main")).to_contain_text("已退出登录")
    page.go_back()

    expect(page.get_by_label("邮箱")).to_be_visible()
    assert "科学课" not in page.content()


def test_another_window_of_the_same_browser_is_signed_out_too(window: Windows, site: Site) -> None:
    first = window(site)
    come_in(first, site, WANG)
    second = first.context.new_page()
    second.goto("/my")

    first.get_by_text("王敏", exact=True).first.click()
    first.get_by_role("button", name="退出登录").first.click()
    expect(first.locator("main")).to_contain_text("已退出登录")
    second.reload()

    expect(second.get_by_label("邮箱")).to_be_visible()
