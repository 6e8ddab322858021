"""The thread that tells webhooks, beside the one that sends mails."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import TYPE_CHECKING

import structlog

from config.errors import UserError
from engine.clock import Clock, utc_now
from engine.database import Database
from engine.webhooks.deliver import deliver_hooks
from engine.webhooks.office import HookOffice
from engine.webhooks.post import LONGEST, TIMEOUT

if TYPE_CHECKING:
    from engine.home import Home

log = structlog.get_logger()

EVERY = 30.0
"""Seconds after which it looks by itself."""


@dataclass(slots=True, kw_only=True)
class Courier:
    """Tells webhooks until it is stopped; ``office`` is asked each time: a key made meanwhile is found."""

    database: Database
    office: Callable[[], HookOffice]
    clock: Clock = utc_now
    _stopped: Event = field(default_factory=Event)
    _wake: Event = field(default_factory=Event)
    _thread: Thread | None = None

    def start(self) -> None:
        """Begin in the background."""
        self._thread = Thread(target=self._run, name="webhooks", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Look now."""
        self._wake.set()

    def stop(self) -> None:
        """Finish the call in hand; a second time changes nothing."""
        self._stopped.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(LONGEST + 3 * TIMEOUT)

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._wake.clear()
            self._tell()
            if not self._stopped.is_set():  # its call may have come before the clearing
                self._wake.wait(EVERY)

    def _tell(self) -> None:
        try:
            told = deliver_hooks(self.database, self.office(), clock=self.clock, stop=self._stopped.is_set)
        except UserError as error:
            log.error("webhooks wait", code=error.code, why=error.text.en)  # noqa: TRY400  the text says all
            return
        except Exception:  # whatever it was, the thread must live; the call in hand is made again
            log.exception("webhooks failed")
            return
        for one in told:
            log.info("webhook called", webhook=one.hook, event_id=one.event, taken=one.taken)


def courier_of(home: "Home", *, clock: Clock = utc_now) -> Courier:
    """Return what tells the webhooks of a home."""

    def office() -> HookOffice:
        return HookOffice(key=home.accounts_key().secret, private=home.settings.webhook_private)

    return Courier(database=home.database, office=office, clock=clock)
