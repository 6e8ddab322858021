"""Passwords: kept as argon2id, refused where they are easily guessed, renewed when the parameters change."""

import pytest
from argon2 import PasswordHasher
from sqlalchemy import update

from config.errors import UserError
from engine.accounts.passwords import check, has_password, renew, set_password, verify
from engine.accounts.sessions import open_session, session_of
from engine.accounts.tables import credential
from tests.engine.accounts.steps import PASSWORD, told
from tests.engine.world import NOW, WANG, World

OLD = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


def choose(world: World, password: str, *, keep: int | None = None) -> None:
    with world.database.write() as conn:
        set_password(conn, 1, password, keep_session=keep, now=NOW)


def fits(world: World, password: str, person_id: int = 1) -> bool:
    with world.database.read() as conn:
        return verify(conn, person_id, password)


def test_a_password_lets_in_whoever_knows_it_and_nobody_else(world: World) -> None:
    choose(world, PASSWORD)

    assert [fits(world, PASSWORD), fits(world, PASSWORD + "。"), fits(world, PASSWORD, 2)] == [
        True,
        False,
        False,
    ]


def test_the_row_holds_argon2id_and_never_the_password(world: World) -> None:
    choose(world, PASSWORD)

    [row] = world.rows(credential)
    assert row.password.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert PASSWORD not in row.password


def test_a_new_password_replaces_the_old_one_and_history_tells_that_alone(world: World) -> None:
    choose(world, "first long enough")
    choose(world, PASSWORD)

    assert (fits(world, "first long enough"), fits(world, PASSWORD)) == (False, True)
    assert told(world, 1) == [("set_password", {"fields": ["password"]})] * 2


def test_a_new_password_ends_every_other_session(world: World) -> None:
    with world.database.write() as conn:
        tokens = [open_session(conn, person_id, device="", now=NOW) for person_id in (1, 1, 2)]
        mine = session_of(conn, tokens[0], now=NOW)
    assert mine is not None

    choose(world, PASSWORD, keep=mine.id)

    with world.database.read() as conn:
        assert [session_of(conn, token, now=NOW) is not None for token in tokens] == [True, False, True]


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("纸船绕过三座桥七", "password.short"),
        ("long " * 41, "password.long"),
        (WANG.upper(), "password.own"),
        ("password123", "password.common"),
        ("ＰＡＳＳＷＯＲＤ１２３", "password.common"),
        ("1212121212", "password.common"),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused(world: World, password: str, code: str) -> None:
    with pytest.raises(UserError) as refused:
        choose(world, password)

    assert refused.value.code == code
    assert world.rows(credential) == []


def test_a_password_is_the_same_however_the_keyboard_writes_it(world: World) -> None:
    choose(world, "ｐａｐｅｒ　ｂｏａｔ　七")

    assert fits(world, "paper boat 七")


def test_nobody_gets_in_without_a_password_of_their_own(world: World) -> None:
    with world.database.read() as conn:
        assert (has_password(conn, 1), has_password(conn, 99)) == (False, False)
    assert [check(None, "nobody has this one"), check("no hash", PASSWORD)] == [(False, None)] * 2


def test_a_password_kept_with_older_parameters_is_renewed_once_it_proved_right(world: World) -> None:
    choose(world, PASSWORD)
    kept = OLD.hash(PASSWORD)
    with world.database.write() as conn:
        conn.execute(update(credential).values(password=kept))

    proof = check(kept, PASSWORD)
    with world.database.write() as conn:
        first, again = [renew(conn, 1, kept=kept, renewed=proof.renewed) for _ in range(2)]

    [row] = world.rows(credential)
    assert (proof.right, first, again) == (True, True, False)
    assert row.password == proof.renewed
    assert check(row.password, PASSWORD) == (True, None)
