"""What people read."""

import re
from datetime import date
from string import Formatter

import pytest

from workflows.activity import ACTIVITY
from workflows.blockers import Blocker, Code
from workflows.decide import decide
from workflows.facts import Facts
from workflows.lifecycle import Lifecycle
from workflows.registry import LIFECYCLES
from workflows.report import REPORT
from workflows.wording import MATERIALS, SENTENCES, say, say_day, say_materials, say_mend, say_ready

CHINESE = re.compile("[一-鿿]")


@pytest.mark.parametrize("code", Code)
def test_every_code_has_both_sentences(code: Code) -> None:
    sentence = SENTENCES[code]

    assert CHINESE.search(sentence.zh)
    assert sentence.en
    assert not CHINESE.search(sentence.en)


@pytest.mark.parametrize("key", SENTENCES)
def test_both_languages_of_a_sentence_use_the_same_words(key: str) -> None:
    used = [
        {name for _, name, _, _ in Formatter().parse(text) if name}
        for text in (SENTENCES[key].zh, SENTENCES[key].en)
    ]

    assert used[0] == used[1]


@pytest.mark.parametrize(
    ("blocker", "zh", "en"),
    [
        (
            Blocker(code="materials_missing", params={"kind": "photo", "count": 2}),
            "缺 2 张照片",
            "needs 2 photos",
        ),
        (
            Blocker(code="materials_missing", params={"kind": "video|news_link", "count": 1}),
            "缺 1 个视频或新闻链接",
            "needs 1 video or news link",
        ),
        (
            Blocker(code="not_open", params={"step": "register"}, clears_on=date(2023, 8, 21)),
            "8月21日起可登记",
            "registration opens on 21 August",
        ),
        (
            Blocker(code="not_open", params={"step": "dance"}, clears_on=date(2023, 8, 21)),
            "8月21日起可办理",
            "opens on 21 August",
        ),
        (
            Blocker(code="closed_since", params={"step": "submit", "last_day": "2023-08-30"}),
            "报送已于8月30日截止，请联系管理员",
            "submission closed after 30 August; please ask the admin",
        ),
        (
            Blocker(code="late_reason_missing", params={"step": "submit", "last_day": "2023-08-30"}),
            "已过8月30日，请说明逾期原因",
            "was due by 30 August: needs a reason for being late",
        ),
        (
            Blocker(code="dates_reversed", params={"start": "2023-09-18", "end": "2023-09-17"}),
            "结束日期9月17日早于开始日期9月18日",
            "ends on 17 September, before it starts on 18 September",
        ),
        (
            Blocker(code="not_over", clears_on=date(2023, 9, 17)),
            "活动9月17日结束，当日起可确认；提前结束请说明原因",
            "ends on 17 September and can be confirmed from then on; an early end needs a reason",
        ),
        (Blocker(code="solar_flare"), "暂不能办理（solar_flare）", "not possible now (solar_flare)"),
    ],
)
def test_a_blocker_speaks_both_languages(blocker: Blocker, zh: str, en: str) -> None:
    assert (say(blocker, "zh"), say(blocker, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("lifecycle", "state", "trigger", "zh"),
    [
        (ACTIVITY, "planned", "hold", "“已策划”时不能“确认举办”；现在可以：登记、取消"),
        (ACTIVITY, "closed", "cancel", "“已归档”后不能再“取消”"),
        (REPORT, "waived", "submit", "“已免报”时不能“报送”；现在可以：恢复"),
        (REPORT, "waived", "fly", "“已免报”时不能“fly”；现在可以：恢复"),
        (REPORT, "lost", "submit", "“lost”后不能再“报送”"),
    ],
)
def test_a_step_at_the_wrong_time_is_told_with_the_possible_ones(
    lifecycle: Lifecycle, state: str, trigger: str, zh: str
) -> None:
    (blocker,) = decide(lifecycle, state, trigger, Facts(today=date(2023, 9, 20))).blockers

    assert say(blocker, "zh") == zh


@pytest.mark.parametrize(
    ("kind", "count", "zh", "en"),
    [
        ("application_form", 1, "1 份登记表", "1 application form"),
        ("platform_listing", 1, "1 条平台发布链接", "1 platform listing"),
        ("summary", 2, "2 份活动总结", "2 summaries"),
        ("summary_sheet|summary", 1, "1 份汇总表或活动总结", "1 summary sheet or summary"),
        ("poster", 2, "2 份 poster", "2 poster"),
        ("海报", 1, "1 份海报", "1 海报"),
    ],
)
def test_materials_are_counted_as_people_count_them(kind: str, count: int, zh: str, en: str) -> None:
    assert (say_materials(kind, count, "zh"), say_materials(kind, count, "en")) == (zh, en)


@pytest.mark.parametrize("kind", MATERIALS)
def test_every_material_has_a_name_in_both_languages(kind: str) -> None:
    assert CHINESE.search(say_materials(kind, 1, "zh"))
    assert re.fullmatch(r"1 [a-z ]+", say_materials(kind, 1, "en"))


def test_when_nothing_is_missing_the_step_itself_is_asked_for() -> None:
    found = [say_ready(ACTIVITY, "summarize", lang) for lang in ("zh", "en")]

    assert found == ["材料已齐，请“提交总结”", "all is there; please “submit summary”"]


def test_what_was_sent_back_is_to_be_mended_before_the_step() -> None:
    found = [say_mend(ACTIVITY, "summarize", lang) for lang in ("zh", "en")]

    assert found == [
        "已退回，请按意见改正后再“提交总结”",
        "sent back; please mend it, then “submit summary” again",
    ]


def test_a_day_is_written_without_leading_zeros() -> None:
    assert [say_day(date(2023, 9, 1), lang) for lang in ("zh", "en")] == ["9月1日", "1 September"]


def test_no_state_or_step_is_named_by_its_id() -> None:
    names = [name for each in LIFECYCLES for name in (*each.labels.values(), *each.triggers.values())]

    assert [name for name in names if not CHINESE.search(name.zh) or "_" in name.en] == []
