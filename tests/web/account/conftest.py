"""What tests of signing in share: a city served, tickets, and the mails that would go out."""

from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from sqlalchemy import select

from engine.accounts.passwords import set_password
from engine.accounts.tickets import Purpose, issue
from engine.delivery import deliver_all
from engine.home import Home
from engine.tables import person
from notifications.transport import open_transport
from tests.engine.world import NOW, World

PASSWORD = "four unrelated words"


@pytest.fixture
def ticket(home: Home, city: World) -> Callable[..., str]:
    """Give ``ticket(address, purpose)``: the token of a fresh link."""

    def make(address: str, purpose: Purpose = Purpose.SIGN_IN) -> str:
        with home.database.write() as conn:
            number = conn.scalars(select(person.c.id).where(person.c.email == address)).one()
            return issue(conn, number, purpose=purpose, now=NOW)

    return make


@pytest.fixture
def with_password(home: Home, city: World) -> Callable[[str], None]:
    """Give ``with_password(address)``: that person has ``PASSWORD``."""

    def make(address: str) -> None:
        with home.database.write() as conn:
            number = conn.scalars(select(person.c.id).where(person.c.email == address)).one()
            set_password(conn, number, PASSWORD, now=NOW)

    return make


@pytest.fixture
def mailed(home: Home) -> Callable[[], list[str]]:
    """Give ``mailed()``: the texts delivered once everything queued has gone out, headers and all."""

    def deliver() -> list[str]:
        transport = open_transport(home.settings.mail_url.get_secret_value())
        deliver_all(home.database, home.office(), transport, clock=lambda: NOW)
        return [_text(file) for file in sorted((home.path / "mail").glob("*.eml"))]

    return deliver


def _text(file: Path) -> str:
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    parts = [str(part.get_content()) for part in mail.walk() if part.get_content_maintype() == "text"]
    return "\n".join([*(f"{name}: {value}" for name, value in mail.items()), *parts])
