"""Tickets: looking changes nothing, redeeming works once, a newer one ends the older."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from engine.accounts.tables import ticket
from engine.accounts.tickets import LASTS, Purpose, arm, issue, look, prepare, redeem, ticket_by_id
from tests.engine.accounts.steps import KEY, retire
from tests.engine.world import NOW, World

SECOND = timedelta(seconds=1)


def issued(world: World, person_id: int = 1, *, purpose: Purpose = Purpose.SIGN_IN) -> str:
    with world.database.write() as conn:
        return issue(conn, person_id, purpose=purpose, now=NOW)


def redeemed(world: World, token: str, now: datetime = NOW) -> int | None:
    with world.database.write() as conn:
        return redeem(conn, token, now=now)


def is_good(world: World, token: str, now: datetime = NOW) -> bool:
    with world.database.read() as conn:
        return look(conn, token, now=now) is not None


def test_a_ticket_is_worth_one_sign_in(world: World) -> None:
    token = issued(world, 2)

    assert [redeemed(world, token), redeemed(world, token)] == [2, None]


def test_looking_twenty_times_uses_nothing_up(world: World) -> None:
    token = issued(world)
    before = world.rows(ticket)

    assert all(is_good(world, token) for _ in range(20))
    assert world.rows(ticket) == before
    assert redeemed(world, token) == 1


def test_looking_says_whose_it_is(world: World) -> None:
    with world.database.read() as conn:
        found = look(conn, issued(world, purpose=Purpose.INVITE), now=NOW)

    assert found is not None
    assert (found.name, found.purpose, found.expires_at) == ("王敏", Purpose.INVITE, NOW + timedelta(days=7))


@pytest.mark.parametrize("purpose", Purpose)
def test_a_ticket_ends(world: World, purpose: Purpose) -> None:
    token = issued(world, purpose=purpose)
    end = NOW + LASTS[purpose]

    assert [is_good(world, token, now) for now in (end - SECOND, end)] == [True, False]
    assert redeemed(world, token, end) is None


def test_a_newer_ticket_ends_the_older_ones_of_its_kind_and_person(world: World) -> None:
    tokens = [issued(world), issued(world, purpose=Purpose.INVITE), issued(world, 2), issued(world)]

    assert [is_good(world, token) for token in tokens] == [False, True, True, True]


def test_a_ticket_of_somebody_not_active_is_worth_nothing(world: World) -> None:
    token = issued(world)

    retire(world, 1)

    assert (is_good(world, token), redeemed(world, token)) == (False, None)


def test_a_ticket_is_redeemed_once_however_many_ask_at_the_same_time(world: World) -> None:
    token = issued(world)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: redeemed(world, token), range(8)))

    assert sorted(found, key=str) == [1] + [None] * 7


def test_a_ticket_to_be_mailed_is_unknown_until_its_mail_is_made_and_the_same_in_every_try(
    world: World,
) -> None:
    with world.database.write() as conn:
        numbers = prepare(conn, [1, 2], purpose=Purpose.SIGN_IN, now=NOW)
        found = ticket_by_id(conn, numbers[2], now=NOW)
        assert found is not None
        first, again = arm(conn, found, KEY), arm(conn, found, KEY)

    assert (numbers, first == again, redeemed(world, first)) == ({1: 1, 2: 2}, True, 2)


def test_no_row_holds_a_token(world: World) -> None:
    token = issued(world)

    assert not any(token in str(value) for row in world.rows(ticket) for value in row)
