from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.sheets.cells import Raw
from engine.sheets.days import day, period
from engine.sheets.problems import Wrong

SEVENTEENTH = date(2023, 9, 17)
days = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    "written",
    [
        "2023-09-17",
        "2023/9/17",
        "2023.9.17",
        "2023年9月17日",
        "2023 年 9 月 17 日",
        "２０２３年９月１７日",
        "20230917",
        20230917,
        "9月17日",
        "9月17号",
        "九月十七日",
        "二〇二三年九月十七日",
        "二○二三年九月十七日（星期日）",
        "9-17",
        "9/17",
        "9.17",
        9.17,
        " 9月17日（星期日） ",
        "9月17日上午 9:00",
        "2023-09-17 09:00:00",
        "2023-09-17T09:00",
        SEVENTEENTH,
        datetime(2023, 9, 17, 9, 0),
    ],
)
def test_a_day_is_read_in_the_ways_people_write_it(written: Raw) -> None:
    assert day(written, year=2023) == SEVENTEENTH


@given(
    days,
    st.sampled_from(
        ["{0.year}-{0.month:02}-{0.day:02}", "{0.year}年{0.month}月{0.day}日", "{0.year}.{0.month}.{0.day}"]
    ),
)
def test_every_day_is_read_as_itself(wanted: date, form: str) -> None:
    assert day(form.format(wanted), year=1) == wanted


@given(days)
def test_a_day_without_a_year_is_of_the_year_given(wanted: date) -> None:
    assert day(f"{wanted.month}月{wanted.day}日", year=wanted.year) == wanted


@given(st.text())
def test_any_text_is_a_day_or_refused(text: str) -> None:
    try:
        read = day(text, year=2023)
    except Wrong as wrong:
        assert "；" in wrong.zh
    else:
        assert 2000 <= read.year <= 2100


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("9月31日", "没有这一天；请改为 9月1日 至 9月30日 之间的日期"),
        ("2月29日", "没有这一天；请改为 2月1日 至 2月28日 之间的日期"),
        ("2023-02-30", "没有这一天；请改为 2023年2月1日 至 2月28日 之间的日期"),
        ("9月0日", "没有这一天；请改为 9月1日 至 9月30日 之间的日期"),
        ("2023年13月1日", "没有 13 月；请写成 2023-09-17 或 9月17日 这样"),
        ("0023-09-17", "年份不对；请写 2000 至 2100 年之间的日期"),
        (date(1900, 1, 1), "年份不对；请写 2000 至 2100 年之间的日期"),
        ("9.1", "可能是 9月1日，也可能是 9月10日；请写成 9月1日 这样"),
        (9.1, "可能是 9月1日，也可能是 9月10日；请写成 9月1日 这样"),
        (45186, "是 Excel 的日期序号（2023-09-17）；请把这一列的单元格格式设为“日期”"),
        ("九月中旬", "看不懂这个日期；请写成 2023-09-17 或 9月17日 这样"),
        ("23-9-17", "看不懂这个日期；请写成 2023-09-17 或 9月17日 这样"),
        (True, "看不懂这个日期；请写成 2023-09-17 或 9月17日 这样"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_the_way_out(written: Raw, reason: str) -> None:
    with pytest.raises(Wrong) as caught:
        day(written, year=2023)

    assert caught.value.zh == reason


@pytest.mark.parametrize(
    "written",
    [
        "9月17日至23日",
        "9月17日-23日",
        "9月17日—9月23日",
        "9月17日到9月23号",
        "9.17-9.23",
        "2023.9.17-9.23",
        "2023.9.17-2023.9.23",
        "2023-09-17至2023-09-23",
        "2023/9/17 ～ 2023/9/23",
    ],
)
def test_a_period_is_read_in_the_ways_people_write_it(written: str) -> None:
    assert period(written, year=2023) == (SEVENTEENTH, date(2023, 9, 23))


@pytest.mark.parametrize("written", ["2023-09-17", "9-17", SEVENTEENTH])
def test_one_day_is_a_period_of_one_day(written: Raw) -> None:
    assert period(written, year=2023) == (SEVENTEENTH, SEVENTEENTH)


@pytest.mark.parametrize("written", ["9月17日至31日", "9月17日至", "至9月17日", "1至2至3"])
def test_a_broken_period_is_refused(written: str) -> None:
    with pytest.raises(Wrong):
        period(written, year=2023)
