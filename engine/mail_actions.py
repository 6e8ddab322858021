"""What a person does with mails that wait: release, retry, hold, drop; all that are named, or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select, true

from config.errors import UserError
from engine.actors import Actor
from engine.admins import admin_part, require_admin
from engine.listing import Page, paged
from engine.outbox import Move, move_all
from engine.scope import mails_seen, seen
from engine.tables import case, ledger, message, person, sweep

_MOST = 500
_FRESH: Mapping[str, Any] = {"attempts": 0, "not_before": None, "error": None}
_LOOSE = ("draft", "queued", "uncertain", "held")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One mail that waits for review, of which sweep (None: of a step), and about how many cases."""

    number: int
    sweep_id: int | None
    at: datetime
    template: str
    name: str
    to: str | None
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The mails of one sweep that wait for review."""

    sweep_id: int
    at: datetime
    mails: int


def release(
    conn: Connection, numbers: Sequence[int], *, actor: Actor, now: datetime, reason: str | None = None
) -> Mapping[int, str]:
    """Let mails go that wait for review; return the new states by number."""
    return _move(conn, numbers, _Deed(Move("release", {}, {})), actor=actor, now=now, reason=reason)


def retry(
    conn: Connection, numbers: Sequence[int], *, actor: Actor, now: datetime, reason: str | None = None
) -> Mapping[int, str]:
    """Send mails again that are held or failed, their tries counted anew."""
    return _move(conn, numbers, _Deed(Move("retry", _FRESH, {})), actor=actor, now=now, reason=reason)


def hold(
    conn: Connection, numbers: Sequence[int], *, actor: Actor, now: datetime, reason: str | None = None
) -> Mapping[int, str]:
    """Hold mails that have not left yet."""
    return _move(conn, numbers, _Deed(Move("hold", {}, {})), actor=actor, now=now, reason=reason)


def drop(
    conn: Connection, numbers: Sequence[int], *, actor: Actor, now: datetime, reason: str
) -> Mapping[int, str]:
    """Give mails up that have not left yet, for good; only with a reason."""
    if not reason.strip():
        raise UserError(
            zh="不再发送要写明理由，它会留在历史里。",
            en="say why these mails are dropped; the reason stays in the history",
            code="mail.no_reason",
        )
    deed = _Deed(Move("obsolete", {}, {"why": "dropped by a person"}), _LOOSE)
    return _move(conn, numbers, deed, actor=actor, now=now, reason=reason.strip())


def release_sweep(
    conn: Connection, sweep_id: int, *, actor: Actor, now: datetime, reason: str | None = None
) -> Mapping[int, str]:
    """Let all mails of a sweep go that wait for review and are the actor's to release."""
    waiting = (message.c.sweep_id == sweep_id) & (message.c.state == "draft") & mails_in_hand(actor)
    numbers = conn.scalars(select(message.c.id).where(waiting).order_by(message.c.id)).all()
    return release(conn, numbers, actor=actor, now=now, reason=reason)


def drafts(conn: Connection, actor: Actor, *, page: int = 1, per_page: int = 50) -> Page[Draft]:
    """Return the mails that wait for the actor's review, the oldest first."""
    told = select(func.count(ledger.c.case_id.distinct())).where(_told_in_mail()).scalar_subquery()
    query = (
        select(message, person.c.name, person.c.email, told.label("cases"))
        .join(person, person.c.id == message.c.person_id)
        .where(message.c.state == "draft", mails_in_hand(actor))
        .order_by(message.c.id)
    )
    rows, total = paged(conn, query, page, per_page)
    return Page(items=tuple(_draft(row) for row in rows), total=total, page=page, per_page=per_page)


def batches(conn: Connection, actor: Actor) -> tuple[Batch, ...]:
    """Return the sweeps with mails that wait for the actor's review, the oldest first."""
    query = (
        select(sweep.c.id, sweep.c.at, func.count().label("mails"))
        .join(message, message.c.sweep_id == sweep.c.id)
        .where(message.c.state == "draft", mails_in_hand(actor))
        .group_by(sweep.c.id, sweep.c.at)
        .order_by(sweep.c.id)
    )
    return tuple(Batch(sweep_id=row.id, at=row.at, mails=row.mails) for row in conn.execute(query))


def mails_in_hand(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a mail is the actor's to release or hold.

    Its reader must be within an admin's right of the actor's, and so must every case that it is about.
    """
    if actor.everything:
        return true()
    admin = admin_part(actor)
    told = select(ledger.c.case_id).join(case, case.c.id == ledger.c.case_id).where(_told_in_mail())
    about = select(case.c.id).where(case.c.id == message.c.case_id)
    beyond = (query.where(~seen(admin)).correlate(message).exists() for query in (told, about))
    return and_(mails_seen(admin), *(~one for one in beyond))


def _told_in_mail() -> ColumnElement[bool]:
    same = (ledger.c.sweep_id == message.c.sweep_id) & (ledger.c.person_id == message.c.person_id)
    return same & (ledger.c.outcome == "mailed")


class _Deed(NamedTuple):
    """One step that a person asks for; ``only`` from some states (none given: from any where it is open)."""

    step: Move
    only: Sequence[str] = ()


def _move(
    conn: Connection,
    numbers: Sequence[int],
    deed: _Deed,
    *,
    actor: Actor,
    now: datetime,
    reason: str | None,
) -> Mapping[int, str]:
    require_admin(actor)
    wanted = sorted(set(numbers))
    rows = {row.id: row for row in _rows(conn, wanted, mails_in_hand(actor))}
    missing = next((number for number in wanted if number not in rows), None)
    if missing is not None:
        raise _unknown(missing)
    for row in rows.values():
        if deed.only and row.state not in deed.only:
            raise _gone(row.id)
    move_all(conn, list(rows.values()), [deed.step], now=now, actor=actor.name, reason=reason)
    return {row.id: row.state for row in _rows(conn, wanted, true())}


def _rows(conn: Connection, numbers: Sequence[int], mine: ColumnElement[bool]) -> list[Any]:
    found: list[Any] = []
    for start in range(0, len(numbers), _MOST):
        chosen: Select[Any] = select(message).where(message.c.id.in_(numbers[start : start + _MOST]), mine)
        found += conn.execute(chosen.order_by(message.c.id)).all()
    return found


def _draft(row: Any) -> Draft:
    return Draft(
        number=row.id,
        sweep_id=row.sweep_id,
        at=row.date,
        template=row.template,
        name=row.name,
        to=row.email,
        cases=row.cases if row.sweep_id is not None else 1,
    )


def _unknown(number: int) -> UserError:
    return UserError(
        zh=f"没有第 {number} 号邮件；用 duban mail list 查看。",
        en=f"there is no mail {number}; duban mail list shows them",
        code="mail.unknown",
    )


def _gone(number: int) -> UserError:
    return UserError(
        zh=f"邮件 {number} 已经发出、正在发送或已经失败，不能再撤下。",
        en=f"mail {number} was sent, is being sent or has failed; it cannot be dropped",
        code="mail.state",
    )
