"""Tokens of programs: shown once, with an end, revoked by their owner, gone with the person."""

from datetime import timedelta

import pytest

from config.errors import UserError
from engine.accounts.api_tokens import LONGEST, make, revoke, revoke_all, token_person, tokens_of, touch_token
from engine.accounts.tables import api_token
from tests.engine.accounts.steps import retire, told
from tests.engine.world import NOW, WANG, World

MONTH = timedelta(days=30)


def made(world: World, person_id: int = 1, *, writes: bool = False, name: str = "市平台同步") -> str:
    with world.database.write() as conn:
        return make(conn, person_id, name=name, writes=writes, expires_at=NOW + MONTH, now=NOW)


def is_good(world: World, token: str, *, days: int = 0) -> bool:
    with world.database.read() as conn:
        return token_person(conn, token, now=NOW + timedelta(days=days)) is not None


@pytest.mark.parametrize("writes", [True, False])
def test_a_token_says_whose_it_is_and_whether_it_may_change_things(world: World, writes: bool) -> None:
    token = made(world, writes=writes)

    with world.database.read() as conn:
        found = token_person(conn, token, now=NOW)

    assert found is not None and token.startswith("duban_")
    assert (found.person_id, found.name, found.email, found.writes) == (1, "王敏", WANG, writes)


def test_only_the_hash_of_a_token_is_kept(world: World) -> None:
    token = made(world)

    assert not any(token in str(value) for row in world.rows(api_token) for value in row)


def test_a_token_ends(world: World) -> None:
    token = made(world)

    assert [is_good(world, token, days=days) for days in (29, 30)] == [True, False]


def test_a_token_is_revoked_by_its_owner_alone_and_history_tells(world: World) -> None:
    token = made(world, writes=True)

    with world.database.write() as conn:
        done = [revoke(conn, 1, person_id=person_id, now=NOW) for person_id in (2, 1, 1)]

    assert (done, is_good(world, token)) == ([False, True, False], False)
    assert told(world, 1) == [("make_token", {"token": 1, "writes": True}), ("revoke_token", {"token": 1})]


def test_all_of_a_persons_tokens_are_revoked_at_once(world: World) -> None:
    tokens = [made(world), made(world), made(world, 2)]

    with world.database.write() as conn:
        assert revoke_all(conn, 1, now=NOW) == 2

    assert [is_good(world, token) for token in tokens] == [False, False, True]


def test_the_token_of_somebody_not_active_is_worth_nothing(world: World) -> None:
    token = made(world)

    retire(world, 1)

    assert not is_good(world, token)


def test_good_tokens_are_listed_with_their_last_use(world: World) -> None:
    made(world)
    made(world, name="报表")
    with world.database.write() as conn:
        revoke(conn, 1, person_id=1, now=NOW)
        touch_token(conn, 2, now=NOW)
        touch_token(conn, 2, now=NOW + timedelta(minutes=1))

        lines = tokens_of(conn, 1, now=NOW)

    assert [(one.name, one.writes, one.used_at) for one in lines] == [("报表", False, NOW)]


@pytest.mark.parametrize(
    ("name", "lasts", "code"),
    [
        ("", MONTH, "token.name"),
        ("  ", MONTH, "token.name"),
        ("x" * 61, MONTH, "token.name"),
        ("两行\n名称", MONTH, "token.name"),
        ("同步", timedelta(0), "token.end"),
        ("同步", LONGEST + timedelta(seconds=1), "token.end"),
    ],
)
def test_a_token_needs_a_name_and_an_end_within_four_hundred_days(
    world: World, name: str, lasts: timedelta, code: str
) -> None:
    with world.database.write() as conn, pytest.raises(UserError) as refused:
        make(conn, 1, name=name, writes=False, expires_at=NOW + lasts, now=NOW)

    assert refused.value.code == code
