"""A template on a real case: the letter of a chosen kind that a person would get about it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, literal, select

from config.errors import UserError
from config.schedule import Milestone
from engine.cases import cases_by_ref
from engine.facts_query import with_facts
from engine.items import Reader, with_milestone
from engine.lagging import lags
from engine.letters import coordinator, senders_of
from engine.returned import returned_for
from engine.rules import Rules, rules_of
from engine.schedules import schedule_by_hash
from engine.tables import case, person, unit
from engine.template_names import KINDS
from engine.template_texts import own_texts
from notifications.letter import Item, Letter, Person
from notifications.render import Rendered, Templates, sample_letter
from workflows.registry import lifecycle

_ABOUT_NO_CASE = ("daily", "test")
_AFTER = {"overdue": 1, "already_due": 1, "closing": 28}
_BEFORE = 3  # working days before its date at which a reminder is shown


def letter_for_case(conn: Connection, ref: str, kind: str, *, person_id: int, reader: Reader) -> Letter:
    """Return the letter of a kind about a case, as one person would read it.

    It is read at ``reader.now``, or on the nearest day on which that kind is sent: a case that is not late
    is shown as it would be a day after its date. A daily summary and a test mail have invented numbers.
    """
    if kind not in KINDS:
        raise _unknown_kind(kind)
    to = conn.execute(select(person).where(person.c.id == person_id)).one()
    reads = Person(name=to.name, email=to.email or "", lang=to.lang)
    if kind in _ABOUT_NO_CASE:
        return replace(sample_letter(kind, to.lang), to=reads)
    row = _row(conn, ref, to.lang)
    schedule = schedule_by_hash(conn, row.schedule_hash)
    rules = rules_of(row.schedule_hash, schedule)
    milestone = _milestone(row, rules, kind)
    at = _moment(kind, row, rules, milestone, now=reader.now)
    item = _item(row, rules, kind, base_url=reader.base_url)
    if milestone is not None:
        item = with_milestone(item, row, rules, milestone, reader=replace(reader, now=at))
    return Letter(
        template=kind,
        to=reads,
        at=at.astimezone(rules.zone),
        items=(item,),
        senders=senders_of([schedule]),
        list_url=f"{reader.base_url}/my",
        note=item.reason if kind == "returned" else None,
    )


def preview_template(conn: Connection, texts: Mapping[str, str], letter: Letter) -> Rendered:
    """Return a letter as the templates in force would make it with ``texts`` in place of theirs."""
    return preview_templates(conn, texts).render(letter)


def preview_templates(conn: Connection, texts: Mapping[str, str]) -> Templates:
    """Return the templates in force with ``texts``, not kept yet, in place of theirs."""
    return Templates({**own_texts(conn), **texts})


def _row(conn: Connection, ref: str, lang: str) -> Any:
    cases_by_ref(conn, [ref])
    query = with_facts().add_columns(
        unit.c.name.label("unit_name"),
        literal(lang).label("lang"),
        returned_for().label("returned_for"),
        coordinator.c.name.label("coordinator_name"),
        coordinator.c.phone.label("coordinator_phone"),
    )
    query = query.join(unit, unit.c.id == case.c.unit_id)
    query = query.outerjoin(coordinator, coordinator.c.id == case.c.coordinator_id)
    return conn.execute(query.where(case.c.ref == ref)).one()


def _milestone(row: Any, rules: Rules, kind: str) -> Milestone | None:
    """Return what the case is to be told of: what it lags behind first, else the last thing of its kind."""
    mine = [
        one
        for one in rules.schedule.milestones
        if one.kind == row.kind and row.milestone in (None, one.key) and (kind != "opening" or one.opens)
    ]
    ordered = sorted(mine, key=lambda one: rules.due_day(one, row.ends_on) or date.max)
    coming = (one for one in ordered if lags(row, one, day=date.max))
    return next(coming, ordered[-1] if ordered else None)


def _moment(kind: str, row: Any, rules: Rules, milestone: Milestone | None, *, now: datetime) -> datetime:
    """Return ``now`` where that kind could be sent now, else an instant at which it is."""
    due = rules.due_day(milestone, row.ends_on) if milestone else None
    day, today = None, rules.today(now)
    if kind == "opening" and milestone and milestone.opens:
        day = milestone.opens.start
    elif due and kind in _AFTER and today <= due:
        day = rules.calendar.shift(due, _AFTER[kind])
    elif due and kind == "reminder" and today > due:
        day = rules.calendar.shift(due, -_BEFORE)
    return datetime.combine(day, rules.schedule.send_at, rules.zone) if day else now


def _item(row: Any, rules: Rules, kind: str, *, base_url: str) -> Item:
    sample = sample_letter(kind, row.lang).items[0]
    return Item(
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
        url=f"{base_url}/cases/{row.ref}",
        held_on=row.ends_on,
        state=lifecycle(row.kind, row.lifecycle).labels[row.state].in_(row.lang),
        coordinator=row.coordinator_name or "",
        coordinator_phone=row.coordinator_phone or "",
        entered_late=kind == "already_due",
        reason=row.returned_for or sample.reason,
        award=(row.award or sample.award) if kind == "commendation" else None,
        kind=row.kind,
    )


def _unknown_kind(kind: str) -> UserError:
    return UserError(
        zh=f"没有“{kind}”这种邮件；可选：{'、'.join(KINDS)}。",
        en=f"there is no kind of mail '{kind}'; choose one of {', '.join(KINDS)}",
        code="template.unknown",
    )
