"""Making and upgrading the schema: Alembic, in one transaction, from the migrations beside it."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from config.errors import UserError
from engine.database import Database, schema_of
from engine.tables import SCHEMA


def upgrade(database: Database) -> bool:
    """Bring a database to this program's schema; return whether anything was to do.

    Raises UserError where the database is newer than the program.
    """
    with database.write() as conn:
        found = schema_of(conn)
        if found == SCHEMA:
            return False
        if found is not None and found > SCHEMA:
            raise UserError(
                zh=f"数据库的结构（{found}）比本程序（{SCHEMA}）新。请先升级 duban，数据没有改动。",
                en=f"the database's schema ({found}) is newer than this program's ({SCHEMA});"
                " upgrade duban first",
                code="database.newer",
            )
        from alembic import command  # noqa: PLC0415  its import is slower than most commands

        command.upgrade(alembic_config(conn), "head")
    return True


def alembic_config(conn: Connection) -> Any:
    """Return Alembic's configuration for a connection."""
    from alembic.config import Config  # noqa: PLC0415  its import is slower than most commands

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = conn
    return config
