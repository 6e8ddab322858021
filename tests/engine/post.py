"""A mail server that answers as it is told, and remembers what it took."""

from collections.abc import Iterable
from email.message import EmailMessage

from notifications.outcome import Answer, Outcome

ACCEPTED = Outcome(answer=Answer.ACCEPTED, detail="250 ok")
REFUSED = Outcome(answer=Answer.REFUSED, detail="550 no such user")
LATER = Outcome(answer=Answer.NOT_ACCEPTED, detail="451 try later")
UNKNOWN = Outcome(answer=Answer.UNKNOWN, detail="connection lost after the body")


class Post:
    """A transport: gives the answers it was made with in turn, then accepts."""

    def __init__(self, answers: Iterable[Outcome] = ()) -> None:
        self.answers = list(answers)
        self.seen: list[EmailMessage] = []

    def send(self, message: EmailMessage) -> Outcome:
        """Take a mail and answer."""
        self.seen.append(message)
        return self.answers.pop(0) if self.answers else ACCEPTED

    def close(self) -> None:
        """Nothing is held open."""

    def bodies(self) -> list[str]:
        """Return the plain texts of what was seen."""
        return [_plain(message) for message in self.seen]


def _plain(message: EmailMessage) -> str:
    for part in message.walk():
        if part.get_content_type() == "text/plain":
            return bytes(part.get_payload(decode=True)).decode()
    return ""
