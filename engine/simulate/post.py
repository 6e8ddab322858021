"""The post of a season: a folder of .eml files, some addresses that do not work and, if asked, faults."""

from email.message import EmailMessage
from email.utils import parseaddr
from random import Random

from notifications.outcome import Answer, Outcome
from notifications.transport import Transport

_ODDS = (
    (0.02, "deferred"),
    (0.01, "host_down"),
    (0.003, "refused"),
    (0.015, "lost_after"),
    (0.015, "lost_before"),
    (0.004, "crash_after"),
    (0.004, "crash_before"),
)
"""How often each trouble comes to a mail; after: the mail was written, before: it was not."""


class Crash(Exception):
    """The program died in the middle of a mail."""


class Post:
    """Hands mails to a folder, refuses the addresses that are gone, and remembers what arrived."""

    def __init__(self, carrier: Transport, *, faults: Random | None = None) -> None:
        self.broken: set[str] = set()
        self.faults = faults
        self._carrier = carrier
        self._arrived: list[str] = []

    def send(self, message: EmailMessage) -> Outcome:
        """Hand one mail over, or not."""
        if parseaddr(str(message["To"]))[1] in self.broken:
            return Outcome(answer=Answer.REFUSED, detail="550 5.1.1 no such user")
        trouble = self._trouble()
        if trouble in (None, "lost_after", "crash_after"):
            outcome = self._carrier.send(message)
            self._arrived.append(str(message["Message-ID"]))
            if trouble is None:
                return outcome
        return _told(str(trouble))

    def close(self) -> None:
        """Close what carries the mails."""
        self._carrier.close()

    def collect(self) -> list[str]:
        """Return the Message-IDs of the mails that arrived since last asked."""
        arrived, self._arrived = self._arrived, []
        return arrived

    def _trouble(self) -> str | None:
        if self.faults is None:
            return None
        drawn = self.faults.random()
        for share, trouble in _ODDS:
            drawn -= share
            if drawn < 0:
                return trouble
        return None


def _told(trouble: str) -> Outcome:
    if trouble.startswith("crash"):
        raise Crash(trouble)
    if trouble.startswith("lost"):
        return Outcome(answer=Answer.UNKNOWN, detail="connection lost after the final dot")
    if trouble == "refused":
        return Outcome(answer=Answer.REFUSED, detail="552 5.2.2 mailbox full")
    if trouble == "host_down":
        return Outcome(answer=Answer.NOT_ACCEPTED, detail="421 4.3.2 shutting down", whole_host=True)
    return Outcome(answer=Answer.NOT_ACCEPTED, detail="451 4.7.1 greylisted, try again later")
