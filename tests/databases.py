"""Databases to test against: a real SQLite file and a real PostgreSQL, each at our schema."""

from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import text

from engine.database import Database
from engine.meta import set_meta
from engine.publish import publish_lifecycles
from engine.schema import upgrade
from tests.engine.histories import OPENED
from tests.engine.postgres import programs, server
from tests.engine.world import NOW, World

_NUMBERS = count()
_TEMPLATES = {False: "template_empty", True: "template_city"}


def _make(url: str, *, founded: bool) -> Database:
    database = Database(url)
    upgrade(database)
    with database.write() as conn:
        set_meta(conn, "origin", "test")
        publish_lifecycles(conn, now=NOW)
    if founded:
        World(database).found()
    return database


@pytest.fixture(autouse=True)
def closed_in_the_end() -> Iterator[None]:
    """Close what a test opened for itself: an open file would only be missed long after."""
    yield
    while OPENED:
        OPENED.pop().close()


@pytest.fixture
def founded() -> None:
    """Ask that the database or the home of a test begins as a city: copied, for founding takes longer."""


def begins_founded(request: pytest.FixtureRequest) -> bool:
    """Return whether a test, or what it asks for, asks for a city to begin with."""
    return "founded" in request.fixturenames


@pytest.fixture(scope="session")
def sqlite_templates(tmp_path_factory: pytest.TempPathFactory) -> Mapping[bool, Path]:
    """Return the files of an empty database and (True) of a city's, to be copied."""
    folder = tmp_path_factory.mktemp("sqlite")
    files = {founded: folder / f"{founded}.db" for founded in (False, True)}
    for founded, path in files.items():
        database = _make(f"sqlite:///{path}", founded=founded)
        with database.read() as conn:
            conn.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()
    return files


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Run a PostgreSQL with two template databases; give the URL pattern of its databases."""
    folder = programs()
    if folder is None:
        pytest.skip("no PostgreSQL server programs on this machine")
    with server(folder) as url:
        admin = Database(url.format(name="postgres"))
        for founded, name in _TEMPLATES.items():
            _command(admin, f"CREATE DATABASE {name}")
            _make(url.format(name=name), founded=founded).close()
        admin.close()
        yield url


def _command(database: Database, sql: str) -> None:
    with database._engine.connect() as conn:
        conn.execution_options(isolation_level="AUTOCOMMIT").execute(text(sql))


@pytest.fixture
def sqlite(
    sqlite_templates: Mapping[bool, Path], tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Database]:
    """Give a database on SQLite: empty, or a city's."""
    path = tmp_path / "duban.db"
    path.write_bytes(sqlite_templates[begins_founded(request)].read_bytes())
    database = Database(f"sqlite:///{path}")
    yield database
    database.close()


@pytest.fixture
def postgresql(postgres: str, request: pytest.FixtureRequest) -> Iterator[Database]:
    """Give a database on PostgreSQL: empty, or a city's."""
    name, template = f"t{next(_NUMBERS)}", _TEMPLATES[begins_founded(request)]
    admin = Database(postgres.format(name="postgres"))
    _command(admin, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    database = Database(postgres.format(name=name))
    yield database
    database.close()
    _command(admin, f"DROP DATABASE {name}")
    admin.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """Give a database, on SQLite and on PostgreSQL in turn."""
    found: Database = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def world(database: Database, founded: None) -> World:
    """Give a city with a unit, its coordinator, a lead, an admin, and Quanzhou's notice in force."""
    return World(database)
