"""Doing a step: for one case or many, all of it in one transaction, with history and what follows.

Guards decide on plain facts; every reason against a step is reported, none is changed by asking.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from hashlib import sha256
from itertools import groupby
from types import SimpleNamespace
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, select

from config.errors import UserError
from config.schedule import Role
from engine.actors import SYSTEM, Actor
from engine.cases import cases_by_ref, told
from engine.history import Change, Head, Row, append, link
from engine.idempotency import once
from engine.material_rows import Material, Removable, attach, counted, detach, removable
from engine.moved_last import in_turn, moved_last, too_early
from engine.notes import told_of_step
from engine.prepared import write_at_version
from engine.rules import Rules, facts_of, rules_of
from engine.schedules import schedule_by_hash, version_name
from engine.tables import case, history, person
from workflows.blockers import Blocker, Code
from workflows.decide import allowed, decide
from workflows.lifecycle import Lifecycle
from workflows.registry import lifecycle

_AHEAD = timedelta(minutes=5)  # two machines' clocks may differ that much


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One step asked for, for one or many cases.

    ``occurred_at`` is when it happened (aware; None: now), never before the case's last move.
    ``changes`` are new values of the case's own columns, ``removed`` the ids of materials that a
    ``detach`` takes away. ``expect`` maps a ref to the version the asker saw; with ``past_own`` only
    what somebody else changed since blocks the step. ``key`` makes a repeated order harmless: the same
    key gives the first answer again.
    """

    trigger: str
    refs: tuple[str, ...]
    actor: Actor
    reason: str | None = None
    occurred_at: datetime | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)
    materials: tuple[Material, ...] = ()
    removed: tuple[int, ...] = ()
    force: bool = False
    skip_blocked: bool = False
    expect: Mapping[str, int] = field(default_factory=dict)
    past_own: bool = False
    key: str | None = None


class Done(NamedTuple):
    """One case moved."""

    ref: str
    source: str
    dest: str
    version: int


