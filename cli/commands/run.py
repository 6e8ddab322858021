"""``duban run`` and ``duban serve``: the runner of one home, alone or with its pages, until told to stop."""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Annotated

import typer

from cli.command import new_app
from cli.desk import settings
from cli.now import CLOCK
from cli.service import log_to_stderr, stop_on_signals, wait_for_end
from cli.show import tell
from config.settings import Settings
from engine.clock import Clock
from engine.demo_clock import demo_clock
from engine.home import Home, open_home
from engine.lock import only_runner
from engine.runner import Runner
from engine.sealer import Sealer
from engine.webhooks.courier import courier_of
from notifications.transport import open_transport, redact

app = new_app()

HOST, PORT = "127.0.0.1", 8000


@app.command("run")
def run() -> None:
    """Remind when due and send mails until SIGINT or SIGTERM; the mail in hand is finished first."""
    log_to_stderr()
    with open_home(settings()) as home:
        _run(home, clock=CLOCK.get(), pages=lambda _: nullcontext())


@app.command("serve")
def serve(
    *,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS")] = HOST,
    port: Annotated[int, typer.Option("--port", metavar="N", min=1, max=65535)] = PORT,
) -> None:
    """Serve the pages, remind and send, all in this process, until SIGINT or SIGTERM."""
    log_to_stderr()
    serve_home(settings(), host=host, port=port)


def serve_home(chosen: Settings, *, host: str = HOST, port: int = PORT) -> None:
    """Serve a home's pages and run it until told to stop; a demonstration goes by its own clock."""
    from web.serve import listen, served  # noqa: PLC0415  FastAPI's import is slow, most commands do without

    with open_home(chosen) as home, listen(host, port) as at:
        own = demo_clock(home.database)
        clock = own or CLOCK.get()
        tell("serve.address", address=f"http://{host}:{port}")

        def pages(runner: Runner) -> AbstractContextManager[None]:
            return served(home, at, clock=clock, demo=own is not None, wake=runner.wake)

        _run(home, clock=clock, pages=pages)


def _run(home: Home, *, clock: Clock, pages: Callable[[Runner], AbstractContextManager[None]]) -> None:
    with only_runner(home.path):
        url = home.settings.mail_url.get_secret_value()
        runner = Runner(
            database=home.database,
            office=home.office(),
            transport=lambda: open_transport(url),
            clock=clock,
            sealer=Sealer(key=home.seal_key),
            courier=courier_of(home, clock=clock),
        )
        stopped = stop_on_signals()
        runner.start()
        try:
            with pages(runner):
                tell("run.started", home=home.path, mail=redact(url))
                sys.stdout.flush()
                wait_for_end(stopped)
        finally:
            runner.stop()
        tell("run.stopped")
