"""Steps that tests of accounts take: delivering with a key, reading a link, reading a person's history."""

import json
import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import update

from engine.accounts.key import AccountsKey
from engine.accounts.letters import LINK
from engine.delivery import Sent, deliver_all
from engine.tables import history, person
from notifications.transport import Transport
from tests.engine.world import OFFICE, World

KEY = AccountsKey(secret=bytes(range(32)))
PASSWORD = "纸船 绕过 三座桥 七盏灯"
_LINK = re.compile(re.escape(f"{OFFICE.base_url}{LINK}") + r"([\w-]+)")


def deliver(
    world: World, transport: Transport, now: datetime, *, key: AccountsKey | None = KEY
) -> list[Sent]:
    """Deliver what may go, from a home with a key."""
    office = replace(OFFICE, key=key)
    return deliver_all(world.database, office, transport, clock=lambda: now)


def tokens_in(text: str) -> list[str]:
    """Return the tokens of the links in a mail."""
    return _LINK.findall(text)


def told(world: World, person_id: int) -> list[tuple[str, dict[str, Any]]]:
    """Return what history tells of a person since they were entered: (trigger, details)."""
    rows = world.rows(history, subject=f"person:{person_id}")
    return [(row.trigger, json.loads(row.details)) for row in rows[2:]]


def retire(world: World, person_id: int) -> None:
    """Make somebody inactive, in the row alone."""
    with world.database.write() as conn:
        conn.execute(update(person).where(person.c.id == person_id).values(active=False))
