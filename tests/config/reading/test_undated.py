"""What is asked without a date of the calendar."""

import pytest

from config.reading.read import read_notice
from config.reading.reading import Sort
from tests.config.reading.texts import FOOT, HEAD

UNDATED = {
    "请各单位随时报送活动照片。": ["随时"],
    "线上活动须由举办单位在活动开始前提供网址。": ["活动开始前"],
    "1.各科室于9月20日前报送名单，活动结束后3个工作日内，请将总结报办公室。": ["3个工作日内"],
    "请各单位将照片随时报送至办公室，总结报送时间另行通知。": ["随时", "另行通知"],
    "各团队须在规定时间内完成立项，通知另附。": ["规定时间内"],
    "请各单位于9月20日前尽快报送名单。": [],
    "收到通知后5个工作日内，即9月10日前，请反馈意见。": [],
    "服务时长将于活动结束后两周内录入平台。": [],
    "请提前熟悉考场，确认路线。": [],
    "入选者应在立项通知发布之日起15日内提交回执。": ["15日内"],
    "结项报告在协议约定的时间内提交。": ["约定的时间内"],
    "请将回执于每期开班前10天传真至培训部。": ["前10天"],
    "请各校组织代表参加，报名事宜另行通知。": ["另行通知"],
    "各校请抓紧登录平台填报。": ["抓紧"],
    "获得资格者须为2017年6月30日前注册的单位。": [],
}


@pytest.mark.parametrize("sentence", UNDATED)
def test_what_is_asked_without_a_date_is_heard_beside_a_date_too(sentence: str) -> None:
    reading = read_notice(HEAD + sentence + FOOT)

    undated = [one for one in reading.of_sort(Sort.DEADLINE) if one.when.day is None]

    assert [one.when.words.of(reading.text) for one in undated] == UNDATED[sentence]
