"""Is the service well right now? Asked often, by machines: four quick queries, each answer in words."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, exists, func, or_, select
from sqlalchemy.exc import SQLAlchemyError

from config.errors import UserError
from config.schedule import Name
from config.settings import Settings
from engine.audit.subjects import Kind, named
from engine.audit.values import CHINA, moment_said
from engine.clock import stamp, unstamp
from engine.database import Database
from engine.meta import get_meta
from engine.tables import firing, history, message, sweep

SILENT = timedelta(seconds=90)
"""Three heartbeats."""

STUCK = timedelta(minutes=15)
"""A mail that may go and has not, while no other went either."""

LEAST_BYTES, LEAST_SHARE = 200 * 1024**2, 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One thing looked at: ``name`` is stable, ``is_well`` decides the colour."""

    name: str
    is_well: bool
    text: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How the service is; well if every sign is."""

    signs: tuple[Sign, ...]

    @property
    def is_well(self) -> bool:
        """Return whether nothing is red."""
        return all(sign.is_well for sign in self.signs)


def health(
    database: Database,
    settings: Settings,
    *,
    now: datetime,
    disk: Callable[[Path], tuple[int, int, int]] = shutil.disk_usage,
) -> Health:
    """Look at database, heartbeat, outbox, sweeps and disk; never raises, no secret is in any text."""
    return Health(signs=(*_database(database, now), _disk(settings.home, disk)))


def _database(database: Database, now: datetime) -> Iterator[Sign]:
    try:
        with database.read() as conn:
            found = [_heartbeat(conn, now), _sweeps(conn, now), _outbox(conn, now)]
    except (UserError, SQLAlchemyError) as error:
        text = error.text if isinstance(error, UserError) else _name("数据库没有应答。", "it does not answer")
        yield Sign(name="database", is_well=False, text=text)
        return
    yield Sign(name="database", is_well=True, text=_name("数据库有应答。", "it answers"))
    yield from found


def _heartbeat(conn: Connection, now: datetime) -> Sign:
    beat = get_meta(conn, "heartbeat")
    if beat is None:
        text = _name(
            "后台从未运行过，不会发提醒。请启动 duban。", "it never ran, no reminder leaves; start duban"
        )
        return Sign(name="heartbeat", is_well=False, text=text)
    age = now - unstamp(beat)
    seconds = max(0, int(age.total_seconds()))
    if age > SILENT:
        text = _name(
            f"后台已有 {seconds} 秒没有心跳，提醒可能停了。请重启 duban，并查看日志。",
            f"no heartbeat for {seconds} s, reminders may have stopped; restart duban and read its log",
        )
        return Sign(name="heartbeat", is_well=False, text=text)
    return Sign(
        name="heartbeat",
        is_well=True,
        text=_name(f"{seconds} 秒前有心跳。", f"last heartbeat {seconds} s ago"),
    )


def _sweeps(conn: Connection, now: datetime) -> Sign:
    """Tell the last sweep; a reminder that is due and not settled for long is a bad sign."""
    last = select(func.max(sweep.c.at)).scalar_subquery()
    overdue = select(func.count()).where(firing.c.settled_at.is_(None), firing.c.at <= now - STUCK)
    at, late = conn.execute(select(last, overdue.scalar_subquery())).one()
    if late:
        text = _name(f"{late} 个提醒已到时间，还没有处理。", f"{late} reminders are due and not settled")
    elif at is None:
        text = _name("还没有到时间的提醒。", "no reminder was due yet")
    else:
        when = moment_said(at, CHINA)
        text = _name(f"最近一次发提醒：{when.zh}。", f"last reminders on {when.en}")
    return Sign(name="sweep", is_well=not late, text=text)


def _outbox(conn: Connection, now: datetime) -> Sign:
    since = now - STUCK
    mail = history.alias("mail")
    waits = (
        select(message.c.id)
        .join(mail, mail.c.subject == named(Kind.MAIL, message))
        .where(message.c.state == "queued", mail.c.version == message.c.version)
        .where(or_(message.c.not_before.is_(None), message.c.not_before <= since))
        .where(mail.c.recorded_at <= stamp(since))
    )
    went = exists().where(history.c.recorded_at > stamp(since), history.c.trigger == "accept")
    stuck = conn.scalar(waits.where(~went).order_by(message.c.id).limit(1))
    if stuck is None:
        return Sign(name="outbox", is_well=True, text=_name("邮件没有积压。", "no mail is stuck"))
    minutes = int(STUCK.total_seconds() // 60)
    text = _name(
        f"{minutes} 分钟以来有邮件可发却没有发出（最早的是第 {stuck} 号）。请查看发信服务器和日志。",
        f"mails may go and none went for {minutes} minutes (the oldest is {stuck});"
        " see the mail server and the log",
    )
    return Sign(name="outbox", is_well=False, text=text)


def _disk(home: Path, usage: Callable[[Path], tuple[int, int, int]]) -> Sign:
    try:
        total, _, free = usage(home)
    except OSError as error:
        text = _name(f"数据目录读不到：{error.strerror}。", f"the home cannot be read: {error.strerror}")
        return Sign(name="disk", is_well=False, text=text)
    room = free / 1024**2
    if free < LEAST_BYTES or free < LEAST_SHARE * total:
        text = _name(
            f"磁盘快满了，只剩 {room:,.0f} MB。请腾出空间。", f"the disk is nearly full: {room:,.0f} MB free"
        )
        return Sign(name="disk", is_well=False, text=text)
    return Sign(name="disk", is_well=True, text=_name(f"磁盘还有 {room:,.0f} MB。", f"{room:,.0f} MB free"))


def _name(zh: str, en: str) -> Name:
    return Name(zh=zh, en=en)
