"""The sentence for the next page: ours alone, once, for a minute; and a way there that never leaves."""

import json
from collections.abc import Iterator
from random import Random
from urllib.parse import quote, urljoin, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from itsdangerous import URLSafeTimedSerializer

from tests.engine.world import WANG
from tests.web.browser import Browser
from tests.web.probe import Place, open_place
from web.told import TOLD, Told, read_told, write_told
from web.visit import is_ours
from web.words import TEXTS

SECRET = b"s" * 32
HERE = "https://duban.example.cn/cases/1"


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


def test_a_sentence_is_shown_once_on_the_next_page(visitor: Browser) -> None:
    visitor.get("/probe/way?to=/probe")

    assert ["已复制" in visitor.get("/probe").text.partition("<main")[2] for _ in range(2)] == [True, False]


def test_a_part_of_a_page_leaves_the_sentence_for_the_next(visitor: Browser) -> None:
    visitor.get("/probe/way?to=/probe")
    visitor.get("/no-such-page", headers={"hx-request": "true"})

    assert "已复制" in visitor.get("/probe").text.partition("<main")[2]


def test_the_sentence_is_for_the_next_page_only() -> None:
    assert read_told(write_told(Told(text="好", tone="late"), SECRET), SECRET) == Told(text="好", tone="late")
    assert read_told(write_told(Told(text="好"), SECRET), b"another") is None


def test_after_a_minute_it_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = write_told(Told(text="好"), SECRET)
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: 4_000_000_000)

    assert read_told(kept, SECRET) is None


@pytest.mark.parametrize(
    "content",
    [{"text": "x", "more": 1}, {"tone": "x"}, ["x"], "x", None, {"text": 5}, {"text": "x", "tone": []}],
)
def test_what_is_signed_but_no_sentence_of_ours_is_not_shown(content: object) -> None:
    assert read_told(URLSafeTimedSerializer(SECRET, salt=TOLD).dumps(content), SECRET) is None


@pytest.mark.parametrize("salt", ["duban_sso", "itsdangerous"])
def test_what_was_signed_for_something_else_is_not_shown(salt: str) -> None:
    assert read_told(URLSafeTimedSerializer(SECRET, salt=salt).dumps({"text": "x"}), SECRET) is None


@given(st.text())
def test_nobody_else_puts_words_there(value: str) -> None:
    assert read_told(value, SECRET) is None


@given(st.data())
def test_a_changed_cookie_is_none(data: st.DataObject) -> None:
    good = write_told(Told(text="好"), SECRET)
    body = good.rpartition(".")[0]  # the last character of the signature has bits to spare
    at = data.draw(st.integers(0, len(body) - 1))
    changed = data.draw(st.sampled_from("abcXYZ019-_.").filter(lambda char: char != good[at]))

    assert read_told(good[:at] + changed + good[at + 1 :], SECRET) is None


@pytest.mark.parametrize("highest", [0xD7FF, 0x1FFFF])
@settings(max_examples=20)
@given(random=st.randoms(use_true_random=False))
def test_the_longest_sentence_fits_into_a_cookie(random: Random, highest: int) -> None:
    text = "".join(chr(random.randint(0x20, highest)) for _ in range(900))
    kept = write_told(Told(text=text), SECRET)

    assert len(kept) + len(f"__Host-{TOLD}=") < 4_000
    assert read_told(kept, SECRET) is not None


def test_a_name_with_markup_is_shown_as_it_is(visitor: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TEXTS, "common.copied", ("<img src=x onerror=alert(1)>", "x"))  # type: ignore[arg-type]  # a dict underneath
    visitor.get("/probe/way?to=/probe")

    page = visitor.get("/probe").text.partition("<main")[2]
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "<img" not in page


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example.org",
        "//evil.example.org",
        "///evil.example.org",
        "/\\evil.example.org",
        "\\\\evil.example.org",
        "/\t/evil.example.org",
        "/\n/evil.example.org",
        "javascript:alert(1)",
        " //evil.example.org",
        "evil.example.org",
        "",
        "/a\r\nset-cookie: x=y",
        "/\ud800",
    ],
)
def test_no_way_leads_elsewhere(to: str, visitor: Browser) -> None:
    answer = visitor.get(f"/probe/way?to={quote(to, errors='surrogatepass')}")

    assert answer.headers["location"] in ("/", "/%EF%BF%BD%EF%BF%BD%EF%BF%BD")
    assert "x=y" not in str(answer.headers)


@pytest.mark.parametrize("to", ["/cases/QZ-1?tab=a&b=c", "/cases?q=%E7%A7%91", "/x#part", "/a%2Fb", "/"])
def test_a_way_within_is_kept_as_it_is(to: str, visitor: Browser) -> None:
    assert visitor.get(f"/probe/way?to={quote(to)}").headers["location"] == to


def test_a_part_of_a_page_leads_the_whole_page_on(visitor: Browser) -> None:
    answer = visitor.get("/probe/way?to=/probe", headers={"hx-request": "true"})

    assert (answer.status_code, answer.headers["hx-redirect"]) == (204, "/probe")


@given(st.one_of(st.text(), st.from_regex(r"/[/\\\t\n.:@?#;%a-z ]{0,12}", fullmatch=True)))
def test_what_counts_as_ours_never_leaves_the_site(path: str) -> None:
    if not is_ours(path):
        return
    browsers = path.replace("\\", "/").replace("\t", "").replace("\n", "").replace("\r", "").strip()
    there = urlsplit(urljoin(HERE, browsers))

    assert (there.scheme, there.netloc) == ("https", "duban.example.cn")
    assert json.dumps(path).isprintable()
