"""Numbers for new rows, known before the rows are written (their history names them)."""

from sqlalchemy import Connection, Table, func, select, text


def reserve(conn: Connection, table: Table, count: int) -> list[int]:
    """Return the next ``count`` ids of a table, nobody else's, within a writing transaction."""
    if conn.dialect.name == "postgresql":
        sequence = text(f"SELECT nextval(pg_get_serial_sequence('{table.name}', 'id')) FROM generate_series(1, :n)")
        return sorted(conn.scalars(sequence, {"n": count}))
    # SQLite has one writer at a time, and this is it
    last = conn.scalar(select(func.coalesce(func.max(table.c.id), 0))) or 0
    return list(range(last + 1, last + 1 + count))
