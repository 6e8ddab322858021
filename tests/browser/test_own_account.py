"""One's own account: secrets that are shown once and can be copied."""

import re

from playwright.sync_api import expect

from tests.browser.looking import flaws
from tests.browser.site import Site
from tests.browser.windows import Windows
from tests.engine.world import WANG


def test_a_token_is_shown_once_and_copied_with_one_button(window: Windows, site: Site) -> None:
    page = window(site, WANG)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.url)
    page.goto("/me")

    page.get_by_text("生成令牌").first.click()
    page.get_by_label("名称").fill("市平台每日同步")
    page.get_by_label("有效到").fill("2023-12-01")
    page.get_by_role("button", name="生成令牌").click()
    expect(page.locator("h1")).to_have_text("令牌已生成，只显示这一次")
    page.get_by_role("button", name="复制").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()

    secret = page.get_by_label("令牌").first.input_value()
    assert page.evaluate("navigator.clipboard.readText()") == secret
    assert flaws(page) == []
    page.goto("/me")
    assert secret not in page.content()


def test_the_calendar_gets_a_secret_address(window: Windows, site: Site) -> None:
    page = window(site, WANG)
    page.goto("/me")

    page.locator("form[action='/me/calendar'] button").click()

    expect(page.locator("#secret")).to_have_value(re.compile(rf"^{site.url}/feeds/[\w-]{{20,}}\.ics$"))
    assert flaws(page) == []
