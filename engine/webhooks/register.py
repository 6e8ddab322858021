"""Webhooks in the register: who may be told of which region, and how it goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from sqlalchemy import Connection, func, insert, or_, select, true, update

from config.errors import UserError
from config.regions import is_within, region
from config.schedule import Name, Role
from engine.actors import Actor
from engine.history import Change, append, head_of, link
from engine.ids import reserve
from engine.scope import in_region
from engine.tables import person, webhook
from engine.webhooks.addresses import checked_url
from engine.webhooks.events import last_place
from engine.webhooks.office import HookOffice
from engine.webhooks.signing import secret_of

WATCHING = frozenset((Role.LEAD, Role.ADMIN, Role.AUDITOR))
MOST = 10
"""Live webhooks of one person."""


class Registered(NamedTuple):
    """A new webhook; ``secret`` checks its signatures and is shown once."""

    number: int
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """One webhook in the list; ``state`` is live, failing or stopped, ``text`` says it in words."""

    number: int
    url: str
    region: str
    owner: str
    state: str
    text: Name
    attempts: int
    not_before: datetime | None
    answered_at: datetime | None
    error: str | None
    created_at: datetime
    stopped_at: datetime | None


def register(
    conn: Connection, url: str, region_code: str, *, office: HookOffice, actor: Actor, now: datetime
) -> Registered:
    """Enter a webhook: from now on it is told of every change of state in a region (code).

    UserError where the address may not be called, the actor does not watch the region or has too many.
    """
    place = region(region_code).code
    if actor.person_id is None or not watches(actor, place):
        raise _not_watching()
    kept = checked_url(url, private=office.private)
    _refuse_too_many(conn, actor.person_id)
    [number] = reserve(conn, webhook, 1)
    salt = token_hex(16)
    row = {"id": number, "url": kept, "salt": salt, "region": place, "person_id": actor.person_id}
    conn.execute(insert(webhook).values(**row, cursor=last_place(conn), attempts=0, created_at=now))
    told = {"region": place, "host": urlsplit(kept).hostname}
    record(conn, number, "register", told, actor=actor.name, now=now)
    return Registered(number=number, secret=secret_of(office.key, salt))


def stop(conn: Connection, number: int, *, actor: Actor, now: datetime) -> None:
    """Stop a webhook of one's own, or of one's region; UserError where there is no such live one."""
    live = (webhook.c.id == number) & webhook.c.stopped_at.is_(None) & _mine(actor)
    if (
        conn.execute(
            update(webhook).where(live).values(stopped_at=now, error=None).returning(webhook.c.id)
        ).first()
        is None
    ):
        raise UserError(
            zh=f"没有第 {number} 号推送，或它已经停止。",
            en=f"there is no webhook {number}, or it is stopped already",
            code="webhook.unknown",
        )
    record(conn, number, "stop", {}, actor=actor.name, now=now)


def hooks(conn: Connection, actor: Actor) -> Sequence[Hook]:
    """Return the webhooks of the actor, and for an admin those of the region, the newest first."""
    query = select(webhook, person.c.name).join(person, person.c.id == webhook.c.person_id)
    rows = conn.execute(query.where(_mine(actor)).order_by(webhook.c.id.desc()))
    return tuple(_hook(row) for row in rows)


def watches(actor: Actor, code: str) -> bool:
    """Return whether an actor looks after a whole region, and may be told of all that happens there."""
    return any(
        grant.role in WATCHING and grant.unit_id is None and is_within(code, grant.region)
        for grant in actor.grants
    )


def record(
    conn: Connection, number: int, trigger: str, details: Mapping[str, Any], *, actor: str, now: datetime
) -> None:
    """Chain one change of a webhook; its address can hold a secret and is not told."""
    subject = f"webhook:{number}"
    change = Change(subject, trigger, "", "", actor, details, now, now)
    append(conn, [link(head_of(conn, subject), change)])


def _mine(actor: Actor) -> Any:
    if actor.everything:
        return true()
    regions = [grant.region for grant in actor.grants if grant.role is Role.ADMIN]
    return or_(webhook.c.person_id == actor.person_id, *(in_region(webhook.c.region, one) for one in regions))


def _refuse_too_many(conn: Connection, person_id: int) -> None:
    live = select(func.count()).where(webhook.c.person_id == person_id, webhook.c.stopped_at.is_(None))
    if (conn.scalar(live) or 0) >= MOST:
        raise UserError(
            zh=f"每人最多 {MOST} 个推送；请先停掉不用的。",
            en=f"a person has at most {MOST} webhooks; stop one first",
            code="webhook.too_many",
        )


def _not_watching() -> UserError:
    return UserError(
        zh="只有负责整个地区的人（负责人、管理员、审计员）可以登记本地区的推送。",
        en="only a lead, admin or auditor of the whole region may have its changes told",
        code="rights.webhook",
    )


def _hook(row: Any) -> Hook:
    state, text = _standing(row)
    return Hook(
        number=row.id,
        url=row.url,
        region=row.region,
        owner=row.name,
        state=state,
        text=text,
        attempts=row.attempts,
        not_before=row.not_before,
        answered_at=row.answered_at,
        error=row.error,
        created_at=row.created_at,
        stopped_at=row.stopped_at,
    )


def _standing(row: Any) -> tuple[str, Name]:
    if row.stopped_at is not None and row.error:
        return "stopped", Name(
            zh=f"没有送达，已停止（{row.error}）。修好后请重新登记。",
            en=f"stopped, it could not be told ({row.error}); mend it and register it anew",
        )
    if row.stopped_at is not None:
        return "stopped", Name(zh="已停止。", en="stopped")
    if row.error:
        return "failing", Name(
            zh=f"第 {row.attempts} 次没有送达（{row.error}），稍后自动再试；约三天仍不成功就停止。",
            en=f"try {row.attempts} failed ({row.error}); it is tried again, for about three days",
        )
    return "live", Name(zh="正常。", en="works")
