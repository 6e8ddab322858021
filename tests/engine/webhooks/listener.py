"""A web server that a webhook calls: it answers as it is told, and remembers what it was told."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, NamedTuple

import orjson


class Call(NamedTuple):
    """One call as it arrived."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def told(self) -> dict[str, Any]:
        """Return what it says."""
        found: dict[str, Any] = orjson.loads(self.body)
        return found


class Listener:
    """Gives the answers it was made with in turn, then 200; ``slow`` drips its answer until let go."""

    def __init__(self, answers: tuple[int, ...] = (), *, slow: bool = False) -> None:
        self.answers = list(answers)
        self.slow = slow
        self.calls: list[Call] = []
        self.asked, self.let_go = Event(), Event()
        self.url = ""

    def handler(self) -> type[BaseHTTPRequestHandler]:
        """Return what serves one connection."""
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                listener.calls.append(Call(self.path, dict(self.headers), body))
                listener.asked.set()
                if listener.slow:
                    self._drip()
                    return
                status = listener.answers.pop(0) if listener.answers else 200
                self.send_response(status)
                if 300 <= status < 400:
                    self.send_header("Location", f"{listener.url}/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def _drip(self) -> None:
                self.wfile.write(b"HTTP/1.0 200 OK\r\n")
                while not listener.let_go.wait(0.05):
                    try:
                        self.wfile.write(b"X-Slow: 1\r\n")
                    except OSError:
                        return

            def log_message(self, *_arguments: object) -> None:
                """Say nothing."""

        return Handler


@contextmanager
def listening(listener: Listener) -> Iterator[Listener]:
    """Let a listener be called on this machine while the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), listener.handler())
    listener.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield listener
    finally:
        listener.let_go.set()
        server.shutdown()
        server.server_close()
        thread.join()
