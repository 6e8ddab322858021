"""An auditor: back to 28 September, a search, a verification, a row that somebody altered."""

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import flaws
from tests.browser.site import AUDITOR, Site
from tests.browser.windows import Windows
from tests.engine.world import ADMIN, FORMS, PROOF, WANG, at

FIRST, SECOND = "QZ-2023-0001", "QZ-2023-0002"


@pytest.fixture
def past(site: Site) -> Site:
    """Give a site on 30 September: one case was completed the day before, one was forced."""
    world = site.world
    world.enter(2, now=at(8, 22))
    wang, admin = world.person(WANG), world.person(ADMIN)
    world.do("register", FIRST, materials=FORMS, now=at(8, 25), actor=wang)
    world.do("register", SECOND, force=True, reason="平台故障", now=at(8, 26), actor=admin)
    world.do("hold", FIRST, now=at(9, 20), actor=wang)
    world.do("complete_info", FIRST, materials=PROOF, now=at(9, 29, 16), actor=wang)
    site.go_to(at(9, 30, 10))
    return site


def verify(page: Page) -> None:
    """Have the history verified and wait for the verdict."""
    page.goto("/verify")
    page.get_by_role("button", name="开始核验").click()
    expect(page.get_by_role("button", name="再核验一次")).to_be_visible()


def alter(site: Site) -> None:
    """Alter a row as the owner of the database can."""
    with closing(sqlite3.connect(site.home.path / "duban.db", timeout=30)) as conn, conn:
        conn.execute("DROP TRIGGER history_no_update")
        conn.execute("UPDATE history SET reason = '另一个理由' WHERE forced = 1")


def test_back_on_28_september_the_states_of_then_stand_beside_those_of_now(
    window: Windows, past: Site
) -> None:
    page = window(past, AUDITOR)
    page.goto("/history")

    page.get_by_label("哪一天").fill("2023-09-28")
    page.get_by_role("button", name="看这一天").click()
    expect(page.locator("h1")).to_have_text("9月28日 周四 结束时，共有 4 个事项")
    row = page.get_by_role("row", name=FIRST)
    assert row.locator("td").all_inner_texts()[-2:] == ["已举办", "信息已完善"]
    assert flaws(page) == []
    row.get_by_role("link").click()

    expect(page.locator("h1")).to_contain_text(f"9月28日 周四 结束时，{FIRST} 的状态是“已举办”")
    materials = page.get_by_role("row", name="材料")
    expect(materials).to_contain_text("1 张照片")
    assert "照片" not in materials.locator("td").first.inner_text()
    assert flaws(page) == []


def test_the_slider_leads_to_the_day_on_which_it_is_let_go(window: Windows, past: Site) -> None:
    page = window(past, AUDITOR)
    page.goto("/history/at")

    page.get_by_role("slider").focus()
    with page.expect_navigation():
        page.keyboard.press("ArrowLeft")

    expect(page.locator("h1")).to_contain_text("9月29日 周五 结束时")


def test_a_change_is_found_by_its_reason(window: Windows, past: Site) -> None:
    page = window(past, AUDITOR)
    page.goto("/history")

    page.get_by_role("searchbox").fill("平台故障")
    page.keyboard.press("Enter")

    expect(page.locator("#changes li.item")).to_have_count(1)
    expect(page.locator("#changes")).to_contain_text(SECOND)
    page.locator("#changes summary", has_text="详情").click()
    expect(page.locator("#changes")).to_contain_text("平台故障")
    assert flaws(page) == []


def test_a_sound_history_is_verified_and_told_so(window: Windows, past: Site) -> None:
    page = window(past, AUDITOR)

    verify(page)

    expect(page.locator("h1")).to_contain_text("完好：")
    assert flaws(page) == []


def test_an_altered_row_is_found_and_named(window: Windows, past: Site) -> None:
    page = window(past, AUDITOR)
    alter(past)

    verify(page)

    expect(page.locator("h1")).to_contain_text("被改过：第 ")
    expect(page.locator("h1")).to_contain_text(f"case:{SECOND} 第 2 版")
    assert flaws(page) == []
    page.get_by_role("link", name="看这一对象的历史").click()
    expect(page.locator("main")).to_contain_text(SECOND)
