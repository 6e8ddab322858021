"""Bodies that are too large or too slow are cut off before anything keeps them."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from time import monotonic

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FORM = 2 * 1024 * 1024
"""The most bytes of a body that is no upload."""

UPLOAD = 420 * 1024 * 1024
"""The most bytes of a body with files."""

FILES, FIELDS = 100, 1_000
"""The most of each in one form; how many files a page takes it says itself."""

FIELD = 256 * 1024
"""The most bytes of a field, which, unlike a file, is held in memory."""

PATIENCE = 20.0
"""Seconds for a body to begin, and between two pieces."""

_HEADERS = 100
_SLOWEST = 16 * 1024  # bytes a second, on the whole, after the patience
PARTING = 2.0  # seconds in which what still comes is thrown away, so that the refusal can be read

Answer = Callable[[Request, int], Response]


class TooLarge(Exception):
    """The body is longer than this route takes."""

    status = 413


class TooSlow(Exception):
    """The body comes too slowly to wait for."""

    status = 408


class BodyLimits:
    """Counts and times a body as it comes; ``takes_files`` says of a path whether it may be long."""

    patience = PATIENCE

    def __init__(self, app: ASGIApp, *, takes_files: Callable[[str], bool], answer: Answer) -> None:
        self._app = app
        self._takes_files = takes_files
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with a watched body."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = UPLOAD if self._takes_files(scope["path"]) else FORM
        status = _refusal(Headers(scope=scope), most)
        if status is not None:
            await self._refuse(status, scope, receive, send)
            return
        body = _Watched(receive, most, self.patience)
        gate = _Gate(send, body)
        with suppress(TooLarge, TooSlow):  # the body remembers, also where the application hides it
            await self._app(scope, body, gate)
        if body.refused is not None and not gate.begun:
            await self._refuse(body.refused, scope, receive, send)

    async def _refuse(self, status: int, scope: Scope, receive: Receive, send: Send) -> None:
        answer = await run_in_threadpool(self._answer, Request(scope), status)
        answer.headers["connection"] = "close"
        await answer(scope, receive, _Parting(send, receive) if status == 413 else send)


def _refusal(headers: Headers, most: int) -> int | None:
    """Return the status that a request is refused with by its headers alone."""
    if len(headers) > _HEADERS:
        return 431
    declared = headers.get("content-length")
    if declared is None:
        return None
    if "transfer-encoding" in headers:  # two lengths: a proxy before us may have gone by the other one
        return 400
    return 413 if declared.isdecimal() and int(declared[:20]) > most else None


class _Watched:
    """A body that is counted and timed; only the visitor's time counts, not what the application takes."""

    def __init__(self, receive: Receive, most: int, patience: float) -> None:
        self.refused: int | None = None
        self._receive = receive
        self._most = most
        self._patience = patience
        self._size = 0
        self._waited = 0.0
        self._whole = False

    async def __call__(self) -> Message:
        if self._whole:  # what comes now is only the news that the visitor left
            return await self._receive()
        message = await self._in_time()
        if message["type"] == "http.request":
            self._size += len(message.get("body", b""))
            self._whole = not message.get("more_body", False)
            if self._size > self._most:
                raise self._noted(TooLarge())
        return message

    async def _in_time(self) -> Message:
        left = self._patience + self._size / _SLOWEST - self._waited
        begun = monotonic()
        try:
            async with asyncio.timeout(min(self._patience, left)):
                return await self._receive()
        except TimeoutError:
            raise self._noted(TooSlow()) from None
        finally:
            self._waited += monotonic() - begun

    def _noted(self, error: TooLarge | TooSlow) -> TooLarge | TooSlow:
        self.refused = error.status
        return error


class _Gate:
    """Holds back whatever the application says once its body has been refused."""

    def __init__(self, send: Send, body: _Watched) -> None:
        self.begun = False
        self._send = send
        self._body = body

    async def __call__(self, message: Message) -> None:
        if self._body.refused is None or self.begun:
            self.begun = True
            await self._send(message)


class _Parting:
    """Lets the visitor read the answer before the connection closes on what they are still sending."""

    def __init__(self, send: Send, receive: Receive) -> None:
        self._send = send
        self._receive = receive

    async def __call__(self, message: Message) -> None:
        if message["type"] != "http.response.body" or message.get("more_body", False):
            await self._send(message)
            return
        await self._send({**message, "more_body": True})
        await self._throw_away()
        await self._send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _throw_away(self) -> None:
        try:
            async with asyncio.timeout(PARTING):
                while (await self._receive()).get("more_body", False):
                    pass
        except TimeoutError:
            return
