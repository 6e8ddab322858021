"""What will be sent: every coming sweep played on a copy, counted as far as somebody may see it.

No letter is written for the numbers; one is when it is asked for. Nothing is changed and nothing is sent.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, func, or_, select, update
from sqlalchemy import case as when

from config.firings import DAILY
from config.schedule import Name, Role, Schedule
from engine.actors import Actor
from engine.audit.rehearsal import has_late_entries, rehearsal
from engine.database import Database
from engine.items import Reader
from engine.letters import letters_of_sweep
from engine.recent import Recent
from engine.rung_told import RungTold, rung_told
from engine.schedules import schedules_in_force
from engine.scope import people_seen, seen
from engine.sweep import sweep_due
from engine.tables import case, firing, ledger, message, person
from notifications.letter import Letter

_FARTHEST = timedelta(days=400)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whose view of what is to come, from ``now`` until before ``until``, of all notices or of one."""

    actor: Actor
    now: datetime
    until: datetime
    notice: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingReader:
    """Somebody who will get a mail, and about how many cases."""

    person_id: int
    name: str
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingMilestone:
    """What the mails of one instant say of a milestone: by which rungs, of how many cases."""

    notice: str
    milestone: str
    name: Name
    rungs: tuple[RungTold, ...]
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingSend:
    """One instant at which mails leave.

    ``review`` of them wait for release first; ``unreachable`` counts cases that nobody can be told of.
    """

    at: datetime
    readers: tuple[ComingReader, ...]
    milestones: tuple[ComingMilestone, ...]
    review: int
    unreachable: int

    @property
    def mails(self) -> int:
        """Return how many mails leave."""
        return len(self.readers)


def coming_mails(database: Database, asked: Asked, *, recent: Recent | None = None) -> tuple[ComingSend, ...]:
    """Return when something will be sent, and to whom; with ``recent`` played anew only after a change."""
    if recent is None:
        return _played(database, asked)
    question = ("coming_mails", asked.actor, asked.until, asked.notice)
    with database.read() as conn:
        return recent.of(conn, question, lambda: _played(database, asked), now=asked.now)


def letter_then(
    database: Database, person_id: int, at: datetime, *, actor: Actor, now: datetime, base_url: str
) -> Letter | None:
    """Return the letter that somebody will get at an instant, as it would look if it left as things are now.

    None where there is none, where it is not the actor's to read, and for an instant past or too far off.
    """
    if not now - _SECOND <= at <= now + _FARTHEST:
        return None
    asked = Asked(actor=actor, now=now, until=at + _SECOND)
    return coming_letter(database, asked, person_id, base_url=base_url)


def coming_letter(database: Database, asked: Asked, person_id: int, *, base_url: str) -> Letter | None:
    """Return the letter that somebody will get by the last sweep before ``until``.

    None where there is none, or where it is not the actor's to read: their own, or their people's.
    """
    with rehearsal(database) as conn:
        if not _may_read(conn, asked.actor, person_id):
            return None
        if not has_late_entries(conn):
            _pass_over(conn, asked)
        sweeps = list(_sweeps(conn, asked))
        if not sweeps:
            return None
        at, sweep_id = sweeps[-1]
        reader = Reader(now=at, base_url=base_url)
        found = next(letters_of_sweep(conn, sweep_id, reader, person_id=person_id), None)
        return found[1] if found else None


def _may_read(conn: Connection, actor: Actor, person_id: int) -> bool:
    watching = tuple(one for one in actor.grants if one.role is not Role.COORDINATOR)
    theirs = people_seen(replace(actor, person_id=None, grants=watching))
    mine = or_(theirs, person.c.id == actor.person_id)
    return conn.scalar(select(person.c.id).where(person.c.id == person_id, mine)) is not None


def _pass_over(conn: Connection, asked: Asked) -> None:
    """Settle what comes before the last instant: what is told then does not depend on it."""
    last = conn.scalar(select(func.max(firing.c.at)).where(_coming(asked)))
    if last is not None and last > asked.now:
        earlier = _coming(asked) & (firing.c.at < last)
        conn.execute(update(firing).where(earlier).values(outcome="swept", settled_at=asked.now))


def _coming(asked: Asked) -> ColumnElement[bool]:
    return firing.c.settled_at.is_(None) & (firing.c.at < asked.until)


def _sweeps(conn: Connection, asked: Asked) -> Iterator[tuple[datetime, int]]:
    """Do each coming sweep; yield when and which."""
    while (first := conn.scalar(select(func.min(firing.c.at)).where(_coming(asked)))) is not None:
        at = max(first, asked.now)
        swept = sweep_due(conn, now=at)
        if swept is None:
            return
        yield at, swept.sweep_id