class Blocked(NamedTuple):
    """One case that could not, with every reason."""

    ref: str
    blockers: tuple[Blocker, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of an order: the cases done and those left out because blocked."""

    done: tuple[Done, ...]
    blocked: tuple[Blocked, ...] = ()


class StepsBlocked(UserError):
    """Some cases are blocked, so none was changed."""

    exit_code = 3

    def __init__(self, blocked: Sequence[Blocked], asked: int) -> None:
        self.blocked = tuple(blocked)
        super().__init__(
            zh=f"{asked} 项中有 {len(blocked)} 项现在办不了，全部没有改动。",
            en=f"{len(blocked)} of {asked} cases are blocked; nothing was changed",
            code="step.blocked",
        )


class _Asked(NamedTuple):
    """One case as it was read, with what its order would make of it.

    ``gone`` are the materials that are taken away; ``since`` is when it moved last, known where the order
    is for an earlier time; ``heir`` is whom the order names to answer for it.
    """

    order: Order
    row: Any
    gone: tuple[Removable, ...]
    since: datetime | None
    heir: Any


class _Move(NamedTuple):
    """One case on its way: as it was read, its new values and the history row that goes with them."""

    asked: _Asked
    values: Row
    entry: Row

    @property
    def row(self) -> Any:
        """Return the case's row as read."""
        return self.asked.row


def do(conn: Connection, order: Order, *, now: datetime, quiet: bool = False) -> Result:
    """Do a step in the caller's transaction; ``quiet``: the caller tells people of it in mails of its own.

    Raises StepsBlocked (nothing changed) unless ``skip_blocked``, and UserError for an unknown
    ref, a time to come or a key that was used for another order.
    """
    if order.key is None:
        return do_all(conn, [order], now=now, quiet=quiet)
    fingerprint = sha256(orjson.dumps(replace(order, key=None), default=str)).hexdigest()
    key = f"{order.actor.name}:{order.key}"
    work = partial(do_all, conn, [order], now=now, quiet=quiet)
    return _read(once(conn, key, fingerprint, lambda: _written(work()), now=now))


def _written(result: Result) -> str:
    blocked = [(one.ref, one.blockers) for one in result.blocked]
    return orjson.dumps({"done": [list(one) for one in result.done], "blocked": blocked}).decode()


def _read(body: str) -> Result:
    """Return an answer as it was kept."""
    kept = orjson.loads(body)
    blocked = tuple(
        Blocked(ref, tuple(_blocker(**one) for one in blockers)) for ref, blockers in kept["blocked"]
    )
    return Result(done=tuple(Done(*one) for one in kept["done"]), blocked=blocked)


def _blocker(
    *, code: str, params: Mapping[str, str | int], clears_on: str | None, fix: str | None
) -> Blocker:
    day = date.fromisoformat(clears_on) if clears_on else None
    return Blocker(code=code, params=params, clears_on=day, fix=fix)


def do_all(conn: Connection, orders: Sequence[Order], *, now: datetime, quiet: bool = False) -> Result:
    """Do several orders at once, each for cases of its own and without a key; else as ``do``.

    However different the orders are, one statement reads or writes many of their cases.
    """
    moves, blocked = _weighed(conn, orders, now=now)
    if any(not order.skip_blocked for order, _ in blocked):
        raise StepsBlocked([one for _, one in blocked], sum(len(order.refs) for order in orders))
    _write(conn, moves)
    for order, mine in _by_order(moves):
        attach(conn, [move.row.id for move in mine], order.materials, now=now)
        detach(conn, [one for move in mine for one in move.asked.gone], now=now)
        if not quiet:
            told_of_step(conn, [move.row for move in mine], order.trigger, reason=order.reason, now=now)
    return Result(done=tuple(_done(move) for move in moves), blocked=tuple(one for _, one in blocked))


def blocked_by(conn: Connection, orders: Sequence[Order], *, now: datetime) -> tuple[Blocked, ...]:
    """Return the cases of some orders that could not take their step; asking changes nothing."""
    return tuple(one for _, one in _weighed(conn, orders, now=now)[1])


def _weighed(
    conn: Connection, orders: Sequence[Order], *, now: datetime
) -> tuple[list[_Move], list[tuple[Order, Blocked]]]:
    moves, blocked = [], []
    for asked in _asked(conn, orders):
        outcome = _weigh(conn, asked, occurred=_occurred(asked.order, now), now=now)
        if isinstance(outcome, Blocked):
            blocked.append((asked.order, outcome))
        else:
            moves.append(outcome)
    return moves, blocked


def _by_order(moves: Sequence[_Move]) -> Iterator[tuple[Order, list[_Move]]]:
    """Yield the moves of each order; those of one stand together."""
    for _, mine in groupby(moves, key=lambda move: id(move.asked.order)):
        found = list(mine)
        yield found[0].asked.order, found


def _done(move: _Move) -> Done:
    entry = move.entry
    return Done(move.row.ref, entry["source"], entry["dest"], entry["version"])


def _occurred(order: Order, now: datetime) -> datetime:
    if order.occurred_at is None:
        return now
    if order.occurred_at > now + _AHEAD:
        at = order.occurred_at.isoformat(timespec="minutes")
        raise UserError(
            zh=f"发生时间 {at} 还没有到；请改为现在或以前的时间。",
            en=f"the time {at} is still to come; give the present or an earlier one",
            code="step.future",
        )
    return order.occurred_at


def _asked(conn: Connection, orders: Sequence[Order]) -> Iterator[_Asked]:
    """Yield the cases of some orders; only a ``detach`` takes materials away, as it has to say why."""
    rows = {row.ref: row for row in cases_by_ref(conn, [ref for order in orders for ref in order.refs])}
    heirs = _heirs(conn, orders)
    for order in orders:
        mine = [rows[ref] for ref in dict.fromkeys(order.refs)]
        since = moved_last(conn, order.refs) if order.occurred_at else {}
        gone = _gone(conn, mine, order) if order.removed else {}
        heir = heirs.get(order.changes.get("coordinator_id"))
        yield from (_Asked(order, row, gone.get(row.id, ()), since.get(row.ref), heir) for row in mine)


def _gone(conn: Connection, rows: Sequence[Any], order: Order) -> Mapping[int, tuple[Removable, ...]]:
    if order.trigger != "detach":
        raise UserError(
            zh="只有“撤下材料”才能撤下材料；请先撤下，再办这一步。",
            en="only “remove materials” takes materials away; remove them first, then do this step",
            code="material.not_a_detach",
        )
    return removable(conn, [row.id for row in rows], order.removed)


def _heirs(conn: Connection, orders: Sequence[Order]) -> Mapping[Any, Any]:
    """Return the people whom orders name to answer for cases, by number."""
    numbers = {order.changes.get("coordinator_id") for order in orders} - {None}
    found = select(person.c.id, person.c.email, person.c.address_bad).where(person.c.id.in_(numbers))
    return {row.id: row for row in conn.execute(found)} if numbers else {}


def _weigh(conn: Connection, asked: _Asked, *, occurred: datetime, now: datetime) -> _Move | Blocked:
    """Return the move of one case, or why it is blocked."""
    row, order = asked.row, asked.order
    life = lifecycle(row.kind, row.lifecycle)
    rules = rules_of(row.schedule_hash, schedule_by_hash(conn, row.schedule_hash))
    occurred = in_turn(occurred, rules, since=asked.since)
    values = _values(asked, rules, occurred)
    seen = _seen(asked, values)
    if order.expect and _changed_meanwhile(conn, row, order):
        return Blocked(row.ref, (Blocker(code=Code.CHANGED_MEANWHILE, params={"version": row.version}),))
    facts = facts_of(seen, rules, order.trigger, now=occurred, reason=order.reason)
    lost = frozenset(one.material.kind for one in asked.gone)
    facts = facts._replace(changes=frozenset(values.keys() - {"materials"}), lost=lost)
    roles = _roles(row, order.actor)
    decision = decide(life, row.state, order.trigger, facts, roles=roles)
    dest = _forced(life, row, order) if order.force else decision.dest
    if dest is not None and not _may(life, row, order, roles=roles):
        return Blocked(row.ref, (Blocker(code=Code.NOT_ALLOWED, params={"trigger": order.trigger}),))
    remembers = order.trigger == "note"  # a note may tell of what was before
    early = () if remembers or dest is None else too_early(life, dest, facts, rules, since=asked.since)
    if dest is None or early or (decision.blockers and not order.force):
        return Blocked(row.ref, early or decision.blockers)
    return _move(asked, values, dest=dest, at=(occurred, now))


def _changed_meanwhile(conn: Connection, row: Any, order: Order) -> bool:
    """Return whether a case has changed since the version that the asker saw."""
    have = int(row.version)
    seen = order.expect.get(row.ref, have)
    if not order.past_own or seen >= have:
        return seen != have
    since = (history.c.subject == f"case:{row.ref}") & (history.c.version > seen)
    others = select(history.c.id).where(since, history.c.actor != order.actor.name).limit(1)
    return conn.execute(others).first() is not None


def _seen(asked: _Asked, values: Row) -> Any:
    """Return a case as it would be after a step, with the address of whoever would answer for it then."""
    if not values:
        return asked.row
    after = asked.row._asdict() | values
    if "coordinator_id" in values:
        heir = asked.heir
        after |= {"email": heir.email, "address_bad": heir.address_bad} if heir else {"email": None}
    return SimpleNamespace(**after)


def _roles(row: Any, actor: Actor) -> Collection[Role]:
    return actor.roles_for(region=row.region, unit_id=row.unit_id, coordinator_id=row.coordinator_id)


def _may(life: Lifecycle, row: Any, order: Order, *, roles: Collection[Role]) -> bool:
    """Return whether the actor's rights reach this step of this case."""
    if order.actor.everything:
        return True
    return Role.ADMIN in roles if order.force else allowed(life, row.state, order.trigger, roles)


def _forced(life: Lifecycle, row: Any, order: Order) -> str | None:
    """Return where a forced step leads: an admin may, with a reason, and it stays marked."""
    if not order.reason:
        raise UserError(
            zh="强制办理必须说明理由（--reason）。",
            en="a forced step needs a reason (--reason)",
            code="force.reason",
        )
    dests = {s.dest for s in life.steps if s.trigger == order.trigger and s.dest != s.source}
    here = {s.dest for s in life.steps if s.trigger == order.trigger and s.source == row.state}
    return next(iter(here or dests), None) if len(here or dests) == 1 else None


def _values(asked: _Asked, rules: Rules, occurred: datetime) -> Row:
    """Return the case's columns that the step would change."""
    row, order = asked.row, asked.order
    values = {name: value for name, value in order.changes.items() if getattr(row, name) != value}
    if order.materials or asked.gone:
        values["materials"] = counted(row.materials, order.materials, asked.gone)
    if order.trigger == "hold" and order.reason and row.ends_on and row.ends_on > rules.today(occurred):
        values["ends_on"] = rules.today(occurred)
        if row.starts_on and row.starts_on > values["ends_on"]:
            values["starts_on"] = values["ends_on"]
    return values


def _move(asked: _Asked, values: Row, *, dest: str, at: tuple[datetime, datetime]) -> _Move:
    row, order = asked.row, asked.order
    details: Row = {}
    own = {name: value for name, value in values.items() if name != "materials"}
    if own:
        details["set"] = told(own)
    if order.materials:
        details["materials"] = [item.told() for item in order.materials]
    if asked.gone:
        details["removed"] = [one.material.told() for one in asked.gone]
    change = Change(
        f"case:{row.ref}",
        order.trigger,
        row.state,
        dest,
        order.actor.name,
        details,
        at[0],
        at[1],
        order.reason,
        version_name(row.notice, row.schedule_version),
        order.force,
    )
    entry = link(Head(row.version, row.head), change)
    kept = {**values, "state": dest, "version": entry["version"], "head": entry["hash"]}
    return _Move(asked, kept, entry)


def _write(conn: Connection, moves: Sequence[_Move]) -> None:
    """Write the new rows and their history; a case changed meanwhile undoes everything."""
    changes: dict[tuple[str, ...], list[tuple[Any, Row]]] = {}
    for move in moves:
        changes.setdefault(tuple(move.values), []).append((move.row, move.values))
    for same in changes.values():
        if not write_at_version(conn, case, same):
            raise UserError(
                zh="事项刚被别人改动过，没有写入任何内容；请刷新后再试。",
                en="a case was changed by someone else meanwhile; nothing was written, look again and retry",
                code="step.raced",
            )
    append(conn, [move.entry for move in moves])


def blockers_of(
    conn: Connection, ref: str, trigger: str, *, now: datetime, actor: Actor = SYSTEM
) -> tuple[Blocker, ...]:
    """Return every reason against a step of one case now; asking changes nothing.

    Where it is no step, those are named instead that ``actor`` may do.
    """
    row = cases_by_ref(conn, [ref])[0]
    rules = rules_of(row.schedule_hash, schedule_by_hash(conn, row.schedule_hash))
    facts = facts_of(row, rules, trigger, now=now)
    life = lifecycle(row.kind, row.lifecycle)
    return decide(life, row.state, trigger, facts, roles=_roles(row, actor)).blockers
