"""A season stopped on its way: a home of its own whose desks have something to do, and who sits there."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, func, select
from sqlalchemy import case as when

from config.schedule import CaseKind, Role
from engine.actors import actor_of
from engine.backup import backup
from engine.database import Database, open_database
from engine.demo_clock import stop_clock_at
from engine.do import Order, do
from engine.seal import seal
from engine.seal_key import load_key
from engine.simulate.album import scene
from engine.simulate.fresh import MARK, make_fresh
from engine.tables import case, person, right
from engine.uploads.taking import Incoming, take_uploads

CITY, NOTICE = "350500", "quanzhou-2023"
_PICTURED = 24  # cases that get some
_TAKEN_PLACE = ("held", "info_completed")
_PICTURES = ("现场全景", "互动体验")


class Seat(NamedTuple):
    """Who sits at a desk."""

    desk: str
    person_id: int
    name: str


def keep_desks(database: Database, home: Path, folder: Path, *, at: datetime) -> None:
    """Copy a season as it stands at ``at`` into a home of its own, whose clock goes on from there."""
    make_fresh(folder)
    backup(database, folder / "duban.db", overwrite=True)
    for key in home.glob("*.key"):
        shutil.copy2(key, folder / key.name)
    shutil.copy2(home / MARK, folder / MARK)
    if (home / "materials").is_dir():
        shutil.copytree(home / "materials", folder / "materials")
    copy = open_database(f"sqlite:///{(folder / 'duban.db').as_posix()}")
    try:
        with copy.write() as conn:
            _bring_pictures(conn, folder / "materials", at=at)
            stop_clock_at(conn, at)
            seal(conn, now=at + timedelta(seconds=1), key=load_key(folder / "seal.key"))
    finally:
        copy.close()


def _bring_pictures(conn: Connection, store: Path, *, at: datetime) -> None:
    """Let coordinators of the city hand in pictures that can be looked at, where theirs are due."""
    random = Random(at.year)  # noqa: S311  a play, not a secret
    wanted = (case.c.notice == NOTICE) & (case.c.kind == CaseKind.ACTIVITY) & case.c.state.in_(_TAKEN_PLACE)
    query = select(case.c.ref, case.c.coordinator_id).where(wanted).order_by(case.c.id).limit(_PICTURED)
    for ref, coordinator in conn.execute(query).all():
        files = [Incoming(content=scene(random), name=f"{one}.jpg", kind="photo") for one in _PICTURES]
        order = Order(
            trigger="attach",
            refs=(ref,),
            actor=actor_of(conn, coordinator, now=at),
            materials=take_uploads(files, store=store),
            skip_blocked=True,
        )
        do(conn, order, now=at)


def seats(conn: Connection) -> tuple[Seat, ...]:
    """Return a coordinator with a few things to do, the admin and the auditor of one city."""
    found = {
        "coordinator": _busy_coordinator(conn),
        "admin": _with_right(conn, Role.ADMIN),
        "auditor": _with_right(conn, Role.AUDITOR),
    }
    return tuple(Seat(desk, row.id, row.name) for desk, row in found.items() if row is not None)


def _busy_coordinator(conn: Connection) -> Any:
    ready = func.count(when((case.c.state.in_(("held", "info_completed")), case.c.id)))
    query = (
        select(person.c.id, person.c.name, func.count().label("cases"))
        .join(case, case.c.coordinator_id == person.c.id)
        .where(case.c.notice == NOTICE, _open_cases(), person.c.lang == "zh", ~person.c.address_bad)
        .group_by(person.c.id, person.c.name)
        .having(func.count().between(3, 7))
        .order_by(ready.desc(), person.c.id)
    )
    return conn.execute(query.limit(1)).first()


def _open_cases() -> ColumnElement[bool]:
    return case.c.state.in_(("registered", "held", "info_completed"))


def _with_right(conn: Connection, role: Role) -> Any:
    mine = (right.c.role == str(role)) & (right.c.region == CITY)
    query = select(person.c.id, person.c.name).join(right, right.c.person_id == person.c.id).where(mine)
    return conn.execute(query.order_by(person.c.id).limit(1)).first()
