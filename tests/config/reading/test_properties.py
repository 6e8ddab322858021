"""What holds for any text: no error, places within it, the same answer again, and no hold-up."""

import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.reading.normal import plain
from config.reading.read import read_notice
from config.reading.reading import Reading, Span
from tests.config.reading.texts import INVENTED, invented, text_of

WORDS = (
    "请各单位于",
    "9月10日",
    "2024年",
    "前",
    "报送",
    "《",
    "》",
    "（",
    "）",
    "\n",
    "。",
    "，",
    "至",
    "—",
    "17-23日",
    "即日起",
    "下旬",
    "月底",
    "月",
    "主题：",
    "一、",
    "（二）",
    "联系人：",
    "a@example.cn",
    "0536-3000001",
    "<s>",
    "</s>",
    "~~",
    "\u200b",
    "②",
    "⼀",
    "２",
    " ",
    "\t",
    "|",
    "时间同上",
    "时限相同。",
    "当日8:00前",
    "第三周",
    "1.9月",
    "开始检查，",
    "延长至",
    "\n21日  ",
    "5个工作日内",
    "后",
    "另行通知",
    "由",
    "改为",
    "2月30日",
    "13月",
    "99日",
    "24时",
    "May 5, 2024",
    "每月",
    "— 3 —",
    "\x00",
    "\ud800",
)
FACES = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=6)), max_size=60).map("".join)
LONG = 200_000
HOSTILE = {
    "digits": "7",
    "months": "9月",
    "brackets": "（",
    "lines": "\n",
    "words": "各单位要高度重视科普活动",
    "dates": "请各单位于2023年9月30日前报送总结，",
    "rows": "请各单位于2023年9月30日前报送总结。\n",
    "ranges": "9月1日至",
    "pairs": "1-",
    "struck": "<s>",
    "headings": "一、\n",
    "soon": "10个工作日内",
    "quotes": "《",
    "addresses": "a@",
    "themes": "主题：",
    "titles": "关于\n",
    "spaces": " ",
    "cells": "9月1日\t",
    "changes": "报名时间由9月1日延长至9月2日。",
    "tables": "\n1\n提交申请\n9月1日-9月2日",
    "days": "9月1日，当日8:00前报送，",
    "signed": "科协\n2023年9月1日\n",
    "one line": f"请{'各单位要高度重视' * 12}于2023年9月30日前报送。",
}


def spans(reading: Reading) -> list[Span]:
    told = (reading.title, reading.issuer, reading.number, reading.theme, reading.subtheme, reading.parent)
    clauses = [span for one in reading.clauses for span in (one.cite, one.when.words, *one.also)]
    return [*(one.span for one in told if one), *clauses, *(one.span for one in reading.contacts)]


def assert_sound(text: str) -> None:
    reading = read_notice(text)

    assert reading.text == text
    assert all(0 <= span.start <= span.end <= len(text) for span in spans(reading))
    assert all(
        one.cite.start <= one.when.words.start and one.when.words.end <= one.cite.end
        for one in reading.clauses
    )
    assert len({one.key for one in reading.clauses}) == len(reading.clauses)
    assert all(one.when.start <= one.when.day for one in reading.clauses if one.when.start and one.when.day)
    assert read_notice(text) == reading


@settings(max_examples=150, deadline=None)
@given(text=FACES)
def test_any_text_is_read_without_an_error_and_with_exact_places(text: str) -> None:
    assert_sound(text)


@settings(max_examples=150, deadline=None)
@given(text=FACES)
def test_the_way_back_from_the_plain_text_never_turns(text: str) -> None:
    flat = plain(text)

    back = [flat.original(place) for place in range(len(flat.text))]

    assert all(one < other for one, other in itertools.pairwise(back))
    assert all(0 <= place < len(text) for place in back)


@settings(max_examples=60, deadline=None)
@given(name=st.sampled_from(invented()), start=st.integers(0, 900), size=st.integers(0, 900), put=FACES)
def test_a_torn_notice_is_still_read(name: str, start: int, size: int, put: str) -> None:
    text = text_of(INVENTED, name)

    assert_sound(text[:start] + put + text[start + size :])


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_text_of_a_million_characters_takes_no_longer_than_its_share(kind: str) -> None:
    unit = HOSTILE[kind]
    begun = time.process_time()

    read_notice(unit * (1_000_000 // len(unit)))

    assert time.process_time() - begun < 6  # 2 s on a machine that does nothing else


def test_a_text_beyond_all_notices_says_how_far_it_was_read() -> None:
    assert any(str(LONG) in doubt.zh for doubt in read_notice("科普" * LONG).doubts)


def test_dates_and_requests_beyond_all_notices_are_told() -> None:
    text = "请各单位于2024年9月30日前报送总结。\n请各单位尽快报送总结。\n" * 2100

    doubts = [doubt.zh for doubt in read_notice(text).doubts]

    assert doubts[:2] == ["日期过多，只读了前 2000 个", "没有日期的要求过多，只读了前 2000 处"]


def test_the_year_may_be_given_where_the_text_has_none() -> None:
    text = "请各单位于9月10日前报送总结。"

    assert str(read_notice(text, year=2031).clauses[0].when.day) == "2031-09-10"
    assert read_notice(text).clauses[0].when.day is None
