"""Who has not filed: reports that others still owe in a region, units and places without an activity."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, exists, select

from config.regions import Region, region, regions
from config.schedule import Name
from engine.rollup.subject import Subject
from engine.rules import Rules
from engine.scope import in_region
from engine.standing import is_over
from engine.tables import case, person, unit

_GROUPS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
"""Divisions that the code system puts between places, and that are none themselves."""

_ELSEWHERE = frozenset({"710000", "810000", "820000", "350527"})
"""Divisions that the code system lists and no notice of the mainland's authorities addresses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedReport:
    """A report that a unit of the region owes, or has handed in; ``late``: it is due and was not."""

    id: int
    ref: str
    title: str
    name: Name
    unit: str
    region: str
    state: str
    due: date | None
    late: bool
    person: str | None
    phone: str | None

    @property
    def filed(self) -> bool:
        """Return whether it was handed in."""
        return self.state in ("submitted", "accepted")


class SilentHost(NamedTuple):
    """A unit of the region that has no activity."""

    unit: str
    region: str


def owed_reports(conn: Connection, subject: Subject, *, now: datetime) -> tuple[OwedReport, ...]:
    """Return the reports of others in the region, those waived left out, by region and unit."""
    if subject.own is not None:
        return ()
    query = (
        select(case, unit.c.name.label("unit_name"), person.c.name.label("person_name"), person.c.phone)
        .join(unit, unit.c.id == case.c.unit_id)
        .outerjoin(person, person.c.id == case.c.coordinator_id)
        .where(case.c.kind == "report", case.c.state != "waived", subject.cases())
        .where(case.c.unit_id != subject.unit_id)
        .order_by(case.c.region, unit.c.name, case.c.ref)
    )
    return tuple(_owed(row, subject.family[row.notice], now) for row in conn.execute(query))


def _owed(row: object, rules: Rules, now: datetime) -> OwedReport:
    told = row._mapping  # type: ignore[attr-defined]  # a row of the query above
    milestone = rules.schedule.milestone(told["milestone"] or "")
    due = rules.due_day(milestone, None) if milestone else None
    over = bool(milestone and due and is_over(due, milestone, rules, now=now))
    return OwedReport(
        id=told["id"],
        ref=told["ref"],
        title=told["title"],
        name=milestone.name if milestone else Name(zh=told["title"], en=told["title"]),
        unit=told["unit_name"],
        region=told["region"],
        state=told["state"],
        due=due,
        late=over and told["state"] == "due",
        person=told["person_name"],
        phone=told["phone"],
    )


def silent_hosts(conn: Connection, subject: Subject) -> tuple[SilentHost, ...]:
    """Return the units of the region without an activity that was not cancelled, by region and name."""
    if subject.own is not None:
        return ()
    held = exists().where(
        case.c.unit_id == unit.c.id,
        case.c.kind == "activity",
        case.c.state != "cancelled",
        case.c.notice.in_(sorted(subject.family)),
    )
    query = (
        select(unit.c.name, unit.c.region)
        .where(in_region(unit.c.region, subject.region), unit.c.id != subject.unit_id, ~held)
        .order_by(unit.c.region, unit.c.name)
    )
    return tuple(SilentHost(*row) for row in conn.execute(query))


def below(code: str, ancestor: str) -> str:
    """Return the division right below ``ancestor`` that a region is in, ``ancestor`` where it is that."""
    here = region(code)
    while here.code != ancestor and (up := here.parent) not in (ancestor, None):
        here = region(str(up))
    return here.code


def places_without(subject: Subject, active: Sequence[str]) -> tuple[str, ...]:
    """Return the divisions right below the region in which no activity is, of those that notices reach."""
    if subject.own is not None:
        return ()
    there = {below(code, subject.region) for code in active} | _ELSEWHERE
    return tuple(one.code for one in divisions_below(subject.region) if one.code not in there)


def divisions_below(code: str) -> tuple[Region, ...]:
    """Return the divisions right below a region, without the groups that the code system puts between."""
    return tuple(one for one in regions().values() if one.parent == code and one.name not in _GROUPS)
