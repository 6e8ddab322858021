"""A city to measure in: people, a notice in force and any number of activities, seeded by plain inserts."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson

from config.catalogue import catalogue
from config.schedule import Role
from engine.actors import SYSTEM
from engine.apply import apply_notice
from engine.cases import TOLD
from engine.clock import stamp
from engine.database import PRAGMAS, Database
from engine.drafts import PersonDraft, RightDraft, UnitDraft
from engine.history import FIELDS, GENESIS, Change, Head, Row, link
from engine.meta import set_meta
from engine.publish import publish_lifecycles
from engine.roster import save_people, save_units
from engine.schema import upgrade
from engine.tables import case

NOTICE = "quanzhou-2023"
REGION = "350502"
FOUNDED = datetime(2023, 8, 15, 1, tzinfo=UTC)
VERSION = f"{NOTICE}@1"
HISTORY = (*FIELDS, "hash")
INSERT_HISTORY = f"INSERT INTO history ({', '.join(HISTORY)}) VALUES ({', '.join('?' * len(HISTORY))})"
_CASE = tuple(column.name for column in case.columns)
INSERT_CASE = f"INSERT INTO case_ VALUES ({', '.join('?' * len(_CASE))})"


@contextmanager
def workplace() -> Iterator[Path]:
    """Give a folder that is gone afterwards."""
    with TemporaryDirectory(prefix="duban-bench-") as name:
        yield Path(name)


def url(path: Path) -> str:
    """Return the database URL of a file."""
    return f"sqlite:///{path}"


@contextmanager
def driver(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a file with the bare driver, under the same settings as the program's own connections."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for pragma in PRAGMAS:
            raw.execute(pragma)
        yield raw


def found(path: Path, *, people: int, now: datetime = FOUNDED) -> None:
    """Make a database with Quanzhou's notice in force and so many units, each with its coordinator.

    Unit, person and coordinator have the same number, from 1 on.
    """
    units = [
        UnitDraft(name=_unit(n), region=REGION, level="county", kind="venue") for n in range(1, people + 1)
    ]
    persons = [
        PersonDraft(
            name=f"王敏{n}",
            email=f"wang{n}@example.cn",
            rights=(RightDraft(role=Role.COORDINATOR, region=REGION, unit=_unit(n)),),
        )
        for n in range(1, people + 1)
    ]
    with closing(Database(url(path))) as database:
        upgrade(database)
        with database.write() as conn:
            set_meta(conn, "origin", "bench")
            publish_lifecycles(conn, now=now)
            save_units(conn, units, actor=SYSTEM, now=now)
            save_people(conn, persons, actor=SYSTEM, now=now)
            apply_notice(conn, NOTICE, catalogue()[NOTICE], actor=SYSTEM, now=now)


def _unit(number: int) -> str:
    return f"鲤城区第{number}科普馆"


def activity(number: int, *, people: int, **changes: Any) -> Row:
    """Return a complete activity of one of the ``people`` as its table holds it."""
    who = (number - 1) % people + 1
    row: Row = dict.fromkeys(_CASE)
    row |= {
        "id": number,
        "ref": f"QZ-2023-{number:04d}",
        "kind": "activity",
        "lifecycle": 1,
        "notice": NOTICE,
    }
    row |= {
        "unit_id": who,
        "coordinator_id": who,
        "region": REGION,
        "title": f"走近科学 第{number}场 科普报告会",
    }
    row |= {
        "starts_on": date(2023, 9, 17),
        "ends_on": date(2023, 9, 18),
        "place": "文化广场",
        "online": False,
    }
    row |= {"state": "planned", "materials": {}, "entered_at": FOUNDED, "version": 1, "head": "", **changes}
    return row


def add(raw: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Write activities without a history, for what does not look at it."""
    with quickly(raw):
        raw.executemany(INSERT_CASE, (stored(row) for row in rows))


def add_chained(raw: sqlite3.Connection, rows: Sequence[Row], materials: Sequence[str]) -> None:
    """Write activities with a sound history: entered, then those kinds of material handed in."""
    links = handed_in(dict.fromkeys(materials, 1))
    with quickly(raw):
        for row in rows:
            entered = link(GENESIS, _change(row, "enter", "", {"set": told(row)}))
            attached = link(
                Head(1, entered["hash"]), _change(row, "attach", row["state"], {"materials": links})
            )
            raw.executemany(INSERT_HISTORY, ([one[name] for name in HISTORY] for one in (entered, attached)))
            kept = {"materials": dict.fromkeys(materials, 1), "version": 2, "head": attached["hash"]}
            raw.execute(INSERT_CASE, stored(row | kept))


def _change(row: Row, trigger: str, source: str, details: Row) -> Change:
    subject = f"case:{row['ref']}"
    return Change(
        subject, trigger, source, row["state"], "system", details, FOUNDED, FOUNDED, schedule=VERSION
    )


def told(row: Row) -> Row:
    """Return what history tells of an activity when it is entered."""
    values = {name: row[name] for name in TOLD}
    dates = {name: values[name].isoformat() for name in ("starts_on", "ends_on")}
    return values | dates | {"entered_at": stamp(row["entered_at"])}


def handed_in(counts: Mapping[str, int]) -> list[Row]:
    """Return links as history tells of them, so many of each kind."""
    return [
        {"kind": kind, "name": kind, "uri": f"https://example.cn/{kind}", "sha256": None, "size": None}
        for kind, count in counts.items()
        for _ in range(count)
    ]


def stored(row: Row) -> list[Any]:
    """Return an activity as its table keeps it."""
    at = row["entered_at"]
    plain = {
        "materials": orjson.dumps(row["materials"]).decode(),
        "entered_at": f"{at:%Y-%m-%d %H:%M:%S.%f}",
        "starts_on": row["starts_on"].isoformat(),
        "ends_on": row["ends_on"].isoformat(),
    }
    return list((row | plain).values())


@contextmanager
def quickly(raw: sqlite3.Connection) -> Iterator[None]:
    """Seed in one transaction that need not survive a crash, and leave an empty log."""
    raw.execute("PRAGMA synchronous = OFF")
    raw.execute("BEGIN IMMEDIATE")
    yield
    raw.execute("COMMIT")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.execute("PRAGMA synchronous = FULL")
