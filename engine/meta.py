"""The few facts about this installation itself."""

from sqlalchemy import Connection, insert, select, update

from engine.tables import meta


def get_meta(conn: Connection, key: str) -> str | None:
    """Return a fact about this installation, None if it was never set."""
    return conn.scalar(select(meta.c.value).where(meta.c.key == key))


def set_meta(conn: Connection, key: str, value: str) -> None:
    """Set a fact about this installation."""
    if get_meta(conn, key) is None:
        conn.execute(insert(meta).values(key=key, value=value))
    else:
        conn.execute(update(meta).where(meta.c.key == key).values(value=value))
