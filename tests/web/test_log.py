"""The log: one line a request, from which nobody can tell who asked, for whom, or with which key."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from structlog.testing import capture_logs

from cli.service import log_to_stderr
from config.errors import UserError
from engine.accounts.sign_in import ask_link
from engine.traces import trace_of
from tests.engine.world import WANG
from tests.web.browser import Browser
from tests.web.live import Line, head, live
from tests.web.probe import SECRETS, Place, open_place


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Give a city whose pages go wrong."""
    with open_place(tmp_path_factory.mktemp("place")) as opened:
        yield opened


@pytest.fixture
def visitor(place: Place) -> Iterator[Browser]:
    """Give a signed-in person's browser."""
    one = Browser(place.app, WANG)
    yield one
    one.close()


@pytest.fixture
def served_log() -> Iterator[None]:
    """Log as ``duban serve`` does."""
    before = structlog.get_config()
    log_to_stderr()
    yield
    structlog.configure(**before)


def lines(visitor: Browser, method: str, path: str, **options: object) -> list[dict[str, object]]:
    """Return what one request writes, without what differs each time."""
    with capture_logs() as written:
        visitor.request(method, path, **options)
    return [{key: value for key, value in one.items() if key not in ("ms", "log_level")} for one in written]


@pytest.mark.parametrize(
    ("asked", "route", "status"),
    [
        ("GET /probe/refused/secret-1?q=secret-2", "/probe/refused/{code}", 422),
        ("HEAD /probe?q=secret", "/probe", 200),
        ("GET /no-such/secret", "-", 404),
        ("POST /probe/form", "/probe/form", 403),
        ("GET /api/v1/probe", "/api/v1/probe", 401),
        ("GET /sign-in/link/secret-token", "/sign-in/link/{token}", 404),
    ],
)
def test_one_line_tells_the_pattern_and_what_came_of_it(
    asked: str, route: str, status: int, visitor: Browser
) -> None:
    method, path = asked.split()
    headers = {"x-request-id": "abcdef-123456", "authorization": "Bearer secret", "referer": "/secret"}

    assert lines(visitor, method, path, headers=headers) == [
        {
            "event": "request",
            "request_id": "abcdef-123456",
            "method": method,
            "route": route,
            "status": status,
        }
    ]


@pytest.mark.parametrize(
    "given", ["short", "x" * 65, "with space in", "abcdefgh\x85", "abc=12345678", "<b>bbbbbbb"]
)
def test_a_number_that_is_not_well_formed_is_not_taken_over(given: str, visitor: Browser) -> None:
    answer = visitor.get("/probe", headers={b"x-request-id": given.encode("latin-1")})

    assert answer.headers["x-request-id"] != given
    assert len(answer.headers["x-request-id"]) == 32


def test_a_method_of_ones_own_is_not_written_down(visitor: Browser) -> None:
    [line] = lines(visitor, "WANG-EXAMPLE-CN", "/probe")

    assert (line["method"], line["status"]) == ("-", 405)


@pytest.mark.parametrize("path", ["/probe/broken/tok-very-secret", "/probe/before", "/api/v1/probe/broken"])
def test_a_fault_is_logged_by_kind_and_place_alone(path: str, visitor: Browser) -> None:
    fault, request = lines(visitor, "GET", path)

    assert fault["event"] == "broken"
    assert str(fault["at"]).startswith("ValueError at tests/web/probe.py:")
    assert fault["request_id"] == request["request_id"]
    assert not any(secret in json.dumps([fault, request]) for secret in SECRETS)


@pytest.mark.usefixtures("served_log")
def test_nothing_of_anybody_is_written_when_something_breaks(
    visitor: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    visitor.get(f"/probe/broken/{SECRETS[2]}?address={WANG}")
    try:
        raise ValueError(f"{WANG} could not")
    except ValueError:
        structlog.get_logger().exception("failed")

    written = capsys.readouterr().err
    assert written.count("ValueError at") == 2
    assert not any(secret in written for secret in (*SECRETS, WANG, *visitor.cookies.values()))


def test_nothing_of_anybody_is_written_by_the_server_either(
    place: Place, visitor: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with capture_logs() as written, live(place.home, place.clock) as port, Line(port) as line:
        cookie = "cookie: " + "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
        line.say(head("GET", f"/probe/broken/{SECRETS[2]}", cookie)).answer()
        line.say(head("GET", f"/probe/half?{SECRETS[2]}", cookie)).rest()

    everything = json.dumps(written) + caplog.text
    assert [one["event"] for one in written] == ["broken", "request", "broken", "request"]
    assert not any(secret in everything for secret in (*SECRETS, *visitor.cookies.values(), "127.0.0.1:"))


def test_a_trace_names_causes_and_places_but_no_words() -> None:
    def inner() -> None:
        raise KeyError(WANG)

    def outer() -> None:
        try:
            inner()
        except KeyError as error:
            raise UserError(zh=WANG, en=WANG, code="x.y") from error

    with pytest.raises(UserError) as caught:
        outer()
    trace = trace_of(caught.value)

    assert trace.startswith("UserError at tests/web/test_log.py:")
    assert " after KeyError at tests/web/test_log.py:" in trace
    assert WANG not in trace


def test_an_error_without_end_has_a_trace_with_one() -> None:
    error = ValueError()
    error.__cause__ = error

    assert trace_of(error).count("ValueError") == 5


def test_a_mail_that_cannot_be_asked_for_names_nobody(
    visitor: Browser, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(*given: object, **named: object) -> None:
        raise RuntimeError(f"{given} {named}")

    monkeypatch.setattr(f"web.desks.account.session.{ask_link.__name__}", fail)
    answer = visitor.post("/sign-in/link", {"address": WANG})

    assert answer.status_code == 500
    assert WANG not in "".join(capfd.readouterr()) + answer.text
