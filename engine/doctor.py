"""Is all well here? Every check says how it stands, and what to do where it does not."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, func, select

from config.errors import UserError
from config.schedule import Name
from config.settings import Settings
from config.workdays import WorkCalendar
from engine.clock import stamp, unstamp
from engine.database import open_database
from engine.home import KEY
from engine.lock import is_running
from engine.meta import get_meta
from engine.seal import Checkpoint, latest
from engine.seal_key import load_key
from engine.tables import SCHEMA, case, firing, history, message, notice, person
from notifications.render import check_templates
from notifications.transport import open_transport, redact
from workflows.check import check
from workflows.registry import LIFECYCLES

LITTLE = 1024**3
TOO_LITTLE = 100 * 1024**2
"""Bytes free on the disk of the home: below these it is time to act, or too late."""

SILENT = timedelta(minutes=3)
"""A runner that gave no heartbeat for so long is stuck."""

UNSEALED = timedelta(minutes=10)
"""History that a runner has not sealed for so long says that sealing fails."""

ELSEWHERE = frozenset({"settings", "database", "outbox", "addresses"})
"""Checks that are told elsewhere to an admin of a region."""

_PUBLISHED_BY = (11, 20)  # month and day by which next year's holidays have been published so far


class Level(StrEnum):
    """How a check stands."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of the doctor: what was looked at, how it stands, what to do (``fix``) unless it is well."""

    name: str
    level: Level
    text: Name
    fix: Name | None = None


def examine(settings: Settings, *, now: datetime) -> Iterator[Check]:
    """Look at everything; nothing is changed. No secret is in any text."""
    yield _settings(settings)
    yield _mail(settings)
    yield from _home(settings.home)
    yield from _database(settings, now)
    yield _templates()
    yield _lifecycles()
    yield _calendar(now.date())


def checks_shown(settings: Settings, *, now: datetime) -> tuple[Check, ...]:
    """Look at everything but what other places tell more of, each within the reach of who asks."""
    return tuple(one for one in examine(settings, now=now) if one.name not in ELSEWHERE)


def _settings(settings: Settings) -> Check:
    where = redact(settings.database).removeprefix("sqlite:///")
    return _ok(
        "settings",
        zh=f"目录 {settings.home}；数据库 {where}；发件人 {settings.mail_from}",
        en=f"home {settings.home}; database {where}; mails from {settings.mail_from}",
    )


def _mail(settings: Settings) -> Check:
    url = settings.mail_url.get_secret_value()
    try:
        open_transport(url).close()
    except UserError as error:
        return _fail("mail", error.text, _name("请改正 DUBAN_MAIL_URL。", "mend DUBAN_MAIL_URL."))
    if url.startswith("folder:"):
        path = url.removeprefix("folder:")
        return _ok(
            "mail", zh=f"邮件只写到文件夹 {path}，不寄出", en=f"mails are only written to the folder {path}"
        )
    return _ok(
        "mail",
        zh=f"发信服务器 {redact(url)}；用 duban mail test 地址 试发",
        en=f"mail server {redact(url)}; duban mail test ADDRESS tries it",
    )


def _home(home: Path) -> Iterator[Check]:
    if not home.is_dir():
        yield _fail(
            "home",
            _name(f"没有目录 {home}", f"there is no folder {home}"),
            _name("请运行 duban init。", "run duban init."),
        )
        return
    yield _writable(home)
    yield _disk(home)


def _writable(home: Path) -> Check:
    if not os.access(home, os.W_OK | os.X_OK):
        return _fail(
            "home",
            _name(f"目录 {home} 不可写", f"the folder {home} cannot be written"),
            _name("请改正目录的权限。", "mend the rights of the folder."),
        )
    loose = [path for path in home.glob("duban.db*") if os.name == "posix" and path.stat().st_mode & 0o077]
    if loose:
        return _warn(
            "home",
            _name(f"别的用户可以读取 {loose[0]}", f"other users may read {loose[0]}"),
            _name(f"请运行 chmod 600 {loose[0]}。", f"run chmod 600 {loose[0]}."),
        )
    return _ok(
        "home", zh="目录可写，数据库文件只有本用户可读", en="the folder can be written, the files are private"
    )


