"""A person's deadlines as a calendar that their telephone subscribes to and looks at again and again.

One all-day event for each open case and milestone still to be met, on the last working day for it. What is
done, cancelled or handed over is left out: a subscriber takes the whole calendar anew each time, and an
event marked as cancelled would only stay to be looked at.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, literal, select

from config.moved import moved_note
from config.schedule import Milestone, Name, Precision
from engine.clock import unstamp
from engine.facts_query import with_facts
from engine.items import lacking, told_of
from engine.lagging import lags
from engine.meta import get_meta
from engine.returned import returned_for
from engine.rules import Rules, rules_of
from engine.schedules import schedule_by_hash
from engine.tables import case, history, notice, person, schedule
from workflows.registry import LIFECYCLES
from workflows.returned import sent_back
from workflows.wording import say, say_day

if TYPE_CHECKING:
    from icalendar import Calendar, Event

REFRESH = timedelta(hours=6)
_MORNING_BEFORE = timedelta(hours=-15)  # of a day that begins at midnight: nine o'clock the day before
_LONG_AGO = date(1900, 1, 1)
_ZONE = "Asia/Shanghai"

_NAME = Name(zh="督办：我的节点", en="Duban: my deadlines")
_SUMMARY = Name(zh="{milestone}：{title}", en="{milestone}: {title}")
_MISSING = Name(zh="还缺：{things}", en="missing: {things}")
_DUE = Name(zh="截止：{day}（{notice}{clause}）", en="due: {day} ({notice}{clause})")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Deadline:
    """One case and milestone still to be met: its row, by when, and the last working day for it."""

    row: Any
    rules: Rules
    milestone: Milestone
    due: date
    act_by: date


def feed(conn: Connection, person_id: int, *, now: datetime, base_url: str) -> bytes:
    """Return the calendar of a person, the same bytes as long as nothing in it changes.

    Whoever is not active, or not there, gets an empty one.
    """
    from icalendar import Calendar  # noqa: PLC0415  costs a tenth of a second, and few commands need it

    who = conn.execute(select(person.c.lang, person.c.active).where(person.c.id == person_id)).first()
    lang = who.lang if who else "zh"
    found = _deadlines(conn, person_id, lang, now) if who and who.active else []
    calendar = Calendar()
    _head(calendar, lang, found)
    origin = get_meta(conn, "origin") or "duban"
    for one in sorted(found, key=lambda one: (one.act_by, one.row.ref, one.milestone.key)):
        calendar.add_component(_event(one, lang, now, origin=origin, base_url=base_url.rstrip("/")))
    return bytes(calendar.to_ical())


def _head(calendar: "Calendar", lang: str, found: list[_Deadline]) -> None:
    name = _NAME.in_(lang)
    calendar.add("prodid", "-//Duban//Duban//ZH")
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", found[0].rules.schedule.zone if found else _ZONE)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")


def _event(one: _Deadline, lang: str, now: datetime, *, origin: str, base_url: str) -> "Event":
    from icalendar import Event  # noqa: PLC0415

    row, changed = one.row, max(unstamp(one.row.recorded_at), one.row.applied_at).replace(microsecond=0)
    url = f"{base_url}/cases/{row.ref}"
    event = Event()
    event.add("uid", f"{row.ref}-{one.milestone.key}@{origin}")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", _sequence(one))
    event.add("dtstart", one.act_by)
    event.add("dtend", one.act_by + timedelta(days=1))
    title = _SUMMARY.in_(lang).format(milestone=one.milestone.name.in_(lang), title=row.title)
    event.add("summary", title)
    event.add("description", "\n".join((*_told(one, lang, now), url)))
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    event.add_component(_alarm(title))
    return event


def _alarm(title: str) -> Any:
    from icalendar import Alarm  # noqa: PLC0415

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", _MORNING_BEFORE)
    return alarm


def _sequence(one: _Deadline) -> int:
    """Return a number that rises whenever the day moves.

    Every applied version of the schedule counts, as its table of days off moves a day too; where the day
    is counted from the case's own last day, every change of the case.
    """
    applied = int(one.row.schedule_version) - 1
    return applied + (int(one.row.version) - 1 if _is_relative(one.milestone) else 0)


def _told(one: _Deadline, lang: str, now: datetime) -> Iterator[str]:
    things, step = told_of(lacking(one.row, one.rules, one.milestone, now=now), one.row, one.milestone)
    if things:
        yield _MISSING.in_(lang).format(things=("、" if lang == "zh" else ", ").join(things))
    if step:
        yield step
    if one.row.returned_for:
        yield say(sent_back(one.row.returned_for), lang)
    source = one.milestone.sources.get("due") or one.milestone.sources["milestone"]
    clause = source.clause or ""
    yield _DUE.in_(lang).format(
        day=say_day(one.due, lang),
        notice=one.rules.schedule.title,
        clause=f" {clause}" if clause else "",
    )
    moved = moved_note(one.milestone)
    if moved:
        yield moved.in_(lang)


def _deadlines(conn: Connection, person_id: int, lang: str, now: datetime) -> list[_Deadline]:
    found = []
    for row in conn.execute(_open_cases(person_id, lang)):
        rules = rules_of(row.schedule_hash, schedule_by_hash(conn, row.schedule_hash))
        for milestone in rules.schedule.milestones:
            due = rules.due_day(milestone, row.ends_on)
            if due is not None and _is_owed(row, milestone, day=max(due, rules.today(now))):
                act_by = rules.calendar.on_or_before(due)
                found.append(_Deadline(row=row, rules=rules, milestone=milestone, due=due, act_by=act_by))
    return found


def _open_cases(person_id: int, lang: str) -> Any:
    """Return the query for the cases that a person answers for, with when they and their dates changed."""
    finals: Mapping[str, tuple[str, ...]] = {life.name: tuple(life.final) for life in LIFECYCLES}
    closed = [(case.c.kind == name) & case.c.state.in_(states) for name, states in finals.items() if states]
    subject = literal("case:") + case.c.ref
    query = (
        with_facts()
        .add_columns(
            literal(lang).label("lang"),
            history.c.recorded_at,
            schedule.c.applied_at,
            returned_for().label("returned_for"),
        )
        .join(history, (history.c.subject == subject) & (history.c.version == case.c.version))
        .join(
            schedule,
            (schedule.c.notice == case.c.notice) & (schedule.c.version == notice.c.schedule_version),
        )
        .where(case.c.coordinator_id == person_id, notice.c.state == "in_force", *(~one for one in closed))
    )
    return query.order_by(case.c.id)


def _is_owed(row: Any, milestone: Milestone, *, day: date) -> bool:
    """Return whether a case has still to meet a milestone, on or before its last day."""
    anchors = (_LONG_AGO, row.ends_on) if _is_relative(milestone) and row.ends_on else None
    return lags(row, milestone, day=day, anchors=anchors)


def _is_relative(milestone: Milestone) -> bool:
    return milestone.due.precision is Precision.RELATIVE
