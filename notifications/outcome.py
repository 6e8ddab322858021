"""The three answers of a mail server, never two."""

from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    """What became of one try."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    NOT_ACCEPTED = "not_accepted"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One try's answer, with the server's words (no secret, at most 500 characters).

    ``REFUSED``: 5xx, never again. ``NOT_ACCEPTED``: 4xx or broken before the body left, a
    retry is free. ``UNKNOWN``: the body left and no answer came, it may have been accepted.
    ``whole_host`` is True when the trouble is the server's, not this mail's (connection, 421, login).
    """

    answer: Answer
    detail: str = ""
    whole_host: bool = False
