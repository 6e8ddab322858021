"""The API described: as an OpenAPI document for programs, as a page for people."""

from functools import cache
from typing import Any

from fastapi import APIRouter, Request
from fastapi.routing import APIRoute
from starlette.responses import JSONResponse, Response

from web.access import Door, allow_anyone
from web.api.document import Doc, document
from web.api.operations import operations_of
from web.api.prose import paragraphs
from web.api.rooms import ROOMS
from web.api.route import PREFIX, routes_of
from web.visit import VisitDep

router = routes_of("reference")
page = APIRouter()


@cache
def the_document() -> Doc:
    """Return the document of the whole API."""
    routes = [route for room in (*ROOMS, router) for route in room.routes]
    return document([route for route in routes if isinstance(route, APIRoute)])


@router.get("/openapi.json", responses={200: {"model": dict[str, Any]}})
@allow_anyone(door=Door.API)
def openapi(request: Request) -> Response:
    """Return this document."""
    return JSONResponse(the_document())


@page.get("/api")
@allow_anyone()
def reference_page(visit: VisitDep) -> Response:
    """Show every operation of the API."""
    doc = the_document()
    groups = operations_of(doc)
    total = sum(len(group) for group in groups.values())
    return visit.page(
        "api/page.html",
        about=paragraphs(doc["info"]["description"]),
        groups=groups,
        total=total,
        prefix=PREFIX,
    )
