"""Headers on every answer, whatever it is, and the flags of every cookie."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from config.settings import load_settings
from engine.home import init_home, open_home
from tests.engine.world import NOW
from tests.web.browser import Browser
from tests.web.probe import Place, open_place
from web.app import build
from web.headers import FIXED, MAIL_POLICY, POLICY
from web.limits import FORM
from web.templating import static
from web.visit import VISITOR

ASKED = [
    ("GET", "/probe", 200),
    ("HEAD", "/probe", 200),
    ("GET", "/no-such-page", 404),
    ("GET", "/static/no-such-file.css", 404),
    ("GET", "/static/duban.css", 200),
    ("GET", "/", 303),
    ("GET", "/probe/redirect", 307),
    ("GET", "/probe/", 307),
    ("GET", "/probe/broken/x", 500),
    ("GET", "/probe/before", 500),
    ("GET", "/probe/refused/x.y", 422),
    ("GET", "/probe/number/x", 404),
    ("GET", "/probe?q=%00", 400),
    ("GET", "/probe/" + "x" * 2000, 414),
    ("DELETE", "/probe", 405),
    ("OPTIONS", "/probe", 204),
    ("POST", "/probe/form", 403),
    ("GET", "/api/v1/nothing", 404),
    ("GET", "/api/v1/probe", 401),
    ("GET", "/api/v1/probe/broken", 500),
]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Give a city whose pages go wrong."""
    with open_place(tmp_path_factory.mktemp("place")) as opened:
        yield opened


@pytest.fixture
def stranger(place: Place) -> Iterator[Browser]:
    """Give somebody who has not signed in."""
    one = Browser(place.app)
    yield one
    one.close()


def protected(answer: Response) -> dict[str, str | None]:
    """Return the headers that every answer must have."""
    return {name: answer.headers.get(name) for name in FIXED}


@pytest.mark.parametrize(("method", "path", "status"), ASKED)
def test_every_answer_is_protected(method: str, path: str, status: int, stranger: Browser) -> None:
    answer = stranger.request(method, path)

    assert (answer.status_code, protected(answer)) == (status, FIXED)
    assert len(answer.headers["x-request-id"]) == 32
    assert answer.headers["cache-control"] == ("no-cache" if path == "/static/duban.css" else "no-store")


def test_a_body_that_is_too_large_is_refused_with_them_too(stranger: Browser) -> None:
    answer = stranger.request("POST", "/probe/form", content=b"x" * (FORM + 1))

    assert (answer.status_code, protected(answer)) == (413, FIXED)


def test_nothing_runs_frames_or_is_sent_elsewhere() -> None:
    rules = dict(rule.split(" ", 1) for rule in POLICY.split("; "))

    assert rules.pop("img-src") == "'self' data:"
    assert {rules.pop(name) for name in ("default-src", "base-uri", "frame-ancestors")} == {"'none'"}
    assert set(rules.values()) == {"'self'"}


def test_a_mail_in_a_frame_can_do_nothing(stranger: Browser) -> None:
    answer = stranger.get("/probe/mail")
    changed = {"content-security-policy": MAIL_POLICY, "x-frame-options": "SAMEORIGIN"}

    assert protected(answer) == FIXED | changed
    assert (MAIL_POLICY.startswith("default-src 'none'"), MAIL_POLICY.endswith("; sandbox")) == (True, True)
    assert "script-src" not in MAIL_POLICY


@pytest.mark.parametrize(("base", "there"), [("https://duban.example.cn", True), ("http://x.cn", False)])
def test_browsers_are_held_to_tls_only_where_there_is_tls(base: str, there: bool, tmp_path: Path) -> None:
    with served_as(base, tmp_path) as client:
        answer = client.get("/sign-in")

    assert ("strict-transport-security" in answer.headers) is there


@pytest.mark.parametrize(
    ("base", "flags"),
    [
        ("https://duban.example.cn", f"__Host-{VISITOR}=; HttpOnly; Path=/; SameSite=lax; Secure"),
        ("http://duban.example.cn", f"{VISITOR}=; HttpOnly; Path=/; SameSite=lax"),
    ],
)
def test_cookies_are_for_us_alone(base: str, flags: str, tmp_path: Path) -> None:
    with served_as(base, tmp_path) as client:
        answer = client.get("/sign-in")

    assert re.sub(r"=[\w-]{43};", "=;", answer.headers["set-cookie"]) == flags


def test_over_tls_a_cookie_that_another_host_could_set_is_not_ours(tmp_path: Path) -> None:
    with served_as("https://duban.example.cn", tmp_path) as client:
        client.cookies.set(VISITOR, "planted")
        answer = client.get("/sign-in")

    assert f"__Host-{VISITOR}=" in answer.headers["set-cookie"]


def test_a_static_file_is_kept_for_ever_only_by_the_mark_of_its_content(stranger: Browser) -> None:
    kept = stranger.get(static("duban.css")).headers["cache-control"]
    other = stranger.get("/static/duban.css?v=000000000000").headers["cache-control"]

    assert (kept, other) == ("public, max-age=31536000, immutable", "no-cache")


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd"]
)
def test_nothing_beside_the_static_files_is_read(path: str, stranger: Browser) -> None:
    assert stranger.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/probe", "/sign-in", "/no-such-page", "/probe/broken/x"])
def test_a_page_has_no_script_or_style_of_its_own(path: str, stranger: Browser) -> None:
    html = stranger.get(path).text

    assert re.findall(r"<style|<script(?! src=\"/static/)|\sstyle=|\son[a-z]+=|javascript:", html) == []


@contextmanager
def served_as(base: str, folder: Path) -> Iterator[TestClient]:
    """Give a browser of a home that people reach by an address."""
    settings = load_settings(home=folder / "home", base_url=base)
    init_home(settings, now=NOW, origin="test")
    with open_home(settings) as home, TestClient(build(home, clock=lambda: NOW), base_url=base) as client:
        yield client
