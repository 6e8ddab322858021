"""The schedules in force, as the database keeps them: every applied version, none ever altered."""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256

from sqlalchemy import Connection, select

from config.errors import UserError
from config.schedule import Schedule
from config.stored import load
from engine.tables import notice, schedule

_KEPT = 64
_kept: dict[str, Schedule] = {}


def content_hash(effective: str) -> str:
    """Return the name of a stored schedule by its content."""
    return sha256(effective.encode()).hexdigest()


def schedule_by_hash(conn: Connection, name: str) -> Schedule:
    """Return a stored schedule; the name is the hash of its content, so it may be kept in memory."""
    found = _kept.get(name)
    if found is None:
        text = conn.scalar(select(schedule.c.effective).where(schedule.c.hash == name).limit(1))
        if text is None or content_hash(text) != name:
            raise UserError(
                zh=f"日程版本 {name[:12]} 不见了或被改动过；数据库不完整，请用 duban history verify 检查。",
                en=f"schedule version {name[:12]} is gone or altered; the database is not whole,"
                " run duban history verify",
                code="schedule.missing",
            )
        if len(_kept) >= _KEPT:
            _kept.clear()
        found = _kept[name] = load(text)
    return found


def schedule_of(conn: Connection, notice_id: str) -> Schedule:
    """Return the schedule in force of a notice; UserError if it was never applied."""
    name = conn.scalar(select(notice.c.schedule_hash).where(notice.c.id == notice_id))
    if name is None:
        raise UserError(
            zh=f"通知 {notice_id} 还没有应用。请先运行 duban notice apply {notice_id}。",
            en=f"notice {notice_id} has not been applied; run duban notice apply {notice_id} first",
            code="notice.not_applied",
        )
    return schedule_by_hash(conn, name)


def schedules_in_force(conn: Connection) -> Mapping[str, Schedule]:
    """Return the schedule of every notice in force, by notice."""
    rows = conn.execute(
        select(notice.c.id, notice.c.schedule_hash).where(notice.c.state == "in_force").order_by(notice.c.id)
    )
    return {row.id: schedule_by_hash(conn, row.schedule_hash) for row in rows}


def applied_sources(conn: Connection) -> dict[str, str]:
    """Return the YAML text of every applied notice, as last applied."""
    latest = select(schedule.c.notice, schedule.c.source).join(
        notice, (notice.c.id == schedule.c.notice) & (notice.c.schedule_version == schedule.c.version)
    )
    return {row.notice: row.source for row in conn.execute(latest)}


@lru_cache(maxsize=256)
def version_name(notice_id: str, version: int) -> str:
    """Return how history names a schedule version: ``quanzhou-2023@3``."""
    return f"{notice_id}@{version}"
