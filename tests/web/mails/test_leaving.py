"""Mails leave when a page has queued them, not at the runner's next heartbeat."""

from collections.abc import Callable, Iterator
from email.message import EmailMessage
from threading import Event

import pytest
from fastapi import FastAPI

from config.catalogue import catalogue
from engine.home import Home
from engine.runner import Runner
from engine.tables import message
from notifications.outcome import Outcome
from tests.engine.post import ACCEPTED
from tests.engine.world import ADMIN, NOTICE, WANG, World, at
from tests.web.browser import Browser
from tests.web.conftest import Clock
from web.wake import wake_by

SOON = 5.0  # seconds; the heartbeat would take thirty


class Bell:
    """A transport that rings when it is given a mail."""

    def __init__(self) -> None:
        self.rung = Event()

    def send(self, message: EmailMessage) -> Outcome:
        """Take a mail."""
        del message
        self.rung.set()
        return ACCEPTED

    def close(self) -> None:
        """Nothing is held open."""


@pytest.fixture
def bell() -> Bell:
    """Give a transport that rings."""
    return Bell()


@pytest.fixture
def drafts(city: World, clock: Clock) -> World:
    """Give a city with a mail that waits for review."""
    city.apply(catalogue()[NOTICE] + "\nreview: true\n")
    city.enter(1)
    clock.now = at(8, 21, 10)
    city.sweep(at(8, 21))
    return city


@pytest.fixture
def running(home: Home, app: FastAPI, drafts: World, bell: Bell) -> Iterator[Runner]:
    """Run that home beside its pages."""
    clock = app.state.office.clock
    runner = Runner(database=home.database, office=home.office(), transport=lambda: bell, clock=clock)
    wake_by(app.state.office, runner.wake)
    runner.start()
    yield runner
    runner.stop()


@pytest.mark.usefixtures("running")
def test_a_released_mail_leaves_at_once(city: World, browser: Callable[[str], Browser], bell: Bell) -> None:
    admin = browser(ADMIN)

    admin.post("/mails/release", {"mails": str(city.rows(message)[0].id)})

    assert bell.rung.wait(SOON)


@pytest.mark.usefixtures("running")
def test_a_link_to_sign_in_leaves_at_once(browser: Callable[[str | None], Browser], bell: Bell) -> None:
    browser(None).post("/sign-in/link", {"address": WANG})

    assert bell.rung.wait(SOON)
