"""Why somebody did (not) get a reminder, on one screen and as far as the asker may know."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, or_, select

from config.errors import UserError
from config.schedule import Milestone, Name
from engine.actors import Actor
from engine.people_view import watcher
from engine.rung_told import RungTold, rung_told
from engine.schedules import schedule_by_hash
from engine.scope import mails_seen, people_seen, require_visible, seen
from engine.tables import case, ledger, message, notice, person
from engine.why import Answer, Reason, why

_MOST_CASES = 20
_PAST, _COMING = 30, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks, when, and about which milestone (None: all)."""

    actor: Actor
    now: datetime
    milestone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyLine:
    """One firing's answer for one case, with the names that a page shows.

    ``mail`` is the number of a mail that the asker may open.
    """

    answer: Answer
    title: str
    milestone: Name
    rung: RungTold
    who: str | None
    person_id: int | None
    mail: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneAsked:
    """A milestone that the answers speak of."""

    key: str
    name: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyFile:
    """The answers about one case or one person: what was decided, the newest first, and what is to come.

    ``name`` is the case's title or the person's name; ``more`` says that older answers or cases are left out.
    """

    name: str
    past: tuple[WhyLine, ...]
    coming: tuple[WhyLine, ...]
    milestones: tuple[MilestoneAsked, ...]
    more: bool


def why_case(conn: Connection, ref: str, asker: Asker) -> WhyFile:
    """Return the answers about one case; UserError where the asker does not see it."""
    require_visible(conn, asker.actor, ref)
    about = _About(conn=conn, asker=asker, found=_cases(conn, [ref]))
    return about.file(about.found[ref].title, why(conn, ref))


def why_person(conn: Connection, person_id: int, asker: Asker) -> WhyFile:
    """Return the answers about one person and their newest cases; UserError for a stranger."""
    actor = asker.actor
    watched = or_(people_seen(watcher(actor)), person.c.id == actor.person_id)
    row = conn.execute(select(person).where(person.c.id == person_id, watched)).first()
    if row is None:
        raise UserError(
            zh="没有这个人，或者不在您的地区。请按姓名或邮箱查找。",
            en="there is nobody of that number in your region; look for them by name or address",
            code="person.unknown",
        )
    refs = _refs_of(conn, actor, person_id)
    about = _About(conn=conn, asker=asker, found=_cases(conn, refs[:_MOST_CASES]))
    answers = [one for ref in about.found for one in why(conn, ref) if one.person in (None, row.email)]
    return about.file(row.name, answers, more=len(refs) > _MOST_CASES)


def _refs_of(conn: Connection, actor: Actor, person_id: int) -> Sequence[str]:
    told = select(ledger.c.case_id).where(ledger.c.person_id == person_id)
    theirs = or_(case.c.coordinator_id == person_id, case.c.id.in_(told))
    query = select(case.c.ref).where(theirs, seen(actor)).order_by(case.c.id.desc())
    return conn.scalars(query.limit(_MOST_CASES + 1)).all()


def _cases(conn: Connection, refs: Sequence[str]) -> Mapping[str, Any]:
    query = select(case.c.ref, case.c.title, notice.c.schedule_hash)
    rows = conn.execute(query.join(notice, notice.c.id == case.c.notice).where(case.c.ref.in_(refs)))
    return {row.ref: row for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class _About:
    """Answers about some cases being put into words."""

    conn: Connection
    asker: Asker
    found: Mapping[str, Any]

    def file(self, name: str, answers: Sequence[Answer], *, more: bool = False) -> WhyFile:
        """Return what a page shows of some answers."""
        asked = sorted(
            (one for one in answers if self.asker.milestone in (None, one.milestone)), key=lambda one: one.at
        )
        past = [one for one in asked if one.reason is not Reason.PLANNED and one.at <= self.asker.now]
        coming = [one for one in asked if one.reason is Reason.PLANNED][:_COMING]
        lines = self.lines([*reversed(past[-_PAST:]), *coming])
        return WhyFile(
            name=name,
            past=tuple(one for one in lines if one.answer.reason is not Reason.PLANNED),
            coming=tuple(one for one in lines if one.answer.reason is Reason.PLANNED),
            milestones=self.milestones(answers),
            more=more or len(past) > _PAST,
        )

    def lines(self, answers: Sequence[Answer]) -> tuple[WhyLine, ...]:
        """Return answers with the names that they need."""
        people = _people(self.conn, {one.person for one in answers if one.person})
        mails = _mails(self.conn, self.asker.actor, {one.mail for one in answers if one.mail})
        return tuple(self.line(one, people.get(one.person or ""), mails) for one in answers)

    def line(self, one: Answer, who: Any | None, mails: Collection[int]) -> WhyLine:
        """Return one answer with its names; ``who`` is the row of its person."""
        known = self.milestone(one.ref, one.milestone)
        return WhyLine(
            answer=one,
            title=self.found[one.ref].title,
            milestone=known.name if known else Name(zh=one.milestone, en=one.milestone),
            rung=rung_told(known, one.rung),
            who=who.name if who else one.person,
            person_id=who.id if who else None,
            mail=one.mail if one.mail in mails else None,
        )

    def milestone(self, ref: str, key: str) -> Milestone | None:
        """Return a milestone of a case's schedule."""
        return schedule_by_hash(self.conn, self.found[ref].schedule_hash).milestone(key)

    def milestones(self, answers: Sequence[Answer]) -> tuple[MilestoneAsked, ...]:
        """Return the milestones that some answers speak of, each key once."""
        named: dict[str, Name] = {}
        for ref, key in dict.fromkeys((one.ref, one.milestone) for one in answers):
            known = self.milestone(ref, key)
            if known is not None:
                named.setdefault(key, known.name)
        return tuple(MilestoneAsked(key=key, name=name) for key, name in named.items())


def _people(conn: Connection, addresses: Iterable[str]) -> Mapping[str, Any]:
    query = select(person.c.id, person.c.name, person.c.email).where(person.c.email.in_(sorted(addresses)))
    return {row.email: row for row in conn.execute(query)}


def _mails(conn: Connection, actor: Actor, numbers: Iterable[int]) -> frozenset[int]:
    query = select(message.c.id).where(message.c.id.in_(sorted(numbers)), mails_seen(actor))
    return frozenset(conn.scalars(query))
