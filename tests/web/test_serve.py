"""Serving: a port that is taken is said in words; many are served at once; the end comes soon."""

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from time import monotonic

import pytest

from config.errors import UserError
from tests.web.live import Line, head, live
from tests.web.probe import Place, open_place
from web.serve import listen
from web.slow import PatientProtocol

SOON = 5.0


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Give a city whose pages go wrong."""
    with open_place(tmp_path_factory.mktemp("place")) as opened:
        yield opened


def test_a_port_that_is_taken_is_said() -> None:
    with closing(listen("127.0.0.1", 0)) as first, pytest.raises(UserError) as caught:
        listen("127.0.0.1", first.getsockname()[1])

    assert caught.value.code == "serve.address"
    assert "已被别的程序占用" in caught.value.text.zh
    assert "another program has the port" in caught.value.text.en


@pytest.mark.parametrize(
    ("host", "port", "said"),
    [
        ("192.0.2.1", 0, "不是本机的"),
        ("no-such-host.invalid", 0, "用不了"),
        ("127.0.0.1", 70_000, "用不了"),
        ("", -1, "用不了"),
        ("::zz", 0, "用不了"),
    ],
)
def test_an_address_that_cannot_be_used_is_said(host: str, port: int, said: str) -> None:
    with pytest.raises(UserError) as caught:
        listen(host, port)

    assert said in caught.value.text.zh


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has no IPv6 at all")
def test_an_address_of_the_newer_kind_can_be_used() -> None:
    with closing(listen("::1", 0)) as at:
        assert at.family is socket.AF_INET6


def test_a_port_can_be_taken_again_at_once(place: Place) -> None:
    with live(place.home, place.clock) as port, Line(port) as line:
        line.say(head("GET", "/probe", "connection: close")).answer()

    with closing(listen("127.0.0.1", port)) as again:
        assert again.getsockname()[1] == port


def test_the_end_comes_soon_though_connections_are_open(place: Place) -> None:
    with live(place.home, place.clock) as port:
        lines = [Line(port) for _ in range(5)]
        lines[0].say(head("GET", "/probe")).answer()
        lines[1].say("GET /probe HT")
        lines[2].say(head("GET", "/probe"), head("GET", "/probe")).answer()
        begun = monotonic()

    assert monotonic() - begun < SOON
    assert lines[0].rest() == b""
    for line in lines:
        line.close()


def test_a_request_in_hand_is_finished_before_the_end(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PatientProtocol, "patience", 0.3)
    with live(place.home, place.clock) as port:
        line, other = Line(port), Line(port)
        line.say(head("GET", "/probe/long"))
        other.say(head("GET", "/probe")).answer()  # by now the first one is in hand too

    assert line.answer()[2] == b"done"
    line.close()
    other.close()


def test_many_are_served_at_once(place: Place) -> None:
    def ask(port: int) -> int:
        with Line(port) as line:
            return line.say(head("GET", "/sign-in")).answer()[0]

    with live(place.home, place.clock) as port, ThreadPoolExecutor(16) as pool:
        assert [*pool.map(ask, [port] * 48)] == [200] * 48


def test_the_server_says_nothing_of_itself(place: Place) -> None:
    with live(place.home, place.clock) as port, Line(port) as line:
        _, headers, body = line.say(head("GET", "/no-such-page")).answer()

    assert "server" not in headers
    assert b"uvicorn" not in body


def test_who_asks_for_another_protocol_is_answered_in_this_one(place: Place) -> None:
    upgrade = (
        "connection: upgrade",
        "upgrade: websocket",
        "sec-websocket-version: 13",
        "sec-websocket-key: x",
    )
    with live(place.home, place.clock) as port, Line(port) as line:
        assert line.say(head("GET", "/probe", *upgrade)).answer()[0] == 200


@pytest.mark.parametrize(
    ("forwarded", "seen"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("8.8.8.8, 203.0.113.7", "203.0.113.7"),
        ("", "127.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("x:y", "x:y"),
        ("x" * 90, "x" * 64),
    ],
)
def test_a_visitor_behind_our_proxy_cannot_say_who_they_are(forwarded: str, seen: str, place: Place) -> None:
    with live(place.home, place.clock) as port, Line(port) as line:
        _, _, body = line.say(head("GET", "/probe/network", f"x-forwarded-for: {forwarded}")).answer()

    assert body.decode() == seen
