"""Visitors who never finish asking, or never read: they are cut off, so that others are served."""

from asyncio import TimerHandle, Transport
from typing import Any

from h11 import LocalProtocolError
from uvicorn.protocols.http.h11_impl import H11Protocol

PATIENCE = 15.0
"""Seconds for the whole head of a request, and for a visitor to take what was answered."""

CROWD = 600
"""The most connections at once; this program needs open files for its own work too."""


class PatientProtocol(H11Protocol):
    """HTTP/1.1 that waits only so long; the body of a request is watched by ``web.limits``."""

    patience = PATIENCE
    crowd = CROWD

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._head: TimerHandle | None = None
        self._reading: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]  # uvicorn narrows it
        """Begin to wait for the first request."""
        super().connection_made(transport)
        if len(self.connections) > self.crowd:
            transport.abort()
            return
        self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        _end(self._head)
        _end(self._reading)
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """Wait for the next request on the same connection, unless it is here already."""
        answered = self.cycle
        super().on_response_complete()
        if self.cycle is answered:
            self._wait_for_head()

    def pause_writing(self) -> None:
        """Begin to wait for the visitor to read."""
        super().pause_writing()
        _end(self._reading)
        self._reading = self.loop.call_later(self.patience, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on: the visitor reads."""
        _end(self._reading)
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is not HTTP; where an answer is under way already, only close."""
        try:
            super().send_400_response(msg)
        except LocalProtocolError:
            self.transport.close()

    def _wait_for_head(self) -> None:
        _end(self._head)
        self._head = self.loop.call_later(self.patience, self._cut_off, self.cycle)

    def _cut_off(self, before: Any) -> None:
        if self.cycle is not before:
            return
        if self.transport.is_closing():  # closed, but what was answered is never taken
            self.transport.abort()
            return
        self.transport.close()
        self._wait_for_head()


def _end(timer: TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()
