"""Bodies that are too large, too slow or none at all: refused in words, soon, with little memory."""

import re
import tracemalloc
from collections.abc import Iterator
from itertools import repeat

import pytest
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engine.world import WANG
from tests.web.browser import Browser
from tests.web.live import Line, head, live
from tests.web.probe import Place, open_place
from web.access import rule_of
from web.csrf import token_for
from web.limits import FORM, UPLOAD, BodyLimits
from web.routes import ROUTERS
from web.visit import SESSION, VISITOR

URLENCODED = {"content-type": "application/x-www-form-urlencoded"}
KIND = "multipart/form-data; boundary=B"
MULTIPART = {"content-type": KIND}
PIECE = b"x" * 65_536


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Give a city whose pages go wrong."""
    with open_place(tmp_path_factory.mktemp("place")) as opened:
        yield opened


@pytest.fixture
def stranger(place: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """Give somebody who has not signed in, and who reads at once."""
    monkeypatch.setattr("web.limits.PARTING", 0.05)
    one = Browser(place.app)
    yield one
    one.close()


@pytest.fixture(scope="module")
def port(place: Place) -> Iterator[int]:
    """Serve it on a socket, with little patience."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BodyLimits, "patience", 0.4)
        with live(place.home, place.clock) as number:
            yield number


def sent(one: Browser, body: bytes | Iterator[bytes], **headers: str) -> int:
    """Send a body as a form with a token; return the status."""
    named = {"x-csrf-token": one.token, **URLENCODED, **headers}
    return one.request("POST", "/probe/form", content=body, headers=named).status_code


def part(name: str, value: bytes, *, file: str = "") -> bytes:
    """Return a part of a form with files."""
    named = f'; filename="{file}"' if file else ""
    return f'--B\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'.encode() + value + b"\r\n"


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("path", ["/probe/form", "/probe/hiding", "/api/v1/probe/open"])
def test_a_body_over_the_limit_is_refused_whoever_reads_it(
    path: str, chunked: bool, stranger: Browser
) -> None:
    pieces = repeat(PIECE, FORM // len(PIECE) + 1)
    body = iter(pieces) if chunked else b"".join(pieces)
    kind = "application/json" if "api" in path else URLENCODED["content-type"]

    answer = stranger.request(
        "POST", path, content=body, headers={"x-csrf-token": stranger.token, "content-type": kind}
    )

    assert (answer.status_code, answer.headers["connection"]) == (413, "close")
    wanted = "application/problem+json" if "api" in path else "text/html; charset=utf-8"
    assert answer.headers["content-type"] == wanted


def test_a_page_that_takes_files_takes_more(place: Place) -> None:
    person = Browser(place.app, WANG)
    large = b"x" * (2 * FORM)

    there = person.post("/probe/files", files={"file": ("film.mp4", large)})
    elsewhere = person.post("/probe/form", files={"file": ("film.mp4", large)})

    assert (there.json(), elsewhere.status_code) == ([len(large)], 413)


def test_a_refusal_is_a_page_that_says_what_to_do(stranger: Browser) -> None:
    answer = stranger.request("POST", "/probe/form", content=PIECE * 40)

    assert "内容太大" in answer.text
    assert "把文件缩小" in answer.text


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"&".join(b"a=1" for _ in range(3000)), URLENCODED),
        (b"a=" + b"x" * 300_000, URLENCODED),
        (b"x" * 300_000 + b"=", URLENCODED),
        (b"".join(part(f"a{n}", b"1") for n in range(3000)) + b"--B--\r\n", MULTIPART),
        (b"".join(part("f", b"1", file="a.txt") for _ in range(120)) + b"--B--\r\n", MULTIPART),
        (part("a", b"x" * 300_000) + b"--B--\r\n", MULTIPART),
        (b"--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--\r\n", MULTIPART),
        (b"--B\r\n" + b"X-A: " + b"x" * 9000 + b"\r\n\r\nx\r\n--B--\r\n", MULTIPART),
        (b"--B\r\n" + b"X-A: 1\r\n" * 100 + b"\r\nx\r\n--B--\r\n", MULTIPART),
        (b"--B\r\nno colon\r\n\r\nx\r\n--B--", MULTIPART),
        (b"no boundary at all", MULTIPART),
        (b"x", {"content-type": "multipart/form-data"}),
        (b"x", {"content-type": "multipart/form-data; boundary="}),
        (b"x", {"content-type": "multipart/form-data; boundary=" + "b" * 500}),
    ],
)
def test_a_body_that_is_no_form_is_refused(body: bytes, kind: dict[str, str], stranger: Browser) -> None:
    assert sent(stranger, body, **kind) in (400, 403, 422)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"a=%00%ff%fe&%00=%ed%a0%80&number=%EF%BC%93", URLENCODED),
        (b"a=\x00\xff\xfe;;&&==%zz%", URLENCODED),
        (part("a", b"\x00\xff\xed\xa0\x80") + b"--B--\r\n", MULTIPART),
        (part("file", b"x", file="\\ud800\x7f.jpg") + b"--B--\r\n", MULTIPART),
        (part("a", part("b", part("c", b"1"))) + b"--B--\r\n", MULTIPART),
    ],
)
def test_odd_encodings_and_nested_parts_are_read_or_refused(
    body: bytes, kind: dict[str, str], stranger: Browser
) -> None:
    assert sent(stranger, body, **kind) in (200, 400)


