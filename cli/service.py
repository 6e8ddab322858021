"""What a command that runs until it is told to stop needs: a log on stderr, an ear for signals."""

import signal
import sys
from threading import Event

import structlog

from engine.traces import trace_of

_LOOK = 0.5  # seconds; Windows hears a signal only between two waits


def wait_for_end(stopped: Event) -> None:
    """Wait until the process is asked to stop."""
    while not stopped.wait(_LOOK):
        pass


def stop_on_signals() -> Event:
    """Return what is set once the process is asked to stop."""
    stopped = Event()
    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, lambda _number, _frame: stopped.set())
    return stopped


def log_to_stderr() -> None:
    """Write one line an event to stderr; the engine logs numbers and states, no names or addresses."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(lambda fault: trace_of(fault[1])),
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),  # the stream of the moment
    )
