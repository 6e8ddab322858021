"""Mails that follow from a step: a case sent back, a commendation."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.facts_query import with_facts
from engine.letters import Reader, missing, senders_of
from engine.outbox import MailDraft, queue
from engine.rules import rules_of
from engine.schedules import schedule_by_hash
from engine.tables import case, person, unit
from notifications.letter import Item, Letter, Person
from workflows.registry import lifecycle

FOLLOWS = {"return": "returned", "commend": "commendation"}
"""Which step sends which mail to the coordinator."""


def told_of_step(
    conn: Connection, rows: Iterable[Any], trigger: str, *, reason: str | None, now: datetime
) -> None:
    """Queue the mails that follow from a step done to some cases (rows as they were before it)."""
    template = FOLLOWS.get(trigger)
    if template is None:
        return
    drafts = [
        MailDraft(
            key=f"{template}:{row.ref}:{row.version + 1}",
            template=template,
            person_id=row.coordinator_id,
            case_id=row.id,
            note=reason,
        )
        for row in rows
        if row.coordinator_id is not None and row.email and not row.address_bad
    ]
    queue(conn, drafts, now=now)


def letter_about_case(conn: Connection, mail: Any, reader: Reader) -> Letter | None:
    """Return the letter of a mail about one step of one case; None if the case has moved on since."""
    row = conn.execute(
        with_facts().add_columns(unit.c.name.label("unit_name")).join(unit).where(case.c.id == mail.case_id)
    ).one()
    to = conn.execute(select(person).where(person.c.id == mail.person_id)).one()
    steps_since = row.version - int(mail.key.rsplit(":", 1)[1])
    if row.coordinator_id != to.id or (mail.template == "returned" and steps_since > 0):
        return None
    schedule = schedule_by_hash(conn, row.schedule_hash)
    rules = rules_of(row.schedule_hash, schedule)
    life = lifecycle(row.kind, row.lifecycle)
    asked = next(
        (
            m
            for m in schedule.milestones
            if m.kind == row.kind and m.reaches and row.state in life.before(m.reaches)
        ),
        None,
    )
    due = rules.due_day(asked, row.ends_on) if asked else None
    source = (
        schedule.sources.get("then")
        if mail.template == "commendation"
        else asked and asked.sources.get("due")
    )
    item = Item(
        ref=row.ref,
        title=row.title,
        unit=row.unit_name,
        notice_title=schedule.title,
        milestone=asked.name.in_(to.lang) if asked else "",
        due=due,
        act_by=rules.calendar.on_or_before(due) if due else None,
        days_left=0,
        days_late=0,
        approximate=False,
        missing=missing(row, rules, asked, lang=to.lang, now=reader.now) if asked else (),
        clause=source.clause if source else None,
        cite=source.cite if source else None,
        url=f"{reader.base_url}/cases/{row.ref}",
        held_on=row.ends_on,
        state=life.labels[row.state].in_(to.lang),
        reason=mail.note,
        award=row.award,
        kind=row.kind,
        key=asked.key if asked else "",
    )
    return Letter(
        template=mail.template,
        to=Person(name=to.name, email=to.email or "", lang=to.lang),
        at=reader.now.astimezone(rules.zone),
        items=(item,),
        senders=senders_of([schedule]),
        list_url=f"{reader.base_url}/my",
        note=mail.note,
    )
