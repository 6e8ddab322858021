"""Turns: quick answers one after another, slow ones beside them; nobody waits for who waits for something."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from threading import Event, Lock
from typing import Any, TypeVar

import pytest
from fastapi import APIRouter, FastAPI
from httpx2 import ASGITransport, AsyncClient
from starlette.responses import Response

from engine.clock import Clock
from engine.home import Home
from tests.engine.world import ADMIN
from tests.web.browser import Browser
from web import app as app_module
from web import turns
from web.access import allow
from web.routes import ROUTERS
from web.turns import QUICK, SLOW, in_turn
from web.visit import SESSION

T = TypeVar("T")
CROWD = 5
SOON = 8.0  # seconds after which a test gives up


def _run(work: Coroutine[Any, Any, T]) -> T:
    """Run in a thread of its own: in this one the browser of other tests may keep a loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


@dataclass
class Hall:
    """Where answers wait until the test lets them end; knows how many were there at once."""

    full_at: int
    there: int = 0
    most: int = 0
    full: Event = field(default_factory=Event)
    end: Event = field(default_factory=Event)
    _door: Lock = field(default_factory=Lock)

    def stay(self) -> str:
        """Wait for the end."""
        with self._door:
            self.there += 1
            self.most = max(self.most, self.there)
            if self.there == self.full_at:
                self.full.set()
        self.end.wait(SOON)
        with self._door:
            self.there -= 1
        return "stayed"


def _routes(hall: Hall) -> APIRouter:
    router = APIRouter()

    @router.get("/quick")
    @allow()
    def quick() -> Response:
        return Response("quick")

    @router.get("/slow")
    @allow(slow=True)
    def slow() -> Response:
        return Response(hall.stay())

    return router


@pytest.mark.usefixtures("city")
def test_slow_answers_take_turns_and_hold_nobody_up(
    home: Home, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = Hall(full_at=SLOW)
    monkeypatch.setattr(app_module, "ROUTERS", (*ROUTERS, _routes(hall)))
    app = app_module.build(home, clock=clock)
    cookie = Browser(app, ADMIN).cookies[SESSION]

    asked = _run(_asked(app, hall, cookie))

    assert asked == ("quick", ["stayed"] * CROWD)
    assert hall.most == SLOW


async def _asked(app: FastAPI, hall: Hall, cookie: str) -> tuple[str, list[str]]:
    """Ask for slow answers and, while as many as may wait do so, for a quick one."""
    known = {"cookie": f"{SESSION}={cookie}"}
    async with AsyncClient(transport=ASGITransport(app), base_url="http://127.0.0.1", headers=known) as one:
        slow = [asyncio.create_task(one.get("/slow")) for _ in range(CROWD)]
        await asyncio.to_thread(hall.full.wait, SOON)
        quick = await one.get("/quick")
        hall.end.set()
        return quick.text, [(await task).text for task in slow]


def test_quick_answers_are_worked_out_one_after_another() -> None:
    hall = Hall(full_at=QUICK)
    hall.end.set()

    _together(lambda: in_turn(hall.stay))

    assert hall.most == QUICK


def test_an_answer_that_waits_for_something_lets_the_others_begin() -> None:
    hall = Hall(full_at=CROWD)

    async def all_of_them() -> list[str]:
        waiting = [asyncio.create_task(in_turn(hall.stay)) for _ in range(CROWD)]
        assert await asyncio.to_thread(hall.full.wait, SOON)
        hall.end.set()
        return await asyncio.gather(*waiting)

    assert _run(all_of_them()) == ["stayed"] * CROWD


def test_an_answer_that_fails_ends_its_turn() -> None:
    async def one_after_another() -> str:
        with pytest.raises(ZeroDivisionError):
            await in_turn(lambda: 1 // 0)
        return await asyncio.wait_for(in_turn(lambda: "next"), SOON)

    assert _run(one_after_another()) == "next"


def test_who_leaves_the_queue_keeps_nobody_waiting() -> None:
    hall = Hall(full_at=QUICK)

    async def one_leaves() -> str:
        first = asyncio.create_task(in_turn(hall.stay))
        await asyncio.to_thread(hall.full.wait, SOON)
        second = asyncio.create_task(in_turn(lambda: "left"))
        await asyncio.sleep(0)
        second.cancel()
        hall.end.set()
        await first
        return await asyncio.wait_for(in_turn(lambda: "next"), SOON)

    assert _run(one_leaves()) == "next"


def test_who_changes_something_goes_before_who_looks() -> None:
    assert _answered_in_order() == ["change", "change", "look", "look"]


def test_who_has_waited_too_long_to_look_goes_between_two_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "FAIR", -1.0)
    monkeypatch.setattr(turns, "BETWEEN", 1)

    assert _answered_in_order() == ["change", "look", "change", "look"]


def _answered_in_order() -> list[str]:
    """Ask for looks and changes in turn while somebody else is answered; return what was done, in order."""
    hall, done = Hall(full_at=QUICK), list[str]()

    async def asked() -> None:
        first = asyncio.create_task(in_turn(hall.stay))
        await asyncio.to_thread(hall.full.wait, SOON)
        rest = [
            asyncio.create_task(in_turn(partial(done.append, what), changes=what == "change"))
            for what in ("look", "change", "look", "change")
        ]
        await asyncio.sleep(0)
        hall.end.set()
        await asyncio.gather(first, *rest)

    _run(asked())
    return done


def _together(work: Callable[[], Coroutine[Any, Any, str]]) -> None:
    async def together() -> None:
        await asyncio.gather(*(work() for _ in range(CROWD)))

    _run(together())
