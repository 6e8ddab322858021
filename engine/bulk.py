"""One step for many cases: planned and done by the same function, so that the plan is what happens.

A plan is ``carry_out`` in ``Database.rehearse``; what is done is ``carry_out`` in ``Database.write``.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from hashlib import sha256
from typing import Any

import orjson
from sqlalchemy import Connection, select

from config.errors import UserError
from config.schedule import CaseKind, Name, Role
from engine.actors import Actor
from engine.case_filter import CaseFilter
from engine.do import Blocked, Order, Result, StepsBlocked, do
from engine.idempotency import once
from engine.listing import refs_of
from engine.returned import returned_among
from engine.scope import seen, unknown_case
from engine.tables import answer, case, unit
from workflows.blockers import Blocker, Code
from workflows.registry import lifecycle
from workflows.returned import sent_back
from workflows.wording import say

MOST = 2000
"""So many cases may take a step at once."""

ALONE = frozenset({"edit", "attach", "detach", "postpone", "hand_over", "recommend", "commend"})
"""Steps that need something of each case by itself: they are not offered for many."""

_WHY = frozenset({Code.REASON_MISSING, Code.LATE_REASON_MISSING})
_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkCase:
    """One case of many, as it is listed; ``version`` is the one it had before."""

    ref: str
    title: str
    unit: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Cases that are blocked for the same reasons."""

    blockers: tuple[Blocker, ...]
    cases: tuple[BulkCase, ...]

    @property
    def wants_reason(self) -> bool:
        """Return whether a reason would clear one of the blockers."""
        return any(one.code in _WHY for one in self.blockers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became, or would become, of one step for many cases; ``groups`` are the blocked, most first."""

    trigger: str
    done: tuple[BulkCase, ...]
    groups: tuple[Group, ...]

    @property
    def blocked(self) -> int:
        """Return how many cases are blocked."""
        return sum(len(group.cases) for group in self.groups)

    @property
    def asked(self) -> int:
        """Return how many cases it was asked for."""
        return len(self.done) + self.blocked

    @property
    def versions(self) -> Mapping[str, int]:
        """Return the version of every case asked for: what whoever saw the plan expects to find."""
        grouped = (one for group in self.groups for one in group.cases)
        return {one.ref: one.version for one in (*self.done, *grouped)}

    @property
    def wants_reason(self) -> bool:
        """Return whether a reason would clear something."""
        return any(group.wants_reason for group in self.groups)

    @property
    def wants_only_reason(self) -> bool:
        """Return whether a reason is all that is missing, of every case."""
        codes = {one.code for group in self.groups for one in group.blockers}
        return not self.done and bool(codes) and codes <= _WHY


def offered(roles: Collection[Role], *, kind: CaseKind | None = None) -> Mapping[str, Name]:
    """Return the steps for many cases that somebody with these roles may be offered, by trigger."""
    found: dict[str, Name] = {}
    for name in (kind,) if kind else CaseKind:
        life = lifecycle(name)
        for step in life.steps:
            if step.trigger not in ALONE and set(step.roles) & set(roles):
                found.setdefault(step.trigger, life.triggers[step.trigger])
    return found


def found_by(conn: Connection, wanted: CaseFilter, *, now: datetime) -> tuple[str, ...]:
    """Return the numbers of all cases of a filter; UserError where they are too many for one step."""
    refs = refs_of(conn, wanted, now=now, most=MOST + 1)
    _require_some(refs)
    return refs


def carry_out(conn: Connection, order: Order, *, now: datetime) -> Outcome:
    """Do one step for many cases in the caller's transaction, and tell what became of each.

    With a ``key``, the same order again gives the first answer. Raises StepsBlocked unless
    ``skip_blocked``; UserError for a case that the actor may not see, for none and for too many.
    """
    _require_some(order.refs)
    if order.key is None:
        return _carry_out(conn, order, now=now)
    fingerprint = sha256(orjson.dumps(replace(order, key=None), default=str)).hexdigest()
    work = partial(_written, conn, replace(order, key=None), now)
    return _read(once(conn, _key(order.actor, order.key), fingerprint, work, now=now))


def outcome_kept(conn: Connection, actor: Actor, key: str) -> Outcome | None:
    """Return what became of an actor's earlier order, None where there was none of that key."""
    body = conn.scalar(select(answer.c.body).where(answer.c.key == _key(actor, key)))
    return None if body is None else _read(body)


def _written(conn: Connection, order: Order, now: datetime) -> str:
    return orjson.dumps(_carry_out(conn, order, now=now)).decode()


def _carry_out(conn: Connection, order: Order, *, now: datetime) -> Outcome:
    cases = _cases(conn, order.actor, order.refs)
    back = _sent_back(conn, order)
    if back and not order.skip_blocked:
        raise StepsBlocked(back, len(order.refs))
    left = {one.ref for one in back}
    rest = tuple(ref for ref in order.refs if ref not in left)
    result = do(conn, replace(order, refs=rest), now=now) if rest else Result(done=())
    return Outcome(
        trigger=order.trigger,
        done=tuple(cases[one.ref] for one in result.done),
        groups=tuple(_grouped((*back, *result.blocked), cases)),
    )


def _sent_back(conn: Connection, order: Order) -> tuple[Blocked, ...]:
    """Return the cases that are as they were sent back: each is to be looked at by itself."""
    found = returned_among(conn, order.refs, order.trigger)
    return tuple(Blocked(ref, (sent_back(why),)) for ref, why in found.items())


def _grouped(blocked: Sequence[Blocked], cases: Mapping[str, BulkCase]) -> Iterator[Group]:
    """Yield those that are blocked for the same reasons, as people are told them, together."""
    groups: dict[tuple[str, ...], tuple[tuple[Blocker, ...], list[BulkCase]]] = {}
    for one in blocked:
        alike = tuple(say(blocker, "zh") for blocker in one.blockers)
        groups.setdefault(alike, (one.blockers, []))[1].append(cases[one.ref])
    for blockers, members in sorted(groups.values(), key=lambda group: -len(group[1])):
        yield Group(blockers=blockers, cases=tuple(members))


def _cases(conn: Connection, actor: Actor, refs: Sequence[str]) -> dict[str, BulkCase]:
    """Return the cases by their numbers; one that the actor may not see is as unknown as one that is not."""
    query = (
        select(case.c.ref, case.c.title, unit.c.name, case.c.version)
        .join(unit, unit.c.id == case.c.unit_id)
        .where(seen(actor))
    )
    found: dict[str, BulkCase] = {}
    for start in range(0, len(refs), _CHUNK):
        for row in conn.execute(query.where(case.c.ref.in_(refs[start : start + _CHUNK]))):
            found[row.ref] = BulkCase(ref=row.ref, title=row.title, unit=row.name, version=row.version)
    absent = next((ref for ref in refs if ref not in found), None)
    if absent is not None:
        raise unknown_case(absent)
    return found


def _require_some(refs: Sequence[str]) -> None:
    if not refs:
        raise UserError(
            zh="没有选中任何事项。请先勾选要办的，再选择要办的事。",
            en="no case was chosen; tick those to work on first",
            code="bulk.none",
        )
    if len(refs) > MOST:
        raise UserError(
            zh=f"一次最多办理 {MOST} 项。请先按地区、状态等条件缩小范围，分几次办。",
            en=f"at most {MOST} cases are taken at once; narrow the list by county or state and go in parts",
            code="bulk.many",
        )


def _key(actor: Actor, key: str) -> str:
    return f"{actor.name}:bulk:{key}"


def _read(body: str) -> Outcome:
    kept = orjson.loads(body)
    return Outcome(
        trigger=kept["trigger"],
        done=tuple(BulkCase(**one) for one in kept["done"]),
        groups=tuple(
            Group(
                blockers=tuple(_blocker(one) for one in group["blockers"]),
                cases=tuple(BulkCase(**one) for one in group["cases"]),
            )
            for group in kept["groups"]
        ),
    )


def _blocker(kept: Mapping[str, Any]) -> Blocker:  # JSON: its values are of several types
    day = kept["clears_on"]
    return Blocker(**{**kept, "clears_on": date.fromisoformat(day) if day else None})
