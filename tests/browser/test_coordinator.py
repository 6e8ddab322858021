"""A coordinator at work: from the mail to done, with a mouse, on a phone, by keyboard alone."""

from playwright.sync_api import Page, expect

from tests.browser.coordinating import held, state_of
from tests.browser.site import Site
from tests.browser.visiting import come_in, heading, photo
from tests.engine.world import FORMS, WANG, at


def test_a_link_in_a_mail_signs_in_once(page: Page, site: Site) -> None:
    link = site.link(WANG)
    page.goto(link)
    page.locator("main").get_by_role("button", name="登录").click()
    expect(page).to_have_url(f"{site.url}/my")

    page.context.clear_cookies()
    page.goto(link)

    expect(page.locator("main").get_by_role("button", name="登录", exact=True)).to_have_count(0)


def test_all_that_is_missing_is_handed_in_and_the_step_done_with_one_button(page: Page, site: Site) -> None:
    ref = held(site)
    come_in(page, site, WANG)
    page.goto(f"/cases/{ref}")

    page.get_by_label("上传照片").set_input_files(photo())
    page.get_by_label("新闻链接").fill("https://example.cn/news/1")
    page.get_by_role("button", name="完善信息").click()

    expect(page.locator("#told")).to_contain_text("信息已完善")
    assert state_of(site, ref) == "info_completed"


def test_what_was_typed_stays_when_something_is_still_missing(page: Page, site: Site) -> None:
    ref = held(site)
    come_in(page, site, WANG)
    page.goto(f"/cases/{ref}")

    page.get_by_label("新闻链接").fill("https://example.cn/news/1")
    page.get_by_role("button", name="完善信息").click()

    expect(page.get_by_role("heading", name="缺 1 张照片")).to_be_visible()
    assert state_of(site, ref) == "held"


def test_a_phone_shows_the_case_without_a_horizontal_scroll(phone: Page, site: Site) -> None:
    ref = held(site)
    come_in(phone, site, WANG)

    for path in ("/my", f"/cases/{ref}"):
        phone.goto(path)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390, path


def test_the_list_is_worked_off_by_keyboard_alone(page: Page, site: Site) -> None:
    ref = held(site)
    site.world.do("attach", ref, materials=FORMS[:1], now=at(9, 20))
    come_in(page, site, WANG)
    page.goto(f"/cases/{ref}")

    page.get_by_label("新闻链接").focus()
    page.keyboard.type("https://example.cn/news/1")
    _tab_to(page, "完善信息")
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_be_visible()
    assert "还差" in heading(page)


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until the button of that name has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == name:
            return
    raise AssertionError(f"no way by keyboard to {name}")


def test_the_language_changes_at_once_and_stays(page: Page, site: Site) -> None:
    come_in(page, site, WANG)
    page.get_by_text("王敏", exact=True).first.click()

    page.get_by_role("button", name="English").first.click()

    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto("/my")
    expect(page.locator("html")).to_have_attribute("lang", "en")
