"""The YAML file of a notice: what is refused, where, and with which way out."""

from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.catalogue import catalogue
from config.errors import UserError
from config.noticefile import json_schema, parse
from config.yamltree import read_text
from tests.config.conftest import Make

MIB = 1024 * 1024
QUANZHOU = catalogue()["quanzhou-2023"]


def refusal(text: str) -> UserError:
    with pytest.raises(UserError) as refused:
        parse(text, "q.yaml")
    return refused.value


def test_a_value_may_say_where_it_is_said(notice: Make) -> None:
    plain = parse(notice("theme: 主题")).notice.theme
    cited = parse(notice("theme: {text: 主题, clause: 一, cite: 主题为}")).notice.theme

    assert plain and cited
    assert (plain.text, plain.clause, plain.cite) == ("主题", None, None)
    assert (cited.text, cited.clause, cited.cite) == ("主题", "一", "主题为")


def test_yaml_guesses_nothing(notice: Make) -> None:
    made = parse(
        notice("send_at: 18:00\ncontacts: [{name: no, phone: 0371}]\ndays: {2023-10-07: work}")
    ).notice

    assert (made.send_at, made.contacts[0].name, made.contacts[0].phone) == (time(18), "no", "0371")
    assert made.days == {date(2023, 10, 7): "work"}


def test_an_impossible_date_is_told_with_line_and_column() -> None:
    error = refusal(QUANZHOU.replace("due: 2023-08-30", "due: 2023-04-31", 1))
    line = QUANZHOU[: QUANZHOU.index("due: 2023-08-30")].count("\n") + 1

    assert error.code == "date.no_such_day"
    assert error.text.zh == (
        f"q.yaml:{line}:10：“2023-04-31”：2023年4月只有30天，请写 2023-04-01 至 2023-04-30 之间的日期"
    )


@pytest.mark.parametrize(
    ("body", "code", "says"),
    [
        ("them: x", "notice.unknown_key", "q.yaml:6:1：没有“them”这个键，是否指“theme”？"),
        ("code: XX-2023", "notice.duplicate_key", "q.yaml:6:1：“code”重复了（第 2 行已有）；请只保留一个"),
        ("review: perhaps", "notice.value", "q.yaml:6:9：“perhaps”写法不对，应为：true 或 false"),
        ("send_at: 25:00", "notice.hour", "q.yaml:6:10：“25:00”不是时刻，请写 00:00 至 23:59，如 09:00"),
        ("zone: Asia/Bejing", "notice.zone", "q.yaml:6:7：没有时区“Asia/Bejing”；请写如 Asia/Shanghai"),
        ("days: {2023-10: off}", "date.not_a_day", "q.yaml:6:8：“2023-10”：这里请写某一天，如 2023-10-07"),
        (
            "issued: held + 1 days",
            "date.relative_here",
            "q.yaml:6:9：“held + 1 days”：只有 due 可以按活动结束日推算；这里请写日期或 tbd",
        ),
        ("theme: !!str x", "notice.tag", "q.yaml:6:8：不支持标签（!）；若本意是文字请加引号"),
        (
            "theme: &a x",
            "notice.alias",
            "q.yaml:6:8：不支持锚点（&）和引用（*）；请直接写出内容，若本意是文字请加引号",
        ),
        (
            "theme: *a",
            "notice.alias",
            "q.yaml:6:8：不支持锚点（&）和引用（*）；请直接写出内容，若本意是文字请加引号",
        ),
        ("? [a]\n: b", "notice.key", "q.yaml:6:3：键应是文字，不能是列表或映射"),
        (
            "---\nid: b",
            "notice.several_documents",
            "q.yaml:6:1：一个文件只能有一份通知；请把 --- 之后的部分另存为一个文件",
        ),
        ("ladder: {a!: off}", "notice.value", "q.yaml:6:10：“a!”写法不对，应为：档名，如 -3、+1、closing"),
        (
            "ladder: {'+1': {to: [chef]}}",
            "notice.value",
            "q.yaml:6:22：“chef”写法不对，应为：其中之一：coordinator, lead, admin, auditor",
        ),
        (
            "requires: {register: {photo: 0}}",
            "notice.value",
            "q.yaml:6:30：“0”写法不对，应为：不小于 1 的整数",
        ),
        ("contacts: 5", "notice.value", "q.yaml:6:11：“5”写法不对，应为：列表，如 [a, b]"),
        (
            "windows: {w: {name: x, start: 2023-09-01, end: 2023-09-02}}",
            "notice.value",
            "q.yaml:6:21：“x”写法不对，应为：“键: 值”的形式",
        ),
    ],
)
def test_a_mistake_is_told_with_its_place_its_value_and_the_way_out(
    notice: Make, body: str, code: str, says: str
) -> None:
    error = refusal(notice(body))

    assert (error.code, error.text.zh) == (code, says)
    assert error.text.en.startswith(says.partition("：")[0])


