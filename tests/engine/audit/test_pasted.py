"""A checkpoint from a mailbox, held against the history: on both databases."""

import pytest
from sqlalchemy import text

from config.errors import UserError
from engine.audit.pasted import Compared, compare_checkpoint
from engine.database import Database
from engine.seal import Checkpoint, seal
from tests.engine.auditors import KEY
from tests.engine.world import NOW, World


@pytest.fixture
def sealed(world: World) -> Checkpoint:
    """Give a checkpoint of a city that went on after it."""
    world.enter(2)
    with world.database.write() as conn:
        made = seal(conn, now=NOW, key=KEY)
    assert made is not None
    world.enter(1, title="之后的")
    return made


def compared(database: Database, note: str, pubkey: str | None = KEY.pubkey) -> Compared:
    with database.read() as conn:
        return compare_checkpoint(conn, note, pubkey=pubkey)


def test_history_that_only_grew_agrees(world: World, sealed: Checkpoint) -> None:
    assert compared(world.database, sealed.note) == Compared(
        rows=sealed.size, root=sealed.root.hex(), ours=True, problem=None
    )


def test_a_rewritten_row_does_not_agree(world: World, sealed: Checkpoint) -> None:
    postgresql = world.database.dialect == "postgresql"
    with world.database.write() as conn:
        refusal = "ALTER TABLE history DISABLE TRIGGER history_no_change"
        conn.execute(text(refusal if postgresql else "DROP TRIGGER history_no_update"))
        conn.execute(
            text("UPDATE history SET hash = repeat('0', 64) WHERE subject = 'unit:1'")
            if postgresql
            else text("UPDATE history SET hash = hex(zeroblob(32)) WHERE subject = 'unit:1'")
        )
    problem = compared(world.database, sealed.note).problem

    assert problem is not None
    assert problem.code == "checkpoint.root"


def test_a_checkpoint_of_more_rows_than_there_are_tells_that_rows_are_missing(
    world: World, sealed: Checkpoint
) -> None:
    body, _, signature = sealed.note.partition("\n\n")
    name, _, root = body.split("\n")[:3]
    problem = compared(world.database, f"{name}\n999\n{root}\n\n{signature}", pubkey=None).problem

    assert problem is not None
    assert problem.code == "checkpoint.size"


def test_another_key_is_told_apart(world: World, sealed: Checkpoint) -> None:
    other = "duban/other+00000000+AAAA"

    assert compared(world.database, sealed.note.replace("duban/test", "duban/elsewhere")).ours is False
    assert compared(world.database, sealed.note, pubkey=None).ours is None
    assert compared(world.database, sealed.note, pubkey=other).problem is not None


@pytest.mark.parametrize("note", ["", "不是检查点", "a\nb\n\nc", "x\n12\nAAAA\n\n— x y\n"])
def test_what_is_no_checkpoint_is_refused(note: str, world: World) -> None:
    with pytest.raises(UserError) as refused:
        compared(world.database, note)

    assert refused.value.code == "verify.note"
