"""Many cases of every sort in two notices, one of which counts a date from the day each is held."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from random import Random
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection, event, insert, select

from config.catalogue import catalogue
from config.schedule import Role
from engine.actors import SYSTEM, Actor, Grant
from engine.database import Database
from engine.drafts import UnitDraft
from engine.prepared import Prepared
from engine.roster import save_units
from engine.tables import case, unit
from tests.engine.world import NOTICE, NOW, SCHOOL, UNIT, World
from workflows.registry import lifecycle

OTHER = "xinxiang-2023"
REPORTS = {NOTICE: ("filing", "summary_report"), OTHER: ("summary_report",)}
REGIONS = ("350502", "350503", "350500", "410702")
VENUE = "卫滨区科技馆"
EVERYBODY = Actor(name="everybody", everything=True)
CITY = Actor(name="city", person_id=99, grants=(Grant(role=Role.ADMIN, region="350500"),))
COUNTY = Actor(name="county", person_id=98, grants=(Grant(role=Role.LEAD, region="350502"),))
MIXED = Actor(
    name="mixed",
    person_id=2,
    grants=(
        Grant(role=Role.AUDITOR, region="350503"),
        Grant(role=Role.COORDINATOR, region="350502", unit_id=1),
        Grant(role=Role.COORDINATOR, region="410702"),
    ),
)
NOBODY = Actor(name="nobody", person_id=97)
ACTORS = (EVERYBODY, CITY, COUNTY, MIXED, NOBODY)


def two_notices(world: World) -> World:
    """Put the second notice in force too, with a unit in its city."""
    with world.database.write() as conn:
        draft = UnitDraft(name=VENUE, region="410702", level="county", kind="venue")
        save_units(conn, [draft], actor=SYSTEM, now=NOW)
    world.apply(catalogue()[OTHER], notice=OTHER)
    return world


def crowd(conn: Connection, seed: int, count: int = 120) -> None:
    """Write so many cases, none like the other, without a history."""
    random = Random(seed)
    units = {row.name: row.id for row in conn.execute(select(unit))}
    hosts = [units[name] for name in (UNIT, SCHOOL, VENUE) if name in units]
    conn.execute(insert(case), [_case(number, random, hosts) for number in range(1, count + 1)])


def _case(number: int, random: Random, hosts: list[int]) -> dict[str, Any]:
    kind = random.choice(["activity", "activity", "report"])
    notice = random.choice([NOTICE, OTHER]) if len(hosts) > 2 else NOTICE
    held = date(2023, 9, 1) + timedelta(days=random.randrange(45))
    kinds = ("application_form", "photo", "video", "report")
    return {
        "ref": f"T-{number:03d}",
        "kind": kind,
        "lifecycle": 1,
        "notice": notice,
        "milestone": random.choice(REPORTS[notice]) if kind == "report" else None,
        "state": random.choice(sorted(lifecycle(kind).labels)),
        "unit_id": random.choice(hosts),
        "region": random.choice(REGIONS),
        "coordinator_id": random.choice([None, 1, 2]),
        "title": random.choice(["科学课", "100%科学", "a_b 展览", "讲座"]) + str(random.randrange(30)),
        "starts_on": held,
        "ends_on": random.choice([held, held, None]),
        "online": False,
        "materials": {one: random.randrange(3) for one in kinds if random.random() < 0.6},
        "entered_at": NOW,
        "version": 1,
        "head": "",
    }


@contextmanager
def counted_queries(database: Database) -> Iterator[list[str]]:
    """Give a list that every statement read through ``Database.read`` is added to, prepared ones too."""
    asked: list[str] = []
    rows = Prepared.rows

    def note(*args: Any) -> None:
        if args[2] != "BEGIN":
            asked.append(args[2])

    def noted_rows(prepared: Prepared, *given: Any) -> list[Any]:
        asked.append(str(prepared.statement))
        return rows(prepared, *given)

    event.listen(database._engine, "before_cursor_execute", note)
    with patch.object(Prepared, "rows", noted_rows):
        yield asked
    event.remove(database._engine, "before_cursor_execute", note)
