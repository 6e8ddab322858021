"""Lateness in a list: SQL and the single row say the same, on every day of a season."""

from pathlib import Path

import pytest

from tests.cli.conftest import Duban

UNITS = "单位名称,地区,类型,级别\n新乡市科学技术协会,新乡市,科协,市\n卫滨区科学技术协会,卫滨区,科协,县\n"
PEOPLE = "姓名,邮箱,角色,地区,单位\n周宁,zhou@example.cn,联系人,卫滨区,卫滨区科学技术协会\n"
ACTIVITIES = "活动名称,主办单位,地区,联系人邮箱,开始日期,结束日期,地点\n" + "".join(
    f"讲座{day},卫滨区科学技术协会,卫滨区,zhou@example.cn,9月{day}日,9月{day}日,馆\n"
    for day in range(10, 30, 3)
)


@pytest.fixture
def season(duban: Duban, home: Path, tmp_path: Path) -> Duban:
    """Return a command line in a home whose notice counts one date from the day each activity is held."""
    sheets = {"u.csv": UNITS, "p.csv": PEOPLE, "a.csv": ACTIVITIES}
    for name, text in sheets.items():
        (tmp_path / name).write_text(text, "utf-8")
    duban("init")
    duban("unit", "import", "u.csv")
    duban("person", "import", "p.csv")
    duban("notice", "apply", "xinxiang-2023")
    assert duban("activity", "import", "a.csv").code == 0
    return duban


@pytest.mark.parametrize(
    "day", ["09-10", "09-16", "09-18", "09-21", "09-28", "09-29", "10-09", "10-11", "11-20"]
)
def test_the_late_filter_finds_exactly_what_is_told_late(season: Duban, day: str) -> None:
    at = f"2023-{day}T12:00+08:00"

    everything = season("activity", "list", "--kind", "all", "--json", at=at).json["items"]
    filtered = season("activity", "list", "--kind", "all", "--late", "--json", at=at).json["items"]

    assert filtered == [one for one in everything if one["late"]]


def test_a_date_counted_from_the_day_held_makes_each_activity_late_on_its_own_day(season: Duban) -> None:
    def late(at: str) -> list[str]:
        items = season("activity", "list", "--late", "--json", at=at).json["items"]
        return [one["title"] for one in items if "information" in {late["milestone"] for late in one["late"]}]

    assert late("2023-09-15T12:00+08:00") == []
    assert late("2023-09-18T12:00+08:00") == ["讲座10"]
