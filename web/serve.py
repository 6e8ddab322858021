"""Serving: the pages of one home on one address, beside the runner of the same process."""

import errno
import gc
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

import uvicorn

from config.errors import UserError
from config.schedule import Name
from engine.clock import Clock
from engine.home import Home
from web.app import build
from web.slow import PatientProtocol
from web.wake import wake_by

_QUEUE = 512  # connections that wait to be taken
_STOPPING = 10  # seconds for requests in hand when the program ends
_WHY = {
    errno.EADDRINUSE: Name(
        zh="端口已被别的程序占用。请用 --port 换一个端口，或先停掉占用它的程序",
        en="another program has the port; choose another --port, or stop that program",
    ),
    errno.EADDRNOTAVAIL: Name(
        zh="这个地址不是本机的。请用 --host 写本机的地址，如 127.0.0.1 或 0.0.0.0",
        en="the address is not this machine's; give one with --host, such as 127.0.0.1 or 0.0.0.0",
    ),
    errno.EACCES: Name(
        zh="没有使用这个端口的权限。请用 --port 换一个大于 1023 的端口",
        en="the port needs more rights; choose one above 1023 with --port",
    ),
}
_OTHER = Name(
    zh="这个地址用不了。请检查 --host 和 --port",
    en="the address cannot be used; check --host and --port",
)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; UserError where the address is taken or is not this machine's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    if port not in range(65_536):
        raise _cannot(host, port, _OTHER)
    try:
        at = socket.create_server((host, port), family=family, backlog=_QUEUE)
    except OSError as error:
        raise _cannot(host, port, _WHY.get(error.errno or 0, _OTHER)) from error
    # asyncio sets this only where a socket names its protocol, as this one does not: an answer's body
    # would wait 40 ms until its head is acknowledged
    at.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return at


def _cannot(host: str, port: int, why: Name) -> UserError:
    return UserError(
        zh=f"不能在 {host}:{port} 提供页面：{why.zh}。",
        en=f"pages cannot be served at {host}:{port}: {why.en}",
        code="serve.address",
    )


@contextmanager
def served(
    home: Home,
    at: socket.socket,
    *,
    clock: Clock,
    demo: bool = False,
    wake: Callable[[], object] = lambda: None,
) -> Iterator[None]:
    """Serve the pages of a home for as long as the block runs; requests in hand are finished.

    ``wake`` is called when a page has queued mails that are to leave at once.
    """
    app = build(home, clock=clock, demo=demo)
    wake_by(app.state.office, wake)
    config = uvicorn.Config(
        app,
        http=PatientProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=True,
        proxy_headers=True,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=_STOPPING,
        h11_max_incomplete_event_size=32 * 1024,
        backlog=_QUEUE,
    )
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, args=([at],), name="pages", daemon=True)
    thread.start()
    try:
        app.state.office.pages.compile()
        with _collected():
            yield
    finally:
        server.should_exit = True
        thread.join(_STOPPING + 5)
        app.state.office.close()


@contextmanager
def _collected() -> Iterator[None]:
    """Let the garbage collector pass over what is here to stay: looking through it stops every visitor."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