def _disk(home: Path) -> Check:
    free = shutil.disk_usage(home).free
    text = _name(f"磁盘还有 {free / 1024**3:.1f} GB", f"{free / 1024**3:.1f} GB free on the disk")
    fix = _name("请腾出空间，或把目录移到别处。", "free some space, or move the home.")
    if free < TOO_LITTLE:
        return _fail("disk", text, fix)
    return _warn("disk", text, fix) if free < LITTLE else Check(name="disk", level=Level.OK, text=text)


def _database(settings: Settings, now: datetime) -> Iterator[Check]:
    try:
        database = open_database(settings.database)
    except UserError as error:
        yield _fail("database", error.text, None)
        return
    try:
        with database.read() as conn:
            yield _schema(conn)
            yield _runner(conn, settings.home, now)
            yield from _outbox(conn)
            yield _seal(conn, settings.home, now)
    except UserError as error:
        yield _fail("database", error.text, None)
    finally:
        database.close()


def _schema(conn: Connection) -> Check:
    counts = {
        table.name: conn.scalar(select(func.count()).select_from(table)) or 0
        for table in (notice, case, person)
    }
    return _ok(
        "database",
        zh=f"结构 {SCHEMA}；{counts['notice']} 份通知，{counts['case_']} 个事项，{counts['person']} 人",
        en=f"schema {SCHEMA}; {counts['notice']} notices, {counts['case_']} cases, {counts['person']} people",
    )


def _runner(conn: Connection, home: Path, now: datetime) -> Check:
    beat = get_meta(conn, "heartbeat")
    age = now - unstamp(beat) if beat else None
    overdue = conn.scalar(
        select(func.count()).where(firing.c.settled_at.is_(None), firing.c.at <= now - SILENT)
    )
    if is_running(home):
        return _beating(age)
    text = _name("没有在运行", "it is not running") if age is None else _last_beat(age)
    fix = _name("请运行 duban run（长期运行请设为系统服务）。", "run duban run (as a service for good).")
    if overdue:
        late = _name(
            f"{text.zh}；{overdue} 个提醒已到时间、还没有结算",
            f"{text.en}; {overdue} reminders are due and not settled",
        )
        return _fail("runner", late, fix)
    return _warn("runner", text, fix)


def _beating(age: timedelta | None) -> Check:
    if age is None or age > SILENT:
        return _fail(
            "runner",
            _name("在运行，但已没有心跳", "it runs, but its heart does not beat"),
            _name("请重启 duban run，并查看它的日志。", "restart duban run and read its log."),
        )
    seconds = int(age.total_seconds())
    return _ok("runner", zh=f"在运行，{seconds} 秒前有心跳", en=f"it runs; last heartbeat {seconds} s ago")


