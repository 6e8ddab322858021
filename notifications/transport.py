"""Mail leaves the house here: by SMTP through yagmail, or into a folder."""

from email.message import EmailMessage
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from notifications.address import HeaderFault, checked_address
from notifications.folder import FolderTransport
from notifications.outcome import Answer, Outcome
from notifications.policy import as_bytes
from notifications.route import Route, RouteFault, Timeouts, parse_route, redact

if TYPE_CHECKING:
    from notifications.carrier import Carrier

__all__ = [
    "FolderTransport",
    "RouteFault",
    "SmtpTransport",
    "Timeouts",
    "Transport",
    "open_transport",
    "redact",
]

_FOLDER = "folder:"
_DURABLE = "?fsync=1"


class Transport(Protocol):
    """Something that hands a finished mail over, once, and says what became of it.

    Open one for each sending thread.
    """

    def send(self, message: EmailMessage) -> Outcome:
        """Hand one mail to one person over; never raises for what a server or disk does."""
        ...

    def close(self) -> None:
        """Let go of the connection; a later ``send`` opens it again."""
        ...


class SmtpTransport:
    """One kept connection to one server. Threads that share it wait for each other."""

    def __init__(self, route: Route, timeouts: Timeouts) -> None:
        self._route = route
        self._timeouts = timeouts
        self._carrier: Carrier | None = None
        self._lock = Lock()

    def __repr__(self) -> str:
        return f"SmtpTransport({self._route!r})"

    def send(self, message: EmailMessage) -> Outcome:
        """Hand the mail to the server; not exactly one recipient raises HeaderFault."""
        sender = checked_address("From", str(message["From"]))[1]
        recipient, content = only_recipient(message), as_bytes(message)
        with self._lock:
            try:
                carrier = self._client()
            except OSError as error:  # the file of the authority is gone or holds none
                return Outcome(answer=Answer.NOT_ACCEPTED, detail=str(error)[:500], whole_host=True)
            return carrier.deliver(sender, recipient, content)

    def close(self) -> None:
        """Take leave of the server."""
        with self._lock:
            if self._carrier is not None:
                self._carrier.close()

    def _client(self) -> "Carrier":
        if self._carrier is None:
            from notifications.carrier import Carrier  # noqa: PLC0415  # yagmail is slow to load

            self._carrier = Carrier(self._route, self._timeouts)
        return self._carrier


def open_transport(url: str, *, timeouts: Timeouts | None = None) -> Transport:
    """Return the transport of a mail URL; nothing is connected yet.

    ``folder:PATH`` (``?fsync=1`` waits for the disk), ``smtp://``, ``smtp+starttls://`` and
    ``smtps://`` (``?ca=FILE`` names an authority of one's own). A wrong URL raises RouteFault.
    """
    if not url.startswith(_FOLDER):
        return SmtpTransport(parse_route(url), timeouts or Timeouts())
    path = url.removeprefix(_FOLDER)
    durable = path.endswith(_DURABLE)
    path = path.removesuffix(_DURABLE)
    if not path:
        raise RouteFault(url, zh="缺文件夹，例如 folder:var/mail。", en="no folder, as in folder:var/mail.")
    return FolderTransport(Path(path), durable=durable)


def only_recipient(message: EmailMessage) -> str:
    """Return the one address a mail goes to; more or none raises HeaderFault."""
    values = [str(value) for name in ("To", "Cc", "Bcc") for value in message.get_all(name, [])]
    if len(values) != 1:
        raise HeaderFault(
            "To", ", ".join(values), zh="一封邮件只发给一个人。", en="a mail goes to exactly one person."
        )
    return checked_address("To", values[0])[1]
