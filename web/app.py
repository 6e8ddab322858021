"""The application: protections, routes, error pages, static files."""

from collections.abc import Callable, Iterable

from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import APIRoute
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from engine.clock import Clock, utc_now
from engine.home import Home
from web import errors
from web.access import Rule, enforce, rule_of
from web.addresses import SoundAddresses
from web.headers import ONE_YEAR, SafeHeaders
from web.heads import Heads
from web.limits import FIELD, FIELDS, FILES, BodyLimits
from web.log import RequestLog
from web.office import Office
from web.routes import ROUTERS
from web.templating import STATIC, Pages, is_marked
from web.unbroken import Unbroken

_COMPRESSED = 600  # bytes from which it is worth it


def build(home: Home, *, clock: Clock = utc_now, demo: bool = False) -> FastAPI:
    """Return the application of an open home; TypeError where a route says nothing of who may use it."""
    app = FastAPI(
        title="Duban 督办",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        form_limits={"max_files": FILES, "max_fields": FIELDS, "max_part_size": FIELD},
        dependencies=[Depends(enforce)],
        separate_input_output_schemas=False,
    )
    app.state.office = Office(home=home, pages=Pages(), clock=clock, demo=demo)
    for router in ROUTERS:
        app.include_router(router)
    rules = _rules(ROUTERS)
    errors.install(app, [route for route, _ in rules])
    app.mount("/static", _Kept(directory=STATIC), name="static")
    _protect(app, rules)
    return app


def _rules(routers: Iterable[APIRouter]) -> list[tuple[APIRoute, Rule]]:
    # not app.routes: the application keeps the routers, and would show none of their routes
    found = [route for router in routers for route in router.routes]
    odd = [route for route in found if not isinstance(route, APIRoute)]
    if odd:
        raise TypeError(f"{odd[0]} is no route of a page or of the API")
    return [(route, rule_of(route)) for route in found if isinstance(route, APIRoute)]


def _protect(app: FastAPI, rules: list[tuple[APIRoute, Rule]]) -> None:
    """Put the protections round the application, the outermost last."""
    home: Home = app.state.office.home
    app.add_middleware(SoundAddresses, answer=errors.refused)
    app.add_middleware(Unbroken, answer=errors.refused)
    app.add_middleware(GZipMiddleware, minimum_size=_COMPRESSED, compresslevel=5)
    app.add_middleware(Heads)
    app.add_middleware(BodyLimits, takes_files=_takes_files(rules), answer=errors.refused)
    app.add_middleware(SafeHeaders, tls=str(home.settings.base_url).startswith("https://"))
    app.add_middleware(RequestLog)


def _takes_files(rules: list[tuple[APIRoute, Rule]]) -> Callable[[str], bool]:
    patterns = [route.path_regex for route, rule in rules if rule.uploads]
    return lambda path: any(pattern.match(path) for pattern in patterns)


class _Kept(StaticFiles):
    """Static files: asked for by the mark of their content they never change."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        if is_marked(f"{scope['path']}?{scope['query_string'].decode('latin-1')}"):
            answer.headers["cache-control"] = f"public, max-age={ONE_YEAR}, immutable"
        else:
            answer.headers["cache-control"] = "no-cache"
        return answer
