"""The subject that a mail waiting for review will have: its list would name only its kind."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Protocol

from sqlalchemy import Connection

from engine.delivery import letter_of
from engine.items import Reader
from engine.outbox import message_row
from engine.template_texts import render_in_force
from notifications.render import Templates

_DRAFT = "draft"


class Listed(Protocol):
    """A mail as a list has it."""

    @property
    def number(self) -> int:
        """Return which mail it is."""

    @property
    def state(self) -> str:
        """Return how far it is."""

    @property
    def subject(self) -> str | None:
        """Return its subject, None until it is made."""


def draft_subjects(conn: Connection, mails: Iterable[Listed], *, now: datetime) -> Mapping[int, str]:
    """Return, by number, the subjects with which those that wait for review would leave now.

    A mail with nothing left to tell has none.
    """
    reader = Reader(now=now, base_url="")
    found = {}
    for one in mails:
        if one.state == _DRAFT and one.subject is None:
            letter = letter_of(conn, message_row(conn, one.number), reader)
            if letter is not None:
                found[one.number] = render_in_force(conn, letter, _shipped()).rendered.subject
    return found


@cache
def _shipped() -> Templates:
    return Templates()
