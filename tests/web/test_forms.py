"""Forms read what people mean, keep what they typed, and take no text that cannot be kept or shown."""

from datetime import date, datetime
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import FormData, UploadFile

from config.schedule import Name
from web.forms import Form
from web.words import TEXTS

ZONE = ZoneInfo("Asia/Shanghai")
ANY = st.text(alphabet=st.characters(), max_size=60) | st.from_regex(
    r"[0-9０-９٠-٩+\-.,年月日T: ]{0,30}", fullmatch=True
)


def form(*values: Any) -> Form:
    """Return a form whose field ``x`` has these values."""
    return Form(FormData([("x", value) for value in values]), ZONE)


def upload(name: str, content: bytes = b"1") -> UploadFile:
    """Return an uploaded file."""
    return UploadFile(BytesIO(content), size=len(content), filename=name)


def storable(text: str) -> bool:
    """Return whether both databases and a page can hold a text."""
    return "\x00" not in text and text.encode("utf-8", "replace").decode() == text


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("300", 300),
        ("３００", 300),
        (" 1,200 ", 1200),
        ("１，２００", 1200),
        ("0012", 12),
        ("0" * 5000 + "7", 7),
        ("+5", 5),
        ("0", 0),
        ("1000000000", 1_000_000_000),
        ("", None),
    ],
)
def test_a_number_is_read_however_it_is_written(typed: str, number: int | None) -> None:
    filled = form(typed)

    assert (filled.number("x"), filled.problems) == (number, {})


@pytest.mark.parametrize(
    "typed",
    [
        "-1",
        "1.5",
        "三百",
        "3 4",
        "1e3",
        "0x10",
        "1_0",
        "9" * 5000,
        "1000000001",
        "²½",
        "NaN",
        "5\x00人",
        "--",
    ],
)
def test_what_is_no_whole_number_is_said(typed: str) -> None:
    filled = form(typed)

    assert (filled.number("x"), [*filled.problems]) == (None, ["x"])


@pytest.mark.parametrize(
    "typed",
    [
        "2023-09-28",
        "２０２３－０９－２８",
        "2023/9/28",
        "2023.9.28",
        "2023年9月28日",
        " 2023 年 9 月 28 日 ",
        "2023-09-28\x00",
    ],
)
def test_a_day_is_read_however_it_is_written(typed: str) -> None:
    filled = form(typed)

    assert (filled.day("x"), filled.problems) == (date(2023, 9, 28), {})


@pytest.mark.parametrize(
    "typed",
    [
        "2023-02-29",
        "2023-13-01",
        "0001-01-01",
        "9999-12-31",
        "1989-12-31",
        "20230928",
        "2023-W39-4",
        "28.9.2023",
        "今天",
    ],
)
def test_a_day_that_is_none_is_said(typed: str) -> None:
    filled = form(typed)

    assert (filled.day("x"), [*filled.problems]) == (None, ["x"])


@pytest.mark.parametrize(
    "typed",
    [
        "2023-09-28T16:04",
        "2023-09-28 16:04",
        "2023-09-28T16:04:00",
        "2023年9月28日 16：04",
        "２０２３－０９－２８Ｔ１６：０４",
    ],
)
def test_a_moment_is_by_the_clock_of_the_place(typed: str) -> None:
    filled = form(typed)

    assert filled.moment("x") == datetime(2023, 9, 28, 16, 4, tzinfo=ZONE)
    assert filled.problems == {}


@pytest.mark.parametrize(
    "typed",
    [
        "2023-09-28",
        "16:04",
        "2023-09-28T25:00",
        "2023-09-28T16:04+02:00",
        "2023-09-28T16:04Z",
        "0001-01-01T00:00",
    ],
)
def test_a_moment_that_is_none_is_said(typed: str) -> None:
    filled = form(typed)

    assert (filled.moment("x"), [*filled.problems]) == (None, ["x"])


@given(ANY)
def test_nothing_typed_breaks_a_field(typed: str) -> None:
    filled = form(typed)
    for read in (
        filled.number,
        filled.day,
        filled.moment,
        filled.checked,
        filled.many,
        filled.text,
        filled.value,
    ):
        read("x")

    assert storable(filled.text("x")) and storable(filled.value("x"))
    assert all(storable(one) for one in filled.many("x"))
    assert all(storable(text) for name in filled.problems.values() for text in (name.zh, name.en))


@given(ANY)
def test_a_day_or_moment_can_always_be_reckoned_with(typed: str) -> None:
    day, moment = form(typed).day("x"), form(typed).moment("x")

    assert day is None or 1990 <= day.year <= 2100
    assert moment is None or moment.astimezone(ZoneInfo("UTC")).year >= 1989


def test_lines_end_in_one_way_and_what_nobody_sees_is_dropped() -> None:
    assert form("a\r\nb\rc\n\u202ed\x00\x1b\ud800\te ").text("x") == "a\nb\nc\nd\te"


def test_a_text_that_is_too_long_is_said_and_never_passed_on_whole() -> None:
    filled = form("字" * 30)

    assert filled.text("x", most=10) == "字" * 10
    assert filled.problem("x") == Name(zh="太长，最多 10 个字", en="too long: at most 10 characters")


def test_a_field_left_empty_is_said_where_it_is_needed() -> None:
    filled = form(" \u3000\n")

    assert (filled.text("x", required=True), filled.text("y", required=True)) == ("", "")
    assert [*filled.problems] == ["x", "y"]


def test_the_first_thing_wrong_with_a_field_stays() -> None:
    filled = form("")
    filled.wrong("x", "form.required")
    filled.wrong("x", "form.number", most=3)

    assert filled.problem("x") == Name(zh=TEXTS["form.required"][0], en=TEXTS["form.required"][1])


def test_many_values_are_each_taken_once_and_none_too_long() -> None:
    assert form("a", "b", "a", "", "c" * 500, upload("f")).many("x") == ("a", "b")


def test_a_file_in_place_of_a_text_is_no_text() -> None:
    filled = form(upload("f.jpg"))

    assert (filled.text("x"), filled.value("x"), filled.checked("x")) == ("", "", False)


def test_a_text_in_place_of_a_file_is_no_file() -> None:
    assert (form("f.jpg").file("x"), form("f.jpg").files("x"), form(upload("")).file("x")) == (None, (), None)


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("照片 1.jpg", "照片 1.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\王敏\\照片.jpg", "照片.jpg"),
        ('a"\r\nset-cookie: x=y.jpg', 'a" set-cookie: x=y.jpg'),
        ("gpj\u202e.exe", "gpj.exe"),
        ("a\x00.php\x00.jpg", "a.php.jpg"),
        ("..", "file"),
        ("/", "file"),
        ("图" * 400 + ".jpeg", "图" * 150 + ".jpeg"),
        ("a." + "x" * 400, "a." + "x" * 148),
    ],
)
def test_a_file_has_a_bare_name(given_name: str, name: str) -> None:
    found = form(upload(given_name)).file("x")

    assert found is not None
    assert found.filename == name


@given(st.text(alphabet=st.characters(), min_size=1))
def test_no_file_name_leads_anywhere(given_name: str) -> None:
    found = form(upload(given_name)).file("x")

    assert found is not None and found.filename
    assert not {"/", "\\", "\n", "\r", "\x00"} & set(found.filename)
    assert found.filename not in (".", "..") and len(found.filename) <= 161
    assert storable(found.filename)


def test_what_was_typed_is_kept_for_showing_it_again() -> None:
    filled = form("<b>")

    assert (filled.value("x", "old"), filled.value("y", "old"), filled.value("y", None)) == ("<b>", "old", "")
