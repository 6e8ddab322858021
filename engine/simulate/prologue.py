"""How a season begins: who is there, what they will do, and what happens on the day a notice is issued."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import Connection, select

from config.catalogue import catalogue
from config.firings import plan
from config.regions import is_within
from config.schedule import CaseKind, Schedule
from engine.activities import save_activities
from engine.actors import SYSTEM
from engine.apply import apply_notice
from engine.database import Database
from engine.rollup.subject import COLLECTS
from engine.roster import people_by_email, save_people, save_units
from engine.rules import Rules, calendar_of
from engine.simulate.acting import Stage
from engine.simulate.affairs import Affair
from engine.simulate.agenda import Agenda, Deed, at_hour
from engine.simulate.bureau import Bureau, final_day
from engine.simulate.cast import Staffed, Troupe, cast
from engine.simulate.committee import Committee
from engine.simulate.invent import Inventor
from engine.simulate.people import People
from engine.simulate.plot import Planned, by_entry, plot, shares
from engine.simulate.script import Script, issue_days, schedules_of
from engine.simulate.tempers import draw_temper
from engine.tables import case, unit

_BROKEN_ADDRESSES = 0.012

Taken = Mapping[str, Planned]
"""Activities that came in on a sheet, by number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One notice's part of a season. ``plans`` are its activities by the day they are entered."""

    schedule: Schedule
    rules: Rules
    troupe: Troupe
    issued: date
    plans: Mapping[date, list[Planned]]
    bureau: Bureau


@dataclass(slots=True, kw_only=True)
class Play:
    """Everything that a season's people know and intend; ``end`` is when it is over.

    ``rolling`` are the levels of which one report is handed in with the package of its region.
    """

    script: Script
    acts: Mapping[str, Act]
    agenda: Agenda
    people: People
    stage: Stage
    end: datetime
    broken: set[str]
    affairs: dict[str, Affair]
    ids: dict[str, int]
    rolling: set[str] = field(default_factory=set)

    def issue(self, conn: Connection, notice_id: str, *, now: datetime) -> None:
        """Let everybody in, put a notice in force, set out on the reports that are owed by it."""
        act = self.acts[notice_id]
        save_units(conn, act.troupe.unit_drafts(), actor=SYSTEM, now=now)
        save_people(conn, act.troupe.person_drafts(act.schedule.region), actor=SYSTEM, now=now)
        self.ids |= {row.email: row.id for row in people_by_email(conn).values()}
        admin = self.stage.actor(conn, act.troupe.admin.email, now=now)
        apply_notice(conn, notice_id, catalogue()[notice_id], actor=admin, now=now)
        self._take_reports(conn, act, now)

    def take_sheets(self, database: Database, notice_id: str, day: date, *, now: datetime) -> Taken:
        """Take in what of one day's activities comes on an official sheet; return those, by number."""
        act, papers = self.acts[notice_id], self.stage.papers
        if papers is None:
            return {}
        with database.read() as conn:
            admin = self.stage.actor(conn, act.troupe.admin.email, now=now)
        return papers.take(database, notice_id, act.plans[day], admin=admin, now=now)

    def enter(self, conn: Connection, notice_id: str, day: date, *, taken: Taken, now: datetime) -> None:
        """Enter the activities of one day but those ``taken`` in; their people set out on them all."""
        act = self.acts[notice_id]
        there = [one.draft for one in taken.values()]
        plans = [one for one in act.plans[day] if one.draft not in there]
        admin = self.stage.actor(conn, act.troupe.admin.email, now=now)
        saved = save_activities(conn, notice_id, [one.draft for one in plans], actor=admin, now=now)
        for ref, planned in (*taken.items(), *zip(saved.created, plans, strict=True)):
            affair = _activity(ref, planned, act.rules, self.script.random(ref))
            self.affairs[ref] = affair
            self.people.entered(affair, planned.fate, now)

    def _take_reports(self, conn: Connection, act: Act, now: datetime) -> None:
        units = {(one.draft.region, one.draft.name): one for one in act.troupe.units}
        owed = (
            select(case.c.ref, case.c.state, case.c.milestone, case.c.region, unit.c.name)
            .join(unit, unit.c.id == case.c.unit_id)
            .where(case.c.notice == act.schedule.id, case.c.kind == "report")
            .order_by(case.c.id)
        )
        reached = [one.schedule.region for one in self.acts.values() if one is not act]
        for row in conn.execute(owed).all():
            staffed = units[row.region, row.name]
            affair = _report(row, staffed, act.rules, self.script.random(row.ref))
            level = staffed.draft.level
            affair.rolls_up = level not in self.rolling and _may_roll_up(affair, staffed, reached)
            self.rolling |= {level} if affair.rolls_up else set()
            self.affairs[row.ref] = affair
            self.people.stepped(affair, now)


