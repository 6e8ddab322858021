"""Who sees a few cases of a hundred thousand finds them by an index, not by a look at each."""

from typing import Any

import pytest
from sqlalchemy import Select, select
from sqlalchemy.dialects.sqlite import dialect

from config.schedule import Role
from engine.actors import Actor, Grant
from engine.database import Database
from engine.scope import seen
from engine.tables import case

COORDINATOR = Actor(
    name="person:1",
    person_id=1,
    grants=(Grant(role=Role.COORDINATOR, region="350502", unit_id=1),),
)
LEAD = Actor(name="person:2", person_id=2, grants=(Grant(role=Role.LEAD, region="350502"),))


@pytest.mark.parametrize("actor", [COORDINATOR, LEAD, Actor(name="person:3", person_id=3)])
@pytest.mark.parametrize("column", ["id", "title"])
def test_whoever_sees_few_cases_reads_few(sqlite: Database, actor: Actor, column: str) -> None:
    # PostgreSQL chooses by how many rows there are
    mine = select(case.c.id).where(seen(actor)).order_by(case.c[column], case.c.id).limit(50)

    assert "SCAN case_" not in _plan(sqlite, mine)


def _plan(database: Database, query: Select[Any]) -> str:
    text = query.compile(dialect=dialect(), compile_kwargs={"literal_binds": True})
    with database.read() as conn:
        rows = conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}")
        return "\n".join(row.detail for row in rows)
