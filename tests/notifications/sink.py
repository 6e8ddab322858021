"""A mail server for tests: takes mail on loopback, writes down what it took, and fails as it is told.

As a process::

    python -m tests.notifications.sink --port 8025 --log sink.jsonl --faults "451=0.05,drop_after=0.02"

It prints ``ready PORT`` and writes one JSON line for each mail:
``{"id": Message-ID, "to": [...], "fault": ..., "accepted": true}``. ``accepted`` means that it took the
mail, whatever the sender came to know. In a test, ``with Sink(script=["451"]) as sink`` runs the same
in a thread.

Faults: ``421`` ``450`` ``451`` ``550`` ``552`` … answer the final dot with that code, ``rcpt550`` the
recipient, ``mail421`` the sender, ``data451`` the DATA command, ``ehlo550`` and ``greet554`` the
connection (the last two only from a script); ``maildrop`` cuts at MAIL, ``drop_before`` after 354,
before the body; ``drop_after`` takes the mail and cuts before its answer; ``hang`` takes it and never
answers; ``slow`` answers late; ``garbage`` answers what is no reply.
"""

import argparse
import asyncio
import json
import random
import sys
import threading
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One mail that reached its final dot, or one that was cut or refused on the way."""

    id: str
    to: tuple[str, ...]
    fault: str
    accepted: bool
    content: bytes = field(default=b"", repr=False)

    def line(self) -> str:
        """Return the entry of the log."""
        entry = {"id": self.id, "to": self.to, "fault": self.fault, "accepted": self.accepted}
        return json.dumps(entry, ensure_ascii=False)


class Plan:
    """Which fault the next mail meets: first the script, then chance by a seed."""

    def __init__(
        self, script: Iterable[str] = (), faults: Mapping[str, float] | None = None, *, seed: int = 1
    ) -> None:
        self._script = list(script)
        self._faults = dict(faults or {})
        self._chance = random.Random(seed)

    def peek(self) -> str:
        """Return the next fault of the script without using it up."""
        return self._script[0] if self._script else ""

    def draw(self) -> str:
        """Return the fault of the next mail, or ``ok``."""
        if self._script:
            return self._script.pop(0)
        at = self._chance.random()
        for fault, share in self._faults.items():
            if at < share:
                return fault
            at -= share
        return "ok"


class Server:
    """The protocol; keeps what it took in ``taken``."""

    def __init__(self, plan: Plan, *, log: TextIO | None = None, latency: float = 0, slow: float = 5) -> None:
        self.plan, self.latency, self.slow = plan, latency, slow
        self.taken: list[Taken] = []
        self.connections = 0
        self.commands: list[str] = []
        self._log = log

    @property
    def accepted(self) -> list[str]:
        """Return the Message-IDs of the mails it took, in order, each as often as it was taken."""
        return [mail.id for mail in self.taken if mail.accepted]

    def note(self, mail: Taken) -> None:
        """Write down what became of a mail."""
        self.taken.append(mail)
        if self._log is not None:
            self._log.write(mail.line() + "\n")
            self._log.flush()

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        self.connections += 1
        try:
            await Talk(self, reader, writer).run()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


class Talk:
    """One connection."""

    def __init__(self, server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._server, self._reader, self._writer = server, reader, writer
        self._to: list[str] = []
        self._fault = ""

    async def run(self) -> None:
        """Answer commands until one side leaves."""
        if self._server.plan.peek().startswith("greet"):
            await self._say(f"{self._server.plan.draw()[5:]} not here")
            return
        await self._say("220 sink ESMTP")
        while line := await self._reader.readline():
            command = line.decode("latin-1").strip()
            verb = command.split(" ", 1)[0].upper()
            self._server.commands.append(verb)
            if not await self._answer(verb, command):
                return

    async def _answer(self, verb: str, command: str) -> bool:
        match verb:
            case "EHLO" | "HELO":
                return await self._hello()
            case "MAIL":
                self._to, self._fault = [], self._server.plan.draw()
                return await self._step("mail", "250 ok")
            case "RCPT":
                self._to.append(command[8:].split(">", maxsplit=1)[0].strip("<> "))
                return await self._step("rcpt", "250 ok")
            case "DATA":
                return await self._data()
            case "RSET" | "NOOP":
                await self._say("250 ok")
            case "QUIT":
                await self._say("221 bye")
                return False
            case _:
                await self._say("502 not known")
        return True

    async def _hello(self) -> bool:
        if self._server.plan.peek().startswith("ehlo"):
            code = self._server.plan.draw()[4:]
            await self._say(f"{code} no")
            return True
        await self._say("250-sink\r\n250-8BITMIME\r\n250 SIZE 33554432")
        return True

    async def _step(self, name: str, good: str) -> bool:
        """Answer one command of a mail; a fault named for it answers instead."""
        if not self._fault.startswith(name):
            await self._say(good)
            return True
        code = self._fault.removeprefix(name)
        self._server.note(Taken(id="", to=tuple(self._to), fault=self._fault, accepted=False))
        if code == "drop":
            self._writer.transport.abort()
            return False
        await self._say(f"{code} {name} refused")
        return code != "421"

    async def _data(self) -> bool:
        if self._fault.startswith("data"):
            return await self._step("data", "")
        await self._say("354 go on")
        if self._fault == "drop_before":
            self._server.note(Taken(id="", to=tuple(self._to), fault=self._fault, accepted=False))
            self._writer.transport.abort()
            return False
        content = await self._reader.readuntil(b"\r\n.\r\n")
        if self._server.latency:
            await asyncio.sleep(self._server.latency)
        return await self._settle(content)

    async def _settle(self, content: bytes) -> bool:
        fault = self._fault
        refused = fault.isdigit()
        mail = Taken(
            id=_message_id(content),
            to=tuple(self._to),
            fault=fault,
            accepted=not refused,
            content=content[:-3],
        )
        self._server.note(mail)
        if refused:
            await self._say(f"{fault} refused after the body")
            return fault != "421"
        if fault == "drop_after":
            self._writer.transport.abort()
            return False
        if fault == "hang":
            await self._reader.read()
            return False
        if fault == "slow":
            await asyncio.sleep(self._server.slow)
        await self._say("what" if fault == "garbage" else "250 queued")
        return True

    async def _say(self, text: str) -> None:
        self._writer.write(text.encode() + b"\r\n")
        await self._writer.drain()


def _message_id(content: bytes) -> str:
    for line in content.split(b"\r\n\r\n", 1)[0].split(b"\r\n"):
        if line.lower().startswith(b"message-id:"):
            return line[11:].strip().decode("latin-1")
    return ""


@contextmanager
def serving(start: Callable[[], Awaitable[asyncio.Server]]) -> Iterator[int]:
    """Run a server in a thread; yield its port. Connections still open at the end are cut."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def stop() -> None:
        server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def begin() -> asyncio.Server:
        return await start()

    server = asyncio.run_coroutine_threadsafe(begin(), loop).result(10)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        asyncio.run_coroutine_threadsafe(stop(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


class Sink:
    """The server in a thread: ``with Sink(script=["451", "ok"]) as sink: … sink.port``."""

    def __init__(
        self,
        script: Iterable[str] = (),
        faults: Mapping[str, float] | None = None,
        *,
        seed: int = 1,
        slow: float = 5,
    ) -> None:
        self.server = Server(Plan(script, faults, seed=seed), slow=slow)
        self.port = 0
        self._stack = ExitStack()

    @property
    def url(self) -> str:
        """Return the mail URL of the sink."""
        return f"smtp://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self.port = self._stack.enter_context(serving(self._start))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    async def _start(self) -> asyncio.Server:
        return await asyncio.start_server(self.server.talk, "127.0.0.1", 0)


async def serve(port: int, server: Server) -> None:
    """Serve until the process is ended."""
    listening = await asyncio.start_server(server.talk, "127.0.0.1", port, backlog=512)
    sys.stdout.write(f"ready {listening.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    async with listening:
        await listening.serve_forever()


def shares(text: str) -> dict[str, float]:
    """Read ``451=0.05,drop_after=0.02``."""
    pairs = (part.split("=") for part in text.split(",") if part)
    return {name.strip(): float(share) for name, share in pairs}


def main() -> None:
    """Run the sink as a process."""
    ask = argparse.ArgumentParser(description="A mail server that fails as it is told.")
    ask.add_argument("--port", type=int, default=0)
    ask.add_argument("--log", type=Path)
    ask.add_argument("--faults", type=shares, default={})
    ask.add_argument("--script", default="", help="faults of the first mails: ok,451,drop_after")
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--latency", type=float, default=0, help="seconds before each answer to a body")
    ask.add_argument("--slow", type=float, default=5, help="seconds that the fault 'slow' takes")
    given = ask.parse_args()
    script = [fault for fault in given.script.split(",") if fault]
    log = given.log.open("a", encoding="utf-8") if given.log else None
    server = Server(
        Plan(script, given.faults, seed=given.seed), log=log, latency=given.latency, slow=given.slow
    )
    try:
        asyncio.run(serve(given.port, server))
    except KeyboardInterrupt:
        pass
    finally:
        if log is not None:
            log.close()


if __name__ == "__main__":
    main()
