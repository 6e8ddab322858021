"""Texts on a terminal where Chinese characters take two columns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.show import Column, table
from cli.width import shares, width, wrapped

TEXTS = st.text(st.sampled_from("通知日程，。（）“”2023年月日ab -._·"), max_size=60)


@given(TEXTS, st.integers(8, 40))
def test_nothing_is_lost_by_wrapping(text: str, columns: int) -> None:
    assert "".join("".join(wrapped(text, columns)).split()) == "".join(text.split())


@given(TEXTS, st.integers(8, 40))
def test_no_line_is_wider_than_asked(text: str, columns: int) -> None:
    assert max(width(line) for line in wrapped(text, columns)) <= columns


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("截止日2023年10月10日已过", 12, ["截止日2023年", "10月10日已过"]),
        ("信息完善，提交总结。", 8, ["信息完", "善，提交", "总结。"]),
        ("milestones.summary_report.due", 20, ["milestones.summary_", "report.due"]),
        ("", 8, [""]),
    ],
)
def test_numbers_and_closing_marks_stay_with_what_they_belong_to(
    text: str, columns: int, lines: list[str]
) -> None:
    assert wrapped(text, columns) == lines


@given(st.lists(st.integers(0, 60), min_size=1, max_size=6), st.integers(0, 200))
def test_shares_never_exceed_the_room_nor_the_need(naturals: list[int], room: int) -> None:
    given_ = shares(naturals, room)

    assert sum(given_) <= max(room, 0)
    assert all(share <= natural for share, natural in zip(given_, naturals, strict=True))
    assert sum(given_) == min(sum(naturals), room) or sum(naturals) > room


@pytest.mark.parametrize("columns", ["20", "40", "80"])
def test_a_table_wider_than_the_screen_keeps_every_column(
    columns: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    names = ("when", "notice", "milestone", "rung", "due", "to", "cases", "mails")
    row = ("2027-09-10 周五", "zhangzhou-2027", "活动登记", "后 13 工作日", "2027-09-10", "联系人", "3", "2")

    table([Column(name, wraps=name in ("milestone", "to")) for name in names], [row])

    head, _, first, *_ = capsys.readouterr().out.splitlines()
    assert head.split() == ["时间", "通知", "节点", "档", "截止", "发给", "事项", "邮件"]
    assert "".join(first.split()).startswith("2027-09-10") and first.split()[-2:] == ["3", "2"]
