"""Checkpoints: signed, kept outside, and what they find that a chain alone does not."""

import json
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from config.errors import UserError
from engine.backup import backup
from engine.database import Database
from engine.history import digest
from engine.merkle import consistency_proof, grew, includes, inclusion_proof, leaf_hash
from engine.meta import get_meta, set_meta
from engine.proof import verify
from engine.seal import Checkpoint, latest, notes_of, seal
from engine.seal_key import SealKey, load_key, make_key
from engine.tables import history
from engine.verifier import Verdict, read_key, read_note, signed, valid, verify_file
from tests.engine.world import FORMS, World, at

NOW = datetime(2023, 9, 17, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def key() -> SealKey:
    return SealKey(name="duban/test", secret=Ed25519PrivateKey.from_private_bytes(bytes(range(32))))


def sealed(world: World, key: SealKey, now: datetime = NOW) -> Checkpoint:
    with world.database.write() as conn:
        made = seal(conn, now=now, key=key)
    assert made is not None
    return made


def hashes(world: World) -> list[str]:
    with world.database.read() as conn:
        return list(conn.scalars(select(history.c.hash).order_by(history.c.id)))


def check(world: World, *kept: Checkpoint, key: SealKey) -> Verdict:
    return verify(world.database, checkpoints=[one.note for one in kept], pubkey=key.pubkey)


def alter(world: World, *statements: str) -> None:
    """Do what the triggers would refuse, as the owner of the database can."""
    with world.database.write() as conn:
        if world.database.dialect == "postgresql":
            conn.execute(text("ALTER TABLE history DISABLE TRIGGER history_no_change"))
        else:
            for name in ("history_no_update", "history_no_delete"):
                conn.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
        for statement in statements:
            conn.execute(text(statement))


def rewrite(world: World, subject: str) -> None:
    """Forge a subject's whole chain, with right hashes throughout, and its table with it."""
    with world.database.read() as conn:
        rows = conn.execute(select(history).where(history.c.subject == subject).order_by(history.c.version))
        told = [row._asdict() for row in rows]
    prev, statements = "", []
    for row in told:
        row |= {"actor": "person:999", "prev": prev}
        prev = digest(row)
        changed = f"actor = 'person:999', prev = '{row['prev']}', hash = '{prev}'"
        statements.append(f"UPDATE history SET {changed} WHERE id = {row['id']}")
    ref = subject.removeprefix("case:")
    alter(world, *statements, f"UPDATE case_ SET head = '{prev}' WHERE ref = '{ref}'")


def test_a_checkpoint_tells_size_and_root_and_is_signed(world: World, key: SealKey) -> None:
    made = sealed(world, key)
    note = read_note(made.note)

    leaves = [leaf_hash(bytes.fromhex(one)) for one in hashes(world)]
    assert (note.size, note.root) == (made.size, made.root) == (len(leaves), made.root)
    assert made.note.startswith(
        f"duban/test\n{made.size}\n{b64encode(made.root).decode()}\nat 2023-09-17T01:00:00"
    )
    assert signed(note, read_key(key.pubkey))
    proof = inclusion_proof(leaves, 3)
    assert world.database.dialect == "postgresql" or includes(
        made.root, made.size, leaf=leaves[3], index=3, proof=proof
    )


def test_nothing_new_gives_no_checkpoint(world: World, key: SealKey) -> None:
    first = sealed(world, key)

    with world.database.write() as conn:
        assert seal(conn, now=NOW, key=key) is None
        assert (latest(conn), notes_of(conn)) == (first, [first.note])


def test_the_log_grows_and_proves_it(world: World, key: SealKey) -> None:
    first = sealed(world, key)
    world.do("register", *world.enter(3), materials=FORMS, now=at(8, 22))
    second = sealed(world, key)

    leaves = [leaf_hash(bytes.fromhex(one)) for one in hashes(world)]
    proof = consistency_proof(leaves, first.size)
    assert grew((first.size, first.root), (second.size, second.root), proof)
    assert check(world, first, second, key=key) == replace(verify(world.database), unsigned=0)
    assert check(world, first, second, key=key).sound


def test_a_log_sealed_row_by_row_is_the_log_sealed_at_once(
    sqlite: Database, key: SealKey, tmp_path: Path
) -> None:
    world = World(sqlite).found()
    sealed(world, key)
    for ref in world.enter(4):
        world.do("register", ref, materials=FORMS, now=at(8, 22))
        last = sealed(world, key)
    anew = Database(f"sqlite:///{backup(sqlite, tmp_path / 'anew.db').path}")
    with anew.write() as conn:
        conn.execute(text("DELETE FROM checkpoint"))
        conn.execute(text("DELETE FROM meta WHERE key = 'log'"))

    assert sealed(World(anew), key) == last
    anew.close()

    anew.close()


def test_what_was_kept_of_the_log_is_counted_anew_when_it_does_not_fit(world: World, key: SealKey) -> None:
    sealed(world, key)
    with world.database.write() as conn:
        kept = get_meta(conn, "log")
        set_meta(conn, "log", json.dumps({"size": 1, "last": 1, "peaks": ["00" * 32]}))
    world.enter(1)

    made = sealed(world, key)

    assert check(world, made, key=key).sound
    assert kept is not None


def test_a_rewritten_chain_is_found_by_a_checkpoint_alone(world: World, key: SealKey) -> None:
    ref = world.enter(1)[0]
    world.do("register", ref, materials=FORMS, now=at(8, 22))
    made = sealed(world, key)
    rewrite(world, f"case:{ref}")

    assert verify(world.database).sound
    verdict = check(world, made, key=key)

    assert verdict.problem is not None
    assert (verdict.sound, verdict.problem.code) == (False, "checkpoint.root")
    assert f"1–{made.size}" in verdict.problem.en


def test_two_checkpoints_tell_between_which_rows_something_was_rewritten(world: World, key: SealKey) -> None:
    first = sealed(world, key)
    ref = world.enter(1)[0]
    second = sealed(world, key)
    rewrite(world, f"case:{ref}")

    verdict = check(world, second, first, key=key)

    assert verdict.problem is not None
    assert f"{first.size + 1}–{second.size}" in verdict.problem.en


def test_a_whole_case_taken_out_everywhere_is_found_by_a_checkpoint_alone(world: World, key: SealKey) -> None:
    ref = world.enter(1)[0]
    made = sealed(world, key)
    leaf = ["DELETE FROM leaf WHERE history_id = (SELECT max(id) FROM history)"]
    alter(
        world,
        *(leaf if world.database.dialect == "postgresql" else []),
        f"DELETE FROM history WHERE subject = 'case:{ref}'",
        f"DELETE FROM case_ WHERE ref = '{ref}'",
    )

    assert verify(world.database).sound
    verdict = check(world, made, key=key)

    assert verdict.problem is not None
    assert (verdict.sound, verdict.problem.code) == (False, "checkpoint.size")


def test_an_altered_history_is_not_signed(world: World, key: SealKey) -> None:
    ref = world.enter(1)[0]
    sealed(world, key)
    rewrite(world, f"case:{ref}")
    with world.database.write() as conn:
        set_meta(conn, "log", '{"size":0,"last":0,"peaks":[]}')
    world.enter(1)

    with pytest.raises(UserError) as refused:
        sealed(world, key)

    assert refused.value.code == "seal.altered"


def test_a_row_that_becomes_visible_late_is_sealed_all_the_same(postgresql: Database, key: SealKey) -> None:
    city = World(postgresql).found()
    slow = Database(postgresql.url)
    with slow.write() as conn:
        conn.execute(text("SELECT nextval(pg_get_serial_sequence('history', 'id'))"))
        number = "currval(pg_get_serial_sequence('history', 'id'))"
        late = f"{number}, 'unit:999', 1, 'add', '', '', 0, 'x', NULL, '{{}}', 't', 't', NULL, ''"
        conn.execute(text(f"INSERT INTO history SELECT {late}, repeat('ab', 32)"))
        city.enter(1)
        first = sealed(city, key)
    slow.close()

    second = sealed(city, key)

    assert second.size == first.size + 1 == len(hashes(city))
    with postgresql.read() as conn:
        last = (
            "SELECT subject FROM leaf JOIN history ON history.id = history_id ORDER BY position DESC LIMIT 1"
        )
        assert conn.execute(text(last)).scalar_one() == "unit:999"


def test_a_checkpoint_is_checked_by_the_file_alone(sqlite: Database, key: SealKey) -> None:
    city = World(sqlite).found()
    made = sealed(city, key)
    assert sqlite.path is not None
    other = SealKey(name="duban/test", secret=Ed25519PrivateKey.generate())

    told = [
        verify_file(sqlite.path, notes=[note], pubkey=pubkey)
        for note, pubkey in (
            (made.note, key.pubkey),
            (made.note, None),
            (made.note, other.pubkey),
            (made.note.replace("\nat 2023", "\nat 2024"), key.pubkey),
            ("督办", key.pubkey),
            (made.note, "duban/test+00000000+AA=="),
        )
    ]

    codes = [one.problem.code if one.problem else "" for one in told]
    wrong, unsure = "checkpoint.signature", "unsure.checkpoint"
    assert codes == ["", "", wrong, wrong, unsure, unsure]
    assert [one.exit_code for one in told] == [0, 0, 2, 2, 3, 3]
    assert [one.unsigned for one in told] == [0, 1, 0, 0, 0, 0]


@settings(deadline=None, max_examples=30)
@given(seed=st.binary(min_size=32, max_size=32), message=st.binary(max_size=99), bit=st.integers(0, 511))
def test_the_verifiers_own_arithmetic_takes_what_cryptography_signs(
    seed: bytes, message: bytes, bit: int
) -> None:
    secret = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = secret.public_key().public_bytes_raw(), secret.sign(message)
    broken = bytearray(signature)
    broken[bit // 8] ^= 1 << bit % 8

    assert valid(public, signature, message)
    assert not valid(public, bytes(broken), message)
    assert not valid(public, signature, message + b"x")
    assert not valid(public, signature + b"x", message)


def test_the_known_signatures_of_rfc_8032_are_taken() -> None:
    known = [
        (
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
            "",
        ),
        (
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
            "72",
        ),
    ]  # fmt: skip

    assert all(valid(*map(bytes.fromhex, one)) for one in known)
    assert not valid(b"\xff" * 32, bytes(64), b"")
    assert not valid(b"", b"", b"")


def test_a_new_key_is_kept_for_its_owner_alone_and_stays(tmp_path: Path) -> None:
    made = make_key(tmp_path / "seal.key", name="duban/quanzhou")
    again = make_key(tmp_path / "seal.key", name="duban/another")

    assert (tmp_path / "seal.key").stat().st_mode & 0o777 == 0o600
    assert made.pubkey == again.pubkey == load_key(tmp_path / "seal.key").pubkey
    assert read_key(made.pubkey)[0] == "duban/quanzhou"
    assert made.private_text().strip().split("+")[-1] not in repr(made)


@pytest.mark.parametrize(
    ("content", "mode", "code"),
    [(None, 0o600, "key.missing"), ("督办", 0o600, "key.unreadable"), ("", 0o644, "key.open")],
)
def test_a_key_that_cannot_be_used_is_refused(
    content: str | None, mode: int, code: str, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / "seal.key").write_text(content, encoding="utf-8")
        (tmp_path / "seal.key").chmod(mode)

    with pytest.raises(UserError) as refused:
        load_key(tmp_path / "seal.key")

    assert refused.value.code == code


def test_a_key_altered_in_its_file_is_refused_without_telling_it(tmp_path: Path) -> None:
    text = make_key(tmp_path / "seal.key", name="duban/x").private_text().strip()
    (tmp_path / "seal.key").write_text(text.replace("duban/x+", "duban/y+"))

    with pytest.raises(UserError) as refused:
        load_key(tmp_path / "seal.key")

    assert refused.value.code == "key.unreadable"
    assert refused.value.__cause__ is None
    assert text.split("+", 4)[-1] not in str(refused.value)


def test_a_key_whose_folder_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        make_key(tmp_path / "absent" / "seal.key", name="duban/x")

    assert refused.value.code == "key.unwritable"


def test_a_name_that_would_break_a_note_is_refused(tmp_path: Path) -> None:
    for name in ("", "a b", "a+b", "a\nb"):
        with pytest.raises(ValueError, match="no spaces and no plus"):
            make_key(tmp_path / "seal.key", name=name)
