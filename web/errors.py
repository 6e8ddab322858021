"""What went wrong, as a page, a part of one or a problem (RFC 9457): with the way out, never a trace."""

from collections.abc import Sequence
from math import ceil
from typing import Any
from urllib.parse import urlencode

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from config.errors import UserError
from config.schedule import Name
from engine.accounts.limits import TooOften
from engine.traces import trace_of
from web.access import Forbidden, ForeignForm, NotSignedIn
from web.bearer import NoToken
from web.problems import MACHINES, problem_of
from web.visit import Visit, address_of, is_ours, stranger, visit_of_page
from web.words import TEXTS

log = structlog.get_logger()

_CONFLICTS = frozenset(
    {
        "step.raced",
        "order.key_reused",
        *("commend.none", "commend.state", "commend.empty", "commend.changed", "commend.same_person"),
        *("commend.nothing", "commend.full"),
        *("reading.in_force", "reading.undecided", "rollup.frozen"),
    }
)


def status_of(error: UserError) -> int:
    """Return the HTTP status that says best what a refusal means."""
    if isinstance(error, TooOften):
        return 429
    first, _, last = error.code.partition(".")
    if last == "unknown":
        return 404
    if last == "changed_meanwhile" or error.code in _CONFLICTS:
        return 409
    if first == "rights":
        return 403
    return 503 if first == "database" else 422


def install(app: FastAPI, routes: Sequence[APIRoute]) -> None:
    """Let the application answer errors in our way; ``routes`` say what an address takes."""
    app.state.routes = tuple(routes)
    app.add_exception_handler(UserError, _user_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(NotSignedIn, _sign_in_first)
    app.add_exception_handler(Forbidden, _forbidden)
    app.add_exception_handler(NoToken, _no_token)


def refused(request: Request, status: int) -> Response:
    """Return a refusal in its own words; if even that cannot be made, one line with the request's number."""
    try:
        if status >= 500 and not hasattr(request.state, "visit"):
            request.state.visit = stranger(request)  # whoever asks: perhaps that is what cannot be found out
        return _answer(request, status, _words(status))
    except Exception as error:  # nothing may go wrong on the way of telling what went wrong
        number = request.state.request_id
        log.error("broken twice", request_id=number, at=trace_of(error))  # noqa: TRY400  no traceback
        return PlainTextResponse(f"系统出了问题。 Something went wrong here. {number}", status_code=status)


def _user_error(request: Request, error: Any) -> Response:
    answer = _answer(request, status_of(error), error.text, error=error)
    if isinstance(error, TooOften):
        answer.headers["retry-after"] = str(ceil(error.wait.total_seconds()))
    return answer


def _http_error(request: Request, error: Any) -> Response:
    if error.status_code == 405:
        return _not_so(request)
    if error.status_code == 404 and (shorter := _without_slash(request)):
        return RedirectResponse(shorter, status_code=307)
    answer = _answer(request, error.status_code, _words(error.status_code))
    answer.headers.update(error.headers or {})
    return answer


def _not_so(request: Request) -> Response:
    """Answer to a method that an address does not take, with those that it takes."""
    path, routes = request.scope["path"], request.app.state.routes
    taken = {method for route in routes if route.path_regex.match(path) for method in route.methods}
    taken = taken or {"GET"}
    allow = ", ".join(sorted(taken | ({"HEAD"} if "GET" in taken else set()) | {"OPTIONS"}))
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={"allow": allow})
    answer = _answer(request, 405, _words(405))
    answer.headers["allow"] = allow
    return answer


def _without_slash(request: Request) -> str:
    """Return where a page is that was asked for with a slash too many, empty if it was not."""
    path, _, query = address_of(request).partition("?")
    shorter = path.rstrip("/")
    if request.method != "GET" or shorter == path or not is_ours(shorter):
        return ""
    return f"{shorter}?{query}" if query else shorter


def _not_understood(request: Request, error: Any) -> Response:
    wrong = error.errors()
    if any(one["loc"][:1] == ("path",) for one in wrong):
        return _answer(request, 404, _words(404))
    problems = tuple((".".join(str(part) for part in one["loc"]), str(one["msg"])) for one in wrong)
    return _answer(request, 422, _words(422), fields=problems)


def _forbidden(request: Request, error: Any) -> Response:
    kind = "form" if isinstance(error, ForeignForm) else "403"
    return _answer(request, 403, _words(kind), title=f"error.{kind}.title")


def _no_token(request: Request, error: Any) -> Response:
    answer = _answer(request, error.status, _words(error.status))
    if error.status == 401:
        answer.headers["www-authenticate"] = 'Bearer realm="duban"'
    return answer


def _sign_in_first(request: Request, _error: Any) -> Response:
    visit: Visit = request.state.visit
    if visit.is_htmx:
        return Response(status_code=401, headers={"hx-redirect": "/sign-in"})
    goal = visit.path if request.method == "GET" and visit.path != "/" else ""
    return RedirectResponse("/sign-in" + (f"?{urlencode({'next': goal})}" if goal else ""), status_code=303)


def _words(kind: int | str) -> Name:
    zh, en = TEXTS.get(f"error.{kind}") or TEXTS["error.other"]
    return Name(zh=zh, en=en)


def _answer(
    request: Request,
    status: int,
    text: Name,
    *,
    error: UserError | None = None,
    fields: tuple[tuple[str, str], ...] = (),
    title: str = "",
) -> Response:
    if request.scope["path"].startswith(MACHINES):
        body = problem_of(request, status, text, error=error, fields=fields)
        return JSONResponse(body, status_code=status, media_type="application/problem+json")
    visit = getattr(request.state, "visit", None) or visit_of_page(request)
    titles = TEXTS.get(title or f"error.{status}.title", TEXTS["error.other.title"])
    values = {
        "title": titles[visit.lang == "en"],
        "text": text,
        "request_id": request.state.request_id,
    }
    if visit.is_htmx:
        return visit.fragment("error.html", "told", status=status, **values)
    return visit.page("error.html", status=status, **values)