@pytest.mark.parametrize("owed", ["[]", "acitvity", "[county/asociation]", "[town/school]", "{a: b}"])
def test_who_owes_a_milestone_is_activity_or_a_list_of_units(notice: Make, owed: str) -> None:
    error = refusal(notice(f"milestones: {{m: {{for: {owed}}}}}"))

    assert "activity" in error.text.zh
    assert "[county/association]" in error.text.zh


def test_all_mistakes_are_told_at_once_in_their_order(notice: Make) -> None:
    error = refusal(notice("send_at: x\nnumbr: 1\nzone: y", region="1"))

    assert [line.split("：")[0] for line in error.text.zh.splitlines()] == [
        "q.yaml:5:9",
        "q.yaml:6:10",
        "q.yaml:7:1",
        "q.yaml:8:7",
    ]


def test_a_missing_key_is_named() -> None:
    error = refusal("id: a-2023\ncode: A-2023\nissuer: x\nregion: '350500'\n")

    assert (error.code, error.text.zh) == ("notice.missing_key", "q.yaml:1:1：缺少“title”，请补上")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "notice.not_a_mapping"),
        ("- a", "notice.not_a_mapping"),
        ("a: [", "notice.yaml"),
        ("a: \x07", "notice.yaml"),
        ("\ta: b", "notice.yaml"),
        ("a: " + "[" * 200_000, "notice.too_deep"),
        ("a: " + "x" * MIB, "notice.too_large"),
    ],
)
def test_what_is_no_notice_is_refused_early(text: str, code: str) -> None:
    assert refusal(text).code == code


def test_a_file_that_is_not_utf8_is_told_the_line(tmp_path: Path) -> None:
    path = tmp_path / "gbk.yaml"
    path.write_bytes("id: x\ntitle: 活动\n".encode("gbk"))

    with pytest.raises(UserError) as refused:
        read_text(path)

    assert refused.value.code == "notice.not_utf8"
    assert f"{path}:2:1" in refused.value.text.zh


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "bom.yaml"
    path.write_bytes(b"\xef\xbb\xbfid: x\n")

    assert read_text(path) == "id: x\n"


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path: Path) -> None:
    large = tmp_path / "large.yaml"
    large.write_bytes(b"x" * (MIB + 1))

    for path, code in ((tmp_path / "none.yaml", "notice.unreadable"), (large, "notice.too_large")):
        with pytest.raises(UserError) as refused:
            read_text(path)
        assert refused.value.code == code


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    try:
        parse(text)
    except UserError as refused:
        assert refused.text.zh.startswith("notice.yaml")


@given(st.data())
def test_a_broken_notice_never_breaks_the_reader(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(QUANZHOU)))
    end = data.draw(st.integers(start, min(start + 40, len(QUANZHOU))))
    text = QUANZHOU[:start] + data.draw(st.text(max_size=8)) + QUANZHOU[end:]

    try:
        parse(text)
    except UserError as refused:
        assert refused.text.zh.startswith("notice.yaml")


def test_the_schema_for_editors_describes_every_key() -> None:
    schema = json_schema()
    milestone = schema["$defs"]["MilestoneFile"]["properties"]

    assert schema["additionalProperties"] is False
    assert set(milestone) == {
        "name",
        "for",
        "opens",
        "due",
        "reaches",
        "needs",
        "after_due",
        "send_to",
        "ladder",
        "clause",
        "cite",
        "note",
    }
    assert [key for key, value in milestone.items() if not value.get("description")] == []


def test_the_schema_knows_the_short_form_of_a_date() -> None:
    due = json_schema()["$defs"]["MilestoneFile"]["properties"]["due"]["anyOf"]

    assert {"string", "null"} <= {one.get("type") for one in due}
