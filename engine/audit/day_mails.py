"""The mails of one day: those that were made or sent on it, and those that will be if nobody acts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import orjson
from sqlalchemy import ColumnElement, Connection, func, or_, select, update

from engine.actors import Actor
from engine.audit.rehearsal import has_late_entries
from engine.audit.subjects import Kind
from engine.items import Reader
from engine.letters import letters_of_sweep
from engine.scope import people_seen
from engine.sweep import sweep_due
from engine.tables import case, firing, history, ledger, message, person
from notifications.letter import Letter

COMING = "coming"
"""The state of a mail that is not made yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayMail:
    """One mail of a day: when it was sent (or will be made), to whom, about how many cases.

    ``number`` and ``subject`` are None of one that is coming, ``letter`` is None of one that was made.
    """

    at: datetime
    person_id: int
    name: str
    template: str
    state: str
    cases: int
    number: int | None = None
    subject: str | None = None
    letter: Letter | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The instants of a day, the last one left out; and when it is now."""

    start: datetime
    end: datetime
    now: datetime


class Cause(NamedTuple):
    """Because of what a mail is made: a notice, or one milestone of it. Without a notice: of anything."""

    notice: str | None = None
    milestone: str | None = None

    def of_firing(self) -> ColumnElement[bool]:
        """Return the condition that a firing is of the notice and the milestone."""
        of_notice = firing.c.notice == self.notice
        return of_notice if self.milestone is None else of_notice & (firing.c.milestone == self.milestone)


ANYTHING = Cause()


def mails_sent(
    conn: Connection, actor: Actor, span: Span, *, cause: Cause = ANYTHING, shown: int = 200
) -> tuple[tuple[DayMail, ...], int]:
    """Return the first mails that were sent on a day to people whom an actor may see, and their number."""
    mine = (message.c.state == "sent") & (message.c.sent_at >= span.start) & (message.c.sent_at < span.end)
    query = (
        select(message, person.c.name)
        .join(person, person.c.id == message.c.person_id)
        .where(mine, people_seen(actor))
    )
    if cause.notice is not None:
        query = query.where(_because_of(cause))
    total = conn.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = conn.execute(query.order_by(message.c.sent_at, message.c.id).limit(shown)).all()
    counts = _cases_in(conn, [row.id for row in rows])
    return tuple(_sent(row, counts.get(row.id, 0)) for row in rows), total


def mails_coming(
    conn: Connection, actor: Actor, span: Span, *, base_url: str, cause: Cause = ANYTHING
) -> tuple[DayMail, ...]:
    """Return the mails to be made on a day, doing all sweeps until then on a rehearsal's ``conn``."""
    seen = set(conn.scalars(select(person.c.id).where(people_seen(actor))))
    begin = max(span.start, span.now)
    if not has_late_entries(conn):
        _pass_over(conn, before=span.start)
    found = []
    for at, sweep_id in _sweeps(conn, span):
        if at < begin:
            continue
        reader = Reader(now=at, base_url=base_url)
        told = None if cause.notice is None else _told_of(conn, sweep_id, cause)
        for number, letter in letters_of_sweep(conn, sweep_id, reader):
            if number in seen and (told is None or number in told):
                found.append(_coming(at, number, letter))
    return tuple(found)


def _pass_over(conn: Connection, *, before: datetime) -> None:
    """Settle what comes before a day: what is told later does not depend on it."""
    earlier = firing.c.settled_at.is_(None) & (firing.c.at < before)
    conn.execute(update(firing).where(earlier).values(outcome="swept", settled_at=before))


def _sweeps(conn: Connection, span: Span) -> Iterator[tuple[datetime, int]]:
    """Do each coming sweep until the end of the day; yield when and which."""
    coming = select(func.min(firing.c.at)).where(firing.c.settled_at.is_(None), firing.c.at < span.end)
    while (first := conn.scalar(coming)) is not None:
        at = max(first, span.now)
        swept = sweep_due(conn, now=at)
        if swept is None:
            return
        yield at, swept.sweep_id


def _coming(at: datetime, number: int, letter: Letter) -> DayMail:
    return DayMail(
        at=at,
        person_id=number,
        name=letter.to.name,
        template=letter.template,
        state=COMING,
        cases=len({item.ref for item in letter.items}),
        letter=letter,
    )


def _sent(row: Any, cases: int) -> DayMail:
    return DayMail(
        at=row.sent_at,
        person_id=row.person_id,
        name=row.name,
        template=row.template,
        state=row.state,
        cases=cases,
        number=row.id,
        subject=row.subject,
    )


def _because_of(cause: Cause) -> ColumnElement[bool]:
    """Return the condition that a mail was made because of a notice, or of a milestone of it."""
    told = (
        select(ledger.c.case_id)
        .join(firing, firing.c.id == ledger.c.firing_id)
        .where(
            ledger.c.sweep_id == message.c.sweep_id,
            ledger.c.person_id == message.c.person_id,
            cause.of_firing(),
        )
        .correlate(message)
    )
    if cause.milestone is not None:
        return told.exists()
    about = select(case.c.id).where(case.c.id == message.c.case_id, case.c.notice == cause.notice)
    return or_(told.exists(), about.correlate(message).exists())


def _told_of(conn: Connection, sweep_id: int, cause: Cause) -> set[int]:
    """Return the people whom a sweep mails because of a notice, or of a milestone of it."""
    rows = (
        select(ledger.c.person_id)
        .join(firing, firing.c.id == ledger.c.firing_id)
        .where(ledger.c.sweep_id == sweep_id, ledger.c.outcome == "mailed", cause.of_firing())
    )
    return set(conn.scalars(rows))


def _cases_in(conn: Connection, numbers: Sequence[int]) -> dict[int, int]:
    """Return how many cases each of some mails told of when it was last handed over, from their history."""
    subjects = [f"{Kind.MAIL}:{number}" for number in numbers]
    rows = conn.execute(
        select(history.c.subject, history.c.details)
        .where(history.c.subject.in_(subjects), history.c.trigger == "claim")
        .order_by(history.c.version)
    )
    return {
        int(row.subject.partition(":")[2]): len(orjson.loads(row.details).get("cases", ())) for row in rows
    }
