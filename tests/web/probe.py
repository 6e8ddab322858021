"""Pages that only tests have: they read everything, break in every way, and hide what went wrong."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from fastapi import APIRouter, FastAPI, Request
from pydantic import BaseModel
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse

from config.errors import UserError
from config.settings import load_settings
from engine.clock import Clock
from engine.home import Home, init_home, open_home
from tests.engine.world import NOW, World
from web import app as app_module
from web.access import Door, allow, allow_anyone
from web.forms import FormDep
from web.slow import PatientProtocol
from web.visit import VisitDep

router = APIRouter()
SECRETS = ("wang@example.cn", "13800000000", "tok-very-secret")


class Body(BaseModel):
    """What the API is sent."""

    name: str = ""


@router.get("/probe")
@allow_anyone()
def page(visit: VisitDep) -> Response:
    """Show a page."""
    return visit.page(
        "error.html", title="页", text=UserError(zh="好", en="good", code="x").text, request_id=""
    )


@router.get("/probe/mail")
@allow_anyone()
def mail(visit: VisitDep) -> Response:
    """Show a mail."""
    return visit.mail("<script>alert(1)</script>")


@router.post("/probe/form")
@allow_anyone()
def form(form: FormDep) -> Response:
    """Tell what the form holds."""
    fields = {name: len(form.text(name)) for name in form.data}
    return JSONResponse({"fields": fields, "number": form.number("number"), "file": bool(form.file("file"))})


@router.post("/probe/files")
@allow(uploads=True)
def files(form: FormDep) -> Response:
    """Tell how large each file is."""
    return JSONResponse([one.size for one in form.files("file")])


@router.post("/probe/hiding")
@allow_anyone()
async def hiding(request: Request) -> Response:
    """Read the body, and make light of whatever goes wrong."""
    try:
        await request.body()
    except Exception:
        return Response("all is well")
    return Response("whole")


@router.get("/probe/broken/{token}")
@allow_anyone()
def broken(token: str) -> Response:
    """Break with somebody's data in hand."""
    address, telephone = SECRETS[:2]
    raise ValueError(f"{address} {telephone} {token}")


@router.get("/probe/half")
@allow_anyone()
def half() -> Response:
    """Break in the middle of an answer."""

    def parts() -> Iterator[bytes]:
        yield b"a" * 10_000
        raise ValueError(SECRETS[0])

    return StreamingResponse(parts(), media_type="application/octet-stream")


@router.get("/probe/before")
@allow_anyone()
def before() -> Response:
    """Break before the first piece of an answer."""

    def parts() -> Iterator[bytes]:
        raise ValueError(SECRETS[0])
        yield b""

    return StreamingResponse(parts())


@router.get("/probe/large")
@allow_anyone()
def large() -> Response:
    """Answer with more than a connection holds."""
    return StreamingResponse((b"\x00" * 65_536 for _ in range(2_000)), media_type="image/jpeg")


@router.get("/probe/network")
@allow_anyone()
def network(visit: VisitDep) -> Response:
    """Tell where somebody comes from."""
    return Response(visit.network)


@router.get("/probe/long")
@allow_anyone()
async def takes_long() -> Response:
    """Take longer than a visitor may take to ask."""
    await asyncio.sleep(2.5 * PatientProtocol.patience)
    return Response("done")


@router.get("/probe/refused/{code}")
@allow_anyone()
def refused(code: str) -> Response:
    """Refuse."""
    raise UserError(zh="<b>不行</b>", en="<b>no</b>", code=code)


@router.get("/probe/number/{number}")
@allow_anyone()
def number(number: int) -> Response:
    """Take a number."""
    return Response(str(number))


@router.get("/probe/way")
@allow_anyone()
def way(visit: VisitDep, to: str = "/") -> Response:
    """Lead on."""
    return visit.see_other(to, told="common.copied")


@router.get("/probe/redirect")
@allow_anyone()
def redirect() -> Response:
    """Lead on without a visit's help."""
    return RedirectResponse("/probe")


@router.get("/api/v1/probe")
@allow(door=Door.API)
def api(visit: VisitDep) -> Response:
    """Tell who asks."""
    return JSONResponse({"name": visit.me.name})


@router.get("/api/v1/probe/broken")
@allow_anyone(door=Door.API)
def api_broken() -> Response:
    """Break."""
    raise ValueError(SECRETS[0])


@router.get("/api/v1/probe/refused/{code}")
@allow_anyone(door=Door.API)
def api_refused(code: str) -> Response:
    """Refuse."""
    raise UserError(zh="不行", en="no", code=code)


@router.post("/api/v1/probe")
@allow(door=Door.API)
def api_post(body: Body) -> Response:
    """Take a body."""
    return JSONResponse({"name": len(body.name)})


@router.post("/api/v1/probe/open")
@allow_anyone(door=Door.API)
def api_open(body: Body) -> Response:
    """Take a body of anyone."""
    return JSONResponse({"name": len(body.name)})


@router.put("/probe/changed")
@router.patch("/probe/changed")
@router.delete("/probe/changed")
@router.post("/probe/changed")
@allow()
def changed() -> Response:
    """Change something."""
    return Response("changed")


class Place(NamedTuple):
    """A served city whose pages go wrong."""

    home: Home
    app: FastAPI
    clock: Clock


@contextmanager
def open_place(folder: Path) -> Iterator[Place]:
    """Make a city and put these pages beside its own, also for who serves it."""
    settings = load_settings(home=folder / "home")
    init_home(settings, now=NOW, origin="test")
    with pytest.MonkeyPatch.context() as patch, open_home(settings) as home:
        World(home.database).found()
        patch.setattr(app_module, "ROUTERS", (*app_module.ROUTERS, router))
        clock = _stopped
        yield Place(home, app_module.build(home, clock=clock), clock)


def _stopped() -> datetime:
    return NOW
