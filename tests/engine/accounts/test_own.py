from datetime import timedelta

import pytest

from config.errors import UserError
from config.schedule import Role
from engine.accounts.limits import TooOften
from engine.accounts.own import Owner, OwnRight, asks_old, change_password, own_account
from engine.accounts.passwords import set_password, verify
from engine.accounts.sessions import open_session, session_of
from engine.accounts.tickets import Purpose, issue, redeem
from engine.accounts.vouched import LASTS, sign_in_vouched, use_once
from engine.tables import person
from tests.engine.world import NOW, UNIT, WANG, World

OLD, NEW = "four unrelated words", "quite another phrase"


def owner(world: World, *, by_link: bool = False) -> Owner:
    """Return 王敏 at her account, in a session just begun."""
    number = world.person(WANG).person_id or 0
    with world.database.write() as conn:
        if by_link:
            redeem(conn, issue(conn, number, purpose=Purpose.SIGN_IN, now=NOW), now=NOW)
        begun = session_of(conn, open_session(conn, number, device="", now=NOW), now=NOW)
    assert begun is not None
    return Owner(person_id=number, session_id=begun.id, network="192.0.2.1")


def test_an_account_tells_all_that_its_page_shows(world: World) -> None:
    mine = owner(world)

    with world.database.read() as conn:
        told = own_account(conn, mine, now=NOW)

    assert (told.name, told.email, told.lang, told.has_password, told.asks_old) == (
        "王敏",
        WANG,
        "zh",
        False,
        False,
    )
    assert told.rights == (OwnRight(role=Role.COORDINATOR, region="350502", unit=UNIT, until=None),)
    assert [one.id for one in told.sessions] == [mine.session_id]
    assert (told.tokens, told.feed_since, told.muted_until) == ((), None, None)


def test_a_silence_that_is_over_is_none(world: World) -> None:
    mine = owner(world)
    with world.database.write() as conn:
        conn.execute(person.update().values(muted_until=NOW))

    with world.database.read() as conn:
        assert own_account(conn, mine, now=NOW).muted_until is None


@pytest.mark.parametrize(
    ("by_link", "later", "asks"),
    [(False, 0, True), (True, 0, False), (True, 14, False), (True, 15, True)],
)
def test_the_old_password_is_asked_for_unless_a_link_has_just_proved_who_it_is(
    world: World, by_link: bool, later: int, asks: bool
) -> None:
    mine = owner(world, by_link=by_link)
    with world.database.write() as conn:
        set_password(conn, mine.person_id, OLD, keep_session=mine.session_id, now=NOW)

    with world.database.read() as conn:
        assert asks_old(conn, mine, now=NOW + timedelta(minutes=later)) == asks


def test_a_wrong_old_password_changes_nothing(world: World) -> None:
    mine = owner(world)
    change_password(world.database, mine, old="", new=OLD, now=NOW)

    with pytest.raises(UserError) as refused:
        change_password(world.database, mine, old="wrong", new=NEW, now=NOW)

    with world.database.read() as conn:
        kept = [verify(conn, mine.person_id, one) for one in (OLD, NEW)]
    assert (refused.value.code, kept) == ("password.wrong", [True, False])


def test_an_organisations_word_opens_a_session_of_the_person_with_that_address(world: World) -> None:
    with world.database.write() as conn:
        token = sign_in_vouched(conn, WANG.upper(), device="", now=NOW)
        known = session_of(conn, token or "", now=NOW)
        nobody = sign_in_vouched(conn, "xiang@example.cn", device="", now=NOW)
        conn.execute(person.update().values(active=False))
        closed = sign_in_vouched(conn, WANG, device="", now=NOW)

    assert known is not None
    assert (known.email, nobody, closed) == (WANG, None, None)


def test_a_proof_counts_once_for_as_long_as_it_is_good(world: World) -> None:
    with world.database.write() as conn:
        use_once(conn, "state", now=NOW)
        use_once(conn, "another", now=NOW)

    with pytest.raises(TooOften), world.database.write() as conn:
        use_once(conn, "state", now=NOW + LASTS - timedelta(seconds=1))
