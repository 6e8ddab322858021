"""Sessions: over after twelve idle hours or two weeks, listed, ended by their owner, gone with the person."""

from datetime import datetime, timedelta

import pytest

from engine.accounts.devices import device_of
from engine.accounts.sessions import (
    IDLE,
    LONGEST,
    Session,
    end_others,
    end_session,
    forget_sessions,
    open_session,
    session_of,
    sessions_of,
    touch,
)
from engine.accounts.tables import session
from tests.engine.accounts.steps import retire
from tests.engine.world import NOW, WANG, World

EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0"
WECHAT = "Mozilla/5.0 (Linux; Android 14) Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0.49"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile Safari/604.1"
SECOND = timedelta(seconds=1)


def opened(world: World, *, person_id: int = 1, now: datetime = NOW, device: str = EDGE) -> str:
    with world.database.write() as conn:
        return open_session(conn, person_id, device=device, now=now)


def seen(world: World, token: str, now: datetime) -> Session | None:
    with world.database.read() as conn:
        return session_of(conn, token, now=now)


def used(world: World, token: str, now: datetime) -> None:
    found = seen(world, token, now)
    assert found is not None
    with world.database.write() as conn:
        touch(conn, found.id, now=now)


def test_a_session_says_who_is_there(world: World) -> None:
    found = seen(world, opened(world), NOW)

    assert found == Session(
        id=1,
        person_id=1,
        name="王敏",
        email=WANG,
        lang="zh",
        created_at=NOW,
        seen_at=NOW,
        expires_at=NOW + IDLE,
    )


def test_only_the_hash_of_a_token_is_kept(world: World) -> None:
    token = opened(world)

    [row] = world.rows(session)
    assert token not in "".join(str(value) for value in row)
    assert (len(token), len(row.token_hash)) == (43, 64)


def test_an_unknown_token_is_nobodys(world: World) -> None:
    token = opened(world)

    assert [seen(world, one, NOW) for one in ("", token[:-1], token + "x", "\ud800")] == [None] * 4


def test_an_idle_session_is_over_after_twelve_hours(world: World) -> None:
    token = opened(world)

    assert seen(world, token, NOW + IDLE - SECOND) is not None
    assert seen(world, token, NOW + IDLE) is None


def test_a_session_in_use_is_over_after_two_weeks(world: World) -> None:
    token, now = opened(world), NOW
    while now + IDLE / 2 < NOW + LONGEST:
        now += IDLE / 2
        used(world, token, now)

    last = seen(world, token, now)
    assert last is not None and last.expires_at == NOW + LONGEST
    assert seen(world, token, NOW + LONGEST) is None


def test_use_is_noted_at_most_once_in_five_minutes(world: World) -> None:
    token = opened(world)

    moments = [NOW + timedelta(minutes=minutes) for minutes in (4, 5, 9, 10)]
    noted = []
    for now in moments:
        used(world, token, now)
        noted.append(world.rows(session)[0].seen_at)

    assert noted == [NOW, moments[1], moments[1], moments[3]]


def test_a_session_says_when_its_use_is_to_be_noted(world: World) -> None:
    found = seen(world, opened(world), NOW)

    assert found is not None
    assert [found.is_stale(NOW + timedelta(minutes=minutes)) for minutes in (4, 5)] == [False, True]


def test_who_is_not_active_has_no_session(world: World) -> None:
    token = opened(world)

    retire(world, 1)

    assert seen(world, token, NOW) is None


def test_sessions_are_listed_with_their_devices_the_one_used_last_first(world: World) -> None:
    opened(world)
    opened(world, now=NOW + SECOND, device=WECHAT)
    opened(world, person_id=2)

    with world.database.read() as conn:
        lines = sessions_of(conn, 1, now=NOW + SECOND)

    assert [(one.device, one.seen_at) for one in lines] == [
        ("Android · WeChat", NOW + SECOND),
        ("Windows · Edge", NOW),
    ]


def test_one_session_is_ended_by_its_owner_alone(world: World) -> None:
    tokens = [opened(world), opened(world)]

    with world.database.write() as conn:
        done = [end_session(conn, 1, person_id=person_id) for person_id in (2, 1, 1)]

    assert done == [False, True, False]
    assert [seen(world, token, NOW) is not None for token in tokens] == [False, True]


def test_all_sessions_but_this_one_are_ended_at_once(world: World) -> None:
    tokens = [opened(world), opened(world), opened(world), opened(world, person_id=2)]

    with world.database.write() as conn:
        assert end_others(conn, 1, keep=2) == 2

    assert [seen(world, token, NOW) is not None for token in tokens] == [False, True, False, True]


def test_a_new_session_clears_away_its_owners_old_ones(world: World) -> None:
    opened(world)
    opened(world, person_id=2)

    opened(world, now=NOW + IDLE)

    assert [row.person_id for row in world.rows(session)] == [2, 1]


def test_sessions_that_are_over_are_forgotten(world: World) -> None:
    opened(world)
    opened(world, now=NOW + SECOND)

    with world.database.write() as conn:
        assert forget_sessions(conn, now=NOW + IDLE) == 1


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (EDGE, "Windows · Edge"),
        (IPHONE, "iPhone · Safari"),
        (WECHAT, "Android · WeChat"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Linux · Firefox"),
        ("curl/8.5.0", ""),
        ("", ""),
    ],
)
def test_a_browser_is_told_in_plain_words(user_agent: str, device: str) -> None:
    assert device_of(user_agent) == device
