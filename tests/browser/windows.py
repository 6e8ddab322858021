"""Windows of a browser before a site: of somebody signed in, wide or narrow, with script or without."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from engine.accounts.sessions import open_session
from tests.browser.site import Site
from web.visit import SESSION

HEIGHT = 844
WIDE, NARROW = 1280, 390
PATIENCE = 30_000  # milliseconds; a machine with much else to do is slow


class Windows:
    """Windows, opened one by one and closed together; what their scripts complain of is remembered."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._opened: list[Page] = []
        self._wrong: list[str] = []

    def __call__(self, site: Site, who: str | None = None, *, width: int = WIDE, script: bool = True) -> Page:
        """Open a window in Chinese; ``who`` (a mail address) has signed in."""
        context = self._browser.new_context(
            base_url=site.url,
            locale="zh-CN",
            viewport={"width": width, "height": HEIGHT},
            java_script_enabled=script,
        )
        context.set_default_timeout(PATIENCE)
        if who is not None:
            context.add_cookies([{"name": SESSION, "value": session(site, who), "url": site.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: self._wrong.append(str(error)))
        page.on("console", lambda line: self._note(line.text))
        self._opened.append(page)
        return page

    def close(self) -> list[str]:
        """Close all windows and return what was complained of."""
        for page in self._opened:
            page.context.close()
        return self._wrong

    def _note(self, text: str) -> None:
        if "Content Security" in text:
            self._wrong.append(text)


@contextmanager
def windows(browser: Browser) -> Iterator[Windows]:
    """Give windows; an error of a script in one of them fails the test."""
    opened = Windows(browser)
    yield opened
    assert opened.close() == []


def session(site: Site, who: str) -> str:
    """Begin a session of somebody and return its cookie."""
    number = site.world.person(who).person_id
    assert number is not None
    with site.home.database.write() as conn:
        return open_session(conn, number, device="test", now=site.clock())
