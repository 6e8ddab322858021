"""Numbers for new rows, known before the rows are written (their history names them)."""

from sqlalchemy import Connection, Table, func, select


def reserve(conn: Connection, table: Table, count: int) -> list[int]:
    """Return the next ``count`` ids of a table, nobody else's, within a writing transaction."""
    if conn.dialect.name == "postgresql":
        following = func.nextval(func.pg_get_serial_sequence(table.name, "id"))
        return sorted(conn.scalars(select(following).select_from(func.generate_series(1, count))))
    # SQLite has one writer at a time, and this is it
    last = conn.scalar(select(func.coalesce(func.max(table.c.id), 0))) or 0
    return list(range(last + 1, last + 1 + count))
