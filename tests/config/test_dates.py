"""Dates as notices state them."""

from calendar import monthrange
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.dates import parse_when
from config.dates_zh import from_chinese, to_chinese
from config.errors import UserError
from config.schedule import Name, Precision, When

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


def test_a_day_lasts_until_midnight() -> None:
    day = date(2023, 9, 30)

    assert parse_when("2023-09-30") == When(text="2023-09-30", precision=Precision.DAY, start=day, day=day)


def test_a_moment_ends_at_its_hour() -> None:
    when = parse_when("2023-09-30 18:00")

    assert (when.precision, when.day, when.until) == (Precision.TIME, date(2023, 9, 30), time(18))


def test_the_hour_24_is_the_whole_day() -> None:
    assert parse_when("2023-09-30 24:00").precision is Precision.DAY


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("early 2023-09", 1, 10),
        ("mid 2023-09", 11, 20),
        ("late 2023-09", 21, 30),
        ("late 2023-08", 21, 31),
        ("late 2024-02", 21, 29),
        ("2023-08", 1, 31),
    ],
)
def test_a_fuzzy_date_is_its_whole_span(text: str, first: int, last: int) -> None:
    when = parse_when(text)
    year, month = map(int, text.rsplit(maxsplit=1)[-1].split("-"))

    assert when == When(
        text=text,
        precision=Precision.FUZZY,
        start=date(year, month, first),
        day=date(year, month, last),
        approximate=True,
    )


def test_a_year_alone_is_the_whole_year() -> None:
    when = parse_when("2023")

    assert (when.precision, when.start, when.day) == (Precision.FUZZY, date(2023, 1, 1), date(2023, 12, 31))


@pytest.mark.parametrize(("text", "working"), [("held + 3 working days", True), ("held + 3 days", False)])
def test_a_relative_date_counts_from_the_day_held(text: str, working: bool) -> None:
    assert parse_when(text) == When(text=text, precision=Precision.RELATIVE, after=3, working=working)


def test_about_marks_our_reading() -> None:
    when = parse_when("about held + 5 working days")

    assert when == When(
        text="about held + 5 working days", precision=Precision.RELATIVE, after=5, approximate=True
    )


def test_tbd_is_no_date() -> None:
    assert parse_when("tbd") == When(text="tbd", precision=Precision.TBD)


def test_an_impossible_day_is_told_how_long_the_month_is() -> None:
    with pytest.raises(UserError) as refused:
        parse_when("2023-04-31")

    assert refused.value.code == "date.no_such_day"
    assert refused.value.text == Name(
        zh="“2023-04-31”：2023年4月只有30天，请写 2023-04-01 至 2023-04-30 之间的日期",
        en="'2023-04-31': 2023-04 has 30 days; write a day from 2023-04-01 to 2023-04-30",
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2023-13-01", "date.no_such_month"),
        ("late 2023-00", "date.no_such_month"),
        ("2023-09-30 25:00", "date.no_such_hour"),
        ("2023-09-30 24:01", "date.no_such_hour"),
        ("9999-12-31", "date.year_out_of_range"),
        ("held + 900 days", "date.too_far"),
        ("", "date.unreadable"),
        ("tomorrow", "date.unreadable"),
        ("２０２３-09-30", "date.unreadable"),
    ],
)
def test_what_is_no_date_is_refused(text: str, code: str) -> None:
    with pytest.raises(UserError) as refused:
        parse_when(text)

    assert refused.value.code == code


@pytest.mark.parametrize("text", ["2023年9月3号前", "2023/9/3", "2023.9.3"])
def test_a_date_in_another_style_is_shown_the_right_one(text: str) -> None:
    with pytest.raises(UserError, match="2023-09-03"):
        parse_when(text)


@given(DAYS, st.sampled_from(["{0}", "{0} 18:00", "early {1}", "mid {1}", "late {1}", "{1}", "about {0}"]))
def test_what_was_read_reads_the_same_again(day: date, form: str) -> None:
    when = parse_when(form.format(day, f"{day:%Y-%m}"))

    assert parse_when(when.text) == when


@given(DAYS)
def test_the_three_parts_of_a_month_are_the_month(day: date) -> None:
    parts = [parse_when(f"{part} {day:%Y-%m}") for part in ("early", "mid", "late")]
    days = [n for part in parts if part.start and part.day for n in range(part.start.day, part.day.day + 1)]

    assert days == list(range(1, monthrange(day.year, day.month)[1] + 1))


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    try:
        parse_when(text)
    except UserError as refused:
        assert refused.text.zh
        assert refused.text.en


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("2023年9月30日", "2023-09-30"),
        ("2023年9月30日 18:00", "2023-09-30 18:00"),
        ("2023年9月下旬", "late 2023-09"),
        ("2023年9月", "2023-09"),
        ("活动结束后3个工作日内", "held + 3 working days"),
        ("举办后5天", "held + 5 days"),
        ("约2023年9月下旬", "about late 2023-09"),
        ("待定", "tbd"),
    ],
)
def test_a_date_said_in_chinese_is_the_expression(said: str, text: str) -> None:
    assert parse_when(said) == parse_when(text)


@pytest.mark.parametrize(
    "text",
    ["2023-09-30", "2023-09-30 18:00", "late 2023-09", "2023-09", "2023", "held + 3 working days", "tbd"],
)
def test_what_is_shown_in_chinese_leads_back(text: str) -> None:
    assert (from_chinese(to_chinese(text)), to_chinese(text) != text) == (text, True)
