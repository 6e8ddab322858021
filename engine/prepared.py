"""Core statements of the hot path, compiled once a dialect and run on the driver's own cursor.

SQLAlchemy writes the SQL and converts the values; only its per-execution machinery is left out, which
costs more than a whole durable step. Same transaction, same connection.
"""

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any, NamedTuple, cast

from sqlalchemy import Connection, Dialect, Result, Select, Table, bindparam, update
from sqlalchemy.sql.compiler import SQLCompiler

from engine.transactions import DRIVER

_CHUNK = 1000
Values = Mapping[str, Any]
Convert = Callable[[Any], Any]


_NEW = "new_"
"""SQLAlchemy keeps a column's own name in an UPDATE for itself; ours go without this prefix."""


def _plain(name: str) -> str:
    return name.removeprefix(_NEW)


class _Compiled(NamedTuple):
    sql: str
    pick: Convert
    converts: tuple[tuple[str, Convert], ...]
    constants: Values
    results: tuple[tuple[int, Convert], ...]


def named(found: Result[Any]) -> list[Any]:
    """Return rows as named tuples of their columns: SQLAlchemy's own take ten times as long to ask."""
    row = _row_type(tuple(found.keys()))
    return [row._make(each) for each in found]


class Prepared:
    """One statement with named parameters; ``columns`` are those that an insert or update is given."""

    def __init__(self, statement: Any, columns: Sequence[str] = ()) -> None:
        self.statement = statement
        self.columns = list(columns) or None
        self._compiled: dict[str, _Compiled] = {}
        if isinstance(statement, Select):
            self._row = _row_type(tuple(statement.selected_columns.keys()))

    def run(self, conn: Connection, rows: Sequence[Values]) -> int:
        """Execute once for each row of values; return how many rows were touched."""
        made = self._made(conn.dialect)
        if len(rows) == 1:
            return int(_driver(conn).execute(made.sql, _values(made, rows[0])).rowcount)
        cursor = _driver(conn).cursor()
        cursor.executemany(made.sql, [_values(made, row) for row in rows])
        return int(cursor.rowcount)

    def rows(self, conn: Connection, values: Values) -> list[Any]:
        """Return the rows of a query, as named tuples of its columns."""
        made = self._made(conn.dialect)
        found = _driver(conn).execute(made.sql, _values(made, values)).fetchall()
        return [self._row._make(_converted(made, row)) for row in found]

    def stream(self, conn: Connection, values: Values) -> Iterator[Any]:
        """Yield the rows of a query, a thousand in memory at a time."""
        made = self._made(conn.dialect)
        # PostgreSQL sends everything at once unless the cursor has a name
        name = {"name": "duban"} if conn.dialect.name == "postgresql" else {}
        cursor = _driver(conn).cursor(**name)
        try:
            cursor.execute(made.sql, _values(made, values))
            while rows := cursor.fetchmany(_CHUNK):
                for row in rows:
                    yield self._row._make(_converted(made, row))
        finally:
            cursor.close()

    def _made(self, dialect: Dialect) -> _Compiled:
        found = self._compiled.get(dialect.name)
        if found is None:
            found = self._compiled[dialect.name] = self._compile(dialect)
        return found

    def _compile(self, dialect: Dialect) -> _Compiled:
        compiled = cast(SQLCompiler, self.statement.compile(dialect=dialect, column_keys=self.columns))
        converts = {
            name: bind.type.dialect_impl(dialect).bind_processor(dialect)
            for bind, name in compiled.bind_names.items()
        }
        constants = {name: bind.value for bind, name in compiled.bind_names.items() if not bind.required}
        results = [
            (place, column.type.dialect_impl(dialect).result_processor(dialect, None))
            for place, column in enumerate(getattr(self.statement, "selected_columns", ()))
        ]
        sql, positional = compiled.string, compiled.positiontup is not None
        if not positional:
            sql = sql.replace(f"%({_NEW}", "%(")
        return _Compiled(
            sql=sql,
            pick=_picker([_plain(name) for name in compiled.positiontup or ()]) if positional else _all,
            converts=tuple((_plain(name), convert) for name, convert in converts.items() if convert),
            constants=constants,
            results=tuple((place, convert) for place, convert in results if convert),
        )


@cache
def _versioned_update(table: Table, names: tuple[str, ...]) -> Prepared:
    """Return the update of some columns of a row still at the version it was read at."""
    columns = {name: bindparam(f"{_NEW}{name}", type_=table.c[name].type) for name in names}
    mine = (table.c.id == bindparam("the_id")) & (table.c.version == bindparam("the_version"))
    return Prepared(update(table).where(mine).values(columns))


def write_at_version(conn: Connection, table: Table, changes: Sequence[tuple[Any, Values]]) -> bool:
    """Write new values to rows still at the version they were read at; return whether all were.

    ``changes`` are (row as read, new values by column); all must change the same columns.
    """
    rows = [{**values, "the_id": row.id, "the_version": row.version} for row, values in changes]
    return _versioned_update(table, tuple(sorted(changes[0][1]))).run(conn, rows) == len(rows)


@lru_cache(maxsize=256)
def _row_type(names: tuple[str, ...]) -> Any:
    return namedtuple("Row", names)


def _driver(conn: Connection) -> Any:
    """Return the driver's own connection; the long way round costs as much as a small statement."""
    return conn.get_execution_options().get(DRIVER) or conn.connection.driver_connection


def _values(made: _Compiled, given: Values) -> Any:
    if made.converts or made.constants:
        given = {**made.constants, **given}
        for name, convert in made.converts:
            given[name] = convert(given[name])
    return made.pick(given)


def _picker(names: Sequence[str]) -> Convert:
    """Return what takes the values of some names out of a mapping, as a tuple."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda given: tuple(given[name] for name in names)


def _all(given: Values) -> Values:
    return given


def _converted(made: _Compiled, row: Sequence[Any]) -> Sequence[Any]:
    if not made.results:
        return row
    values = list(row)
    for place, convert in made.results:
        values[place] = convert(values[place])
    return values
