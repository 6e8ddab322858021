"""What the database keeps to verify with: enough to find a cut end, and how much is proven outside."""

from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import text, update

from engine.checkpoint_mail import mail_checkpoint
from engine.kept import Kept, Outside, kept_checkpoints, named_by, public_key
from engine.proof import verify
from engine.seal import Checkpoint, seal
from engine.seal_key import SealKey, load_key
from engine.tables import checkpoint
from engine.verifier import Verdict
from tests.engine.auditors import KEY, with_auditors
from tests.engine.post import Post
from tests.engine.world import World, at

OTHER = SealKey(name="duban/test", secret=Ed25519PrivateKey.from_private_bytes(bytes(32)))


def sealed(world: World, now: datetime, key: SealKey = KEY) -> Checkpoint:
    """Enter an activity and seal it."""
    world.enter(1, title=f"活动 {now}", now=now)
    with world.database.write() as conn:
        made = seal(conn, now=now, key=key)
    assert made is not None
    return made


def kept(world: World, pubkey: str | None = KEY.pubkey) -> Kept:
    with world.database.read() as conn:
        return kept_checkpoints(conn, pubkey)


def verified(world: World) -> Verdict:
    found = kept(world)
    return verify(world.database, checkpoints=found.notes, pubkey=found.pubkey)


def test_the_last_checkpoint_of_each_day_is_verified_with(world: World) -> None:
    _, first, last = (sealed(world, at(9, *moment)) for moment in ((14, 8), (14, 23), (15, 9)))

    assert kept(world) == Kept(
        notes=(first.note, last.note),
        pubkey=KEY.pubkey,
        since=at(9, 14, 23),
        until=at(9, 15, 9),
        rows=last.size,
        foreign=0,
        outside=None,
    )
    assert verified(world).sound


def test_without_any_checkpoint_there_is_nothing_to_verify_with(world: World) -> None:
    assert kept(world, None) == Kept(
        notes=(), pubkey=None, since=None, until=None, rows=0, foreign=0, outside=None
    )


def test_a_whole_case_cut_from_the_end_is_found_by_what_is_kept(world: World) -> None:
    made = sealed(world, at(9, 14))
    with world.database.write() as conn:
        if world.database.dialect == "postgresql":
            conn.execute(text("ALTER TABLE history DISABLE TRIGGER history_no_change"))
            conn.execute(text("DELETE FROM leaf WHERE history_id = (SELECT max(id) FROM history)"))
        else:
            conn.execute(text("DROP TRIGGER history_no_delete"))
        conn.execute(text("DELETE FROM history WHERE id = (SELECT max(id) FROM history)"))
        conn.execute(text("DELETE FROM case_ WHERE id = (SELECT max(id) FROM case_)"))

    assert verify(world.database).sound
    verdict = verified(world)

    assert verdict.problem is not None
    assert (verdict.exit_code, verdict.problem.code, str(made.size) in verdict.problem.en) == (
        2,
        "checkpoint.size",
        True,
    )


def test_what_an_older_key_signed_is_left_out_and_counted(world: World) -> None:
    sealed(world, at(9, 14), OTHER)
    mine = sealed(world, at(9, 15))

    found = kept(world)

    assert (found.notes, found.foreign) == ((mine.note,), 1)
    assert verified(world).sound
    assert (kept(world, OTHER.pubkey).rows, kept(world, None).rows) == (mine.size - 1, mine.size)


def test_a_forged_signature_in_the_name_of_the_key_is_no_older_key(world: World) -> None:
    made = sealed(world, at(9, 14))
    forged = made.note.replace("at 2023-09-14", "at 2023-09-13")
    with world.database.write() as conn:
        conn.execute(update(checkpoint).values(note=forged))

    verdict = verified(world)

    assert verdict.problem is not None
    assert (verdict.exit_code, verdict.problem.code) == (2, "checkpoint.signature")


def test_a_key_that_cannot_be_read_is_left_to_the_verifier(world: World) -> None:
    sealed(world, at(9, 14))
    found = kept(world, "督办")

    verdict = verify(world.database, checkpoints=found.notes, pubkey=found.pubkey)

    assert (len(found.notes), verdict.exit_code) == (1, 3)
    assert not named_by(["督办"], KEY.pubkey)


def test_outside_is_what_was_really_sent(world: World) -> None:
    with_auditors(world)
    first = sealed(world, at(9, 14))
    with world.database.write() as conn:
        mail_checkpoint(conn, now=at(9, 14))
    before = kept(world).outside
    world.deliver(Post(), at(9, 14, 10))
    sealed(world, at(9, 15))

    assert (before, kept(world).outside) == (
        None,
        Outside(since=at(9, 14, 10), until=at(9, 14, 10), rows=first.size),
    )


def test_a_home_without_a_usable_key_verifies_without_one(tmp_path: Path) -> None:
    assert public_key(lambda: load_key(tmp_path / "seal.key")) is None
    assert public_key(lambda: KEY) == KEY.pubkey
