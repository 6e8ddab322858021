"""A big city to measure desks in: 100,000 activities of 1,000 people in every county, with their history.

``python -m bench.desks_data FILE`` makes one to look at.
"""

import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bench.city import (
    FOUNDED,
    HISTORY,
    INSERT_CASE,
    INSERT_HISTORY,
    NOTICE,
    VERSION,
    driver,
    handed_in,
    quickly,
    stored,
    told,
    url,
)
from config.catalogue import catalogue
from config.regions import regions
from config.schedule import Role
from engine.actors import SYSTEM
from engine.apply import apply_notice
from engine.database import Database
from engine.drafts import PersonDraft, RightDraft, UnitDraft
from engine.history import GENESIS, Change, Head, Row, link
from engine.meta import set_meta
from engine.publish import publish_lifecycles
from engine.roster import save_people, save_units
from engine.schema import upgrade

NOW = datetime(2023, 9, 26, 2, tzinfo=UTC)
"""The moment at which the city is looked at: some are late, some soon, some done."""

CITY = "350500"
ADMIN, AUDITOR, LEAD = "admin@example.cn", "auditor@example.cn", "lead1@example.cn"
_KINDS = ("venue", "school", "association", "department", "company")
_PATH = ("planned", "registered", "held", "info_completed", "summarized")
_TRIGGERS = ("register", "hold", "complete_info", "summarize")
_SHARES = {
    "planned": 10,
    "registered": 15,
    "held": 30,
    "info_completed": 25,
    "summarized": 15,
    "cancelled": 5,
}
_WITHOUT = 20  # units of which nobody ever hears
_INSERT_MATERIAL = "INSERT INTO material (case_id, kind, name, uri, added_at) VALUES (?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How big the city is."""

    cases: int = 100_000
    people: int = 1_000


def build(path: Path, size: Size | None = None) -> None:
    """Make the database of the city; the same every time."""
    size = size or Size()
    hosts = _found(path, size)
    with driver(path) as raw, quickly(raw):
        first = raw.execute("SELECT coalesce(max(id), 0) FROM case_").fetchone()[0] + 1
        rows, entries, materials = [], [], []
        for row, changes in _activities(size, hosts, first):
            rows.append(stored(row))
            entries.extend(changes)
            materials.extend(_shelved(row))
        entries.sort(key=lambda entry: entry["recorded_at"])
        raw.executemany(INSERT_CASE, rows)
        raw.executemany(_INSERT_MATERIAL, materials)
        raw.executemany(INSERT_HISTORY, ([entry[name] for name in HISTORY] for entry in entries))
        raw.execute("UPDATE notice SET last_activity = ?", [size.cases])


def _found(path: Path, size: Size) -> list[Row]:
    """Found the city; return its hosts: unit, region and coordinator."""
    counties = [code for code in regions() if code.startswith("3505") and code != CITY]
    units = [_unit(n, counties) for n in range(size.people + _WITHOUT)]
    with closing(Database(url(path))) as database:
        upgrade(database)
        with database.write() as conn:
            set_meta(conn, "origin", "bench")
            publish_lifecycles(conn, now=FOUNDED)
            save_units(conn, units, actor=SYSTEM, now=FOUNDED)
            save_people(conn, list(_people(units, counties, size)), actor=SYSTEM, now=FOUNDED)
            apply_notice(conn, NOTICE, catalogue()[NOTICE], actor=SYSTEM, now=FOUNDED)
    query = (
        "SELECT u.id AS unit_id, u.region, r.person_id AS coordinator_id FROM unit u"
        " JOIN right_ r ON r.unit_id = u.id ORDER BY u.id"
    )
    with driver(path) as raw:
        return [
            dict(zip(("unit_id", "region", "coordinator_id"), row, strict=True)) for row in raw.execute(query)
        ]


