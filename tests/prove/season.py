"""One life of a season: a process that sweeps, acts and delivers under a quick virtual clock.

It may be killed at any moment and started again: what is done is in rows, and the clock is the last
instant that history knows.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import alembic.command  # noqa: F401  the lives are forked from a process that has imported all they need
from sqlalchemy import Connection, func, select

import notifications.carrier  # noqa: F401  as above
from config.settings import Settings, load_settings
from engine.clock import unstamp
from engine.database import Database
from engine.delivery import Office, deliver_all, reap
from engine.home import init_home, open_home
from engine.lock import only_runner
from engine.roster import mark_address
from engine.sweep import sweep_due
from engine.tables import answer, firing, history, message, person
from notifications.outcome import Outcome
from notifications.render import Templates, check_templates
from notifications.transport import Timeouts, Transport, open_transport
from tests.engine.world import at
from tests.prove.diary import FOUNDED, Deed, diary

TEMPLATES = Templates()
check_templates(TEMPLATES)  # compiles them all, once for every life
END = at(12, 31)
BREATH = timedelta(seconds=60)
TIMEOUTS = Timeouts(connect=10, command=10, answer=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """How one season is lived: where, by which diary, and over which mail server.

    ``die_at`` is the number of the commit or SMTP call (before and after each counts) at which the
    process dies; nothing happens after ``until``.
    """

    home: Path
    mail_url: str
    seed: int
    people: int
    policy: str = "resend"
    die_at: int | None = None
    until: datetime = END

    def settings(self) -> Settings:
        """Return the settings of the home."""
        return load_settings(
            home=self.home,
            database_url=f"sqlite:///{self.home / 'duban.db'}",
            mail_url=self.mail_url,
            mail_policy=self.policy,
        )


def live(life: Life) -> None:
    """Live until the season is over."""
    transport: Transport = open_transport(life.mail_url, timeouts=TIMEOUTS)
    if life.die_at is not None:
        transport = MinedTransport(transport, Mine(life.die_at))
    with only_runner(life.home):
        init_home(life.settings(), now=FOUNDED, origin="prove")
        with open_home(life.settings()) as home:
            office = replace(home.office(), templates=TEMPLATES)
            deeds = [deed for deed in diary(seed=life.seed, people=life.people) if deed.at <= life.until]
            Season(home.database, office, transport).play(deeds, until=life.until)


class Season:
    """The engine's own sweep, steps and delivery, called in the order of a virtual time."""

    def __init__(self, database: Database, office: Office, transport: Transport) -> None:
        self._database, self._office, self._transport = database, office, transport
        self._now = FOUNDED

    def play(self, deeds: list[Deed], *, until: datetime) -> None:
        """Take back what a dead predecessor held, then go from one instant to the next."""
        with self._database.write() as conn:
            self._now = _last_recorded(conn)
            reap(conn, policy=self._office.policy, now=self._now, all_claims=True)
            done = set(conn.scalars(select(answer.c.key)))
        left = [deed for deed in deeds if deed.key not in done]
        self._deliver(self._now)
        while (event := self._next(left[0] if left else None)) is not None and event[0] <= until:
            instant, act = event
            if act is not None:
                with self._database.write() as conn:
                    _mend_addresses(conn, instant)
                    act(conn, instant)
                if left and act is left[0].act:
                    left.pop(0)
            self._deliver(instant)

    def _next(self, deed: Deed | None) -> tuple[datetime, Callable[..., object] | None] | None:
        """Return the next instant at which something is to be done and what; None when all is over."""
        with self._database.read() as conn:
            sweep_at = conn.scalar(select(func.min(firing.c.at)).where(firing.c.settled_at.is_(None)))
            waiting = func.min(func.coalesce(message.c.not_before, message.c.date))
            mail_at = conn.scalar(select(waiting).where(message.c.state == "queued"))
        events: list[tuple[datetime, Callable[..., object] | None]] = []
        if deed is not None:
            events.append((deed.at, deed.act))
        if sweep_at is not None:
            events.append((sweep_at, _sweep))
        if mail_at is not None:
            events.append((max(mail_at, self._now), None))
        return min(events, key=lambda event: event[0], default=None)

    def _deliver(self, instant: datetime) -> None:
        self._now = max(self._now, instant)
        sent = deliver_all(self._database, self._office, self._transport, clock=lambda: self._now)
        if sent and sent[-1].whole_host:
            self._now += BREATH


def _sweep(conn: Connection, now: datetime) -> object:
    return sweep_due(conn, now=now)


def _last_recorded(conn: Connection) -> datetime:
    found = conn.scalar(select(func.max(history.c.recorded_at)))
    return unstamp(found) if found else FOUNDED


def _mend_addresses(conn: Connection, now: datetime) -> None:
    """Take every address for good again, so that what a server refuses changes nobody's later mails."""
    for number in conn.scalars(select(person.c.id).where(person.c.address_bad)).all():
        mark_address(conn, number, bad=False, reason="mended", now=now)


class Mine:
    """Counts the commits and SMTP calls of a process, before and after each; at the given one it dies."""

    def __init__(self, die_at: int) -> None:
        self._left = die_at
        plain = Database.write

        @contextmanager
        def write(database: Database) -> Iterator[Connection]:
            with plain(database) as conn:
                yield conn
                self.step()
            self.step()

        Database.write = write  # type: ignore[method-assign,assignment]  # in this process only

    def step(self) -> None:
        """Come nearer to the end."""
        self._left -= 1
        if self._left == 0:
            os._exit(DIED)


DIED = 9


@dataclass(frozen=True, slots=True)
class MinedTransport:
    """A transport that may be the last thing its process does."""

    transport: Transport
    mine: Mine

    def send(self, mail: EmailMessage) -> Outcome:
        """Send, if the process lives on."""
        self.mine.step()
        outcome = self.transport.send(mail)
        self.mine.step()
        return outcome

    def close(self) -> None:
        """Close the connection."""
        self.transport.close()