def _may_roll_up(affair: Affair, staffed: Staffed, cities: Sequence[str]) -> bool:
    """Return whether a report is one that collects what a region did, by somebody who will hand it in.

    A province counts only with one of the season's ``cities`` in it.
    """
    draft, milestone = staffed.draft, affair.milestone
    if milestone is None or affair.temper.patience is None or draft.kind != COLLECTS:
        return False
    whole = draft.level != "province" or any(is_within(code, draft.region) for code in cities)
    return "report" in milestone.needs and whole


def _activity(ref: str, planned: Planned, rules: Rules, random: Random) -> Affair:
    draft, unit_ = planned.draft, planned.unit
    return Affair(
        ref=ref,
        rules=rules,
        kind=CaseKind.ACTIVITY,
        state="planned",
        coordinator=unit_.coordinator.email,
        colleague=unit_.colleague.email if unit_.colleague else None,
        temper=planned.temper,
        random=random,
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        online=draft.online,
        online_url=draft.online_url,
    )


def _report(row: Any, staffed: Staffed, rules: Rules, random: Random) -> Affair:
    return Affair(
        ref=row.ref,
        rules=rules,
        kind=CaseKind.REPORT,
        state=row.state,
        coordinator=staffed.coordinator.email,
        colleague=staffed.colleague.email if staffed.colleague else None,
        temper=draw_temper(random),
        random=random,
        milestone=rules.schedule.milestone(row.milestone),
    )


def write_play(script: Script) -> Play:
    """Invent everybody and everything of a season; the same script gives the same play."""
    schedules = schedules_of(script.year)
    counts = shares(schedules, script.activities)
    days = issue_days(schedules, script.start)
    end = _end(script, schedules)
    affairs: dict[str, Affair] = {}
    ids: dict[str, int] = {}
    agenda = Agenda()
    inventor = Inventor(script.random("people"))
    acts = {
        one.id: _act(script, one, inventor, count=counts[one.id], issued=days[one.id], agenda=agenda)
        for one in schedules
    }
    for act in acts.values():
        agenda.put(at_hour(act.issued, 10), Deed("issue", act.schedule.id))
        for day in act.plans:
            agenda.put(at_hour(day, 14), Deed("enter", act.schedule.id, day.isoformat()))
        act.bureau.plan(act.issued, end.date())
    broken = _broken(acts, script.random("addresses"))
    people = People(affairs, agenda, broken)
    stage = Stage(people=people, affairs=affairs, ids=ids)
    return Play(
        script=script,
        acts=acts,
        agenda=agenda,
        people=people,
        stage=stage,
        end=end,
        broken=broken,
        affairs=affairs,
        ids=ids,
    )


def _act(
    script: Script, schedule: Schedule, inventor: Inventor, *, count: int, issued: date, agenda: Agenda
) -> Act:
    troupe = cast(schedule, count, inventor)
    plans = plot(schedule, troupe, count, applied=issued, random=script.random(f"plot:{schedule.id}"))
    bureau = Bureau(
        notice=schedule.id,
        admin=troupe.admin.email,
        agenda=agenda,
        random=script.random(f"bureau:{schedule.id}"),
        committee=Committee(
            notice=schedule.id,
            admin=troupe.admin.email,
            deputy=troupe.deputy.email,
            final=final_day(schedule),
            random=script.random(f"committee:{schedule.id}"),
            adjusts=len(schedule.line) == 1,
        ),
    )
    return Act(
        schedule=schedule,
        rules=Rules(schedule),
        troupe=troupe,
        issued=issued,
        plans=by_entry(plans),
        bureau=bureau,
    )


def _end(script: Script, schedules: list[Schedule]) -> datetime:
    if script.end is not None:
        return at_hour(script.end + timedelta(days=1), 0)
    return max(one.at for schedule in schedules for one in plan(schedule, calendar_of(schedule))) + timedelta(
        hours=15
    )


def _broken(acts: Mapping[str, Act], random: Random) -> set[str]:
    """Return the addresses that do not work: a few of the coordinators', at least one."""
    busy = {
        one.unit.coordinator.email: None for act in acts.values() for day in act.plans.values() for one in day
    }
    addresses = list(busy)
    return set(random.sample(addresses, max(1, round(len(addresses) * _BROKEN_ADDRESSES))))