def _played(database: Database, asked: Asked) -> tuple[ComingSend, ...]:
    with rehearsal(database) as conn:
        schedules = schedules_in_force(conn)
        sends = (_send(conn, asked, sweep, schedules) for sweep in _sweeps(conn, asked))
        return tuple(one for one in sends if one.readers or one.unreachable)


def _send(
    conn: Connection, asked: Asked, sweep: tuple[datetime, int], schedules: Mapping[str, Schedule]
) -> ComingSend:
    at, sweep_id = sweep
    readers, review = _readers(conn, asked, sweep_id)
    return ComingSend(
        at=at,
        readers=readers,
        milestones=tuple(_milestones(conn, asked, sweep_id, schedules)),
        review=review,
        unreachable=_unreachable(conn, asked, sweep_id),
    )


def _readers(conn: Connection, asked: Asked, sweep_id: int) -> tuple[tuple[ComingReader, ...], int]:
    told = (
        (ledger.c.sweep_id == sweep_id)
        & (ledger.c.person_id == message.c.person_id)
        & (ledger.c.outcome == "mailed")
    )
    because = when((firing.c.notice == asked.notice, ledger.c.case_id)) if asked.notice else ledger.c.case_id
    query = (
        select(message.c.person_id, person.c.name, message.c.state)
        .add_columns(func.count(ledger.c.case_id.distinct()).label("cases"))
        .join(person, person.c.id == message.c.person_id)
        .outerjoin(ledger, told)
        .outerjoin(firing, firing.c.id == ledger.c.firing_id)
        .where(message.c.sweep_id == sweep_id, people_seen(asked.actor))
        .group_by(message.c.id, message.c.person_id, person.c.name, message.c.state)
        .order_by(person.c.name, message.c.person_id)
    )
    rows = conn.execute(query.having(func.count(because) > 0) if asked.notice else query).all()
    readers = (ComingReader(person_id=row.person_id, name=row.name, cases=row.cases) for row in rows)
    return tuple(readers), sum(row.state == "draft" for row in rows)


def _milestones(
    conn: Connection, asked: Asked, sweep_id: int, schedules: Mapping[str, Schedule]
) -> Iterator[ComingMilestone]:
    for (notice, key), rungs in _told_of(conn, asked, sweep_id).items():
        schedule = schedules.get(notice)
        milestone = schedule.milestone(key) if schedule else None
        yield ComingMilestone(
            notice=notice,
            milestone=key,
            name=milestone.name if milestone else Name(zh=key, en=key),
            rungs=tuple(rung_told(milestone, rung) for rung in rungs),
            cases=len(set().union(*rungs.values())),
        )


def _told_of(conn: Connection, asked: Asked, sweep_id: int) -> Mapping[tuple[str, str], dict[str, set[int]]]:
    """Return the cases that a sweep mails about, by notice and milestone, and by rung."""
    rows = conn.execute(
        select(firing.c.notice, firing.c.milestone, firing.c.rung, ledger.c.case_id)
        .distinct()
        .join(ledger, ledger.c.firing_id == firing.c.id)
        .join(case, case.c.id == ledger.c.case_id)
        .where(_told(asked, sweep_id), ledger.c.outcome == "mailed", firing.c.rung != DAILY)
        .order_by(firing.c.notice, firing.c.milestone, firing.c.rung)
    )
    found: dict[tuple[str, str], dict[str, set[int]]] = {}
    for notice, milestone, rung, case_id in rows:
        found.setdefault((notice, milestone), {}).setdefault(rung, set()).add(case_id)
    return found


def _unreachable(conn: Connection, asked: Asked, sweep_id: int) -> int:
    other = ledger.alias("other")
    reached = (other.c.sweep_id == sweep_id) & (other.c.case_id == ledger.c.case_id)
    query = (
        select(func.count(ledger.c.case_id.distinct()))
        .join(firing, firing.c.id == ledger.c.firing_id)
        .join(case, case.c.id == ledger.c.case_id)
        .where(_told(asked, sweep_id), ledger.c.outcome == "no_address", ledger.c.role == "coordinator")
        .where(~select(other.c.case_id).where(reached, other.c.outcome == "mailed").exists())
    )
    return conn.scalar(query) or 0


def _told(asked: Asked, sweep_id: int) -> ColumnElement[bool]:
    mine = (ledger.c.sweep_id == sweep_id) & seen(asked.actor)
    return mine & (firing.c.notice == asked.notice) if asked.notice else mine
