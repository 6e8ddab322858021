"""Connections that never finish asking, never read or never go: cut off; all others are left alone."""

import socket
from collections.abc import Iterator
from threading import Event

import pytest

from tests.web.live import SOON, Line, head, live
from tests.web.probe import Place, open_place
from web import limits
from web.slow import PatientProtocol

PATIENCE = 0.4
REFUSED = {b"HTTP/1.1 400", b"HTTP/1.1 414", b"HTTP/1.1 431"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Give a city whose pages go wrong."""
    with open_place(tmp_path_factory.mktemp("place")) as opened:
        yield opened


@pytest.fixture(scope="module")
def port(place: Place) -> Iterator[int]:
    """Serve it with hardly any patience."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PatientProtocol, "patience", PATIENCE)
        with live(place.home, place.clock) as number:
            yield number


@pytest.mark.parametrize("begun", ["", "G", "GET /probe HT", "GET /probe HTTP/1.1\r\nhost: x\r\nx-a: "])
def test_a_head_that_does_not_come_is_not_waited_for(begun: str, port: int) -> None:
    with Line(port) as line:
        assert line.say(begun).rest() == b""


def test_a_head_that_drips_is_cut_off(port: int) -> None:
    with Line(port) as line:
        assert drips(line, b"GET /probe HTTP/1.1\r\nhost: x\r\n") < 12


def test_a_head_that_drips_after_an_answer_is_cut_off(port: int) -> None:
    with Line(port) as line:
        line.say(head("GET", "/probe")).answer()

        assert drips(line, b"GET /probe HTTP/1.1\r\nhost: x\r\n") < 12


def test_a_body_that_drips_after_its_answer_is_cut_off(port: int) -> None:
    with Line(port) as line:
        line.say(head("POST", "/no-such-page", "content-length: 5000")).answer()

        assert drips(line, b"") < 12


def test_one_connection_serves_many_requests(port: int) -> None:
    with Line(port) as line:
        found = [line.say(head("GET", "/probe")).answer()[0] for _ in range(5)]

    assert found == [200] * 5


def test_requests_sent_all_at_once_are_answered_in_order(port: int) -> None:
    paths = ("/probe", "/no-such-page", "/probe/redirect", "/probe")
    with Line(port) as line:
        line.say(*(head("GET", path) for path in paths))

        assert [line.answer()[0] for _ in paths] == [200, 404, 307, 200]


def test_a_request_that_waited_behind_another_has_all_the_time_it_needs(port: int) -> None:
    with Line(port) as line:
        line.say(head("GET", "/probe"), head("GET", "/probe/long"))
        line.answer()
        status, _, body = line.answer()

    assert (status, body) == (200, b"done")


def test_an_answer_that_takes_long_is_not_cut_off(port: int) -> None:
    with Line(port) as line:
        assert line.say(head("GET", "/probe/long")).answer()[2] == b"done"


def test_a_body_may_take_longer_than_a_head(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits.BodyLimits, "patience", 20.0)
    with Line(port) as line:
        line.say(head("POST", "/no-such-page", "content-length: 3", "expect: 100-continue"))
        line.answer()

        assert line.rest() == b""


def test_an_answer_that_nobody_reads_is_given_up(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    gone, lost = Event(), PatientProtocol.connection_lost

    def note(of: PatientProtocol, error: Exception | None) -> None:
        lost(of, error)
        gone.set()

    monkeypatch.setattr(PatientProtocol, "connection_lost", note)
    with Line(port) as line:
        line.say(head("GET", "/probe/large"))

        assert gone.wait(SOON)


def test_a_large_answer_is_read_whole(port: int) -> None:
    with Line(port) as line:
        line.say(head("GET", "/probe/large", "connection: close"))

        assert len(line.rest()) > 2_000 * 65_536


def test_half_an_answer_is_never_taken_for_a_whole_one(port: int) -> None:
    with Line(port) as line:
        raw = line.say(head("GET", "/probe/half")).rest()

    assert (raw.startswith(b"HTTP/1.1 200"), raw.endswith(b"0\r\n\r\n")) == (True, False)


def test_somebody_who_stops_sending_but_listens_is_let_go(port: int) -> None:
    with Line(port) as line:
        line.say("GET /probe HTTP/1.1\r\nhost: x\r\n")
        line.socket.shutdown(socket.SHUT_WR)

        assert line.rest() == b""


def test_a_crowd_is_turned_away_and_those_inside_are_served(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PatientProtocol, "crowd", 2)
    monkeypatch.setattr(PatientProtocol, "patience", SOON)
    with Line(port) as one, Line(port) as two:
        assert [line.say(head("GET", "/probe")).answer()[0] for line in (one, two)] == [200, 200]
        with Line(port) as three:
            assert three.say(head("GET", "/probe")).rest() == b""
        assert one.say(head("GET", "/probe")).answer()[0] == 200


@pytest.mark.parametrize(
    "raw",
    [
        b"\x00\x01\x02\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",  # TLS to a port without it
        b"GET /a b HTTP/1.1\r\nhost: x\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\nhost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: x\r\nx: a\x00b\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: x\r\n: b\r\n\r\n",
        b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\nhost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: x\r\n" + b"x: y\r\n" * 20_000 + b"\r\n",
    ],
)
def test_what_is_not_http_is_refused(raw: bytes, port: int) -> None:
    with Line(port) as line:
        assert line.say(raw).rest()[:12] in REFUSED or raw[0] == 0x16


def test_nonsense_after_an_early_answer_only_closes(port: int, caplog: pytest.LogCaptureFixture) -> None:
    with Line(port) as line:
        line.say(head("POST", "/no-such-page", "transfer-encoding: chunked"))
        line.answer()
        line.say(b"zzz\r\n")

        assert line.rest() == b""
    assert "Fatal error" not in caplog.text


@pytest.mark.parametrize(
    "target",
    ["*", "http://evil.example.org/probe", "//evil.example.org", "/%", "/%ff", "/%00", "/a%0d%0ab", "?"],
)
@pytest.mark.parametrize("host", ["[", "evil.example.org:x", "a/b", "", "127.0.0.1"])
def test_odd_targets_and_hosts_find_nothing(target: str, host: str, port: int) -> None:
    with Line(port) as line:
        raw = line.say(f"GET {target} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n").rest()

    assert raw.split(b" ", 2)[1] in (b"400", b"404")


def drips(line: Line, first: bytes) -> int:
    """Send a header byte by byte until the other side has had enough; return how many it took."""
    line.say(first)
    line.socket.settimeout(PATIENCE / 4)
    for count in range(100):
        line.say(b"a")
        try:
            if line.socket.recv(1) == b"":
                return count
        except TimeoutError:
            continue
        except ConnectionResetError:
            return count
    return 100
