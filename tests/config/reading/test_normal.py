"""The plain text: what is folded, dropped and joined, and the way back."""

import pytest

from config.reading.normal import plain
from config.reading.numerals import number
from config.reading.read import read_notice
from config.reading.reading import Sort


@pytest.mark.parametrize(
    ("written", "flat"),
    {
        "２０２３年９月": "2023年9月",
        "⽉⽇": "月日",
        "2023 年 9 月 17 日": "2023年9月17日",
        "9月\u200b10日": "9月10日",
        "<s>4月2日</s>4月9日": "4月9日",
        "~~4月2日~~4月9日": "4月9日",
        "**9月1日**": "9月1日",
        "请于2023\n年9月": "请于2023年9月",
        "9月10\n日前": "9月10日前",
        "（含附件\n一）": "(含附件\n一)",
    }.items(),
)
def test_a_text_is_made_plain(written: str, flat: str) -> None:
    assert plain(written).text == flat


def test_a_cite_is_the_original_with_its_breaks() -> None:
    text = "各单位请于2023 年\n9 月\n\n— 2 —\n30 日前报送总结。"

    (clause,) = read_notice(text).of_sort(Sort.DEADLINE)

    assert clause.cite.of(text) == text
    assert str(clause.when.day) == "2023-09-30"
    assert clause.when.words.of(text) == "2023 年\n9 月\n\n— 2 —\n30 日"


@pytest.mark.parametrize(
    ("words", "value"),
    {
        "17": 17,
        "十": 10,
        "十五": 15,
        "二十": 20,
        "三十一": 31,
        "二〇二三": 2023,
        "廿五": 25,
        "日": -1,
    }.items(),
)
def test_numbers_are_read(words: str, value: int) -> None:
    assert number(words) == value


def test_a_compatibility_character_in_a_title_does_not_lose_the_issuer() -> None:
    reading = read_notice("青州市\uf966兴办公室关于开展活动的通知\n各单位：")  # a second form of 復

    assert reading.issuer is not None
    assert reading.issuer.text == "青州市\uf966兴办公室"
