"""From rows to letters: what each person of a sweep is to be told, as the facts are now."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, bindparam, select

from config.firings import DAILY
from config.schedule import Schedule
from engine.items import Lines, Reader
from engine.prepared import Prepared
from engine.returned import returned_for
from engine.rules import rules_of, zone
from engine.schedules import schedule_by_hash
from engine.summaries import Summary, summaries
from engine.tables import case, firing, ledger, notice, person, unit
from notifications.letter import Item, Letter, Person, Sender

coordinator = person.alias("coordinator")


_FIRINGS = Prepared(
    select(
        firing.c.id,
        firing.c.milestone,
        firing.c.roles,
        firing.c.template,
        firing.c.day,
        firing.c.anchor_from,
        firing.c.anchor_to,
        notice.c.schedule_hash,
    )
    .join(notice, notice.c.id == firing.c.notice)
    .where(firing.c.sweep_id == bindparam("sweep"))
    .order_by(firing.c.milestone, firing.c.at.desc())
)

_UNUSED = ("notice", "region", "entered_at", "version", "head")
_ROWS = (
    select(
        ledger.c.person_id,
        ledger.c.firing_id,
        person.c.name.label("to_name"),
        person.c.email.label("to_email"),
        person.c.lang,
        ledger.c.role,
        *(column for column in case.c if column.name not in _UNUSED),
        unit.c.name.label("unit_name"),
        returned_for().label("returned_for"),
        coordinator.c.name.label("coordinator_name"),
        coordinator.c.phone.label("coordinator_phone"),
        coordinator.c.email,
        coordinator.c.address_bad,
    )
    .join(person, person.c.id == ledger.c.person_id)
    .join(case, case.c.id == ledger.c.case_id)
    .join(unit, unit.c.id == case.c.unit_id)
    .outerjoin(coordinator, coordinator.c.id == case.c.coordinator_id)
    .where(ledger.c.sweep_id == bindparam("sweep"), ledger.c.outcome == "mailed")
    # the order of an index: nothing is sorted
    .order_by(ledger.c.person_id, ledger.c.case_id, ledger.c.firing_id, ledger.c.role)
)
_ROWS_OF_ALL = Prepared(_ROWS)
_ROWS_OF_ONE = Prepared(_ROWS.where(ledger.c.person_id == bindparam("person")))

_OTHERS = (
    select(ledger.c.case_id, ledger.c.role, person.c.id, person.c.name)
    .join(person, person.c.id == ledger.c.person_id)
    .where(
        ledger.c.sweep_id == bindparam("sweep"), ledger.c.role != "coordinator", ledger.c.outcome == "mailed"
    )
    .distinct()
    .order_by(ledger.c.case_id, ledger.c.role.desc(), person.c.id)
)
_mine = ledger.alias("mine")
_OTHERS_OF_ONE = Prepared(
    _OTHERS.where(
        ledger.c.case_id.in_(
            select(_mine.c.case_id).where(
                _mine.c.sweep_id == bindparam("sweep"), _mine.c.person_id == bindparam("person")
            )
        )
    )
)


def letters_of_sweep(
    conn: Connection, sweep_id: int, reader: Reader, *, person_id: int | None = None
) -> Iterator[tuple[int, Letter]]:
    """Yield (person, letter) for everybody with something left to be told, streaming.

    What was done since the sweep is left out; who has nothing left gets no letter.
    """
    firings = {row.id: row for row in _FIRINGS.rows(conn, {"sweep": sweep_id})}
    lines = Lines(reader, firings)
    daily = dict(summaries(conn, sweep_id, now=reader.now, person_id=person_id))
    for number, rows, others in _by_person(conn, sweep_id, person_id, firings=firings):
        letter = _letter(conn, rows, lines, others)
        summary = daily.pop(number, None)
        if letter is not None:
            yield number, replace(letter, figures=summary.figures) if summary else letter
        elif summary is not None:
            yield number, _summary_letter(summary, reader)
    for number, summary in daily.items():
        yield number, _summary_letter(summary, reader)


def _by_person(
    conn: Connection, sweep_id: int, person_id: int | None, *, firings: Mapping[int, Any]
) -> Iterator[tuple[int, list[Any], Mapping[int, Sequence[Any]]]]:
    """Yield each person's ledger rows, with the people above who are told of their cases."""
    if person_id is not None:
        asked = {"sweep": sweep_id, "person": person_id}
        mine = _ROWS_OF_ONE.rows(conn, asked)
        escalated = any("," in firings[row.firing_id].roles for row in mine)
        if mine:
            yield person_id, mine, _by_case(_OTHERS_OF_ONE.rows(conn, asked) if escalated else ())
        return
    others = _by_case(conn.execute(_OTHERS, {"sweep": sweep_id}))
    streamed = _ROWS_OF_ALL.stream(conn, {"sweep": sweep_id})
    for number, rows in groupby(streamed, attrgetter("person_id")):
        yield number, list(rows), others


def _by_case(rows: Iterable[Any]) -> Mapping[int, Sequence[Any]]:
    return {number: list(same) for number, same in groupby(rows, attrgetter("case_id"))}


def _summary_letter(summary: Summary, reader: Reader) -> Letter:
    return Letter(
        template=DAILY,
        to=summary.to,
        at=reader.now.astimezone(zone(summary.schedules[0].zone)),
        senders=senders_of(summary.schedules),
        list_url=f"{reader.base_url}/overview",
        figures=summary.figures,
    )


def _letter(
    conn: Connection, rows: Sequence[Any], lines: Lines, others: Mapping[int, Sequence[Any]]
) -> Letter | None:
    items: list[Item] = []
    schedules: dict[str, Schedule] = {}
    for case_id, of_case in groupby(rows, attrgetter("id")):
        same = list(of_case)
        name = lines.firings[same[0].firing_id].schedule_hash
        schedule = schedule_by_hash(conn, name)
        rules = rules_of(name, schedule)
        found = lines.of_case(same, rules, others=others.get(case_id, ()))
        if found:
            items += found
            schedules[schedule.id] = schedule
    if not items:
        return None
    return Letter(
        template=max(
            (lines.firings[number].template for number in {row.firing_id for row in rows}), key=_urgency
        ),
        to=Person(name=rows[0].to_name, email=rows[0].to_email or "", lang=rows[0].lang),
        at=lines.reader.now.astimezone(zone(next(iter(schedules.values())).zone)),
        items=tuple(sorted(items, key=_order)),
        senders=senders_of(schedules.values()),
        list_url=f"{lines.reader.base_url}/my",
    )


def _urgency(template: str) -> int:
    ranks = ("", "closing", "opening", "reminder", "already_due", "overdue")
    return ranks.index(template) if template in ranks else 3


def _order(item: Item) -> tuple[date, str]:
    return (item.due or date.max, item.ref)


def senders_of(schedules: Iterable[Schedule]) -> tuple[Sender, ...]:
    """Return who answers questions about some schedules, each once."""
    seen = {
        (contact.name, contact.phone): Sender(name=contact.name, phone=contact.phone, email=contact.email)
        for schedule in schedules
        for contact in schedule.contacts[:2]
    }
    return tuple(seen.values())[:3]
