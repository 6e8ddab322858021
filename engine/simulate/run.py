"""One season on its way: the real engine, a real database and outbox, a virtual clock, invented people."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from time import perf_counter
from typing import NamedTuple

import orjson
from sqlalchemy import func, select

from config.settings import Settings
from engine.database import Database, open_database
from engine.delivery import Office, deliver_all, next_try, reap
from engine.home import Home, init_home
from engine.lock import only_runner
from engine.simulate.agenda import Deed, VirtualClock, at_hour, local_day
from engine.simulate.bureau import Bureau
from engine.simulate.fresh import make_fresh, season_settings
from engine.simulate.papers import WRITTEN, Papers
from engine.simulate.post import Crash, Post
from engine.simulate.prologue import Play, Taken, write_play
from engine.simulate.script import Script, check, instant_within
from engine.sweep import sweep_due
from engine.tables import firing, message
from notifications.transport import FolderTransport

_BREATH = timedelta(minutes=1)
_RESTARTS = 0.03
_CHUNK = 500


class Tick(NamedTuple):
    """How far a season has come: the day, its place in the season, mails sent and steps done so far."""

    day: date
    days_done: int
    days: int
    mails: int
    steps: int


Progress = Callable[[Tick], None]


class Run:
    """A season in play. ``resting`` people do nothing any more; ``seconds`` tell where the time went."""

    def __init__(
        self, settings: Settings, play: Play, clock: VirtualClock, progress: Progress | None
    ) -> None:
        self.settings = settings
        self.play = play
        self.clock = clock
        self.progress = progress
        self.resting = False
        self.mails = 0
        self.restarts = 0
        self.seconds: dict[str, float] = {}
        self.start = local_day(clock.now)
        faults = play.script.random("faults") if play.script.faults else None
        self.post = Post(FolderTransport(settings.home / "mail"), faults=faults)
        self.post.broken |= play.broken
        self.database: Database = open_database(settings.database, durable=False)
        self.office: Office = Home(settings=settings, path=settings.home, database=self.database).office()
        self._told = self.start
        self._calm_until = clock.now

    def play_until(self, end: datetime) -> None:
        """Let everything happen that is to happen up to an instant."""
        while (at := self._next()) is not None and at <= end:
            self.clock.move_to(at)
            self._tell()
            self._maybe_restart()
            self._sweep()
            self._act()
            self._deliver()
        self.clock.move_to(end)

    def close(self) -> None:
        """Close the post and the database."""
        self.post.close()
        self.database.close()

    def _next(self) -> datetime | None:
        with self.database.read() as conn:
            due = conn.scalar(select(func.min(firing.c.at)).where(firing.c.settled_at.is_(None)))
            retry = next_try(conn)
            waiting = conn.scalar(
                select(func.count()).where(message.c.state == "queued", message.c.not_before.is_(None))
            )
        if retry is not None or waiting:
            retry = max(retry or self.clock.now, self._calm_until)
        instants = [at for at in (due, retry, self.play.agenda.next_at()) if at is not None]
        if not instants:
            return None
        return instant_within(self.play.script.outages, max(min(instants), self.clock.now))

    def _sweep(self) -> None:
        with self.timed("sweep"), self.database.write() as conn:
            sweep_due(conn, now=self.clock.now)

    def _act(self) -> None:
        deeds = self.play.agenda.take(self.clock.now)
        if not deeds or self.resting:
            return
        now = self.clock.now
        mine = [deed for deed in deeds if deed.verb not in ("issue", "enter", "review")]
        taken = self._take_papers(deeds)
        with self.timed("enter"), self.database.write() as conn:
            for deed in deeds:
                if deed.verb == "issue":
                    self.play.issue(conn, deed.about, now=now)
                elif deed.verb == "enter":
                    day = date.fromisoformat(deed.target)
                    self.play.enter(conn, deed.about, day, taken=taken[deed], now=now)
        bureaus = [self.play.acts[deed.about].bureau for deed in deeds if deed.verb == "review"]
        with self.timed("commend"):
            for bureau in bureaus:
                bureau.committee.decide(self.database, self.play.stage, now=now)
        mine += [job for bureau in bureaus for job in self._review(bureau)]
        with self.timed("steps"), self.database.write() as conn:
            self.play.stage.perform(conn, mine, now=now)
        with self.timed("commend"):
            for bureau in bureaus:
                bureau.committee.put_forward(self.database, self.play.stage, now=now)

    def _take_papers(self, deeds: list[Deed]) -> dict[Deed, Taken]:
        """Read the notices that have come, and take in the sheets of the day."""
        papers, now = self.play.stage.papers, self.clock.now
        with self.timed("papers"):
            for deed in deeds:
                if deed.verb == "issue" and papers is not None:
                    papers.read(self.play.acts[deed.about].schedule)
            return {
                deed: self.play.take_sheets(
                    self.database, deed.about, date.fromisoformat(deed.target), now=now
                )
                for deed in deeds
                if deed.verb == "enter"
            }

    def _review(self, bureau: Bureau) -> list[Deed]:
        rules = self.play.acts[bureau.notice].rules
        return bureau.review(one for one in self.play.people.affairs.values() if one.rules is rules)

    def _deliver(self) -> None:
        if self.clock.now < self._calm_until:
            return
        with self.timed("deliver"):
            while not self._delivered():
                self._restart()
        with self.timed("read"):
            self._read()

    def _delivered(self) -> bool:
        """Deliver what may go; return False if the program died over it."""
        try:
            sent = deliver_all(self.database, self.office, self.post, clock=self.clock)
        except Crash:
            return False
        self.mails += sum(one.state == "sent" for one in sent)
        if any(one.whole_host for one in sent):
            self._calm_until = self.clock.now + _BREATH
        return True

    def _read(self) -> None:
        """Let people read what has arrived in their boxes."""
        arrived = self.post.collect()
        for at in range(0, len(arrived), _CHUNK):
            mine = select(message.c.content).where(message.c.message_id.in_(arrived[at : at + _CHUNK]))
            with self.database.read() as conn:
                contents = conn.scalars(mine.order_by(message.c.id)).all()
            for content in contents:
                self.play.people.read(orjson.loads(content), self.clock.now)

    def _maybe_restart(self) -> None:
        if self.post.faults is not None and self.post.faults.random() < _RESTARTS:
            self._restart()

    def _restart(self) -> None:
        """Go on as a new process would: open everything anew, take back what the dead one held."""
        self.restarts += 1
        self.database.close()
        self.database = open_database(self.settings.database, durable=False)
        with self.database.write() as conn:
            reap(conn, policy=self.office.policy, now=self.clock.now, all_claims=True)

    def _tell(self) -> None:
        today = local_day(self.clock.now)
        if self.progress is not None and today > self._told:
            self._told = today
            days = (local_day(self.play.end) - self.start).days
            self.progress(Tick(today, (today - self.start).days, days, self.mails, self.play.stage.done))

    @contextmanager
    def timed(self, phase: str) -> Iterator[None]:
        """Add the time that the block takes to a phase."""
        begun = perf_counter()
        yield
        self.seconds[phase] = self.seconds.get(phase, 0.0) + perf_counter() - begun


@contextmanager
def open_run(settings: Settings, script: Script, *, progress: Progress | None = None) -> Iterator[Run]:
    """Make a fresh home and open a season in it; nothing has happened yet.

    Raises UserError for a season that cannot be played, and where the home holds anyone's work.
    """
    check(script)
    own = season_settings(settings)
    begun = perf_counter()
    play = write_play(script)
    make_fresh(own.home)
    with only_runner(own.home):
        first = at_hour(min(act.issued for act in play.acts.values()), 9)
        clock = VirtualClock(first)
        init_home(own, now=clock.now, origin=script.origin)
        run = Run(own, play, clock, progress)
        run.seconds["prologue"] = perf_counter() - begun
        play.stage.papers = Papers(home=own.home) if WRITTEN else None
        try:
            yield run
        finally:
            run.close()
