"""Mails that follow from a step: a case sent back, a commendation."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, literal, select

from engine.facts_query import with_facts
from engine.items import Reader, with_milestone
from engine.lagging import lags
from engine.letters import senders_of
from engine.outbox import MailDraft, queue
from engine.returned import returned_for
from engine.rules import Rules, rules_of
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
    to = conn.execute(select(person).where(person.c.id == mail.person_id)).one()
    about = with_facts().add_columns(
        unit.c.name.label("unit_name"),
        literal(to.lang).label("lang"),
        returned_for().label("returned_for"),
    )
    row = conn.execute(about.join(unit).where(case.c.id == mail.case_id)).one()
    moved_on = row.version != int(mail.key.rsplit(":", 1)[1])
    if row.coordinator_id != to.id or (mail.template == "returned" and moved_on):
        return None
    schedule = schedule_by_hash(conn, row.schedule_hash)
    rules = rules_of(row.schedule_hash, schedule)
    return Letter(
        template=mail.template,
        to=Person(name=to.name, email=to.email or "", lang=to.lang),
        at=reader.now.astimezone(rules.zone),
        items=(_item(row, rules, reader, mail),),
        senders=senders_of([schedule]),
        list_url=f"{reader.base_url}/my",
        note=mail.note,
    )


def _item(row: Any, rules: Rules, reader: Reader, mail: Any) -> Item:
    """Return the line about the case: what comes next for it, why it was sent back, its award."""
    life = lifecycle(row.kind, row.lifecycle)
    item = Item(
        ref=row.ref,
        title=row.title,
        unit=row.unit_name,
        notice_title=rules.schedule.title,
        milestone="",
        due=None,
        act_by=None,
        days_left=0,
        days_late=0,
        approximate=False,
        missing=(),
        clause=None,
        cite=None,
        url=f"{reader.base_url}/cases/{row.ref}",
        held_on=row.ends_on,
        state=life.labels[row.state].in_(row.lang),
        reason=mail.note,
        award=row.award,
        kind=row.kind,
    )
    coming = (m for m in rules.schedule.milestones if m.kind == row.kind and lags(row, m, day=date.max))
    following = min(coming, key=lambda m: rules.due_day(m, row.ends_on) or date.max, default=None)
    return with_milestone(item, row, rules, following, reader=reader) if following else item
