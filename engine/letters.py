"""From rows to letters: what each person of a sweep is to be told, as the facts are now."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Select, select

from config.firings import DAILY
from config.schedule import Milestone, Schedule
from engine.lagging import lags
from engine.rules import Rules, facts_of, rules_of, zone
from engine.schedules import schedule_by_hash
from engine.summaries import Summary, summaries
from engine.tables import case, firing, ledger, notice, person, unit
from notifications.letter import Item, Letter, Person, Sender
from workflows.decide import next_trigger, path_blockers
from workflows.registry import lifecycle, target_of
from workflows.wording import say, say_ready

coordinator = person.alias("coordinator")


def _rows(sweep_id: int) -> Select[Any]:
    return (
        select(
            ledger.c.person_id,
            person.c.name.label("to_name"),
            person.c.email.label("to_email"),
            person.c.lang,
            ledger.c.role,
            firing.c.milestone.label("asked"),
            firing.c.rung,
            firing.c.template,
            firing.c.day,
            firing.c.anchor_from,
            firing.c.anchor_to,
            case,
            unit.c.name.label("unit_name"),
            coordinator.c.name.label("coordinator_name"),
            coordinator.c.phone.label("coordinator_phone"),
            coordinator.c.email,
            coordinator.c.address_bad,
            notice.c.schedule_hash,
        )
        .join(person, person.c.id == ledger.c.person_id)
        .join(firing, firing.c.id == ledger.c.firing_id)
        .join(case, case.c.id == ledger.c.case_id)
        .join(unit, unit.c.id == case.c.unit_id)
        .join(notice, notice.c.id == case.c.notice)
        .outerjoin(coordinator, coordinator.c.id == case.c.coordinator_id)
        .where(ledger.c.sweep_id == sweep_id, ledger.c.outcome == "mailed")
        .order_by(ledger.c.person_id, ledger.c.case_id, firing.c.milestone, firing.c.at.desc())
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Whom letters are for, when, and where their links lead."""

    now: datetime
    base_url: str


