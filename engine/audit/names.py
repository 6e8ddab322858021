"""What people and units are called now; history names them by number."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, literal, select, union_all

from engine.audit.subjects import Kind, number_of
from engine.tables import message, person, unit

Names = Mapping[str, str]
"""Names by subject: ``person:5``, ``unit:2``."""

_MOST = 300  # numbers of one query: databases limit how many values one may have
_FIELDS: Mapping[str, Kind] = {"coordinator_id": Kind.PERSON, "person_id": Kind.PERSON, "unit_id": Kind.UNIT}


def meant_by(field: str, value: object) -> str:
    """Return the subject that a value means (``person:5`` for coordinator_id 5), else nothing."""
    kind = _FIELDS.get(field)
    return f"{kind}:{value}" if kind and value is not None else ""


def names_of(conn: Connection, subjects: Iterable[str]) -> Names:
    """Return the names of the people and units among some subjects, of a mail (``mail:7``) whom it is for."""
    wanted = set(subjects)
    names: dict[str, str] = {}
    numbers = {kind: sorted(_numbers(wanted, kind)) for kind in (Kind.PERSON, Kind.UNIT, Kind.MAIL)}
    for start in range(0, max(map(len, numbers.values())), _MOST):
        parts = [
            _query(kind, found[start : start + _MOST])
            for kind, found in numbers.items()
            if found[start : start + _MOST]
        ]
        names |= {f"{row.kind}:{row.id}": row.name for row in conn.execute(union_all(*parts))}
    return names


def _numbers(subjects: Iterable[str], kind: Kind) -> set[int]:
    return {found for one in subjects if (found := number_of(one, kind)) is not None}


def _query(kind: Kind, numbers: Sequence[int]) -> Select[Any]:
    said = literal(str(kind)).label("kind")
    if kind is Kind.MAIL:
        to = select(said, message.c.id, person.c.name).join(person, person.c.id == message.c.person_id)
        return to.where(message.c.id.in_(numbers))
    table = person if kind is Kind.PERSON else unit
    return select(said, table.c.id, table.c.name).where(table.c.id.in_(numbers))
