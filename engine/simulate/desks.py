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
from engine.apply import apply_notice
from engine.backup import backup
from engine.database import Database, open_database
from engine.delivery import Office, deliver_all
from engine.demo_clock import stop_clock_at
from engine.do import Order, do
from engine.returned import returned_for
from engine.schedule_edit import edit_schedule
from engine.schedules import applied_sources
from engine.seal import seal
from engine.seal_key import load_key
from engine.simulate.album import scene
from engine.simulate.fresh import MARK, make_fresh
from engine.sweep import sweep_due
from engine.tables import case, person, right
from engine.uploads.taking import Incoming, take_uploads
from notifications.transport import FolderTransport

CITY, NOTICE = "350500", "quanzhou-2023"
_PICTURED = 24  # cases that get some
_TAKEN_PLACE = ("held", "info_completed")
_PICTURES = ("现场全景", "互动体验")
_MORNING = timedelta(hours=1)  # from when the mails of the day leave
_WHY_REVIEWED = "逾期提醒发出前，先看一遍名单"


class Seat(NamedTuple):
    """Who sits at a desk."""

    desk: str
    person_id: int
    name: str


def keep_desks(database: Database, home: Path, folder: Path, *, office: Office, at: datetime) -> None:
    """Copy a season as it stands on a morning into a home of its own, whose clock goes on from ``at``.

    From that morning on the city reviews its mails: those of the day wait there.
    """
    make_fresh(folder)
    backup(database, folder / "duban.db", overwrite=True)
    for key in home.glob("*.key"):
        shutil.copy2(key, folder / key.name)
    shutil.copy2(home / MARK, folder / MARK)
    if (home / "materials").is_dir():
        shutil.copytree(home / "materials", folder / "materials")
    copy = open_database(f"sqlite:///{(folder / 'duban.db').as_posix()}")
    try:
        _review_mails(copy, folder, office=office, at=at - _MORNING)
        with copy.write() as conn:
            _bring_pictures(conn, folder / "materials", at=at)
            stop_clock_at(conn, at)
            seal(conn, now=at + timedelta(seconds=1), key=load_key(folder / "seal.key"))
    finally:
        copy.close()


def _review_mails(copy: Database, folder: Path, *, office: Office, at: datetime) -> None:
    """Let the city's admin review mails from just before ``at`` on; those of other cities leave."""
    before = at - timedelta(minutes=20)
    with copy.write() as conn:
        text, seat = applied_sources(conn).get(NOTICE), _with_right(conn, Role.ADMIN)
        if text and seat:
            admin = actor_of(conn, seat.id, now=before)
            reviewed = edit_schedule(text, {"review": True})
            apply_notice(conn, NOTICE, reviewed, actor=admin, now=before, reason=_WHY_REVIEWED)
        sweep_due(conn, now=at)
    deliver_all(copy, office, FolderTransport(folder / "mail"), clock=lambda: at)


def _bring_pictures(conn: Connection, store: Path, *, at: datetime) -> None:
    """Let coordinators of the city hand in pictures that can be looked at, where theirs are due.

    Nothing is added to what was sent back: it would look mended.
    """
    random = Random(at.year)  # noqa: S311  a play, not a secret
    wanted = (case.c.notice == NOTICE) & (case.c.kind == CaseKind.ACTIVITY) & case.c.state.in_(_TAKEN_PLACE)
    query = (
        select(case.c.ref, case.c.coordinator_id)
        .where(wanted, returned_for().is_(None))
        .order_by(case.c.id)
        .limit(_PICTURED)
    )
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