def letters_of_sweep(
    conn: Connection, sweep_id: int, reader: Reader, *, person_id: int | None = None
) -> Iterator[tuple[int, Letter]]:
    """Yield (person, letter) for everybody with something left to be told, streaming.

    What was done since the sweep is left out; who has nothing left gets no letter.
    """
    query = _rows(sweep_id)
    if person_id is not None:
        query = query.where(ledger.c.person_id == person_id)
    others = _others(conn, sweep_id, person_id)
    daily = dict(summaries(conn, sweep_id, now=reader.now, person_id=person_id))
    with conn.execute(query, execution_options={"yield_per": 1000}) as result:
        for number, rows in groupby(result, attrgetter("person_id")):
            letter = _letter(conn, list(rows), reader, others)
            summary = daily.pop(number, None)
            if letter is not None:
                yield number, replace(letter, figures=summary.figures) if summary else letter
            elif summary is not None:
                yield number, _summary_letter(summary, reader)
    for number, summary in daily.items():
        yield number, _summary_letter(summary, reader)


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
    conn: Connection, rows: Sequence[Any], reader: Reader, others: Mapping[int, Sequence[Any]]
) -> Letter | None:
    items: dict[tuple[int, str], Item] = {}
    schedules: dict[str, Schedule] = {}
    template = ""
    for row in rows:
        if (row.id, row.asked) in items:
            continue
        schedule = schedule_by_hash(conn, row.schedule_hash)
        item = _item(row, rules_of(row.schedule_hash, schedule), reader, others)
        if item is not None:
            items[row.id, row.asked] = item
            schedules[schedule.id] = schedule
            template = max(template, row.template, key=_urgency)
    if not items:
        return None
    return Letter(
        template=template,
        to=Person(name=rows[0].to_name, email=rows[0].to_email or "", lang=rows[0].lang),
        at=reader.now.astimezone(zone(next(iter(schedules.values())).zone)),
        items=tuple(sorted(items.values(), key=_order)),
        senders=senders_of(schedules.values()),
        list_url=f"{reader.base_url}/my",
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


def _item(row: Any, rules: Rules, reader: Reader, others: Mapping[int, Sequence[Any]]) -> Item | None:
    """Return the line about one case, None if nothing of it is left to be told to that person."""
    milestone = rules.schedule.milestone(row.asked)
    if milestone is None or (row.role == "coordinator" and row.coordinator_id != row.person_id):
        return None
    anchors = (row.anchor_from, row.anchor_to) if row.anchor_from else None
    today = rules.today(reader.now)
    if not lags(row, milestone, day=max(row.day, today), anchors=anchors):
        return None
    due = rules.due_day(milestone, row.ends_on)
    act_by, left, late = _distance(rules, due, today)
    source = milestone.sources.get("due") or milestone.sources["milestone"]
    return Item(
        ref=row.ref,
        title=row.title,
        unit=row.unit_name,
        notice_title=rules.schedule.title,
        milestone=milestone.name.in_(row.lang),
        due=due,
        act_by=act_by,
        days_left=left,
        days_late=late,
        approximate=milestone.due.approximate,
        missing=missing(row, rules, milestone, lang=row.lang, now=reader.now),
        clause=source.clause,
        cite=source.cite,
        url=f"{reader.base_url}/cases/{row.ref}",
        held_on=row.ends_on,
        state=lifecycle(row.kind, row.lifecycle).labels[row.state].in_(row.lang),
        coordinator=row.coordinator_name or "",
        coordinator_phone=row.coordinator_phone or "",
        also_told=_told_too(others.get(row.id, ()), row),
        role=row.role,
        entered_late=row.template == "already_due",
        key=milestone.key,
        kind=row.kind,
    )


def _distance(rules: Rules, due: date | None, today: date) -> tuple[date | None, int, int]:
    """Return the last working day up to ``due``, working days left until it, calendar days late."""
    if due is None:
        return None, 0, 0
    act_by = rules.calendar.on_or_before(due)
    left = rules.calendar.count(today, act_by) if act_by > today else 0
    return act_by, left, max(0, (today - due).days)


def missing(row: Any, rules: Rules, milestone: Milestone, *, lang: str, now: datetime) -> tuple[str, ...]:
    """Return what a case still lacks for a milestone, as sentences; the bare step if nothing but it."""
    life = lifecycle(row.kind, row.lifecycle)
    target = target_of(milestone) or life.path[1]
    blockers = path_blockers(life, row.state, target, lambda trigger: facts_of(row, rules, trigger, now=now))
    said = tuple(
        say(b, lang) for b in blockers if b.clears_on is None and b.code != "coordinator_mail_missing"
    )
    if said:
        return said
    step = next_trigger(life, row.state)
    return (say_ready(life, step, lang),) if step else ()


def _others(conn: Connection, sweep_id: int, person_id: int | None) -> dict[int, list[Any]]:
    """Return, for each case of a sweep, the people above the coordinator who are told of it."""
    told = (
        select(ledger.c.case_id, ledger.c.role, person.c.id, person.c.name)
        .join(person, person.c.id == ledger.c.person_id)
        .where(ledger.c.sweep_id == sweep_id, ledger.c.role != "coordinator", ledger.c.outcome == "mailed")
        .distinct()
    )
    if person_id is not None:
        mine = select(ledger.c.case_id).where(ledger.c.sweep_id == sweep_id, ledger.c.person_id == person_id)
        told = told.where(ledger.c.case_id.in_(mine))
    found: dict[int, list[Any]] = {}
    for row in conn.execute(told.order_by(ledger.c.role.desc(), person.c.id)):
        found.setdefault(row.case_id, []).append(row)
    return found


_ROLE_NAMES = {"lead": {"zh": "负责人", "en": "lead"}, "admin": {"zh": "市级管理员", "en": "city admin"}}


def _told_too(others: Sequence[Any], reader: Any) -> tuple[str, ...]:
    names = {}
    for other in others:
        if other.id != reader.person_id:
            role = _ROLE_NAMES[other.role][reader.lang]
            names[other.id] = f"{other.name}（{role}）" if reader.lang == "zh" else f"{other.name} ({role})"
    return tuple(names.values())
