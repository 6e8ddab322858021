"""A mail server that takes everything at once and keeps nothing: ``python -m bench.sink``.

Prints its port; when its input ends, prints how many mails over how many connections it took.
"""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from subprocess import PIPE, Popen

import orjson

_GREETING = b"250-sink\r\n250-8BITMIME\r\n250 SIZE 33554432\r\n"
_END = b"\r\n.\r\n"


class Talk(asyncio.Protocol):
    """One connection."""

    mails = connections = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        assert isinstance(transport, asyncio.Transport)
        Talk.connections += 1
        self._out, self._kept, self._in_body = transport, b"", False
        self._out.write(b"220 sink ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        """Answer every whole command and body that has come."""
        rest = self._kept + data
        while rest:
            end, size = (rest.find(_END), 5) if self._in_body else (rest.find(b"\r\n"), 2)
            if end < 0:
                break
            self._out.write(self._taken() if self._in_body else self._answer(rest[:4].upper()))
            rest = rest[end + size :]
        self._kept = rest

    def _taken(self) -> bytes:
        Talk.mails += 1
        self._in_body = False
        return b"250 taken\r\n"

    def _answer(self, verb: bytes) -> bytes:
        if verb == b"DATA":
            self._in_body = True
            return b"354 go on\r\n"
        if verb == b"QUIT":
            return b"221 bye\r\n"
        return _GREETING if verb == b"EHLO" else b"250 ok\r\n"


async def serve() -> None:
    """Serve until the input ends."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Talk, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    print(orjson.dumps({"mails": Talk.mails, "connections": Talk.connections}).decode(), flush=True)


@dataclass(slots=True)
class Sink:
    """A sink in its own process; ``took`` is known once it has ended."""

    port: int
    took: dict[str, int]


@contextmanager
def sink() -> Iterator[Sink]:
    """Run a sink."""
    with Popen([sys.executable, "-m", "bench.sink"], stdin=PIPE, stdout=PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        running = Sink(port=int(process.stdout.readline()), took={})
        try:
            yield running
        finally:
            process.stdin.close()
            running.took |= orjson.loads(process.stdout.readline())


if __name__ == "__main__":
    asyncio.run(serve())
