"""The mails of a decided commendation: a warm one to the commended, a plain one to everybody else.

Everybody gets one mail that lists all of theirs. What it says was decided, so it is kept with the message.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, select

from config.criteria import Award
from config.schedule import CaseKind, Schedule
from engine.actors import in_force
from engine.commendation.figures import DONE
from engine.commendation.listed import Line, Listed
from engine.items import Reader
from engine.letters import senders_of
from engine.outbox import MailDraft, queue
from engine.rules import zone
from engine.schedules import schedule_of
from engine.tables import case, message, notice, person, right, unit
from notifications.letter import Item, Letter, Person

COMMENDED, THANKED = "commended", "thanked"
TEMPLATES = frozenset({COMMENDED, THANKED})

_CHUNK = 500


@dataclass(slots=True)
class _Share:
    """What one person is told: what of theirs is commended, and what else they took part with."""

    commended: list[dict[str, str]] = field(default_factory=list)
    others: list[dict[str, str]] = field(default_factory=list)


Shares = dict[int, _Share]


def tell_people(conn: Connection, listed: Listed, *, now: datetime) -> int:
    """Queue the mails of a list, none for who has had one of this notice; return how many."""
    shares = shares_of(conn, listed, now=now)
    review = bool(conn.scalar(select(notice.c.review).where(notice.c.id == listed.notice)))
    drafts = [
        MailDraft(
            key=f"commendation:{listed.notice}:{number}",
            template=COMMENDED if share.commended else THANKED,
            person_id=number,
            review=review,
            note=orjson.dumps(
                {"notice": listed.notice, "commended": share.commended, "others": share.others}
            ).decode(),
        )
        for number, share in sorted(shares.items())
    ]
    return len(queue(conn, _unsent(conn, drafts), now=now))


def shares_of(conn: Connection, listed: Listed, *, now: datetime) -> Shares:
    """Return what each person who can be reached is to be told."""
    shares: Shares = {}
    rows = _took_part(conn, listed.notice)
    _tell_of_activities(shares, listed, rows)
    _tell_of_units(shares, listed, rows, _members(conn, listed, now=now))
    _tell_of_people(shares, listed)
    reachable = _reachable(conn, shares)
    return {number: share for number, share in shares.items() if number in reachable}


def letter_of_commendation(conn: Connection, mail: Any, reader: Reader) -> Letter | None:
    """Return the letter of one of these mails; None if its reader is gone."""
    to = conn.execute(select(person).where(person.c.id == mail.person_id, person.c.active)).first()
    if to is None:
        return None
    told = orjson.loads(mail.note or "{}")
    share = _Share(commended=told["commended"], others=told["others"])
    return _letter(to, share, schedule_of(conn, told["notice"]), reader)


def letters_to_come(conn: Connection, listed: Listed, reader: Reader) -> tuple[Letter, ...]:
    """Return the mails that approving a list would send, the commended first, each by name."""
    shares, schedule = shares_of(conn, listed, now=reader.now), schedule_of(conn, listed.notice)
    numbers, letters = sorted(shares), list[Letter]()
    for start in range(0, len(numbers), _CHUNK):
        mine = person.c.id.in_(numbers[start : start + _CHUNK])
        for row in conn.execute(select(person).where(mine)):
            letters.append(_letter(row, shares[row.id], schedule, reader))
    return tuple(sorted(letters, key=lambda one: (one.template, one.to.name, one.to.email)))


def _letter(to: Any, share: _Share, schedule: Schedule, reader: Reader) -> Letter:
    items = [_item(one, schedule.title, reader) for one in (*share.commended, *share.others)]
    return Letter(
        template=COMMENDED if share.commended else THANKED,
        to=Person(name=to.name, email=to.email or "", lang=to.lang),
        at=reader.now.astimezone(zone(schedule.zone)),
        items=tuple(items),
        senders=senders_of([schedule]),
        list_url=f"{reader.base_url}/my",
    )


def _item(told: Mapping[str, str], notice_title: str, reader: Reader) -> Item:
    ref = told.get("ref", "")
    return Item(
        ref=ref,
        title=told["title"],
        unit=told.get("unit", ""),
        notice_title=notice_title,
        milestone="",
        due=None,
        act_by=None,
        days_left=0,
        days_late=0,
        approximate=False,
        missing=(),
        clause=None,
        cite=None,
        url=f"{reader.base_url}/cases/{ref}" if ref else f"{reader.base_url}/my",
        award=told.get("award"),
        kind="activity" if ref else "",
    )


def _took_part(conn: Connection, notice_id: str) -> Sequence[Any]:
    """Return the finished activities of a notice with whom each is to be told of."""
    query = (
        select(case.c.ref, case.c.title, case.c.coordinator_id, case.c.unit_id, unit.c.name.label("unit"))
        .join(unit, unit.c.id == case.c.unit_id)
        .where(case.c.notice == notice_id, case.c.kind == str(CaseKind.ACTIVITY))
        .where(case.c.state.in_(sorted(DONE)), case.c.coordinator_id.is_not(None))
        .order_by(case.c.ref)
    )
    return conn.execute(query).all()


def _tell_of_activities(shares: Shares, listed: Listed, rows: Iterable[Any]) -> None:
    title, chosen = _chosen(listed, Award.ACTIVITY)
    for row in rows:
        told = {"ref": row.ref, "title": row.title, "unit": row.unit}
        share = shares.setdefault(row.coordinator_id, _Share())
        if row.ref in chosen:
            share.commended.append(told | {"award": title})
        else:
            share.others.append(told)


def _tell_of_units(
    shares: Shares, listed: Listed, rows: Iterable[Any], members: Mapping[int, Collection[int]]
) -> None:
    """Tell the people of a commended unit: who coordinated for it, and who has a right for it."""
    title, chosen = _chosen(listed, Award.UNIT)
    people = {number: set(found) for number, found in members.items()}
    for row in rows:
        people.setdefault(row.unit_id, set()).add(row.coordinator_id)
    for key, line in chosen.items():
        for number in sorted(people.get(_number(key), ())):
            told = {"title": line.name, "award": title}
            shares.setdefault(number, _Share()).commended.append(told)


def _tell_of_people(shares: Shares, listed: Listed) -> None:
    title, chosen = _chosen(listed, Award.PERSON)
    for key, line in chosen.items():
        told = {"title": line.name, "unit": line.below, "award": title}
        shares.setdefault(_number(key), _Share()).commended.append(told)


def _chosen(listed: Listed, award: Award) -> tuple[str, dict[str, Line]]:
    found = listed.award(award)
    return (found.rules.title, {line.key: line for line in found.chosen}) if found else ("", {})


def _members(conn: Connection, listed: Listed, *, now: datetime) -> Mapping[int, Collection[int]]:
    """Return who has a right for each commended unit."""
    units = [_number(key) for key in _chosen(listed, Award.UNIT)[1]]
    found: dict[int, set[int]] = {}
    for start in range(0, len(units), _CHUNK):
        mine = right.c.unit_id.in_(units[start : start + _CHUNK])
        for row in conn.execute(select(right.c.unit_id, right.c.person_id).where(mine, in_force(now))):
            found.setdefault(row.unit_id, set()).add(row.person_id)
    return found


def _reachable(conn: Connection, people: Collection[int]) -> Collection[int]:
    numbers, found = sorted(people), set[int]()
    can = person.c.active & person.c.email.is_not(None) & ~person.c.address_bad
    for start in range(0, len(numbers), _CHUNK):
        mine = person.c.id.in_(numbers[start : start + _CHUNK])
        found.update(conn.scalars(select(person.c.id).where(mine, can)))
    return found


def _unsent(conn: Connection, drafts: Sequence[MailDraft]) -> list[MailDraft]:
    """Leave out who has had the mail of this notice: nobody is congratulated twice."""
    known: set[str] = set()
    for start in range(0, len(drafts), _CHUNK):
        keys = [draft.key for draft in drafts[start : start + _CHUNK]]
        known.update(conn.scalars(select(message.c.key).where(message.c.key.in_(keys))))
    return [draft for draft in drafts if draft.key not in known]


def _number(key: str) -> int:
    return int(key.partition(":")[2])
