"""The schema: migrations make exactly the tables, on SQLite and on PostgreSQL."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from engine.database import Database
from engine.schema import alembic_config, upgrade
from engine.tables import SCHEMA, metadata


def test_the_migrations_make_the_tables_as_they_are_written(database: Database) -> None:
    with database.read() as conn:
        context = MigrationContext.configure(conn, opts={"compare_type": True})

        assert compare_metadata(context, metadata) == []


def test_the_newest_migration_is_the_one_the_program_asks_for(sqlite: Database) -> None:
    with sqlite.read() as conn:
        heads = ScriptDirectory.from_config(alembic_config(conn)).get_heads()

    assert heads == [SCHEMA]


def test_a_database_at_the_present_schema_needs_no_upgrade(database: Database) -> None:
    assert upgrade(database) is False
