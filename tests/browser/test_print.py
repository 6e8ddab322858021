"""On paper: black on white, the code and the link of a case, no navigation."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import AUDITOR, Site
from tests.browser.town import HELD
from tests.browser.windows import Windows
from tests.engine.world import ADMIN, NOTICE, WANG

COLOURS = """
() => {
  const style = getComputedStyle(document.body);
  return [style.color, style.backgroundColor];
}
"""
BLACK_ON_WHITE = ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


def on_paper(page: Page, path: str) -> Page:
    """Open a page as somebody would print it who works in the dark."""
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(path)
    return page


def test_the_paper_of_a_case_carries_its_code_and_link(window: Windows, town: Site) -> None:
    page = on_paper(window(town, WANG), f"/cases/{HELD}/print")

    code = page.locator("figure svg").first
    expect(code).to_be_visible()
    box = code.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 80
    expect(page.locator("figcaption")).to_have_text(f"{town.url}/cases/{HELD}")
    assert page.evaluate(COLOURS) == BLACK_ON_WHITE
    assert page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("/my", WANG),
        (f"/cases/{HELD}", WANG),
        ("/overview", ADMIN),
        (f"/notices/{NOTICE}", ADMIN),
        ("/reminders", ADMIN),
        ("/history", AUDITOR),
    ],
)
def test_every_page_prints_black_on_white_without_its_navigation(
    path: str, who: str, window: Windows, town: Site
) -> None:
    page = on_paper(window(town, who), path)

    assert page.evaluate(COLOURS) == BLACK_ON_WHITE
    expect(page.locator("h1")).to_be_visible()
    for part in ("header.top", "footer.foot", "a.skip"):
        expect(page.locator(part)).to_be_hidden()
