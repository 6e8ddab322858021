"""What a notice says of the whole: its title, its theme, its date."""

import pytest

from config.reading.read import read_notice
from tests.config.reading.texts import FOOT, HEAD

THEMES = {
    "请各单位围绕“科技兴农、智慧强村”主题，组织好各项活动。": "科技兴农、智慧强村",
    "各地紧扣“守护碧水蓝天”的主题，开展了宣传。": "守护碧水蓝天",
    "一、时间与主题\n（一）9月24日至27日\n（二）主题\n走进身边的科学": "走进身边的科学",
    "一、大赛主题\n本次大赛以“让知识飞起来”为主题。": "让知识飞起来",
    "各校要加强“安全第一”教育。": None,
    "二、活动主题不变，仍为“绿水青山 科技同行”。": "绿水青山 科技同行",
    "（二）主题。绿水青山 科技同行": "绿水青山 科技同行",
    "1 会议主题\n  土壤与粮食": "土壤与粮食",
    "【活动主题】\n绿水青山 科技同行": "绿水青山 科技同行",
    "（一）突出主题。各单位要精心组织。": None,
    "一、活动主题\n待国家正式通知下发后统一公布。": None,
    "活动主题：“智慧海洋、\n蓝色家园”。": "智慧海洋、蓝色家园",
    "一、活动主题\n健康生活 科学锻炼": "健康生活 科学锻炼",
    "一、作品主题\n内容积极健康，立意新颖。": None,
    "今年我市将以创新引领时代，智慧点亮生活为主题，开展系列活动。": "创新引领时代，智慧点亮生活",
    "2024年全国科普日以“提升科学素质　协力建设强国”为主题，在全市开展。": "提升科学素质 协力建设强国",
    "以‘健康同行’为主题开展活动。": "健康同行",
    "今年5月30日是第八个全国科技工作者日，主题为“点亮火炬”。": None,
    "第一期 7月8日—12日 科技馆 主题：科学探究": None,
    "二、主题与时间\n主题：体验科学之妙，点燃\n好奇之心\n时间：9月6日": "体验科学之妙，点燃好奇之心",
}


@pytest.mark.parametrize("sentence", THEMES)
def test_a_theme_is_found_in_its_sentence_or_below_its_heading(sentence: str) -> None:
    theme = read_notice(HEAD + sentence + FOOT).theme

    assert (theme.text if theme else None) == THEMES[sentence]


TITLES = {
    "各单位：\n请于9月20日前报送总结。": None,
    "附件：名册.doc\n请于9月20日前报送总结。": None,
    "关于报送总结的通知（摘录）请各单位于9月20日前报送总结。": "关于报送总结的通知（摘录）",
    "关于报送总结的提示各单位：\n请于9月20日前报送。": "关于报送总结的提示",
    "年终总结\n请于9月20日前报送。": "年终总结",
}


@pytest.mark.parametrize("text", TITLES)
def test_neither_an_address_nor_an_attachment_is_a_title(text: str) -> None:
    title = read_notice(text).title

    assert (title.text if title else None) == TITLES[text]


def test_a_date_in_a_line_of_a_schedule_is_no_date_of_issue() -> None:
    text = "招生安排\n\n2024年9月12日\n\n考生登录系统提交申请书。\n"

    assert read_notice(text).issued is None
