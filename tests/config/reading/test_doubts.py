"""What does not fit together is told on the dates themselves, and none of them counts as settled."""

import pytest

from config.reading.drafting.decisions import undecided
from config.reading.read import read_notice
from config.reading.reading import Reading, Sort
from tests.config.reading.texts import INVENTED, text_of

HEAD = "青州市科学技术协会关于举办2027年科技周的通知\n各县（市、区）科协：\n"
FOOT = "\n青州市科学技术协会\n2027年3月1日\n"
PLAN = "一、请各县（市、区）科协于2027年5月10日前将活动计划表报送至市科协科普部。\n"


def settled(reading: Reading) -> list[str]:
    """Return the keys of the dates to act by that nobody is asked about."""
    asked = {one.key for one in undecided(reading, {})}
    dates = (*reading.of_sort(Sort.DEADLINE), *reading.of_sort(Sort.WINDOW))
    return [one.key for one in dates if one.key not in asked]


@pytest.mark.parametrize(
    "text",
    [
        PLAN + "二、活动计划表请于2027年5月15日前报送至市科协科普部。",
        PLAN + "二、逾期报送活动计划表（截止时间：5月12日）不予受理。",
        "一、时间：2027年5月1日至5月7日。\n二、活动于2027年5月3日至5月9日举行。",
    ],
)
def test_two_dates_for_one_thing_are_marked_and_left_to_a_person(text: str) -> None:
    reading = read_notice(HEAD + text + FOOT)

    assert "同一事项有两个日期，请核对" in [one.zh for one in reading.doubts]
    assert settled(reading) == []


@pytest.mark.parametrize(
    "text",
    [
        PLAN + "二、请各成员单位于2027年5月15日前将活动计划表报送至市科协科普部。",
        PLAN + "二、请各县（市、区）科协于2027年6月15日前将活动汇总表报送至市科协科普部。",
        "一、第一批申报表于2027年5月10日前报送市科协。\n二、第二批申报表于2027年6月10日前报送市科协。",
        "一、活动时间：2027年5月1日至5月31日。\n二、主场活动于2027年5月3日至5月9日举行。",
    ],
)
def test_what_two_parties_owe_or_comes_by_turns_is_no_contradiction(text: str) -> None:
    doubts = read_notice(HEAD + text + FOOT).doubts

    assert "同一事项有两个日期，请核对" not in [one.zh for one in doubts]


def test_two_notices_without_numbers_are_told_by_their_titles() -> None:
    other = HEAD.replace("科技周", "创客周") + "一、请于2027年6月10日前将报名表报送至市科协。"

    reading = read_notice(HEAD + PLAN + FOOT + other + FOOT)

    assert reading.doubts[0].zh.startswith("文中有多份文件：青州市科学技术协会关于举办2027年科技周的通知、")
    assert settled(reading) == []


def test_of_two_notices_each_date_says_which_it_is_of() -> None:
    first = f"青科协〔2027〕12号\n\n{HEAD}{PLAN}{FOOT}"
    second = f"青科协〔2027〕13号\n\n{HEAD}{PLAN.replace('10日', '20日')}{FOOT}"

    reading = read_notice(first + "\n" + second)

    told = {one.doubts[-1].zh for one in reading.of_sort(Sort.DEADLINE)}
    assert told == {f"文中有多份文件，这一条出自“青科协〔2027〕{number}号”" for number in (12, 13)}
    assert settled(reading) == []


def test_a_notice_with_the_one_it_forwards_is_one() -> None:
    assert not any("多份文件" in one.zh for one in read_notice(text_of(INVENTED, "forwarded")).doubts)
