"""An admin and a notice that came as a document: read, checked date by date, planned and put in force."""

import re
from io import BytesIO

from docx import Document
from playwright.sync_api import FilePayload, Page, expect

from engine.tables import history, notice, notice_reading
from tests.browser.looking import flaws
from tests.browser.site import Site
from tests.browser.windows import NARROW, Windows
from tests.engine.notice_reading.papers import PAPER
from tests.engine.world import ADMIN

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def docx(text: str = PAPER) -> FilePayload:
    """Return a notice as a Word document."""
    document, file = Document(), BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(file)
    return {"name": "创客周通知.docx", "mimeType": WORD, "buffer": file.getvalue()}


def upload(page: Page) -> None:
    """Upload the notice and wait for what was read."""
    page.goto("/notices/readings")
    page.get_by_label("通知文件").set_input_files(docx())
    page.get_by_role("button", name="读出日期").click()
    expect(page.locator("h1")).to_contain_text("读出 6 个日期")


def card(page: Page, words: str) -> str:
    """Return the selector of the card about some words."""
    key = page.locator("li.date", has_text=words).get_attribute("id")
    return f"li#{key}"


def test_a_document_becomes_a_schedule_whose_reminders_are_in_the_preview(
    window: Windows, site: Site
) -> None:
    page = window(site, ADMIN)
    upload(page)
    assert flaws(page) == []

    wrong, needless = card(page, "报送总结材料"), card(page, "信息完善")
    page.locator(wrong).get_by_text("改日期").click()
    page.locator(wrong).get_by_label("最后一天").fill("2023-11-06")
    page.locator(wrong).get_by_role("button", name="改成这个日期").click()
    expect(page.locator(wrong)).to_contain_text("2023年11月6日 周一前")
    expect(page.locator(wrong)).to_be_focused()
    page.locator(needless).get_by_role("button", name="不要").click()
    expect(page.locator(needless)).to_contain_text("不列入")
    assert flaws(page) == []
    page.get_by_role("button", name="查看后果").click()

    expect(page.locator("h1")).to_contain_text("生效以后会发")
    assert [one.id for one in site.world.rows(notice)] == ["quanzhou-2023"]
    page.get_by_role("button", name="应用").click()

    expect(page.locator("#told")).to_contain_text("已应用第 1 版")
    page.goto("/reminders?days=60")
    days = page.locator(".days > li", has_text="报送总结材料").all_inner_texts()
    assert [day.split("\n")[0] for day in days[:4]] == [
        "10月26日 周四",
        "11月1日 周三",
        "11月3日 周五",
        "11月6日 周一",
    ]
    [kept] = site.world.rows(notice_reading)
    told = site.world.rows(history, subject=f"notice:{kept.notice}")[-1].reason
    assert told == f"依据文件“创客周通知.docx”（sha256 {kept.sha256}）"


def test_a_date_and_its_words_mark_each_other_on_a_phone_too(window: Windows, site: Site) -> None:
    page = window(site, ADMIN, width=NARROW)
    upload(page)
    assert flaws(page) == []

    one = card(page, "报送总结材料")
    page.locator(f"{one} .date-cite a").click()
    words = page.locator(".place.paired a")
    expect(words).to_be_in_viewport()
    expect(words).to_have_text("11月3日")
    words.click()

    expect(page.locator(one)).to_be_in_viewport()
    expect(page.locator(one)).to_have_class(re.compile("paired"))


def test_everything_can_be_decided_without_script(window: Windows, site: Site) -> None:
    page = window(site, ADMIN, script=False)
    upload(page)

    one = card(page, "信息完善")
    page.locator(one).get_by_role("button", name="不要").click()

    expect(page.locator(one)).to_contain_text("不列入")
