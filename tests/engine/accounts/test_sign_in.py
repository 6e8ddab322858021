"""Signing in: by password or by a mailed link, and no answer tells whether an address is somebody's."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import update

from engine.accounts import sign_in as module
from engine.accounts.limits import TooOften
from engine.accounts.passwords import Proof, check, set_password
from engine.accounts.sessions import session_of
from engine.accounts.sign_in import ask_link, sign_in
from engine.accounts.tables import credential, session, ticket
from engine.tables import message, rate
from tests.engine.accounts.steps import PASSWORD, retire
from tests.engine.world import NOW, WANG, World

HOME = "192.0.2.1"


@pytest.fixture
def known(world: World) -> World:
    """Give a world where 王敏 has a password."""
    with world.database.write() as conn:
        set_password(conn, 1, PASSWORD, now=NOW)
    return world


def attempt(
    world: World, address: str = WANG, password: str = PASSWORD, *, network: str = HOME
) -> str | None:
    return sign_in(world.database, address, password, device="", network=network, now=NOW)


def asked(world: World, address: str, *, network: str = HOME) -> None:
    with world.database.write() as conn:
        ask_link(conn, address, network=network, now=NOW)


@pytest.mark.parametrize("address", [WANG, WANG.upper(), f"  {WANG} "])
def test_the_right_password_begins_a_session(known: World, address: str) -> None:
    token = attempt(known, address)

    assert token is not None
    with known.database.read() as conn:
        found = session_of(conn, token, now=NOW)
    assert found is not None and found.person_id == 1


@pytest.mark.parametrize(
    ("address", "password"),
    [
        (WANG, "another long password"),
        (WANG, ""),
        ("li@example.cn", PASSWORD),
        ("nobody@example.cn", PASSWORD),
        ("", PASSWORD),
        ("%", PASSWORD),
    ],
)
def test_anything_else_gets_the_same_answer(known: World, address: str, password: str) -> None:
    assert attempt(known, address, password) is None
    assert known.rows(session) == []


def test_who_is_not_active_does_not_get_in(known: World) -> None:
    retire(known, 1)

    assert attempt(known) is None


def test_a_password_is_compared_whether_or_not_there_is_somebody(
    known: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    work: list[bool] = []

    def counted(kept: str | None, password: str) -> Proof:
        work.append(kept is not None)
        return check(kept, password)

    monkeypatch.setattr(module, "check", counted)
    for address in (WANG, "li@example.cn", "nobody@example.cn"):
        attempt(known, address)

    assert work == [True, False, False]


def test_a_password_changed_meanwhile_does_not_let_in(known: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(kept: str | None, password: str) -> Proof:
        with known.database.write() as conn:
            set_password(conn, 1, "chosen in the meantime", now=NOW)
        return check(kept, password)

    monkeypatch.setattr(module, "check", slow)

    assert attempt(known) is None
    assert known.rows(session) == []


def test_a_sign_in_renews_a_password_kept_with_older_parameters(known: World) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)
    with known.database.write() as conn:
        conn.execute(update(credential).values(password=old))

    assert attempt(known) is not None
    assert "m=19456,t=2,p=1" in known.rows(credential)[0].password


@pytest.mark.parametrize("address", [WANG, "nobody@example.cn"])
def test_the_eleventh_try_of_an_address_waits_whether_or_not_it_is_somebodys(
    known: World, address: str
) -> None:
    for number in range(10):
        attempt(known, address, "wrong password", network=f"192.0.2.{number}")

    with pytest.raises(TooOften) as refused:
        attempt(known, address, PASSWORD, network="192.0.2.99")

    assert refused.value.wait == timedelta(seconds=90)


def test_the_fifty_first_try_of_a_network_waits_whatever_the_address(
    known: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "check", lambda _kept, _password: Proof(right=False))
    for number in range(50):
        attempt(known, f"nobody{number}@example.cn", "wrong password")

    with pytest.raises(TooOften):
        attempt(known)
    assert attempt(known, network="198.51.100.7") is None


def test_limits_keep_neither_address_nor_network(known: World) -> None:
    attempt(known, password="wrong password")

    names = " ".join(row.name for row in known.rows(rate))
    assert (len(known.rows(rate)), WANG in names, HOME in names) == (2, False, False)


def test_a_known_address_gets_a_mail_with_its_ticket(world: World) -> None:
    asked(world, WANG.upper())

    [mail], [one] = world.rows(message), world.rows(ticket)
    assert (mail.key, mail.template, mail.person_id, mail.state) == ("ticket:1", "sign_in", 1, "queued")
    assert (one.person_id, one.purpose) == (1, "sign_in")


def test_an_unknown_address_or_somebody_not_active_gets_none_and_the_answer_is_the_same(world: World) -> None:
    retire(world, 1)

    for address in (WANG, "nobody@example.cn"):
        asked(world, address)

    assert (world.rows(message), world.rows(ticket)) == ([], [])


@pytest.mark.parametrize("address", [WANG, "nobody@example.cn"])
def test_the_fourth_link_of_an_address_waits(world: World, address: str) -> None:
    for number in range(3):
        asked(world, address, network=f"192.0.2.{number}")

    with pytest.raises(TooOften):
        asked(world, address, network="192.0.2.99")
    assert len(world.rows(message)) == (3 if address == WANG else 0)
