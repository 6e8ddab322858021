"""One route of the API, and the router that a module begins with."""

from collections.abc import Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.routing import APIRoute
from starlette.responses import JSONResponse, Response

from config.errors import UserError
from engine.do import StepsBlocked
from web.access import enforce
from web.problems import problem_of
from workflows.blockers import Code

PREFIX = "/api/v1"
PROBLEM = "application/problem+json"

let_in = asynccontextmanager(enforce)


class ApiRoute(APIRoute):
    """A route of the API. Who may not come in learns nothing of how a body should look."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what answers, and refuses as programs understand it."""
        inner = super().get_route_handler()

        async def handle(request: Request) -> Response:
            if "\x00" in request.scope["path"]:  # no name of ours has it, and PostgreSQL takes no such text
                raise HTTPException(404)
            try:
                async with let_in(request):  # before the body is read: it may be a large file of a stranger
                    return await inner(request)
            except UserError as error:
                return _refused(request, error)

        return handle


def routes_of(tag: str) -> APIRouter:
    """Return the router of one sort of resources."""
    return APIRouter(
        prefix=PREFIX,
        tags=[tag],
        route_class=ApiRoute,
        generate_unique_id_function=lambda route: route.name,
    )


def _refused(request: Request, error: UserError) -> Response:
    """Answer 412 to who saw an older version, 409 to a step that is blocked; leave the rest to all pages."""
    saw = request.headers.get("if-match", "*") != "*"
    status = 412 if saw and _is_stale(error) else 409
    if status == 409 and not isinstance(error, StepsBlocked):
        raise error
    body = problem_of(request, status, error.text, error=error)
    return JSONResponse(body, status_code=status, media_type=PROBLEM)


def _is_stale(error: UserError) -> bool:
    if isinstance(error, StepsBlocked):
        return any(one.code == Code.CHANGED_MEANWHILE for case in error.blocked for one in case.blockers)
    return error.code.endswith(".changed_meanwhile") or error.code == "step.raced"
