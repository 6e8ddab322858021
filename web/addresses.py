"""Addresses that no page has: too long, or with control characters; no handler ever sees them."""

import unicodedata

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from web.limits import Answer

PATH, QUERY = 1_000, 8_000  # the most bytes of each


class SoundAddresses:
    """Answers for addresses that can only be a mistake or an attempt."""

    def __init__(self, app: ASGIApp, *, answer: Answer) -> None:
        self._app = app
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on if its address is sound."""
        status = _refusal(scope) if scope["type"] == "http" else None
        if status is None:
            await self._app(scope, receive, send)
            return
        await (await run_in_threadpool(self._answer, Request(scope), status))(scope, receive, send)


def _refusal(scope: Scope) -> int | None:
    """Return the status that an address is refused with."""
    if len(scope.get("raw_path") or scope["path"]) > PATH or len(scope["query_string"]) > QUERY:
        return 414
    if any(unicodedata.category(char) == "Cc" for char in scope["path"]):
        return 404
    return 400 if b"%00" in scope["query_string"] else None
