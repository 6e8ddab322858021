"""By which rule a campaign begins: what the years known say, and nothing else."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.rollover.season_rule import rule_of


@pytest.mark.parametrize(
    ("first", "year", "expected"),
    [
        (date(2023, 9, 17), 2024, date(2024, 9, 15)),  # as it came to be
        (date(2021, 9, 11), 2022, date(2022, 9, 10)),
        (date(2023, 1, 29), 2024, date(2024, 1, 28)),  # a fifth Sunday is the last
        (date(2023, 1, 31), 2024, date(2024, 1, 30)),
    ],
)
def test_a_season_keeps_its_weekday_of_the_month(first: date, year: int, expected: date) -> None:
    assert rule_of([first]).day_in(year) == expected


def test_other_years_decide_between_the_fourth_and_the_last() -> None:
    fourth_or_last, last = date(2023, 9, 24), date(2022, 10, 30)
    both = rule_of([fourth_or_last, date(2018, 9, 30)])

    assert (rule_of([fourth_or_last]).name.en, both.name.en) == (
        "the fourth Sunday of September",
        "the last Sunday of September",
    )
    assert rule_of([fourth_or_last, last]).breaks == (last,)


def test_a_year_that_breaks_the_rule_is_told() -> None:
    rule = rule_of([date(2021, 9, 11), date(2023, 9, 17)])

    assert rule.name.zh == "9月第三个星期日"
    assert rule.evidence.zh == "依据 2023-09-17，但与 2021-09-11 不合"


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.integers(1990, 2100))
def test_every_day_has_a_rule_that_finds_it_again_and_a_day_in_every_year(first: date, year: int) -> None:
    rule = rule_of([first])

    assert rule.day_in(first.year) == first
    assert (rule.day_in(year).month, rule.day_in(year).weekday()) == (first.month, first.weekday())
