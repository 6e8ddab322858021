"""A fault of ours ends as a page or a problem with the request's number; the log says where, not of whom."""

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from engine.traces import trace_of
from web.limits import Answer, TooLarge, TooSlow

log = structlog.get_logger()


class Unbroken:
    """Catches what nobody else caught, inside the other protections: its answer has their headers too."""

    def __init__(self, app: ASGIApp, *, answer: Answer) -> None:
        self._app = app
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = _Begun(send)
        try:
            await self._app(scope, receive, begun)
        except (TooLarge, TooSlow):
            raise
        except ClientDisconnect:
            return
        except Exception as error:  # the last resort of the pages
            place = trace_of(error)  # no traceback: it can hold what people wrote
            log.error("broken", request_id=scope["state"]["request_id"], at=place)  # noqa: TRY400
            if begun.sent:  # half an answer: the server closes the connection, so nobody takes it for whole
                return
            answer = await run_in_threadpool(self._answer, Request(scope), 500)
            await answer(scope, receive, send)


class _Begun:
    """Keeps the head of an answer until its body begins: what breaks before that can still become a page."""

    def __init__(self, send: Send) -> None:
        self.sent = False
        self._send = send
        self._head: Message | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._head = message
            return
        if self._head is not None:
            self.sent, head, self._head = True, self._head, None
            await self._send(head)
        await self._send(message)
