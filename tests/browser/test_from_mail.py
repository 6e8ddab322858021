"""From a reminder to done: the way that most people go, with a mouse, on a phone, without script."""

import re
from email.message import EmailMessage

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.coordinating import held, state_of
from tests.browser.looking import flaws
from tests.browser.site import Site, text_of
from tests.browser.visiting import photo
from tests.browser.windows import NARROW, WIDE, Windows
from tests.engine.world import WANG, at

NEWS = "https://example.cn/news/1"


def link_in(mail: EmailMessage, way: str) -> str:
    """Return the first link of a mail whose address has a way in it."""
    found = re.search(rf"http://\S+{way}\S*", text_of(mail))
    assert found is not None
    return found[0]


def sign_in(page: Page, site: Site) -> None:
    """Ask for a link by mail, follow it, and be where one wanted to go."""
    page.get_by_label("邮箱").fill(WANG)
    page.get_by_role("button", name="发登录链接到邮箱").click()
    page.goto(link_in(site.mail_to(WANG, "登录"), "/sign-in/link/"))
    page.locator("main").get_by_role("button", name="登录").click()


class Hand:
    """Counts its clicks."""

    def __init__(self) -> None:
        self.clicks = 0

    def click(self, thing: Locator) -> None:
        """Click something."""
        thing.click()
        self.clicks += 1


@pytest.mark.parametrize(("way", "width"), [("/cases/QZ-2023-0001", WIDE), ("/my", NARROW)])
def test_from_a_link_of_a_reminder_to_done_takes_three_clicks(
    way: str, width: int, window: Windows, site: Site
) -> None:
    ref, page, hand = held(site), window(site, width=width), Hand()
    page.on("filechooser", lambda chooser: chooser.set_files(photo()))
    site.go_to(at(9, 28, 9, 1))
    page.goto(link_in(site.mail_to(WANG, ref), way))
    sign_in(page, site)

    if way == "/my":
        hand.click(page.get_by_role("link", name="完善信息："))
    hand.click(page.get_by_label("上传照片"))
    expect(page.get_by_role("heading", name="材料 4 份")).to_be_visible()
    page.get_by_label("新闻链接").fill(NEWS)
    hand.click(page.get_by_role("button", name="完善信息", exact=True))

    expect(page.locator("#told")).to_contain_text("信息已完善")
    assert (state_of(site, ref), hand.clicks <= 3) == ("info_completed", True)
    assert flaws(page) == []


def test_the_same_job_is_done_without_script(window: Windows, site: Site) -> None:
    ref, page = held(site), window(site, script=False)
    page.goto(site.link(WANG))
    page.locator("main").get_by_role("button", name="登录").click()
    page.get_by_role("link", name="完善信息：").click()

    page.get_by_label("上传照片").set_input_files(photo())
    page.get_by_label("新闻链接").fill(NEWS)
    page.get_by_role("button", name="完善信息", exact=True).click()

    expect(page.locator("#told")).to_contain_text("信息已完善")
    assert state_of(site, ref) == "info_completed"


def test_without_script_the_form_is_kept_and_handed_in_by_buttons(window: Windows, site: Site) -> None:
    ref = held(site)
    site.world.do("return", ref, reason="登记表不清楚", now=at(9, 20))
    page = window(site, WANG, script=False)
    page.goto(f"/cases/{ref}/form")

    page.get_by_label("活动内容").fill("动手做实验")
    page.get_by_role("button", name="先保存").click()

    expect(page.get_by_label("活动内容")).to_have_value("动手做实验")
    expect(page.locator("#told")).to_contain_text("保存")
