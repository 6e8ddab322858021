"""A browser without a screen: keeps cookies, fills the token into its forms, follows nothing by itself."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from httpx2 import Response
from sqlalchemy import select
from starlette.testclient import TestClient

from engine.accounts.sessions import open_session
from engine.tables import person
from web.csrf import token_for
from web.visit import SESSION, VISITOR

_BASE = "http://127.0.0.1:8000"


class Browser:
    """A visitor of an application; with an address, that person signed in."""

    def __init__(self, app: FastAPI, address: str | None = None, *, lang: str = "zh") -> None:
        self.office = app.state.office
        self._client = TestClient(app, base_url=_BASE, follow_redirects=False, raise_server_exceptions=False)
        self._client.headers["accept-language"] = lang
        if address is None:
            self._client.cookies.set(VISITOR, "a-stranger")
        else:
            self._client.cookies.set(SESSION, self._session(address))

    def _session(self, address: str) -> str:
        with self.office.home.database.write() as conn:
            number = conn.scalars(select(person.c.id).where(person.c.email == address)).one()
            return open_session(conn, number, device="test", now=self.office.clock())

    @property
    def token(self) -> str:
        """Return a token for a form."""
        cookies = self._client.cookies
        return token_for(cookies.get(SESSION) or cookies.get(VISITOR) or "")

    @property
    def cookies(self) -> Any:
        """Return the cookies kept."""
        return self._client.cookies

    def get(self, path: str, **options: Any) -> Response:
        """Ask for a page."""
        return self._client.get(path, **options)

    def post(self, path: str, data: Mapping[str, Any] | None = None, **options: Any) -> Response:
        """Send a form of ours."""
        return self._client.post(path, data={**(data or {}), "csrf": self.token}, **options)

    def request(self, method: str, path: str, **options: Any) -> Response:
        """Ask for anything, as it is."""
        return self._client.request(method, path, **options)

    def follow(self, answer: Response) -> Response:
        """Go where an answer leads."""
        assert answer.status_code == 303, (answer.status_code, answer.text[:500])
        return self.get(answer.headers["location"])

    def close(self) -> None:
        """Close the connections."""
        self._client.close()
