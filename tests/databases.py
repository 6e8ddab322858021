"""Databases to test against: a real SQLite file and a real PostgreSQL, each empty and at our schema."""

from collections.abc import Iterator
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


def _make(url: str) -> Database:
    database = Database(url)
    upgrade(database)
    with database.write() as conn:
        set_meta(conn, "origin", "test")
        publish_lifecycles(conn, now=NOW)
    return database


@pytest.fixture(autouse=True)
def closed_in_the_end() -> Iterator[None]:
    """Close what a test opened for itself: an open file would only be missed long after."""
    yield
    while OPENED:
        OPENED.pop().close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of an empty home's database, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    database = _make(f"sqlite:///{path}")
    with database.read() as conn:
        conn.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Run a PostgreSQL with a template database; give the URL pattern of its databases."""
    folder = programs()
    if folder is None:
        pytest.skip("no PostgreSQL server programs on this machine")
    with server(folder) as url:
        admin = Database(url.format(name="postgres"))
        _command(admin, "CREATE DATABASE template_duban")
        _make(url.format(name="template_duban")).close()
        admin.close()
        yield url


def _command(database: Database, sql: str) -> None:
    with database._engine.connect() as conn:
        conn.execution_options(isolation_level="AUTOCOMMIT").execute(text(sql))


@pytest.fixture
def sqlite(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """Give an empty home's database on SQLite."""
    path = tmp_path / "duban.db"
    path.write_bytes(sqlite_template.read_bytes())
    database = Database(f"sqlite:///{path}")
    yield database
    database.close()


@pytest.fixture
def postgresql(postgres: str) -> Iterator[Database]:
    """Give an empty home's database on PostgreSQL."""
    name = f"t{next(_NUMBERS)}"
    admin = Database(postgres.format(name="postgres"))
    _command(admin, f"CREATE DATABASE {name} TEMPLATE template_duban")
    database = Database(postgres.format(name=name))
    yield database
    database.close()
    _command(admin, f"DROP DATABASE {name}")
    admin.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """Give an empty home's database, on SQLite and on PostgreSQL in turn."""
    found: Database = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def world(database: Database) -> World:
    """Give a city with a unit, its coordinator, a lead, an admin, and Quanzhou's notice in force."""
    return World(database).found()
