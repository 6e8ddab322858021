"""A commendation is its history: one chain a notice, from which state, adjustments and frozen list are read.

There is no table beside it that could say something else. Whoever writes locks the notice's row first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, select

from config.criteria import Award
from config.errors import UserError
from engine.actors import Actor
from engine.audit.subjects import Kind
from engine.clock import unstamp
from engine.commendation.candidates import Adjusted
from engine.commendation.listed import Listed, read
from engine.commendation.ranking import Wishes
from engine.history import GENESIS, Change, Head, append, link
from engine.schedules import version_name
from engine.tables import history, notice
from workflows.commendation import COMMENDATION, CommendationState
from workflows.machine import destination

ACTS = ("add", "remove", "move", "clear")
"""What a person may ask for: on the list, off it, at another place of it, or as computed again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """One change of the list that a person asked for, and why."""

    award: Award
    key: str
    act: str
    place: int | None
    reason: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who put the list forward, or decided it, and when; ``hash`` is that of the list."""

    actor: str
    at: datetime
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """How far a commendation has come; ``state`` is None where nobody has drawn it up yet.

    ``first`` is there from the first signature on, ``second`` from the second; ``returned`` is the last
    reason for which a list was sent back, until one is put forward again; ``mails`` were queued by the
    decision.
    """

    notice: str
    region: str
    schedule: str
    head: Head
    state: CommendationState | None
    adjustments: tuple[Adjustment, ...] = ()
    listed: Listed | None = None
    first: Signature | None = None
    second: Signature | None = None
    returned: str | None = None
    mails: int = 0

    def adjusted(self, award: Award) -> Adjusted:
        """Return what people asked for on one award."""
        kept: dict[str, list[Adjustment]] = {}
        for one in self.adjustments:
            if one.award is award:
                kept[one.key] = [] if one.act == "clear" else [*kept.get(one.key, ()), one]
        last = {key: one.act for key, mine in kept.items() for one in mine if one.act != "move"}
        moves = [one for mine in kept.values() for one in mine if one.act == "move"]
        wishes = Wishes(
            added=tuple(key for key, act in last.items() if act == "add"),
            removed=frozenset(key for key, act in last.items() if act == "remove"),
            places={one.key: one.place for one in sorted(moves, key=lambda one: one.at) if one.place},
        )
        return Adjusted(wishes=wishes, reasons={key: mine[-1].reason for key, mine in kept.items() if mine})


def chain_of(conn: Connection, notice_id: str, *, lock: bool = False) -> Chain:
    """Return how far the commendation of a notice has come; with ``lock`` nobody else writes until the end.

    UserError where the notice is unknown, or its frozen list is not what was signed.
    """
    query = select(notice).where(notice.c.id == notice_id)
    about = conn.execute(query.with_for_update() if lock else query).first()
    if about is None:
        raise UserError(
            zh=f"没有通知“{notice_id}”；用 duban notice list 查看。",
            en=f"there is no notice '{notice_id}'; duban notice list shows them",
            code="notice.unknown",
        )
    rows = conn.execute(_rows(notice_id)).all()
    return _folded(about, rows)


class Deed(NamedTuple):
    """One step of a commendation, before it is written."""

    trigger: str
    details: Mapping[str, Any]
    reason: str | None = None


def record(conn: Connection, chain: Chain, deed: Deed, *, actor: Actor, now: datetime) -> Chain:
    """Write the next step of a commendation and return it; UserError where it is no step in its state."""
    dest = COMMENDATION.initial if deed.trigger == "propose" else require_step(chain, deed.trigger)
    change = Change(
        subject=subject_of(chain.notice),
        trigger=deed.trigger,
        source=chain.state or "",
        dest=dest,
        actor=actor.name,
        details=deed.details,
        occurred_at=now,
        recorded_at=now,
        reason=deed.reason,
        schedule=chain.schedule,
    )
    append(conn, [link(chain.head, change)])
    return chain_of(conn, chain.notice)


def require_step(chain: Chain, trigger: str) -> str:
    """Return where a step leads; UserError where it is none now."""
    dest = None if chain.state is None else destination(COMMENDATION, chain.state, trigger)
    if dest is None:
        raise _not_now(chain, trigger)
    return dest


def subject_of(notice_id: str) -> str:
    """Return how history names the commendation of a notice."""
    return f"{Kind.COMMENDATION}:{notice_id}"


def _rows(notice_id: str) -> Any:
    return select(history).where(history.c.subject == subject_of(notice_id)).order_by(history.c.version)


def _folded(about: Any, rows: Iterable[Any]) -> Chain:
    head, state, told = GENESIS, None, _Told()
    for row in rows:
        head, state = Head(row.version, row.hash), CommendationState(row.dest)
        told.take(row)
    return Chain(
        notice=about.id,
        region=about.region,
        schedule=version_name(about.id, about.schedule_version),
        head=head,
        state=state,
        adjustments=tuple(told.adjustments),
        listed=told.listed,
        first=told.first,
        second=told.second,
        returned=told.returned,
        mails=told.mails,
    )


class _Told:
    """What the rows of a chain have said so far."""

    def __init__(self) -> None:
        self.adjustments: list[Adjustment] = []
        self.listed: Listed | None = None
        self.first: Signature | None = None
        self.second: Signature | None = None
        self.returned: str | None = None
        self.mails = 0

    def take(self, row: Any) -> None:
        """Take in one row."""
        details, at = orjson.loads(row.details), unstamp(row.occurred_at)
        if row.trigger == "adjust":
            self.adjustments.append(_adjustment(row, details, at))
        if row.trigger in ("adjust", "send_back"):
            self.listed = self.first = None
        if row.trigger == "send_back":
            self.returned = row.reason
        if row.trigger == "put_forward":
            self.listed, self.returned = read(details["listed"]), None
            self.first = Signature(actor=row.actor, at=at, hash=details["hash"])
        if row.trigger == "approve":
            self.mails = details["mails"]
            self.second = Signature(actor=row.actor, at=at, hash=details["hash"])


def _adjustment(row: Any, details: Mapping[str, Any], at: datetime) -> Adjustment:
    return Adjustment(
        award=Award(details["award"]),
        key=details["key"],
        act=details["act"],
        place=details.get("place"),
        reason=row.reason or "",
        actor=row.actor,
        at=at,
    )


def _not_now(chain: Chain, trigger: str) -> UserError:
    if chain.state is None:
        return UserError(
            zh=f"还没有拟定表扬名单；请先拟定（duban commend propose {chain.notice}）。",
            en=f"no list has been drawn up; draw one up first (duban commend propose {chain.notice})",
            code="commend.none",
        )
    verb, label = COMMENDATION.triggers[trigger], COMMENDATION.labels[chain.state]
    return UserError(
        zh=f"表扬名单现在是“{label.zh}”，不能{verb.zh}。",
        en=f"the list is {label.en.lower()}; you cannot {verb.en} it now",
        code="commend.state",
    )
