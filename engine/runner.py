"""The running engine of one home: APScheduler wakes the sweep, one thread delivers.

The scheduler keeps nothing: it holds a date job for each coming instant and a heartbeat, and both only
ask what is due and not settled. Rows decide, so restarts and clock jumps do no harm.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event, RLock, Thread
from typing import Any

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import Connection, select

from engine.accounts.closing import tidy
from engine.clock import Clock, stamp, unstamp, utc_now
from engine.database import Database
from engine.delivery import Office, deliver_all, reap
from engine.meta import get_meta, set_meta
from engine.notice_reading.forgetting import forget_readings
from engine.outbox import LEASE
from engine.sealer import Sealer
from engine.sweep import sweep_due
from engine.tables import firing
from engine.webhooks.courier import Courier
from notifications.transport import Transport

log = structlog.get_logger()

HEARTBEAT = timedelta(seconds=30)
_HORIZON = 200
_DAY = timedelta(days=1)
_BACK = timedelta(minutes=5)
_BREATH = 60.0  # seconds without a try after the mail server as a whole was in trouble


@dataclass(slots=True, kw_only=True)
class Runner:
    """Sweeps, seals and delivers until it is stopped; stopping finishes the mail in hand.

    Without a ``sealer`` history gets no checkpoints, without a ``courier`` no webhook is told.
    """

    database: Database
    office: Office
    transport: Callable[[], Transport]
    clock: Clock = utc_now
    sealer: Sealer | None = None
    courier: Courier | None = None
    _stop: Event = field(default_factory=Event)
    _wake: Event = field(default_factory=Event)
    _ticking: Any = field(default_factory=RLock)  # RLock is a function to the type checker
    _tidied: datetime | None = None
    _scheduler: Any = None
    _thread: Thread | None = None

    def start(self) -> None:
        """Take back what a dead predecessor held, sweep once, then run in the background."""
        with self.database.write() as conn:
            reap(conn, policy=self.office.policy, now=self.clock(), all_claims=True)
        defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self._scheduler = BackgroundScheduler(job_defaults=defaults, timezone="UTC")
        self._scheduler.add_job(self.tick, "interval", seconds=HEARTBEAT.seconds, id="heartbeat")
        self._scheduler.start()
        self.tick()
        self._thread = Thread(target=self._deliver, name="delivery", daemon=True)
        self._thread.start()
        if self.courier is not None:
            self.courier.start()

    def stop(self) -> None:
        """Stop waking, finish the mail in hand, free the connections; a second time changes nothing."""
        self._stop.set()
        self._wake.set()
        with self._ticking:  # the scheduler waits for a tick at work while it holds what that tick needs
            pass
        if self._scheduler is not None and self._scheduler.running:
            self._scheduler.shutdown()
        if self.courier is not None:
            self.courier.stop()
        if self._thread is not None:
            self._thread.join(LEASE.total_seconds())

    def wait(self) -> None:
        """Wait until the runner is stopped."""
        self._stop.wait()

    def wake(self) -> None:
        """Deliver now what may go; what was just written need not wait for the next tick."""
        self._wake.set()

    def tick(self) -> None:
        """Settle what is due, arm the coming instants, seal; after an error the next tick tries again."""
        with self._ticking:
            if self._stop.is_set():
                return
            self._sweep()
            if self.sealer is not None:
                self.sealer.work(self.database, now=self.clock())
            self._wake.set()
            if self.courier is not None:
                self.courier.wake()

    def _sweep(self) -> None:
        try:
            with self.database.write() as conn:
                now = self.clock()
                _notice_clock(conn, now)
                swept = sweep_due(conn, now=now)
                self._tidy(conn, now)
                reap(conn, policy=self.office.policy, now=now)
                coming = _coming(conn)
        except Exception:  # whatever it was, the next heartbeat must come
            log.exception("sweep failed")
            return
        if swept is not None:
            log.info("swept", firings=swept.firings, messages=swept.messages)
        self._arm(coming)

    def _tidy(self, conn: Connection, now: datetime) -> None:
        """Take out what accounts and readings left behind, once a day."""
        if self._tidied is None or now - self._tidied >= _DAY:
            tidy(conn, now=now)
            forget_readings(conn, now=now)
            self._tidied = now

    def _arm(self, coming: list[datetime]) -> None:
        wanted = {stamp(at): at for at in coming}
        for job in self._scheduler.get_jobs():
            if job.id != "heartbeat" and job.id not in wanted:
                job.remove()
        for name, at in wanted.items():
            if self._scheduler.get_job(name) is None:
                # the scheduler goes by the machine's clock, which a demonstration's is not
                run_date = utc_now() + (at - self.clock())
                self._scheduler.add_job(self.tick, "date", run_date=run_date, id=name)

    def _deliver(self) -> None:
        transport = self.transport()
        try:
            while not self._stop.is_set():
                self._wake.clear()
                pause = self._deliver_once(transport)
                if not self._stop.is_set():  # its call may have come before the clearing
                    self._wake.wait(HEARTBEAT.total_seconds())
                if pause:
                    self._stop.wait(_BREATH)
        finally:
            transport.close()

    def _deliver_once(self, transport: Transport) -> bool:
        """Deliver what may go; return whether the mail server as a whole is in trouble."""
        try:
            sent = deliver_all(
                self.database,
                self.office,
                transport,
                clock=self.clock,
                stop=self._stop.is_set,
                pause=self._stop.wait,
            )
        except Exception:  # whatever it was, the thread must live; the mail in hand is taken back
            log.exception("delivery failed")
            return True
        for one in sent:
            log.info("delivered", mail=one.id, state=one.state)
        return any(one.whole_host for one in sent)


def _notice_clock(conn: Connection, now: datetime) -> None:
    """Keep the heartbeat; say so if the clock was set back (what was settled stays settled)."""
    before = get_meta(conn, "heartbeat")
    if before is not None and unstamp(before) - now > _BACK:
        log.warning("the clock was set back", before=before, now=stamp(now))
    set_meta(conn, "heartbeat", stamp(now))


def _coming(conn: Connection) -> list[datetime]:
    waiting = select(firing.c.at).where(firing.c.settled_at.is_(None)).distinct().order_by(firing.c.at)
    return list(conn.scalars(waiting.limit(_HORIZON)))