def _last_beat(age: timedelta) -> Name:
    hours = int(age.total_seconds() // 3600)
    return _name(
        f"没有在运行；上次运行在 {hours} 小时前", f"it is not running; it last ran {hours} hours ago"
    )


def _outbox(conn: Connection) -> Iterator[Check]:
    counted = conn.execute(select(message.c.state, func.count()).group_by(message.c.state))
    states = {str(row[0]): int(row[1]) for row in counted}
    stuck = {state: states.get(state, 0) for state in ("held", "dead", "uncertain", "draft")}
    text = _name(
        f"待发 {states.get('queued', 0)}，已发 {states.get('sent', 0)}，搁置 {stuck['held']}，"
        f"失败 {stuck['dead']}，结果不明 {stuck['uncertain']}，待审核 {stuck['draft']}",
        f"{states.get('queued', 0)} queued, {states.get('sent', 0)} sent, {stuck['held']} held,"
        f" {stuck['dead']} failed, {stuck['uncertain']} uncertain, {stuck['draft']} for review",
    )
    if any(stuck.values()):
        fix = _name(
            "请看 duban mail list --state held（或 dead、draft），再 release、retry 或 hold。",
            "see duban mail list --state held (dead, draft), then release, retry or hold.",
        )
        yield _warn("outbox", text, fix)
    else:
        yield Check(name="outbox", level=Level.OK, text=text)
    yield _addresses(conn)


def _addresses(conn: Connection) -> Check:
    bad = conn.scalar(select(func.count()).where(person.c.address_bad)) or 0
    if bad:
        return _warn(
            "addresses",
            _name(f"{bad} 个邮箱被服务器拒收", f"{bad} mail addresses were refused"),
            _name(
                "请看 duban person list，改正邮箱后重新导入；邮箱没错的，原样再导入一次。",
                "see duban person list; mend and import them again, or as they are if they are right.",
            ),
        )
    return _ok("addresses", zh="没有被拒收的邮箱", en="no mail address was refused")


def _seal(conn: Connection, home: Path, now: datetime) -> Check:
    """Look at the key and at the last checkpoint: rows that a runner left unsealed are a bad sign."""
    try:
        load_key(home / KEY)
    except UserError as error:
        return _warn("seal", error.text, None)
    sealed = latest(conn)
    text = _sealed(sealed, now)
    before = select(func.count()).where(history.c.recorded_at <= stamp(now - UNSEALED))
    if is_running(home) and (conn.scalar(before) or 0) > (sealed.size if sealed else 0):
        fix = _name(
            "请运行 duban history seal 看原因，并查看 duban run 的日志。",
            "duban history seal tells why; read the log of duban run too.",
        )
        return _warn("seal", _name(f"{text.zh}，之后的历史没有封存", f"{text.en}; nothing since"), fix)
    return Check(name="seal", level=Level.OK, text=text)


def _sealed(sealed: Checkpoint | None, now: datetime) -> Name:
    if sealed is None:
        return _name("还没有检查点；运行中每分钟生成", "no checkpoint yet; a runner makes one a minute")
    minutes = max(0, int((now - sealed.at).total_seconds() // 60))
    days, hours = minutes // 1440, minutes // 60
    age = (f"{days} 天", f"{days} d") if days else (f"{hours} 小时", f"{hours} h")
    zh, en = age if hours else (f"{minutes} 分钟", f"{minutes} min")
    return _name(
        f"最近的检查点：{zh}前，{sealed.size:,} 行", f"last checkpoint {en} ago, of {sealed.size:,} rows"
    )


def _templates() -> Check:
    faults = check_templates()
    if faults:
        return _fail("templates", faults[0].text, None)
    return _ok("templates", zh="邮件模板都能生成", en="every mail template works")


def _lifecycles() -> Check:
    faults = [fault for life in LIFECYCLES for fault in check(life) if fault.serious]
    if faults:
        return _fail("lifecycles", faults[0].text, None)
    return _ok(
        "lifecycles", zh=f"{len(LIFECYCLES)} 个流程都走得通", en=f"{len(LIFECYCLES)} lifecycles are sound"
    )


def _calendar(today: date) -> Check:
    calendar = WorkCalendar()
    year = today.year
    if calendar.is_provisional(date(year, 1, 1)):
        missing = year
    elif calendar.is_provisional(date(year + 1, 1, 1)) and (today.month, today.day) >= _PUBLISHED_BY:
        missing = year + 1
    else:
        return _ok("calendar", zh=f"{year} 年的放假安排已知", en=f"the holidays of {year} are known")
    return _warn(
        "calendar",
        _name(
            f"还不知道 {missing} 年的放假安排，先按周一至周五计算",
            f"the holidays of {missing} are not known yet",
        ),
        _name(
            "国务院公布后请升级 chinesecalendar，或在通知的 days 里填写。",
            "once they are published upgrade chinesecalendar, or write them under the notice's days.",
        ),
    )


def _name(zh: str, en: str) -> Name:
    return Name(zh=zh, en=en)


def _ok(name: str, *, zh: str, en: str) -> Check:
    return Check(name=name, level=Level.OK, text=Name(zh=zh, en=en))


def _warn(name: str, text: Name, fix: Name | None) -> Check:
    return Check(name=name, level=Level.WARN, text=text, fix=fix)


def _fail(name: str, text: Name, fix: Name | None) -> Check:
    return Check(name=name, level=Level.FAIL, text=text, fix=fix)
