"""``duban run``: the runner of one home, until it is told to stop."""

import signal
import sys
from threading import Event

import structlog

from cli.command import new_app
from cli.desk import opened
from cli.now import CLOCK
from cli.show import tell
from engine.lock import only_runner
from engine.runner import Runner
from engine.sealer import Sealer
from notifications.transport import open_transport, redact

app = new_app()

_LOOK = 0.5  # seconds; Windows hears a signal only between two waits


@app.command("run")
def run() -> None:
    """Remind when due and send mails until SIGINT or SIGTERM; the mail in hand is finished first."""
    _log_to_stderr()
    with opened() as home, only_runner(home.path):
        url = home.settings.mail_url.get_secret_value()
        runner = Runner(
            database=home.database,
            office=home.office(),
            transport=lambda: open_transport(url),
            clock=CLOCK.get(),
            sealer=Sealer(key=home.seal_key),
        )
        stopped = _stop_on_signals()
        runner.start()
        tell("run.started", home=home.path, mail=redact(url))
        sys.stdout.flush()
        try:
            while not stopped.wait(_LOOK):
                pass
        finally:
            runner.stop()
        tell("run.stopped")


def _stop_on_signals() -> Event:
    """Return what is set once the process is asked to stop."""
    stopped = Event()
    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, lambda _number, _frame: stopped.set())
    return stopped


def _log_to_stderr() -> None:
    """Write one line an event to stderr; the engine logs numbers and states, no names or addresses."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
