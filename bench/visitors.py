"""Visitors of a served city: a home to serve, the program in its own process, and what a browser sends."""

import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from gzip import decompress
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter
from urllib.parse import urlencode

import orjson
from sqlalchemy import select, update

from bench.desks_data import NOW, Size, build
from bench.serving import COST
from config.settings import Settings, load_settings
from engine.accounts.api_tokens import make
from engine.accounts.sessions import open_session
from engine.home import init_home, open_home
from engine.tables import firing, person
from web.visit import SESSION

_ENDING = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """How one person is known: by a browser's cookie, and by a program's token."""

    cookie: str
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer. ``seconds`` until all of it was here; ``cost`` is what the program says of it."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        """Return the page."""
        packed = self.headers.get("content-encoding") == "gzip"
        return (decompress(self.body) if packed else self.body).decode()

    @property
    def cost(self) -> tuple[float, float, int]:
        """Return milliseconds, those of the processor, and queries."""
        wall, cpu, queries = self.headers[COST].split()
        return float(wall), float(cpu), int(queries)


def found(folder: Path, size: Size) -> Settings:
    """Make the home of a big city in which every reminder that was due has been sent."""
    folder.mkdir()
    build(folder / "duban.db", size)
    settings = load_settings(home=folder)
    init_home(settings, now=NOW)
    with open_home(settings) as home, home.database.write() as conn:
        due = update(firing).where(firing.c.settled_at.is_(None), firing.c.at <= NOW)
        conn.execute(due.values(outcome="past", settled_at=NOW))
    return settings


def let_in(settings: Settings, addresses: Iterable[str]) -> dict[str, Pass]:
    """Sign people in, by their addresses."""
    until = NOW + timedelta(days=30)
    passes = {}
    with open_home(settings) as home, home.database.write() as conn:
        for address in addresses:
            number = conn.scalars(select(person.c.id).where(person.c.email == address)).one()
            cookie = open_session(conn, number, device="bench", now=NOW)
            token = make(conn, number, name="bench", writes=True, expires_at=until, now=NOW)
            passes[address] = Pass(cookie=cookie, token=token)
    return passes


@contextmanager
def serving(folder: Path, *watch: str) -> Iterator[int]:
    """Serve a home as long as the block runs; gives the port. What it logs stands in ``serve.log``.

    ``watch`` are options of ``bench.serving``; without them it is the program as it is.
    """
    command = [sys.executable, "-m", "bench.serving", str(folder), "0", *watch]
    with (folder / "serve.log").open("ab") as log:
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=log) as process:
            if process.stdin is None or process.stdout is None:
                raise AssertionError("asked for pipes")
            try:
                yield int(process.stdout.readline())
            finally:
                process.stdin.close()
                process.wait(_ENDING)


class Visitor:
    """A browser and a program of one person, on one connection that is kept open."""

    def __init__(self, port: int, known: Pass | None = None) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=120)
        self._headers = {"accept-encoding": "gzip", "connection": "keep-alive"}
        if known is not None:
            self._headers |= {"cookie": f"{SESSION}={known.cookie}", "authorization": f"Bearer {known.token}"}

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a page."""
        return self._ask("GET", path, None, headers)

    def send(self, path: str, fields: Sequence[tuple[str, str]]) -> Answer:
        """Send a form."""
        kind = {"content-type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(fields).encode(), kind)

    def call(self, path: str, body: Mapping[str, object], headers: Mapping[str, str]) -> Answer:
        """Call the API."""
        return self._ask("POST", path, orjson.dumps(body), {"content-type": "application/json", **headers})

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        begun = perf_counter()
        self._connection.request(method, path, body, {**self._headers, **headers})
        answer = self._connection.getresponse()
        got = answer.read()
        names = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(status=answer.status, headers=names, body=got, seconds=perf_counter() - begun)
