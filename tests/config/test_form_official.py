"""Official sheets are data: those shipped are sound, and a mistake in one is told with its place."""

import pytest

from config.errors import UserError
from config.official import FileKind, What, joined_sheets, sheet_of, sheets_for, shipped_sheets
from config.officialfile import parse_sheet

SMALL = """\
key: tiny
name: {zh: 小表, en: Tiny}
file: docx
turned: portrait
title: "{year}年小表"
region: "350500"
items:
  title: {heading: 名称, value: title, required: true}
  kind: {heading: 形式, answer: kind, other: kind_other, choices: {exhibition: 展览, other: 其他}}
  people: {heading: 人数, sentence: "约 {expected} 人"}
  expected: {heading: 预计, answer: expected}
  budget: {heading: 经费, type: number}
rows: [[title], [kind, budget], [people]]
"""


def test_quanzhous_table_has_the_columns_of_its_notice() -> None:
    sheet = sheet_of("quanzhou_list", shipped_sheets())

    assert [one.heading for one in sheet.columns] == [
        *("序号", "活动名称", "活动时间", "活动地点", "主（承）办单位", "联系人", "联系电话")
    ]


def test_a_notice_has_its_own_sheets_and_a_region_those_of_its_city() -> None:
    sheets = shipped_sheets()

    assert [one.key for one in sheets_for("quanzhou-2023", "350500", sheets)] == [
        *("quanzhou_application", "quanzhou_list")
    ]
    assert [one.key for one in sheets_for("chengdu-2024", "510107", sheets)] == ["chengdu_schedule"]
    assert list(sheets_for("xinxiang-2023", "410700", sheets)) == []


def test_a_small_sheet_is_read() -> None:
    sheet = parse_sheet(SMALL, "tiny.yaml")

    assert [(one.key, one.what) for one in sheet.columns] == [
        ("title", What.TEXT),
        ("kind", What.CHOICES),
        ("budget", What.NUMBER),
        ("people", What.NOTHING),
    ]
    assert sheet.by_key["kind"].choices == {"exhibition": "展览", "other": "其他"}
    assert sheet.by_key["kind"].further["outreach"] == "科普宣传"
    assert sheet.questions.fields[-1].key == "budget"


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        (("value: title", "value: titel"), 8),
        (("answer: kind,", "answer: kynd,"), 9),
        (("exhibition: 展览", "ball: 舞会"), 9),
        (("{expected} 人", "{nobody} 人"), 10),
        (("type: number", "type: number, value: place"), 12),
        (("[people]", "[poeple]"), 13),
        (('"350500"', '"350599"'), 6),
        (("{year}年", "{yeer}年"), 5),
        (("heading: 经费", "heading: 名 称"), 12),
        (("file: docx", "file: pdf"), 3),
    ],
)
def test_a_mistake_is_told_with_its_place(wrong: tuple[str, str], line: int) -> None:
    with pytest.raises(UserError) as refused:
        parse_sheet(SMALL.replace(*wrong), "tiny.yaml")

    assert f"tiny.yaml:{line}:" in refused.value.text.zh
    assert refused.value.code.startswith("official.")


def test_a_homes_sheet_takes_the_place_of_one_shipped_and_two_of_one_key_are_refused() -> None:
    own = SMALL.replace("key: tiny", "key: quanzhou_list")

    assert joined_sheets([("own.yaml", own)])["quanzhou_list"].file is FileKind.DOCX
    with pytest.raises(UserError):
        joined_sheets([("a.yaml", SMALL), ("b.yaml", SMALL)])
