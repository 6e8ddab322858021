"""What people write into a sheet, and what it means."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.official import What
from engine.official.headings import guesses, likeness
from engine.official.parsing import meaning, span
from engine.official.wording import as_written, boxes, listed, period_text
from engine.sheets.problems import Wrong
from tests.engine.official.town import APPLICATION, LIST

KIND = APPLICATION.by_key["kind"]
DAYS = st.dates(date(2001, 1, 1), date(2099, 12, 1))
# what a form's text answer keeps: one line, no boxes, no marks of the sentence around it
WORDS = (
    st.text("灯谜讲座AB12 ", min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)
)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("9月18日上午9:00-11:30", 18, 18),
        ("9月15、16日", 15, 16),
        ("2023年9月17日—23日", 17, 23),
        ("9.17-9.23", 17, 23),
        ("9月18日（周一）下午 2时30分", 18, 18),
        ("2023/9/17至2023/9/19", 17, 19),
        ("９月１７日全天", 17, 17),
        ("9月17号-19号", 17, 19),
        ("九月十七日", 17, 17),
        ("二〇二三年九月十七日至二十三日", 17, 23),
        ("9月中旬", 11, 20),
        ("2023年9月中下旬", 11, 30),
        ("九月上旬至中旬", 1, 20),
    ],
)
def test_a_period_is_understood(text: str, first: int, last: int) -> None:
    assert span(text, year=2023) == (date(2023, 9, first), date(2023, 9, last))


@pytest.mark.parametrize(
    "text", ["9月15日、17日", "9月31日", "9月20日至18日", "待定", "中旬", "9月下旬至上旬"]
)
def test_what_is_no_period_is_told(text: str) -> None:
    with pytest.raises(Wrong):
        span(text, year=2023)


@given(DAYS, st.integers(0, 500))
def test_a_period_written_is_read_as_it_was(first: date, days: int) -> None:
    last = first + timedelta(days=days)

    assert span(period_text(first, last), year=2050) == (first, last)


@given(st.lists(st.sampled_from(sorted(KIND.choices)), unique=True), WORDS)
def test_choices_written_are_read_as_they_were(chosen: list[str], other: str) -> None:
    said = other if "other" in chosen else None
    wanted = {"kind": [key for key in KIND.choices if key in chosen] or None, "kind_other": said}

    for text in (boxes(KIND, chosen, said), listed(KIND, chosen, said)):
        assert meaning(KIND, text, APPLICATION, year=2023) == wanted


@given(st.none() | st.integers(0, 10**6), st.none() | st.integers(0, 10**6))
def test_a_sentence_written_is_read_as_it_was(expected: int | None, staff: int | None) -> None:
    told = [as_written(What.NUMBER, one) for one in (expected, staff)]
    text = f"预计公众参与活动人数 {told[0]} 人，组织工作人员 {told[1]} 人。"

    assert meaning(APPLICATION.by_key["people"], text, APPLICATION, year=2023) == {
        "expected": expected,
        "staff": staff,
    }


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("约500人", 500), ("1.2万人次", 12000), ("300余人", 300), ("1,200", 1200), ("约300", 300)),
        *(("三百", 300), ("300＋", 300), ("近千人", 1000), ("三百五十余人次", 350), ("二〇〇人", 200)),
        *(("1.5千人左右", 1500), ("两万", 20000), ("近万人", 10000), ("300人以上", 300)),
    ],
)
def test_numbers_come_with_words_around_them(text: str, number: int) -> None:
    expected = APPLICATION.by_key["expected"]

    assert meaning(expected, text, APPLICATION, year=2023) == {"expected": number}


@pytest.mark.parametrize(
    "text", ["300-500", "300人至500人", "数百人", "上千人", "三百五", "1万5", "三五百人"]
)
def test_a_number_that_may_be_several_is_asked_for(text: str) -> None:
    with pytest.raises(Wrong):
        meaning(APPLICATION.by_key["expected"], text, APPLICATION, year=2023)


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("(√)青少年 （ ）农民", ["youth"]),
        ("（√）青少年（✓）农民（ ）其他（请注明）", ["youth", "farmers"]),
        ("青少年（√） 农民（ ） 产业工人（  ）", ["youth"]),
        ("【V】青少年 【】农民", ["youth"]),
        ("（ ）青少年 （ ）农民", None),
        ("青少年、其他（ ）", ["youth", "other"]),
    ],
)
def test_brackets_are_boxes(text: str, chosen: list[str] | None) -> None:
    audience = APPLICATION.by_key["audience"]

    assert meaning(audience, text, APPLICATION, year=2023)["audience"] == chosen


@given(st.text(max_size=60))
def test_any_text_means_something_or_is_told(text: str) -> None:
    for item in (*APPLICATION.columns, *LIST.columns):
        try:
            meaning(item, text, APPLICATION, year=2023)
        except Wrong as wrong:
            assert wrong.zh and wrong.en


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_a_share(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == 1


def test_each_column_is_guessed_once() -> None:
    found = guesses(["活动的名字", "名字"], LIST, taken=())

    assert [one.item for one in found] == ["title", None]
