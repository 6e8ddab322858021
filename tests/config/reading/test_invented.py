"""Whole notices of many kinds, invented in the ways offices write."""

from collections import Counter

import pytest

from config.reading.read import read_notice
from config.reading.reading import Certainty, Sort
from tests.config.reading.texts import INVENTED, expected, found, invented, text_of


@pytest.mark.parametrize("name", invented())
def test_a_notice_gives_its_deadlines_windows_theme_and_date(name: str) -> None:
    wanted, reading = expected(name), read_notice(text_of(INVENTED, name))

    deadlines = Counter(found(reading, Sort.DEADLINE))
    windows = set(found(reading, Sort.WINDOW)) - set(wanted.optional)

    assert not wanted.deadlines - deadlines
    assert not deadlines - wanted.deadlines - wanted.optional
    assert windows == wanted.windows
    assert (reading.theme.text if reading.theme else None) == wanted.theme
    assert (reading.issued.day if reading.issued else None) == wanted.issued
    assert [one.when.relative for one in reading.clauses if one.when.relative] == wanted.relative


def test_two_days_for_the_same_thing_are_both_shown_and_doubted() -> None:
    reading = read_notice(text_of(INVENTED, "contradictory"))

    twice = [
        one for one in reading.of_sort(Sort.DEADLINE) if any("另有日期" in doubt.zh for doubt in one.doubts)
    ]

    assert [str(one.when.day) for one in twice] == ["2024-05-10", "2024-05-15"]


def test_a_day_that_does_not_exist_has_no_date_and_says_so() -> None:
    reading = read_notice(text_of(INVENTED, "contradictory"))

    (wrong,) = [one.when for one in reading.clauses if one.when.wrong]

    assert wrong.day is None and wrong.wrong is not None and "2024-02-30" in wrong.wrong.zh


def test_every_month_is_shown_and_never_dated() -> None:
    reading = read_notice(text_of(INVENTED, "safety-month"))

    (recurring,) = [one.when for one in reading.clauses if one.when.certainty is Certainty.RECURRING]

    assert (recurring.start, recurring.day) == (None, None)


def test_head_and_foot_are_read() -> None:
    reading = read_notice(text_of(INVENTED, "popular-science"))

    told = [
        one.text if one else None for one in (reading.issuer, reading.number, reading.title, reading.parent)
    ]

    assert told == [
        "青州市科学技术协会",
        "青科协〔2024〕21号",
        "青州市科学技术协会关于开展2024年青州市全国科普日活动的通知",
        "《中国科协等部门关于举办2024年全国科普日活动的通知》（科协发普字〔2024〕30号）",
    ]


def test_a_deadline_says_who_what_how_and_where_it_stands() -> None:
    reading = read_notice(text_of(INVENTED, "broken-pages"))

    clause = next(one for one in reading.of_sort(Sort.DEADLINE) if str(one.when.day) == "2024-07-05")

    assert (clause.who, clause.place) == ("各镇街文化站", "三")
    assert clause.channel == "email: art@example.cn; paper: 纸质"
    assert "作品登记表" in clause.materials


def test_contacts_have_names_and_ways() -> None:
    reading = read_notice(text_of(INVENTED, "popular-science"))

    assert [(one.name, one.phone) for one in reading.contacts][-1] == ("周宁", "3000005")


def test_two_documents_in_one_text_are_told() -> None:
    both = text_of(INVENTED, "grant") + "\n" + text_of(INVENTED, "popular-science")

    assert any("多份文件" in doubt.zh for doubt in read_notice(both).doubts)
