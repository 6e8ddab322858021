"""How a person stands: closed and opened again by admins, muted and spoken to as they like."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from config.errors import UserError
from config.schedule import Role
from engine.accounts.api_tokens import make, token_person
from engine.accounts.feeds import person_of_feed, renew
from engine.accounts.person_state import deactivate, mute_until, reactivate, set_language
from engine.accounts.sessions import open_session, session_of
from engine.accounts.tickets import Purpose, issue, look
from engine.actors import SYSTEM, Actor, Grant, actor_of
from engine.tables import history, ledger, person
from tests.engine.accounts.steps import told
from tests.engine.world import ADMIN, LEAD, LI, NOW, WANG, World, at

WEEK = timedelta(days=7)
Change = Callable[[Connection, int, Actor], Any]


def close(conn: Connection, person_id: int, actor: Actor) -> None:
    deactivate(conn, person_id, reason="调离", actor=actor, now=NOW)


def reopen(conn: Connection, person_id: int, actor: Actor) -> None:
    reactivate(conn, person_id, reason=None, actor=actor, now=NOW)


def mute(conn: Connection, person_id: int, actor: Actor) -> None:
    mute_until(conn, person_id, NOW + WEEK, actor=actor, now=NOW)


def speak(conn: Connection, person_id: int, actor: Actor) -> None:
    set_language(conn, person_id, "en", actor=actor, now=NOW)


def changed(world: World, change: Change, person_id: int, actor: Actor) -> None:
    with world.database.write() as conn:
        change(conn, person_id, actor)


def test_a_closed_account_has_no_rights_and_no_way_in_and_none_comes_back_with_it(world: World) -> None:
    with world.database.write() as conn:
        session, feed = open_session(conn, 1, device="", now=NOW), renew(conn, 1, now=NOW)
        link = issue(conn, 1, purpose=Purpose.SIGN_IN, now=NOW)
        token = make(conn, 1, name="同步", writes=True, expires_at=NOW + WEEK, now=NOW)

    changed(world, close, 1, world.person(ADMIN))
    with world.database.read() as conn:
        assert actor_of(conn, 1, now=NOW).grants == ()
    changed(world, reopen, 1, world.person(ADMIN))

    with world.database.read() as conn:
        ways = [
            session_of(conn, session, now=NOW),
            look(conn, link, now=NOW),
            token_person(conn, token, now=NOW),
        ]
        assert [*ways, person_of_feed(conn, feed)] == [None] * 4
        assert actor_of(conn, 1, now=NOW).grants == (
            Grant(role=Role.COORDINATOR, region="350502", unit_id=1),
        )


def test_history_tells_of_each_change_with_actor_and_reason(world: World) -> None:
    admin = world.person(ADMIN)
    for change in (close, close, reopen, reopen, mute, mute, speak, speak):
        changed(world, change, 1, admin)

    assert told(world, 1) == [
        ("deactivate", {"set": {"active": False}}),
        ("reactivate", {"set": {"active": True}}),
        ("mute", {"set": {"muted_until": "2023-08-22T01:00:00.000000Z"}}),
        ("set_language", {"set": {"lang": "en"}}),
    ]
    closed = world.rows(history, subject="person:1", trigger="deactivate")[0]
    assert (closed.actor, closed.reason) == (admin.name, "调离")


def test_who_is_muted_gets_no_reminder_until_then(world: World) -> None:
    world.enter()
    with world.database.write() as conn:
        mute_until(conn, 1, at(8, 22), actor=world.person(WANG), now=NOW)

    world.sweep(at(8, 21))

    assert {row.outcome for row in world.rows(ledger)} == {"muted"}


def test_everybody_mutes_themselves_and_chooses_their_language(world: World) -> None:
    for change in (mute, speak):
        changed(world, change, 1, world.person(WANG))
    with world.database.write() as conn:
        mute_until(conn, 1, None, actor=world.person(WANG), now=NOW)

    [row] = world.rows(person, id=1)
    assert (row.muted_until, row.lang) == (None, "en")


@pytest.mark.parametrize("who", [LI, LEAD, WANG])
@pytest.mark.parametrize("change", [close, reopen, mute, speak])
def test_nobody_but_an_admin_changes_somebody_else(world: World, change: Change, who: str) -> None:
    with pytest.raises(UserError) as refused:
        changed(world, change, 4, world.person(who))

    assert refused.value.code == "rights.beyond"
    assert told(world, 4) == []


@pytest.mark.parametrize("change", [close, reopen, mute, speak])
def test_a_county_admin_does_not_touch_the_city_admin_nor_another_county(
    world: World, change: Change
) -> None:
    county = Actor(name="person:9", person_id=9, grants=(Grant(role=Role.ADMIN, region="350502"),))

    for person_id in (2, 4):
        with pytest.raises(UserError) as refused:
            changed(world, change, person_id, county)
        assert refused.value.code == "rights.beyond"
    changed(world, change, 1, county)


def test_nobody_closes_their_own_account(world: World) -> None:
    with pytest.raises(UserError) as refused:
        changed(world, close, 4, world.person(ADMIN))

    assert refused.value.code == "person.self"


@pytest.mark.parametrize("change", [close, reopen, mute, speak])
def test_somebody_unknown_is_told_so(world: World, change: Change) -> None:
    with pytest.raises(UserError) as refused:
        changed(world, change, 99, SYSTEM)

    assert refused.value.code == "person.unknown"


@pytest.mark.parametrize("until", [NOW, NOW - WEEK])
def test_a_silence_ends_in_the_future(world: World, until: datetime) -> None:
    with world.database.write() as conn, pytest.raises(UserError) as refused:
        mute_until(conn, 1, until, actor=SYSTEM, now=NOW)

    assert refused.value.code == "person.mute_over"


def test_a_language_is_one_of_two(world: World) -> None:
    with world.database.write() as conn, pytest.raises(UserError) as refused:
        set_language(conn, 1, "fr", actor=SYSTEM, now=NOW)

    assert refused.value.code == "person.language"
