"""How a person stands: active or not, reminded or not for a while, spoken to in which language."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from config.errors import UserError
from engine.accounts.closing import shut_out
from engine.actors import Actor
from engine.clock import stamp
from engine.history import Row
from engine.person_record import Deed, record_people
from engine.rights import require_free_of, require_over
from engine.tables import person

LANGS = ("zh", "en")


def deactivate(conn: Connection, person_id: int, *, reason: str | None, actor: Actor, now: datetime) -> None:
    """Let a person in no more and mail them nothing; their rights rest. UserError where the actor may not."""
    row = _row(conn, person_id)
    if actor.person_id == person_id:
        raise UserError(
            zh="不能停用自己的账号。请由另一位管理员来办。",
            en="nobody can close their own account; ask another admin",
            code="person.self",
        )
    require_over(conn, actor, [person_id], now=now)
    require_free_of(conn, actor, person_id, now=now)
    if row.active:
        shut_out(conn, person_id, now=now)
        told = Deed("deactivate", {"set": {"active": False}}, reason)
        _change(conn, person_id, {"active": False}, told, actor=actor, now=now)


def reactivate(conn: Connection, person_id: int, *, reason: str | None, actor: Actor, now: datetime) -> None:
    """Let a person in again; what has not ended of their rights counts again."""
    row = _row(conn, person_id)
    require_over(conn, actor, [person_id], now=now)
    if not row.active:
        told = Deed("reactivate", {"set": {"active": True}}, reason)
        _change(conn, person_id, {"active": True}, told, actor=actor, now=now)


def mute_until(
    conn: Connection, person_id: int, until: datetime | None, *, actor: Actor, now: datetime
) -> None:
    """Send a person no reminders until an instant; None sends them again."""
    row = _mine_or_over(conn, person_id, actor=actor, now=now)
    if until is not None and until <= now:
        raise UserError(
            zh="暂停提醒的截止时间已经过去。请改成今天以后的时间。",
            en="the silence would be over already; choose an end in the future",
            code="person.mute_over",
        )
    if row.muted_until != until:
        told = Deed("mute", {"set": {"muted_until": None if until is None else stamp(until)}})
        _change(conn, person_id, {"muted_until": until}, told, actor=actor, now=now)


def set_language(conn: Connection, person_id: int, lang: str, *, actor: Actor, now: datetime) -> None:
    """Write to a person in another language: zh or en."""
    row = _mine_or_over(conn, person_id, actor=actor, now=now)
    if lang not in LANGS:
        raise UserError(
            zh="语言只能是中文（zh）或英文（en）。请重新选择。",
            en="the language is Chinese (zh) or English (en); choose again",
            code="person.language",
        )
    if row.lang != lang:
        told = Deed("set_language", {"set": {"lang": lang}})
        _change(conn, person_id, {"lang": lang}, told, actor=actor, now=now)


def _mine_or_over(conn: Connection, person_id: int, *, actor: Actor, now: datetime) -> Any:
    row = _row(conn, person_id)
    if actor.person_id != person_id:
        require_over(conn, actor, [person_id], now=now)
    return row


def _row(conn: Connection, person_id: int) -> Any:
    row = conn.execute(select(person).where(person.c.id == person_id).with_for_update()).first()
    if row is None:
        raise UserError(
            zh=f"没有编号为 {person_id} 的人员。请在人员页面查看。",
            en=f"there is no person {person_id}; the page of people shows everyone",
            code="person.unknown",
        )
    return row


def _change(
    conn: Connection, person_id: int, values: Row, told: Deed, *, actor: Actor, now: datetime
) -> None:
    conn.execute(update(person).where(person.c.id == person_id).values(values))
    record_people(conn, {person_id: told}, actor=actor, now=now)
