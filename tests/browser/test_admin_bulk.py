"""An admin with three hundred cases, seven of which cannot take the step."""

from collections import Counter

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from engine.tables import case
from tests.browser.looking import flaws
from tests.browser.site import Site
from tests.browser.windows import Windows
from tests.engine.world import ADMIN, FORMS, at


@pytest.fixture
def page(window: Windows, site: Site) -> Page:
    """Give the plan of registering 300 activities, seven of which lack their forms."""
    site.clock.now = at(9, 1)
    refs = site.world.enter(300, now=at(8, 22))
    site.world.do("attach", *refs[7:], materials=FORMS, now=at(8, 25))
    page = window(site, ADMIN)
    page.goto("/cases?kind=activity")
    page.get_by_label("要办的事").select_option("登记")
    page.get_by_role("button", name="全部 300 项一起办").click()
    return page


def states(site: Site) -> Counter[str]:
    with site.home.database.read() as conn:
        return Counter(conn.scalars(select(case.c.state).where(case.c.kind == "activity")))


def test_the_plan_tells_both_numbers_and_the_rest_is_done(page: Page, site: Site) -> None:
    expect(page.locator("h1")).to_have_text("登记：300 项中能办 293 项，7 项现在办不了")
    expect(page.locator("main")).to_contain_text("7 项：缺 1 份登记表；缺 1 条平台发布链接")
    assert states(site) == {"planned": 300}
    assert flaws(page) == []

    page.get_by_role("button", name="登记其余 293 项").click()

    expect(page.locator("h1")).to_have_text("登记：办好 293 项，7 项没有办")
    assert states(site) == {"planned": 7, "registered": 293}
    assert flaws(page) == []


def test_all_or_nothing_does_none_and_says_why(page: Page, site: Site) -> None:
    page.get_by_role("button", name="300 项全部一起办").click()

    expect(page.get_by_role("alert")).to_contain_text("300 项中有 7 项现在办不了，全部没有改动")
    assert states(site) == {"planned": 300}
