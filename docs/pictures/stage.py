"""The demonstration on a stage: served from a copy, in one language, at a time that stands still."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from os import environ
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import select

from config.settings import load_settings
from engine.accounts.sessions import open_session
from engine.home import Home, open_home
from engine.runner import Runner
from engine.sealer import Sealer
from engine.simulate.demo import DESKS_AT
from engine.simulate.desks import seats
from engine.tables import case, person
from notifications.transport import open_transport
from web.serve import listen, served
from web.visit import LANG, SESSION
from web.words import said

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
_LOCALES = {"zh": "zh-CN", "en": "en-GB"}


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now


@dataclass(slots=True, kw_only=True)
class Stage:
    """A served copy of the demonstration, and the windows in which its people look at it."""

    url: str
    lang: str
    home: Home
    clock: Clock
    runner: Runner
    browser: Browser
    desks: dict[str, int]
    windows: dict[tuple[str, int], Page] = field(default_factory=dict)

    def say(self, key: str, **values: object) -> str:
        """Return a text of the pages, as the pictures have it."""
        return said(key, self.lang, **values)

    def number(self, who: str) -> int:
        """Return the number of the person at a desk, or of a person by mail address."""
        with self.home.database.read() as conn:
            known = select(person.c.id).where(person.c.email == who)
            return self.desks.get(who) or conn.scalars(known).one()

    def case_of(self, who: str, state: str) -> str:
        """Return the page of the last activity in a state that somebody answers for."""
        mine = (case.c.coordinator_id == self.number(who)) & (case.c.state == state)
        with self.home.database.read() as conn:
            ref = conn.scalars(
                select(case.c.ref).where(mine, case.c.kind == "activity").order_by(case.c.ref)
            ).all()[-1]
        return f"/cases/{ref}"

    def window(self, who: str, width: int) -> Page:
        """Return the window of a desk, of a person by mail address, or (``nobody``) of a stranger."""
        if (who, width) not in self.windows:
            self.windows[who, width] = self._open(who, width)
        return self.windows[who, width]

    def _open(self, who: str, width: int) -> Page:
        sharp = 2 if width < 600 else 1
        context = self.browser.new_context(
            base_url=self.url,
            locale=_LOCALES[self.lang],
            viewport={"width": width, "height": 844},
            device_scale_factor=sharp,
        )
        context.add_cookies([{"name": LANG, "value": self.lang, "url": self.url}])
        if who != "nobody":
            context.add_cookies([{"name": SESSION, "value": self._session(who), "url": self.url}])
        return context.new_page()

    def _session(self, who: str) -> str:
        number = self.number(who)
        with self.home.database.write() as conn:
            return open_session(conn, number, device="Firefox 128", now=self.clock())


@contextmanager
def on_stage(season: Path, lang: str) -> Iterator[Stage]:
    """Serve a copy of the demonstration's desks for as long as the block runs."""
    with _copy(season) as home, listen("127.0.0.1", 0) as socket, _browser(lang) as browser:
        url = f"http://127.0.0.1:{socket.getsockname()[1]}"
        clock = Clock(DESKS_AT)
        with home.database.read() as conn:
            desks = {seat.desk: seat.person_id for seat in seats(conn)}
        with _running(home, clock) as runner, served(home, socket, clock=clock):
            yield Stage(
                url=url, lang=lang, home=home, clock=clock, runner=runner, browser=browser, desks=desks
            )


@contextmanager
def _copy(season: Path) -> Iterator[Home]:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "duban"
        shutil.copytree(season, copy, ignore=shutil.ignore_patterns("mail", "*.lock"))
        with open_home(load_settings(home=copy, mail_url=f"folder:{copy / 'mail'}")) as home:
            yield home


@contextmanager
def _browser(lang: str) -> Iterator[Browser]:
    """Start a browser of this machine; fields of files and dates are in the languages that it has."""
    program = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if program is None:
        raise SystemExit("a chromium is needed")
    locale = _LOCALES[lang]
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-gpu", f"--lang={locale}"],
            env={**environ, "LANGUAGE": locale.replace("-", "_")},
        )
        yield browser
        browser.close()


@contextmanager
def _running(home: Home, clock: Clock) -> Iterator[Runner]:
    runner = Runner(
        database=home.database,
        office=home.office(),
        transport=lambda: open_transport(home.settings.mail_url.get_secret_value()),
        clock=clock,
        sealer=Sealer(key=home.seal_key),
    )
    runner.start()
    try:
        yield runner
    finally:
        runner.stop()
