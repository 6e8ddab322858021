"""The program itself, serving a home in a process of its own, with windows to look in.

``python -m bench.serving FOLDER PORT [--watch [--count]]`` prints its port once it serves, and ends with
its input. Watched, each answer tells in ``x-bench`` what it cost: milliseconds, those of the processor,
queries (``--count``).
``/floor/…`` gives the page ``/…`` from the values of its last making, by a FastAPI that does nothing else.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path
from time import perf_counter, process_time
from typing import Any
from unittest.mock import patch

from fastapi import FastAPI
from sqlalchemy import Engine, event
from starlette.datastructures import MutableHeaders
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bench.desks_data import NOW
from cli.service import log_to_stderr
from config.settings import load_settings
from engine.clock import Clock, utc_now
from engine.home import Home, open_home
from engine.runner import Runner
from engine.sealer import Sealer
from notifications.transport import open_transport
from web import serve
from web.app import build
from web.templating import Pages

COST = "x-bench"
FLOOR = "/floor"
_QUESTIONS = ("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")
_asked: ContextVar[list[str]] = ContextVar("asked")


def main() -> int:
    """Serve a home until the input ends."""
    parser = ArgumentParser(prog="python -m bench.serving", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("port", type=int, help="0: any that is free")
    parser.add_argument("--watch", action="store_true", help="tell what each answer costs, keep its values")
    parser.add_argument("--count", action="store_true", help="count queries, which takes time of its own")
    given = parser.parse_args()
    if given.count:
        event.listen(Engine, "connect", _listen)
    log_to_stderr()
    with patch.object(serve, "build", _with_windows) if given.watch else nullcontext():
        _serve(given.folder, given.port)
    return 0


def _serve(folder: Path, port: int) -> None:
    settings = load_settings(home=folder, mail_url=f"folder:{folder / 'mail'}")
    clock = clock_from(NOW)
    with (
        open_home(settings) as home,
        serve.listen("127.0.0.1", port) as at,
        _running(home, clock),
        serve.served(home, at, clock=clock),
    ):
        print(at.getsockname()[1], flush=True)
        sys.stdin.read()


def clock_from(begin: datetime) -> Clock:
    """Return a clock that shows an instant now, and goes on from there."""
    ahead = begin - utc_now()
    return lambda: utc_now() + ahead


@contextmanager
def _running(home: Home, clock: Clock) -> Iterator[None]:
    url = home.settings.mail_url.get_secret_value()
    runner = Runner(
        database=home.database,
        office=home.office(),
        transport=lambda: open_transport(url),
        clock=clock,
        sealer=Sealer(key=home.seal_key),
    )
    runner.start()
    try:
        yield
    finally:
        runner.stop()


def _with_windows(home: Home, **options: Any) -> FastAPI:
    app = build(home, **options)
    pages = app.state.office.pages = _Recorder()
    app.add_middleware(_Watched, floor=_floor(pages))
    return app


class _Recorder(Pages):
    """Templates that remember what each page was last made of."""

    def __init__(self) -> None:
        super().__init__()
        self.made: dict[str, tuple[str, Mapping[str, Any]]] = {}

    def whole(self, template: str, values: Mapping[str, Any]) -> str:
        """Return a whole page."""
        self.made[values["visit"].request.scope["path"]] = template, values
        return super().whole(template, values)


def _floor(pages: _Recorder) -> FastAPI:
    """Return an application whose only handler renders pages from constants."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    plain = Pages()

    @app.get(FLOOR + "{path:path}")
    def floor(path: str) -> HTMLResponse:
        return HTMLResponse(plain.whole(*pages.made[path]))

    return app


class _Watched:
    """Passes requests on, and writes into each answer what it cost until it began."""

    def __init__(self, app: ASGIApp, floor: ASGIApp) -> None:
        self._app = app
        self._floor = floor

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun, cpu, asked = perf_counter(), process_time(), list[str]()
        _asked.set(asked)

        async def note(message: Message) -> None:
            if message["type"] == "http.response.start":
                taken = (perf_counter() - begun) * 1e3, (process_time() - cpu) * 1e3
                MutableHeaders(scope=message)[COST] = f"{taken[0]:.3f} {taken[1]:.3f} {len(asked)}"
            await send(message)

        app = self._floor if scope.get("path", "").startswith(FLOOR) else self._app
        await app(scope, receive, note)


def _listen(connection: Any, _record: object) -> None:
    connection.set_trace_callback(_note)


def _note(statement: str) -> None:
    asked = _asked.get(None)
    if asked is not None and statement.lstrip().upper().startswith(_QUESTIONS):
        asked.append(statement)


if __name__ == "__main__":
    sys.exit(main())