@pytest.mark.parametrize(
    "charset",
    ["undefined", "idna", "punycode", "utf-7", "unicode_escape", "utf-16", "zlib", "hex", "../x", "x" * 900],
)
@pytest.mark.parametrize("value", [b"x", b"+2AA-", b"\\ud800", b"\xff-\xff"])
def test_whatever_encoding_a_body_names_it_is_read_or_refused(
    charset: str, value: bytes, stranger: Browser
) -> None:
    kind = {"content-type": f"multipart/form-data; boundary=B; charset={charset}"}

    assert sent(stranger, part("a", value) + b"--B--\r\n", **kind) in (200, 400)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.binary(max_size=2000),
    kind=st.sampled_from(["a/b", *URLENCODED.values(), *MULTIPART.values()]),
)
def test_no_body_breaks_a_page(body: bytes, kind: str, stranger: Browser) -> None:
    assert sent(stranger, b"--B\r\n" + body, **{"content-type": kind}) < 500


def test_files_are_held_on_disk_not_in_memory(place: Place, port: int) -> None:
    person = Browser(place.app, WANG)
    session, begin, end = person.cookies[SESSION], part("file", b"", file="film.mp4")[:-2], b"\r\n--B--\r\n"
    size = 640 * len(PIECE)
    length = f"content-length: {len(begin) + size + len(end)}"
    tracemalloc.start()

    with Line(port) as line:
        named = (f"cookie: {SESSION}={session}", f"x-csrf-token: {person.token}", "content-type: " + KIND)
        line.say(head("POST", "/probe/files", *named, length), begin)
        for _ in range(640):
            line.say(PIECE)
        answer = line.say(end).answer()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert (answer[0], answer[2]) == (200, f"[{size}]".encode())
    assert most < 12 * 1024 * 1024


UPLOADS = [
    route
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute) and rule_of(route).uploads
]


@pytest.mark.parametrize("route", UPLOADS, ids=[route.path for route in UPLOADS])
def test_a_large_body_is_not_read_before_the_visitor_is_known(route: APIRoute, port: int) -> None:
    path = re.sub("{.*?}", "1", route.path)
    with Line(port) as line:
        line.say(head("POST", path, cookie(), f"content-length: {UPLOAD}", f"content-type: {KIND}"))

        assert line.answer()[0] in (303, 401)


@pytest.mark.parametrize("pieces", [b"", b"a=1"])
def test_a_body_that_never_ends_is_cut_off(pieces: bytes, port: int) -> None:
    with Line(port) as line:
        line.say(head("POST", "/probe/hiding", cookie(), token(), "content-length: 100"), pieces)
        status, headers, _ = line.answer()

        assert (status, headers["connection"], line.rest()) == (408, "close", b"")


def test_a_body_that_drips_is_cut_off(port: int) -> None:
    with Line(port) as line:
        line.say(head("POST", "/probe/form", cookie(), token(), "content-length: 1000", *form()))
        line.socket.settimeout(0.1)
        pieces = 0
        while pieces < 100:
            pieces += 1
            line.say(b"a")
            try:
                first = line.socket.recv(12)
                break
            except TimeoutError:
                continue

    assert (first, pieces < 40) == (b"HTTP/1.1 408", True)


def test_a_visitor_who_leaves_while_sending_breaks_nothing(
    port: int, capfd: pytest.CaptureFixture[str]
) -> None:
    with Line(port) as line:
        line.say(head("POST", "/probe/form", cookie(), token(), "content-length: 1000", *form()), b"a=")
    with Line(port) as other:
        status, _, _ = other.say(head("GET", "/probe")).answer()

    printed = "".join(capfd.readouterr())
    assert (status, "Traceback" in printed, "broken" in printed) == (200, False, False)


def test_a_refusal_can_be_read_while_the_body_still_comes(port: int) -> None:
    with Line(port) as line:
        line.say(head("POST", "/probe/form", cookie(), token(), f"content-length: {FORM * 4}", *form()))
        for _ in range(FORM * 4 // len(PIECE)):
            line.say(PIECE)
        status, _, body = line.answer()

    assert (status, "内容太大".encode() in body) == (413, True)


def test_a_chunked_body_over_the_limit_is_refused_on_a_socket(port: int) -> None:
    chunk = b"10000\r\n" + PIECE + b"\r\n"
    with Line(port) as line:
        line.say(head("POST", "/probe/hiding", cookie(), token(), "transfer-encoding: chunked"))
        for _ in range(FORM // len(PIECE) + 2):
            line.say(chunk)
        status, _, _ = line.answer()

    assert status == 413


@pytest.mark.parametrize(
    "lines",
    [
        ("content-length: 5", "transfer-encoding: chunked"),
        ("content-length: 5", "content-length: 6"),
        ("content-length: 5, 6",),
        ("content-length: -1",),
        ("content-length: +5",),
        ("content-length: 5_0",),
        ("content-length: 99999999999999999999999999",),
        ("transfer-encoding: gzip, chunked",),
        ("transfer-encoding: chunked", "transfer-encoding: chunked"),
        ("transfer-encoding:\x0bchunked",),
        ("content-length : 5",),
        ("host: other.example.cn",),
    ],
)
def test_a_request_that_two_could_read_in_two_ways_is_refused(lines: tuple[str, ...], port: int) -> None:
    smuggled = "0\r\n\r\nGET /probe/redirect HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n"
    with Line(port) as line:
        line.say(head("POST", "/probe/hiding", cookie(), token(), *lines), smuggled)
        raw = line.rest()

    assert raw.split(b" ", 2)[1] in (b"400", b"411", b"413", b"501")
    assert raw.count(b"HTTP/1.1") == 1


def cookie() -> str:
    """Return the cookie of a stranger."""
    return f"cookie: {VISITOR}=a-stranger"


def token() -> str:
    """Return the stranger's token."""
    return f"x-csrf-token: {token_for('a-stranger')}"


def form() -> tuple[str]:
    """Return the header of a form."""
    return ("content-type: application/x-www-form-urlencoded",)