def _unit(n: int, counties: list[str]) -> UnitDraft:
    region = counties[n % len(counties)]
    name = f"{regions()[region].name}第{n + 1}单位"
    return UnitDraft(name=name, region=region, level="county", kind=_KINDS[n // len(counties) % len(_KINDS)])


def _people(units: list[UnitDraft], counties: list[str], size: Size) -> Iterator[PersonDraft]:
    yield _person("周管理员", ADMIN, RightDraft(role=Role.ADMIN, region=CITY))
    yield _person("吴审计", AUDITOR, RightDraft(role=Role.AUDITOR, region=CITY))
    for n, county in enumerate(counties, 1):
        yield _person(f"赵组长{n}", f"lead{n}@example.cn", RightDraft(role=Role.LEAD, region=county))
    for n, one in enumerate(units[: size.people - len(counties) - 2], 1):
        right = RightDraft(role=Role.COORDINATOR, region=one.region, unit=one.name)
        yield _person(f"王敏{n}", f"wang{n}@example.cn", right)


def _person(name: str, email: str, right: RightDraft) -> PersonDraft:
    return PersonDraft(name=name, email=email, rights=(right,))


def _activities(size: Size, hosts: list[Row], first: int) -> Iterator[tuple[Row, list[Row]]]:
    random = Random(2023)
    states = random.choices(list(_SHARES), list(_SHARES.values()), k=size.cases)
    for number, state in enumerate(states, 1):
        row = _activity(number, state, random) | hosts[number % len(hosts)] | {"id": first + number - 1}
        entries = list(_changes(row, random))
        yield row | {"version": len(entries), "head": entries[-1]["hash"]}, entries


def _activity(number: int, state: str, random: Random) -> Row:
    over = state not in ("planned", "registered", "cancelled")
    ends = date(2023, 9, 24) - timedelta(days=random.randrange(30)) if over else _to_come(random)
    return {
        "id": number,
        "ref": f"QZ-2023-{number:04d}",
        "kind": "activity",
        "lifecycle": 1,
        "notice": NOTICE,
        "milestone": None,
        "state": state,
        "unit_id": 0,
        "region": "",
        "coordinator_id": None,
        "title": f"走近科学 第{number}场 科普报告会",
        "starts_on": ends - timedelta(days=random.randrange(2)),
        "ends_on": ends,
        "place": "文化广场",
        "online": False,
        "online_url": None,
        "participants": random.randrange(20, 900) if over else None,
        "materials": _materials(state, random),
        "recommended_by": None,
        "award": None,
        "entered_at": FOUNDED + timedelta(hours=random.randrange(240)),
        "version": 1,
        "head": "",
    }


def _to_come(random: Random) -> date:
    return date(2023, 9, 15) + timedelta(days=random.randrange(20))


def _materials(state: str, random: Random) -> dict[str, int]:
    held: dict[str, int] = {"application_form": 1} if random.random() < 0.97 else {}
    if state != "planned":
        held["platform_listing"] = 1
    if state in _PATH[3:]:
        held |= {"photo": random.randrange(1, 6), random.choice(["video", "news_link"]): 1}
    if state == "summarized":
        held["summary"] = 1
    return held


def _changes(row: Row, random: Random) -> Iterator[Row]:
    at = row["entered_at"]
    head, state = GENESIS, _PATH[0]
    steps: list[tuple[str, str, dict[str, Any]]] = [("enter", state, {"set": told(row)})]
    if row["materials"]:
        steps.append(("attach", state, {"materials": handed_in(row["materials"])}))
    if row["state"] == "cancelled":
        steps.append(("cancel", "cancelled", {}))
    else:
        steps += [(trigger, dest, {}) for trigger, dest in _steps_to(row["state"])]
    source = ""
    for trigger, dest, details in steps:
        change = Change(f"case:{row['ref']}", trigger, source, dest, "system", details, at, at, None, VERSION)
        entry = link(head, change)
        yield entry
        head, source = Head(entry["version"], entry["hash"]), dest
        at = min(at + timedelta(hours=random.randrange(6, 240)), NOW - timedelta(minutes=1))


def _shelved(row: Row) -> Iterator[tuple[Any, ...]]:
    """Yield the materials of an activity as their table keeps them."""
    at = f"{row['entered_at']:%Y-%m-%d %H:%M:%S.%f}"
    for one in handed_in(row["materials"]):
        yield row["id"], one["kind"], one["name"], one["uri"], at


def _steps_to(state: str) -> list[tuple[str, str]]:
    reached = _PATH.index(state)
    return list(zip(_TRIGGERS[:reached], _PATH[1 : reached + 1], strict=True))


if __name__ == "__main__":
    build(Path(sys.argv[1]))
