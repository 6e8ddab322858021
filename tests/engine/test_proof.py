"""The history that the engine writes is proved sound on both databases, and an altered one is found."""

import pytest
from sqlalchemy import text

from config.errors import UserError
from engine.database import Database
from engine.proof import verify
from engine.verifier import Verdict
from tests.engine.post import LATER, REFUSED, Post
from tests.engine.world import FORMS, PROOF, World, at


@pytest.fixture
def season(world: World) -> World:
    """Give a city in which something of every kind has happened."""
    refs = world.enter(4)
    world.do("register", *refs[:3], materials=FORMS, now=at(8, 22))
    world.do("register", refs[3], force=True, reason="平台故障\n“已电话核实”", now=at(8, 23))
    world.do("hold", *refs[:2], now=at(9, 24))
    world.do("complete_info", refs[0], materials=PROOF, changes={"participants": 120}, now=at(9, 25))
    world.sweep(at(9, 26))
    world.deliver(Post([LATER, REFUSED]), at(9, 26, 10))
    world.deliver(Post(), at(9, 26, 12))
    return world


def count(database: Database, table: str) -> int:
    with database.read() as conn:
        return int(conn.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def alter(database: Database, statement: str) -> Verdict:
    """Do what the triggers would refuse, as the owner of the database can; return the verdict."""
    with database.write() as conn:
        if database.dialect == "postgresql":
            conn.execute(text("ALTER TABLE history DISABLE TRIGGER history_no_change"))
        else:
            conn.execute(text("DROP TRIGGER history_no_update"))
        conn.execute(text(statement))
    return verify(database)


def test_a_season_of_the_engine_is_sound(season: World) -> None:
    told: list[int] = []

    verdict = verify(season.database, progress=told.append)

    assert (verdict.sound, verdict.problem) == (True, None)
    assert verdict.rows == count(season.database, "history")
    assert count(season.database, "message") > 0


def test_an_altered_row_is_found(season: World) -> None:
    verdict = alter(season.database, "UPDATE history SET reason = 'x' WHERE forced = 1")

    assert verdict.problem is not None
    assert (verdict.sound, verdict.problem.code, verdict.problem.subject) == (
        False,
        "row.hash",
        "case:QZ-2023-0004",
    )


def test_a_table_changed_alone_is_found(season: World) -> None:
    verdict = alter(season.database, "UPDATE case_ SET participants = 999 WHERE participants = 120")

    assert verdict.problem is not None
    assert (verdict.sound, verdict.problem.code, verdict.problem.subject) == (
        False,
        "table.differs",
        "case:QZ-2023-0001",
    )


def test_both_databases_come_to_the_same_root(sqlite: Database, postgresql: Database) -> None:
    roots = []
    for database in (sqlite, postgresql):
        world = World(database).found()
        world.do("register", *world.enter(2), materials=FORMS, now=at(8, 22))
        roots.append(verify(database).root)

    assert roots[0] == roots[1]


def test_a_database_in_memory_cannot_be_verified() -> None:
    with pytest.raises(UserError) as refused:
        verify(Database("sqlite://"))

    assert refused.value.code == "verify.no_file"


def test_a_database_without_a_history_leaves_the_question_open(database: Database) -> None:
    with database.write() as conn:
        conn.execute(text("ALTER TABLE history RENAME TO hidden"))

    verdict = verify(database)

    assert verdict.problem is not None
    assert (verdict.sound, verdict.problem.code) == (None, "unsure.database")
