"""Windows of everybody, each looking in one way: a width, a language, light or dark."""

from typing import NamedTuple
from urllib.parse import quote

from playwright.sync_api import Browser, Page

from tests.browser.looking import Listener, axe_flaws, frame_flaws
from tests.browser.site import Site
from tests.browser.windows import HEIGHT, NARROW, PATIENCE, WIDE, session
from web.visit import LANG, SESSION


class Look(NamedTuple):
    """One way to look; axe-core does at this width, the frame is measured at all."""

    lang: str
    width: int
    scheme: str


CHINESE, ENGLISH = Look("zh", WIDE, "light"), Look("en", NARROW, "dark")


class Seen(NamedTuple):
    """What somebody saw; ``shown`` is False where they were led elsewhere or refused."""

    shown: bool
    flaws: list[str]


class Eyes:
    """The windows, opened as they are needed and kept."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self._browser, self._site = browser, site
        self._windows: dict[tuple[str | None, Look], tuple[Page, Listener]] = {}

    def look_at(self, path: str, who: str | None, look: Look, *, closely: bool = True) -> Seen:
        """Let somebody (None: who has not signed in) look at a page; ``closely``: with axe-core's rules."""
        page, listener = self._window(who, look)
        answer = page.goto(path)
        assert answer is not None
        flaws = self._frames(page, look) + (axe_flaws(page) if closely else [])
        heard = listener.take()
        flaws += heard if answer.ok else [one for one in heard if "Failed to load resource" not in one]
        return Seen(
            answer.ok and page.url == self._site.url + quote(path, safe="/?=&%:+"),
            [f"{who or 'a stranger'}, {look.lang}: {flaw}" for flaw in flaws],
        )

    def close(self) -> None:
        """Close the windows."""
        for page, _ in self._windows.values():
            page.context.close()

    def _frames(self, page: Page, look: Look) -> list[str]:
        found: list[str] = []
        for width in sorted((WIDE, NARROW), key=lambda width: width == look.width):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            found += [f"at {width} px: {flaw}" for flaw in frame_flaws(page, look.lang)]
        return found

    def _window(self, who: str | None, look: Look) -> tuple[Page, Listener]:
        if (who, look) not in self._windows:
            page = self._opened(who, look)
            self._windows[who, look] = page, Listener(page)
        return self._windows[who, look]

    def _opened(self, who: str | None, look: Look) -> Page:
        url = self._site.url
        context = self._browser.new_context(
            base_url=url,
            locale="zh-CN",
            color_scheme="dark" if look.scheme == "dark" else "light",
            viewport={"width": look.width, "height": HEIGHT},
        )
        context.set_default_timeout(PATIENCE)
        context.add_cookies([{"name": LANG, "value": look.lang, "url": url}])
        if who is not None:
            context.add_cookies([{"name": SESSION, "value": session(self._site, who), "url": url}])
        return context.new_page()
