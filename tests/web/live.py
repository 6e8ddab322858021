"""The application behind a real socket, and visitors who speak HTTP by hand."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from engine.clock import Clock
from engine.home import Home
from web.serve import listen, served

SOON = 8.0  # seconds after which a test gives up


class Line:
    """One connection."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=SOON)
        self._read = self.socket.makefile("rb")

    def say(self, *parts: str | bytes) -> "Line":
        """Send something as it is; a closed door is met when reading."""
        raw = b"".join(part if isinstance(part, bytes) else part.encode() for part in parts)
        try:
            self.socket.sendall(raw)
        except (BrokenPipeError, ConnectionResetError):
            return self
        return self

    def answer(self) -> tuple[int, dict[str, str], bytes]:
        """Return the next answer: status, headers, body."""
        status = int(self._read.readline().split()[1])
        headers = {}
        while (line := self._read.readline().decode("latin-1").strip()) != "":
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        return status, headers, self._read.read(int(headers.get("content-length", "0")))

    def rest(self) -> bytes:
        """Return all that comes until the other side closes."""
        try:
            return self._read.read()
        except ConnectionResetError:
            return b""

    def close(self) -> None:
        """Hang up."""
        self._read.close()
        self.socket.close()

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@contextmanager
def live(home: Home, clock: Clock) -> Iterator[int]:
    """Serve a home; give the port."""
    at = listen("127.0.0.1", 0)
    port: int = at.getsockname()[1]
    with served(home, at, clock=clock):
        yield port


def head(method: str, path: str, *lines: str) -> str:
    """Return the head of a request."""
    return "\r\n".join((f"{method} {path} HTTP/1.1", "host: 127.0.0.1", *lines, "", ""))
