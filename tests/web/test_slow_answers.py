"""Answers that take long: few are worked out at once, and nobody else waits for them."""

import asyncio
from dataclasses import dataclass, field

import pytest
from fastapi import APIRouter, FastAPI
from httpx2 import ASGITransport, AsyncClient
from starlette.responses import Response

from engine.clock import Clock
from engine.home import Home
from tests.engine.world import ADMIN
from tests.web.browser import Browser
from web import app as app_module
from web.access import AT_ONCE, allow
from web.visit import SESSION

CROWD = 5


@dataclass
class Hall:
    """Where slow answers wait until the test lets them end."""

    begun: int = 0
    full: asyncio.Event = field(default_factory=asyncio.Event)
    end: asyncio.Event = field(default_factory=asyncio.Event)


def _routes(hall: Hall) -> APIRouter:
    router = APIRouter()

    @router.get("/quick")
    @allow()
    async def quick() -> Response:
        return Response("quick")

    @router.get("/slow")
    @allow(slow=True)
    async def slow() -> Response:
        hall.begun += 1
        if hall.begun == AT_ONCE:
            hall.full.set()
        await hall.end.wait()
        return Response("slow")

    return router


@pytest.mark.usefixtures("city")
def test_slow_answers_take_turns_and_hold_nobody_up(
    home: Home, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = Hall()
    monkeypatch.setattr(app_module, "ROUTERS", (*app_module.ROUTERS, _routes(hall)))
    app = app_module.build(home, clock=clock)
    cookie = Browser(app, ADMIN).cookies[SESSION]

    asked = asyncio.run(_asked(app, hall, cookie))

    assert asked == (AT_ONCE, "quick", ["slow"] * CROWD, CROWD)


async def _asked(app: FastAPI, hall: Hall, cookie: str) -> tuple[int, str, list[str], int]:
    """Ask for slow answers and, while they wait, for a quick one; return how many had begun by then."""
    known = {"cookie": f"{SESSION}={cookie}"}
    async with AsyncClient(transport=ASGITransport(app), base_url="http://127.0.0.1", headers=known) as one:
        slow = [asyncio.create_task(one.get("/slow")) for _ in range(CROWD)]
        await hall.full.wait()
        quick, begun = await one.get("/quick"), hall.begun
        hall.end.set()
        answers = [(await task).text for task in slow]
    return begun, quick.text, answers, hall.begun
