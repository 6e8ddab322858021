"""An admin and the mails' wording: seen on a real case while it is written, saved, tried."""

from playwright.sync_api import Page, expect

from engine.tables import message, template_text
from tests.browser.looking import flaws
from tests.browser.site import Site, text_of
from tests.browser.windows import Windows
from tests.engine.world import ADMIN

EDITOR = "/templates/reminder/zh"


def opened(window: Windows, site: Site) -> Page:
    """Open the editor on a real case."""
    [ref] = site.world.enter(title="赛先生来了")
    page = window(site, ADMIN)
    page.goto(f"{EDITOR}?ref={ref}")
    return page


def rewrite(page: Page, old: str, new: str) -> None:
    """Change the subject's text."""
    subject = page.get_by_label("主题")
    subject.fill(subject.input_value().replace(old, new))


def test_the_mail_is_seen_on_a_real_case_while_its_text_is_written(window: Windows, site: Site) -> None:
    page = opened(window, site)
    expect(page.locator("#preview")).to_contain_text("赛先生来了")
    expect(page.frame_locator("iframe").locator("body")).to_contain_text("赛先生来了")

    rewrite(page, "【督办】", "【泉州科普日】")

    expect(page.locator("#preview")).to_contain_text("【泉州科普日】")
    expect(page.get_by_label("主题")).to_be_focused()
    assert site.world.rows(template_text) == []
    assert flaws(page) == []


def test_a_text_that_makes_no_mail_is_told_and_kept(window: Windows, site: Site) -> None:
    page = opened(window, site)

    rewrite(page, "【督办】", "{{ 督办 }}")

    expect(page.locator("#preview")).to_contain_text("督办")
    expect(page.locator("#preview .note.late")).to_be_visible()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_label("主题")).to_have_attribute("aria-invalid", "true")
    assert "{{ 督办 }}" in page.get_by_label("主题").input_value()
    assert flaws(page) == []


def test_a_text_is_tried_on_oneself_saved_and_restored(window: Windows, site: Site) -> None:
    page, before = opened(window, site), len(site.world.rows(message))
    rewrite(page, "【督办】", "【泉州科普日】")

    page.get_by_role("button", name="给自己发一封试试").click()
    assert "赛先生来了" in text_of(site.mail_to(ADMIN, "泉州科普日"))
    page.get_by_role("button", name="保存").click()
    expect(page.locator("main")).to_contain_text("由周管理员改过")
    page.get_by_role("button", name="恢复系统自带的主题").click()
    page.get_by_role("dialog").get_by_role("button", name="恢复").click()

    expect(page.locator("#told")).to_contain_text("已恢复为系统自带的写法")
    assert "【督办】" in page.get_by_label("主题").input_value()
    assert len(site.world.rows(message)) == before
