"""Working days, make-up days included."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.workdays import WorkCalendar

CN = WorkCalendar()
DAYS = st.dates(date(2004, 1, 1), date(2028, 12, 31))
TABLES = st.dictionaries(st.dates(date(2023, 9, 1), date(2023, 10, 31)), st.booleans(), max_size=20)


def test_the_holiday_of_2023_and_its_make_up_days() -> None:
    off = [day for day in range(25, 31) if not CN.is_working(date(2023, 9, day))]
    october = [day for day in range(1, 11) if CN.is_working(date(2023, 10, day))]

    assert (off, october) == ([29, 30], [7, 8, 9, 10])


@pytest.mark.parametrize(
    ("n", "day"),
    [(-3, "2023-09-26"), (-1, "2023-09-28"), (0, "2023-09-30"), (1, "2023-10-07"), (3, "2023-10-09")],
)
def test_shifting_counts_neither_the_day_itself_nor_days_off(n: int, day: str) -> None:
    assert CN.shift(date(2023, 9, 30), n) == date.fromisoformat(day)


def test_days_off_move_to_the_working_day_before_or_after() -> None:
    off = date(2023, 10, 1)

    assert (CN.on_or_before(off), CN.on_or_after(off)) == (date(2023, 9, 28), date(2023, 10, 7))


def test_a_city_lays_its_own_table_over_the_calendar() -> None:
    city = WorkCalendar(days={date(2023, 9, 29): True, date(2023, 9, 28): False})

    assert city.on_or_before(date(2023, 9, 30)) == date(2023, 9, 29)
    assert city.shift(date(2023, 9, 29), -1) == date(2023, 9, 27)


def test_a_year_not_published_counts_monday_to_friday_and_says_so() -> None:
    monday = date(2040, 10, 1)

    assert (CN.is_working(monday), CN.is_provisional(monday), CN.name(2040)) == (
        True,
        True,
        "CN-2040 (provisional)",
    )
    assert (CN.is_provisional(date(2023, 10, 1)), CN.name(2023)) == (False, "CN-2023")


def test_a_day_in_the_citys_table_is_not_provisional() -> None:
    day = date(2040, 10, 1)

    assert not WorkCalendar(days={day: False}).is_provisional(day)


@given(st.dates(date(2004, 1, 1), date(2026, 12, 31)))
def test_every_published_day_is_as_the_library_says(day: date) -> None:
    assert CN.is_working(day) == chinese_calendar.is_workday(day)


@given(DAYS, st.integers(-40, 40), TABLES)
def test_shift_and_count_are_each_others_inverse(day: date, n: int, table: dict[date, bool]) -> None:
    city = WorkCalendar(days=table)
    start = city.on_or_before(day)

    assert city.count(start, city.shift(start, n)) == n


@given(DAYS, DAYS)
def test_counting_back_is_counting_forth_negated(a: date, b: date) -> None:
    assert CN.count(a, b) == -CN.count(b, a)


@given(DAYS, st.integers(-30, 30))
def test_a_later_day_is_never_shifted_to_an_earlier_one(day: date, n: int) -> None:
    assert CN.shift(day, n) <= CN.shift(day + timedelta(days=1), n)


@given(DAYS)
def test_the_nearest_working_days_enclose_a_day(day: date) -> None:
    before, after = CN.on_or_before(day), CN.on_or_after(day)

    assert before <= day <= after
    assert CN.is_working(before)
    assert CN.is_working(after)
    assert (before == day) == CN.is_working(day) == (after == day)
