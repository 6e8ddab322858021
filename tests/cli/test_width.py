"""Texts on a terminal where Chinese characters take two columns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
