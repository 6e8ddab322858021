"""What a list of cases can be narrowed to: notices with their milestones, regions, a unit."""

from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection, select

from config.regions import Level, is_within, region, regions
from config.schedule import CaseKind, Name, Role, Schedule
from engine.actors import Actor
from engine.schedules import schedule_by_hash
from engine.scope import notices_seen, units_seen
from engine.tables import notice, unit

MOST_REGIONS = 300
"""More regions than this are too many to choose from: a list then offers the upper levels only."""

MOST_PLACES = 500
"""So many are offered for search where something is to be placed: all of a province, the nation's cities."""

_GROUPS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneChoice:
    """A milestone to narrow a list to."""

    key: str
    name: Name
    kind: CaseKind


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeChoice:
    """A notice to narrow a list to; only one in force has dates that its cases are measured by."""

    id: str
    title: str
    region: str
    in_force: bool
    milestones: tuple[MilestoneChoice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseChoices:
    """What a list can be narrowed to; ``unit`` is the name of the unit that it is narrowed to already."""

    notices: tuple[NoticeChoice, ...]
    regions: tuple[str, ...]
    unit: str | None

    def milestones(self, notice_id: str | None) -> tuple[MilestoneChoice, ...]:
        """Return the milestones of a notice in force, or of all, each key once."""
        chosen = [one for one in self.notices if one.in_force and notice_id in (None, one.id)]
        found: dict[str, MilestoneChoice] = {}
        for one in chosen:
            for milestone in one.milestones:
                found.setdefault(milestone.key, milestone)
        return tuple(found.values())


def case_choices(conn: Connection, actor: Actor, *, unit_id: int | None = None) -> CaseChoices:
    """Return what an actor can narrow a list of cases to."""
    return CaseChoices(
        notices=notice_choices(conn, actor),
        regions=regions_of(actor),
        unit=_unit_name(conn, actor, unit_id),
    )


def notice_choices(conn: Connection, actor: Actor) -> tuple[NoticeChoice, ...]:
    """Return the notices that concern an actor and were ever in force; those that are, first."""
    columns = (notice.c.id, notice.c.state, notice.c.schedule_hash)
    mine = select(*columns).where(
        notice.c.state != "draft", notice.c.schedule_hash != "", notices_seen(actor)
    )
    rows = conn.execute(mine.order_by(notice.c.id))
    found = [_notice(schedule_by_hash(conn, row.schedule_hash), row.state == "in_force") for row in rows]
    return tuple(sorted(found, key=lambda one: not one.in_force))


def regions_of(actor: Actor, *roles: Role, most: int = MOST_REGIONS) -> tuple[str, ...]:
    """Return the codes that an actor's rights (of some roles, or any) reach, in their order.

    Where there are more than ``most``, those of the upper levels: without the counties, then the cities.
    """
    homes = {one.region for one in actor.grants if not roles or one.role in roles}
    return _regions(frozenset(homes), most)


@lru_cache(maxsize=256)
def _regions(homes: frozenset[str], most: int) -> tuple[str, ...]:
    within = [
        code
        for code, one in regions().items()
        if one.name not in _GROUPS and any(is_within(code, home) for home in homes)
    ]
    if len(within) <= most:
        return tuple(within)
    upper = [code for code in within if region(code).level is not Level.COUNTY]
    if len(upper) <= most:
        return tuple(upper)
    return tuple(code for code in upper if region(code).level is not Level.CITY)


def _notice(schedule: Schedule, in_force: bool) -> NoticeChoice:
    return NoticeChoice(
        id=schedule.id,
        title=schedule.title,
        region=schedule.region,
        in_force=in_force,
        milestones=tuple(
            MilestoneChoice(key=one.key, name=one.name, kind=one.kind) for one in schedule.milestones
        ),
    )


def _unit_name(conn: Connection, actor: Actor, unit_id: int | None) -> str | None:
    if unit_id is None:
        return None
    return conn.scalar(select(unit.c.name).where(unit.c.id == unit_id, units_seen(actor)))
