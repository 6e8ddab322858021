"""What the people and units that history names by number are called now; history itself never holds it."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, Table, func, select

from engine.changes import ChangeLine
from engine.tables import person, unit

Names = Mapping[str, str]
"""Names by the way history tells them apart: ``person:5``, ``unit:2``."""

_MOST = 500  # numbers of one query: databases limit how many values one may have
_FIELDS: Mapping[str, str] = {"coordinator_id": "person", "unit_id": "unit"}


def subject_of(field: str, value: object) -> str:
    """Return whom a value of a change means (``person:5`` for coordinator_id 5), else nothing."""
    kind = _FIELDS.get(field)
    return f"{kind}:{value}" if kind and value is not None else ""


def names_in(conn: Connection, changes: Sequence[ChangeLine]) -> Names:
    """Return the names of all that some changes mention."""
    said = [(one.details.get("set") or {}).items() for one in changes]
    values = [subject_of(field, value) for pairs in said for field, value in pairs]
    return names_of(conn, [*(one.actor for one in changes), *values])


def names_of(conn: Connection, subjects: Iterable[str]) -> Names:
    """Return the names of the people and units among some subjects."""
    wanted = sorted({subject for subject in subjects if subject.partition(":")[2].isdecimal()})
    found: dict[str, str] = {}
    for kind, rows in (("person", person), ("unit", unit)):
        numbers = [int(one.partition(":")[2]) for one in wanted if one.startswith(f"{kind}:")]
        for start in range(0, len(numbers), _MOST):
            found |= _read(conn, kind, rows, numbers[start : start + _MOST])
    return found


def names_by_address(conn: Connection, addresses: Iterable[str]) -> Names:
    """Return the names of the people with some mail addresses, by address."""
    wanted = sorted({address.lower() for address in addresses})
    found: dict[str, str] = {}
    for start in range(0, len(wanted), _MOST):
        part = wanted[start : start + _MOST]
        query = select(person.c.email, person.c.name).where(func.lower(person.c.email).in_(part))
        found |= {str(row.email): str(row.name) for row in conn.execute(query)}
    return found


def _read(conn: Connection, kind: str, rows: Table, numbers: Sequence[int]) -> Names:
    query = select(rows.c.id, rows.c.name).where(rows.c.id.in_(numbers))
    return {f"{kind}:{row.id}": str(row.name) for row in conn.execute(query)}
