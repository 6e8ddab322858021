"""The reckoning of a season that is over: what was to be told against what the mail server took."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, fields
from pathlib import Path
from typing import NamedTuple

TRIES = 12


class Mail(NamedTuple):
    """One message of the outbox as a season left it."""

    key: str
    recipient: str
    message_id: str
    state: str
    attempts: int
    doubts: int
    error: str | None


def mails(home: Path) -> list[Mail]:
    """Return every message of a season's home."""
    query = """SELECT m.key, p.email, m.message_id, m.state, m.attempts, m.doubts, m.error
               FROM message m JOIN person p ON p.id = m.person_id ORDER BY m.id"""
    with closing(sqlite3.connect(home / "duban.db")) as conn:
        return [Mail(*row) for row in conn.execute(query)]


def ledger(home: Path) -> set[tuple[object, ...]]:
    """Return the ledger and the cases' states by their public names."""
    told = """SELECT c.ref, f.notice, f.milestone, f.rung, f.revision, f.occurrence, l.role, p.email,
                     l.outcome
              FROM ledger l JOIN case_ c ON c.id = l.case_id JOIN firing f ON f.id = l.firing_id
              LEFT JOIN person p ON p.id = l.person_id"""
    with closing(sqlite3.connect(home / "duban.db")) as conn:
        return {*conn.execute(told), *conn.execute("SELECT ref, state FROM case_")}


def accepted(log: Path) -> Counter[str]:
    """Return how often the mail server took each Message-ID."""
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    taken = (json.loads(line) for line in lines)
    return Counter(one["id"] for one in taken if one["accepted"])


@dataclass(slots=True)
class Figures:
    """What a campaign came to."""

    kills: int = 0
    restarts: int = 0
    seasons: int = 0
    mails: int = 0
    accepted: int = 0
    second_copies: int = 0
    uncertain: int = 0
    held: int = 0
    dead: int = 0
    seconds: float = 0.0

    def add(self, season: Sequence[Mail], taken: Counter[str]) -> None:
        """Count one season in."""
        self.seasons += 1
        self.mails += len(season)
        self.accepted += len(taken)
        self.second_copies += sum(count - 1 for count in taken.values())
        self.uncertain += sum(mail.doubts > 0 for mail in season)
        self.held += sum(mail.state == "held" for mail in season)
        self.dead += sum(mail.state == "dead" for mail in season)

    def __str__(self) -> str:
        shown = ((one.name.replace("_", " "), getattr(self, one.name)) for one in fields(self))
        return ", ".join(
            f"{name} {value:.1f}" if isinstance(value, float) else f"{name} {value}" for name, value in shown
        )


def broken_promises(season: Sequence[Mail], taken: Counter[str], *, copies: int) -> Iterator[str]:
    """Give every promise about mail that was broken; ``copies`` of one mail at most are allowed."""
    known = {mail.message_id: mail for mail in season}
    for number, count in taken.items():
        mail = known.get(number)
        if mail is None:
            yield f"{number} was sent and is not in the outbox"
        elif count > copies:
            yield f"{mail.key}: {count} copies"
        elif (count > 1 or mail.state != "sent") and not mail.doubts:
            yield f"{mail.key}: accepted {count} times, {mail.state}, and not listed as uncertain"
    for mail in season:
        if mail.state == "sent" and not taken[mail.message_id]:
            yield f"{mail.key}: sent, but never accepted"
        if not _at_rest(mail, copies):
            yield f"{mail.key}: {mail.state} after {mail.attempts} tries, {mail.doubts} doubts: {mail.error}"


def _at_rest(mail: Mail, copies: int) -> bool:
    """Return whether a mail's end is one of those promised."""
    if mail.state == "dead":
        return mail.attempts == TRIES or "550" in (mail.error or "")
    if mail.state == "held":
        return mail.doubts == copies
    return mail.state in ("sent", "obsolete")
