"""One picture of a guide: who looks at which page, and what they do there first."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page
from stage import Stage

Act = Callable[[Stage, Page], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A picture called ``name``; ``top`` is where it begins, a selector, or None for the page's top."""

    name: str
    who: str
    path: str | Callable[[Stage], str]
    height: int = 700
    width: int = 1080
    top: str | None = None
    act: Act = lambda _stage, _page: None


def press(page: Page, text: str) -> None:
    """Press the button, follow the link or open the fold of that text."""
    main = page.locator("main")
    for role in ("button", "link"):
        found = main.get_by_role(role, name=text, exact=True)
        if found.count():
            return found.first.click()
    return main.locator("summary", has_text=text).first.click()
