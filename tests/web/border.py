"""Visitors with every role, here and elsewhere, and one of everything that a path can name."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from fastapi import FastAPI
from httpx2 import Response
from sqlalchemy import Table, select

from config.schedule import Role
from config.settings import load_settings
from engine.accounts.api_tokens import make, tokens_of, touch_token
from engine.actors import SYSTEM
from engine.drafts import PersonDraft, RightDraft, UnitDraft
from engine.home import Home, init_home, open_home
from engine.roster import save_people, save_units
from engine.tables import material, message, notice_reading, person, right, unit
from tests.engine.notice_reading.papers import begin_reading
from tests.engine.world import ADMIN, LEAD, NOTICE, NOW, WANG, World, at, link
from tests.web.browser import Browser
from web.access import Door, Rule
from web.app import build


class Visitor(NamedTuple):
    """Somebody with one role."""

    address: str
    role: Role


HERE = {
    "coordinator here": Visitor(WANG, Role.COORDINATOR),
    "lead here": Visitor(LEAD, Role.LEAD),
    "admin here": Visitor(ADMIN, Role.ADMIN),
    "auditor here": Visitor("auditor@example.cn", Role.AUDITOR),
}
ELSEWHERE = {
    f"{role} elsewhere": Visitor(f"far-{role}@example.cn", role)
    for role in (Role.COORDINATOR, Role.LEAD, Role.ADMIN, Role.AUDITOR)
}
_FAR = "410700"
_CASE = "QZ-2023-0001"


class Border:
    """A served city. ``samples`` say what each part of a path names here."""

    def __init__(self, home: Home, folder: Path) -> None:
        self.home = home
        self.app: FastAPI = build(home, clock=lambda: at(9, 27, 10))
        self._snapshot = folder / "before.db"
        self._file = folder / "home" / "duban.db"
        self._visitors: dict[str | None, Browser] = {}
        self._tokens: dict[str, str] = {}
        self.samples = self._samples()
        self._sign_in()
        with closing(sqlite3.connect(self._file)) as live, closing(sqlite3.connect(self._snapshot)) as kept:
            live.backup(kept)

    def restore(self) -> None:
        """Put the database back as it was."""
        with closing(sqlite3.connect(self._snapshot)) as kept, closing(sqlite3.connect(self._file)) as live:
            kept.backup(live)

    def content(self) -> list[str]:
        """Return everything that the database holds."""
        with closing(sqlite3.connect(self._file)) as conn:
            return list(conn.iterdump())

    def ask(self, name: str | None, method: str, path: str, rule: Rule) -> Response:
        """Return how a visitor is answered at a route, its path filled with what is here."""
        filled = re.sub(r"{(\w+)(?::\w+)?}", lambda part: self.samples[part[1]], path)
        visitor = self._visitors[name]
        if rule.door is Door.API:
            key = {"authorization": f"Bearer {self._tokens[name]}"} if name else {}
            return visitor.request(method, filled, headers=key, json={} if method != "GET" else None)
        headers = {"x-csrf-token": visitor.token}
        return visitor.request(method, filled, headers=headers)

    def token(self, name: str) -> str:
        """Return the token by which programs of a visitor are known."""
        return self._tokens[name]

    def close(self) -> None:
        """Close every visitor's connections."""
        for one in self._visitors.values():
            one.close()

    def _sign_in(self) -> None:
        everybody = HERE | ELSEWHERE
        self._visitors[None] = Browser(self.app)
        for name, one in everybody.items():
            self._visitors[name] = Browser(self.app, one.address)
            with self.home.database.write() as conn:
                number = conn.scalars(select(person.c.id).where(person.c.email == one.address)).one()
                self._tokens[name] = make(
                    conn, number, name="test", writes=True, expires_at=at(12, 1), now=at(9, 27)
                )
                [line] = tokens_of(conn, number, now=at(9, 27))
                touch_token(conn, line.id, now=at(9, 27, 10))  # its first use is noted, a look is not

    def _samples(self) -> dict[str, str]:
        return {
            "ref": _CASE,
            "notice": NOTICE,
            "region": "350502",
            "unit": self._first(unit),
            "person": self._number_of(WANG),
            "right": self._first(right),
            "mail": self._first(message),
            "material": self._first(material),
            "trigger": "register",
            "subject": "lifecycle:activity@1",
            "token": "no-such-token",
            "old": "1",
            "new": "1",
            "template": "reminder",
            "lang": "zh",
            "draft": "no-such-draft",
            "sheet": "unit",
            "sweep": "1",
            "form_key": "quanzhou_list",
            "template_id": "zh.reminder.body.txt",
            "version": "1",
            "number": "1",
            "hook": "1",
            "reading": self._first(notice_reading),
            "clause": "d1",
        }

    def _first(self, table: Table) -> str:
        with self.home.database.read() as conn:
            return str(conn.scalars(select(table.c.id).order_by(table.c.id)).first())

    def _number_of(self, address: str) -> str:
        with self.home.database.read() as conn:
            return str(conn.scalars(select(person.c.id).where(person.c.email == address)).one())


@contextmanager
def open_border(folder: Path) -> Iterator[Border]:
    """Make the city and serve it."""
    settings = load_settings(home=folder / "home")
    init_home(settings, now=NOW, origin="test")
    with open_home(settings) as home:
        world = World(home.database).found()
        _people(home)
        world.enter(3)
        world.do("attach", _CASE, materials=(link("photo"),))
        world.sweep(at(8, 21) + timedelta(minutes=1))
        begin_reading(world)
        border = Border(home, folder)
        try:
            yield border
        finally:
            border.close()


def _people(home: Home) -> None:
    here = RightDraft(role=Role.AUDITOR, region="350500")
    drafts = [PersonDraft(name="郑审计", email="auditor@example.cn", rights=(here,))]
    for one in ELSEWHERE.values():
        own = "新乡市科协" if one.role is Role.COORDINATOR else None
        right_ = RightDraft(role=one.role, region=_FAR, unit=own)
        drafts.append(PersonDraft(name="外地人", email=one.address, rights=(right_,)))
    with home.database.write() as conn:
        far = UnitDraft(name="新乡市科协", region=_FAR, level="city", kind="association")
        save_units(conn, [far], actor=SYSTEM, now=NOW)
        save_people(conn, drafts, actor=SYSTEM, now=NOW)
