"""A program with a token, at the door of a served city."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from httpx2 import Response
from sqlalchemy import select
from starlette.testclient import TestClient

from engine.accounts.api_tokens import make
from engine.home import Home
from engine.tables import person
from tests.engine.world import World
from tests.web.conftest import Clock

ROOT = "/api/v1"


class Program:
    """A program that acts for a person."""

    def __init__(self, app: FastAPI, token: str | None) -> None:
        self._client = TestClient(app, follow_redirects=False, raise_server_exceptions=False)
        self._client.headers["accept-language"] = "en"
        if token is not None:
            self._client.headers["authorization"] = f"Bearer {token}"

    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None, **options: Any) -> Response:
        """Return how a request is answered; ``path`` begins after the version."""
        return self._client.request(method, f"{ROOT}{path}", json=body, **options)

    def get(self, path: str, **query: Any) -> Response:
        """Ask a question."""
        return self.ask("GET", path, params=query)

    def post(self, path: str, body: Mapping[str, Any] | None = None, **options: Any) -> Response:
        """Ask for a change."""
        return self.ask("POST", path, body or {}, **options)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


@pytest.fixture
def program(app: FastAPI, home: Home, city: World, clock: Clock) -> Iterator[Callable[..., Program]]:
    """Give ``program(address, writes=True)``: one that acts for a person (None: for nobody)."""
    opened: list[Program] = []

    def start(address: str | None, *, writes: bool = True) -> Program:
        token = None if address is None else _token(home, address, writes=writes, clock=clock)
        opened.append(Program(app, token))
        return opened[-1]

    yield start
    for one in opened:
        one.close()


def _token(home: Home, address: str, *, writes: bool, clock: Clock) -> str:
    with home.database.write() as conn:
        number = conn.scalars(select(person.c.id).where(person.c.email == address)).one()
        until = clock.now + timedelta(days=90)
        return make(conn, number, name="test", writes=writes, expires_at=until, now=clock.now)
